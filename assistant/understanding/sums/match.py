"""How well an amount fits the base of a measure: by the word nearest to it, the base's own or another."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.policy.measure import Kind, Measure
from assistant.understanding import lexicon
from assistant.understanding.lexicon import compile_any
from assistant.understanding.places.roles import find_places
from assistant.understanding.subject.names import Subject
from assistant.understanding.sums.amounts import Placed, words
from assistant.understanding.sums.relations import returned

_RIGHT_REACH = 10
_UNLABELLED = 0.5


@dataclass(frozen=True, slots=True)
class Scored:
    """An amount held against one measure's base words. ``excluded``: it looks like the base and is left out."""

    item: Placed
    score: float
    own: float
    excluded: bool
    whole: bool
    settled: bool
    planned: bool


def score(measure: Measure, item: Placed, subjects: Sequence[Subject]) -> Scored:
    """How well an amount fits a measure's base: by the word nearest to it, the base's own or another."""
    word = words()
    near = item.left + "|" + item.right[:_RIGHT_REACH]
    own, distance = _own_word(measure, item)
    other = _other_word(measure, item)
    excluded = other < distance or (other == distance < _FAR and own < _SURE_WORD) or _fails_criterion(measure, item)
    fit = own
    if own == 0 and not excluded:
        fit = _UNLABELLED
    if fit and (beside := named_beside(item, subjects)):
        fit += 1.0 if measure.id == beside[0] else 0.5 if measure.id in beside else 0.0
    return Scored(
        item,
        fit,
        own,
        excluded,
        _is_whole(measure, item, told=bool(word["whole"].search(_LIST_OPENED.sub("", near)))),
        bool(word["settled"].search(near)),
        bool(word["planned"].search(near)),
    )


# 一共就三样开销 设备520万 …, 设备1150万加改造420万就是全部总投资: said of the list, not of the item beside it.
_LIST_OPENED = re.compile(
    r"[^,，。;；|]*[两三四五六七八几](样|项|块|笔|部分|大?类|摊)"
    r"|元?(就|即|便)是(全部|整个|所有)的?(建设)?(总投资|总投入|投资)"
    r"|[^,，。;；|\d]*(总投资|总投入|总费用|总支出|总成本|总价|总额|费用|投资)额?(主要|具体|一共|总共)*(包括|包含|由|分为|分成|涵盖)(了|有)?"
    r"(?![^,，。;；|]*在内)"
)


def _is_whole(measure: Measure, item: Placed, *, told: bool) -> bool:
    """Whether an amount is a whole of which others are parts, and not itself the part (AI那块总投资588万)."""
    return (told or item.has_parts) and not is_part(measure, item)


def is_part(measure: Measure, item: Placed, *, before: bool = False) -> bool:
    """Whether the words beside an amount (only those ``before`` it) tell that it is the very part that counts."""
    pattern = _part_pattern(measure.base.part, measure.id) if measure.base else None
    # Where its parts are told, what follows belongs to them.
    around = f"{item.left}|" if before or item.has_parts else f"{item.ahead}|{item.after}"
    return bool(pattern and pattern.search(around))


@lru_cache(maxsize=64)
def _part_pattern(part: tuple[str, ...], measure: str) -> re.Pattern[str] | None:
    return compile_any(part, f"measures.yaml: {measure}: base: part")


def _fails_criterion(measure: Measure, item: Placed) -> bool:
    """Whether the words beside an amount fail a criterion, so that it does not count (其中车险20万)."""
    beside = f"{item.left}|{item.right[:_RIGHT_REACH]}"
    for criterion in measure.criteria:
        if criterion.fact not in OF_THE_AMOUNT:
            continue
        if criterion.fact == _WHERE_PAID and _paid_elsewhere(item):
            return True
        # 另一款没认定,卖了1200万: what is said of an item stands in the clause before its amount.
        near = item.before + beside if criterion.fact in _OF_THE_ITEM and len(item.left) <= _SHORT_LEFT else beside
        patterns = lexicon.facts().get(criterion.fact, {})
        met = any(p.search(near) for value, p in patterns.items() if value.rstrip("~") in criterion.met)
        if not met and any(p.search(near) for value, p in patterns.items() if value.rstrip("~") in criterion.unmet):
            return True
    return False


def _paid_elsewhere(item: Placed) -> bool:
    """Whether an amount is told as paid in another place (上海某智算中心付了410万, 上海那410万)."""
    if _HERE.search(item.left):
        return False
    there = (place for place in find_places(item.left) if place.side in ("foreign", "jiangsu") and not place.generic)
    ends = [place.end for place in there if not _FIRM_THERE.match(item.left, place.end)]
    return any(_PAID_THERE.fullmatch(item.left, end) for end in ends)


_WHERE_PAID = "compute-platform"
_FIRM_THERE = re.compile(r"(市|的)?(那|这|一)家(?!.{0,6}(云|智算|算力|超算|机房|厂商|服务商|中心|平台))")
_HERE = re.compile(r"苏州|本市|市里")
_PAID_THERE = re.compile(
    r"(市|省)?(的|某|那家|这家|一家)*([^,，。;；\d客用户公司家]{0,3}(云|智算|算力|超算|机房|厂商|服务商|中心|平台)+)?"
    r"(那边|那里|那儿|那|这|的|笔|租|用|给|付|花|打|转|过|了|掉|大概|约|也|还|又|就|才|只)*"
)
OF_THE_AMOUNT = frozenset({"insurance", "loan", "compute-platform", "recognition"})
_OF_THE_ITEM = frozenset({"recognition"})
_SHORT_LEFT = 3
_SURE_WORD = 2.6
_FAR = 99


def _own_word(measure: Measure, item: Placed) -> tuple[float, int]:
    """The base's word beside the amount: its weight (surest 3, vaguest 1) and its distance in characters."""
    if measure.base is None:
        return 0.0, _FAR
    names = measure.base.words
    best, nearest = 0.0, _FAR
    bare = len(item.left.strip()) <= _SHORT_LEFT and not any(name in item.left for name in names)
    for index, name in enumerate(names):
        weight = 1.0 + 2.0 * (1 - index / len(names))
        if (end := item.left.rfind(name)) >= 0:
            best, nearest = max(best, weight), min(nearest, len(item.left) - end - len(name))
        elif 0 <= (start := item.right[:_RIGHT_REACH].find(name)) < _RIGHT_REACH:
            best, nearest = max(best, weight * 0.9), min(nearest, start)
        elif bare and name in item.before:
            best, nearest = max(best, weight * 0.7), min(nearest, len(item.left) + 1)
    return best, nearest


def _other_word(measure: Measure, item: Placed) -> int:
    """The distance of the nearest word that makes the amount something else than the base."""
    base = measure.base
    own = base.words if base else ()
    left, right = item.left, item.right[:_RIGHT_REACH]
    distances = [_FAR]
    # 合同320万,全是人工智能的: a contract or an order may be told of what counts.
    others = ("excluded",) if is_part(measure, item) else ("background", "excluded")
    for pattern in map(words().__getitem__, others):
        distances += [len(left) - m.end() for m in pattern.finditer(left) if not _is_own(m, left, own)]
        distances += [m.start() for m in pattern.finditer(right) if not _is_own(m, right, own)]
    if (_SAID_NOT.match(item.after) and words()["part"].search(left)) or none_of_it(item):
        distances.append(0)
    if _NO_PART.match(item.after):
        distances.append(0)
    running = base is not None and base.name.endswith("总投资") and _RUNNING.search(left)
    if running or returned(item):
        distances.append(0)
    ahead = _STILL_TO_COME.search(left)
    for name in base.not_words if base else ():
        if ahead and name in _BUDGETS:
            continue
        end = left.rfind(name)
        # 贷款那笔要是130万 points at the measure, it does not say what the amount is.
        if end >= 0 and not _POINTED.match(left, end + len(name)) and not any(_within(name, end, w, left) for w in own):
            distances.append(len(left) - end - len(name))
        if (start := right.find(name)) >= 0 and not any(_within(name, start, w, right) for w in own):
            distances.append(start)
    return min(distances)


def none_of_it(item: Placed) -> bool:
    """Whether an amount is told as what does not belong to the matter (不属于人工智能的投入1130万)."""
    return bool(_NONE_OF_IT.search(item.left) or _NO_RELATION.search(f"{item.left}|{item.right}"))


_NO_PART = re.compile(
    r"元?[,，]?[^,，。;；\d]{0,4}(不属于|不计入|不列入|不算(在|进)?)[^,，。;；\d高多少大]{0,4}(建设|总?投资|活动费用)"
)
_RUNNING = re.compile(
    r"(运营|运行|运维|维护|日常)(费用?|成本|开支|支出)?(还|也|都|要|得|再|又)*(花|付|投|用|是|约|大概|掉|了|到)*$"
)
"""每年运营花200万: what it costs to run is no part of what it cost to build."""
_BUDGETS = frozenset({"预算", "计划", "采购预算"})
_STILL_TO_COME = re.compile(r"(今年|明年|来年|下半年|后年|接下来|年内|本年度?)")
"""A budget of a year that is not over is the best that can be told of it (今年预算1120万)."""
_POINTED = re.compile(r"[那这](个|项|笔|块|份|边|头)")
_NONE_OF_IT = re.compile(
    r"(不属于|不算|算不上|非|不带|不含|不涉及|不沾|没(有|用到?|带|沾|涉及)|不用)(人工智能|AI|ai|科技(?!含量)|算力)"
)
_NO_RELATION = re.compile(
    r"(跟|和|与|同|对)(人工智能|AI|ai|智能|算力|项目|活动|平台|中心|场景|会|它|这个?)[^,，。;；|]{0,6}"
    r"((没有?|无|毫无|不)[^,，。;；|]{0,3}(关系|相干|相关|沾边|关联|搭边|搭界|搭)|无关)"
)
_SAID_NOT = re.compile(r"[^。;；]{0,16}(不是|不算|不属于|不能算|不计入|不算在|没算(?!进|上|到))")


def _is_own(found: re.Match[str], text: str, own: Sequence[str]) -> bool:
    """Whether a hit is part of a base word, or holds one that is telling (年销售 in 年销售额)."""
    word = found.group()
    return any(_within(word, found.start(), name, text) or (len(name) > 1 and name in word) for name in own)


def _within(word: str, start: int, longer: str, text: str) -> bool:
    """Whether ``word`` at ``start`` is only a part of ``longer`` standing there."""
    if word == longer or word not in longer:
        return word == longer
    offset = longer.find(word)
    return text.startswith(longer, start - offset) if start >= offset else False


def _same_clause(position: int, item: Placed) -> bool:
    return item.money.start - len(item.left) <= position < item.money.end + len(item.right)


def named_beside(item: Placed, subjects: Sequence[Subject]) -> list[str]:
    """The measures named in an amount's clause, the one nearest before it first."""
    hits = [(item.money.start - hit.end, subject.id) for subject in subjects for hit in subject.hits]
    near = [(gap if gap >= 0 else _FAR - gap, name) for gap, name in hits if _same_clause(item.money.start - gap, item)]
    return list(dict.fromkeys(name for _, name in sorted(near)))


def takes_amounts(measure: Measure) -> bool:
    """Whether an amount can be this measure's base."""
    return measure.kind in (Kind.PROPORTIONAL, Kind.CAPPED, Kind.MATCHED)
