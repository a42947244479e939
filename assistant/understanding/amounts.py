"""Roles of amounts: which number is the base of which measure, which is a claim, an award elsewhere, or background."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from assistant.calculator.interval import Interval
from assistant.calculator.money import Money
from assistant.calculator.rates import Rate
from assistant.policy.measure import Kind, Measure
from assistant.understanding import lexicon
from assistant.understanding.data import load_yaml
from assistant.understanding.lexicon import compile_any
from assistant.understanding.subject import Subject

_CLAUSE = re.compile(r"[,，。;；、?？!！\n:：]")
_RIGHT_REACH = 10
_UNLABELLED = 0.5
_AFTER_REACH = 28


@dataclass(frozen=True, slots=True)
class Placed:
    """An amount with the words around it: ``left`` up to the clause or the amount before it, ``right`` after it."""

    money: Money
    left: str
    right: str
    before: str  # the clause before, for amounts that stand alone
    ahead: str = ""  # what leads up to it from the amount before, across clauses
    after: str = ""  # what follows up to the next amount, across clauses

    @property
    def amount(self) -> Interval:
        return Interval(self.money.minimum, self.money.maximum)

    @property
    def around(self) -> str:
        return f"{self.left}|{self.right}"


@dataclass(frozen=True, slots=True)
class Award:
    """What a level of government gives or gave: district, province, nation, other, city; ``named``: of no level."""

    level: str
    amount: Interval


@dataclass(frozen=True, slots=True)
class Claim:
    """A figure that the asker believes in: kind is cap, award or rate; the ends in yuan or as ratios."""

    kind: str
    text: str
    minimum: Decimal
    maximum: Decimal


@dataclass(frozen=True, slots=True)
class Roles:
    """What is left for bases once claims, targets and awards are taken out."""

    candidates: tuple[Placed, ...]
    claims: tuple[Claim, ...]
    awards: tuple[Award, ...]
    target: Interval | None


@lru_cache(maxsize=1)
def words() -> Mapping[str, re.Pattern[str]]:
    """The role words of amount_words.yaml as patterns."""
    compiled: dict[str, re.Pattern[str]] = {}
    for key, value in load_yaml("amount_words.yaml").items():
        patterns = [value] if isinstance(value, str) else value
        if isinstance(patterns, dict):
            for level, some in patterns.items():
                found = compile_any(some, f"amount_words.yaml: {key}: {level}")
                if found:
                    compiled[f"{key}.{level}"] = found
        elif isinstance(patterns, list) and (found := compile_any(patterns, f"amount_words.yaml: {key}")):
            compiled[key] = found
    return compiled


def place(text: str, amounts: Sequence[Money]) -> tuple[Placed, ...]:
    """Each amount with its context in ``text``."""
    spans = [(money.start, money.end) for money in amounts]
    breaks = [m.start() for m in _CLAUSE.finditer(text) if not any(a <= m.start() < b for a, b in spans)]
    placed: list[Placed] = []
    for index, money in enumerate(amounts):
        opening = max([b + 1 for b in breaks if b < money.start], default=0)
        closing = min([b for b in breaks if b >= money.end], default=len(text))
        earlier = amounts[index - 1].end if index else 0
        later = amounts[index + 1].start if index + 1 < len(amounts) else len(text)
        left = text[max(opening, earlier) : money.start]
        right = text[money.end : min(closing, later)]
        previous_opening = max([b + 1 for b in breaks if b < opening - 1], default=0)
        before = text[max(previous_opening, earlier) : max(opening - 1, 0)] if earlier < opening else ""
        ahead = text[max(earlier, money.start - _AFTER_REACH) : money.start]
        after = text[money.end : min(later, money.end + _AFTER_REACH)]
        placed.append(Placed(money, left, right, before, ahead, after))
    return tuple(placed)


def sort_roles(text: str, placed: Sequence[Placed], *, stacking: bool, matched: bool, inverse: bool) -> Roles:
    """Takes out what is no base: denied amounts, claims, targets, awards by another level.

    ``stacking``: the question is about another award for the same matter; ``matched``: about a 1:1 measure, where what
    a level gives is the base; ``inverse``: about the base that gives an amount.
    """
    word = words()
    claimed = bool(word["claim_marks"].search(text))
    given = _GIVEN_LIST.search(text) if stacking else None
    candidates: list[Placed] = []
    claims: list[Claim] = []
    awards: list[Award] = []
    target: Interval | None = None
    for item in placed:
        if item.money.currency != "CNY":
            continue
        if item.left.endswith(("按", "按照", "照")) and re.match(r"的\s*[\d一二两三四五六七八九百]", item.right):
            continue
        if word["denied"].search(item.left) and not word["claim_marks"].search(item.right):
            continue
        if inverse and (
            word["target"].search(item.left)
            or word["claim_cap"].search(item.left)
            or _REACHED.search(item.left)
            or _AWARDED.search(item.left)
        ):
            target = item.amount
        elif stacking and _BOTH_LEVELS.search(item.left):
            awards += [Award("city", item.amount), Award("district", item.amount)]
        elif (stacking and not matched and (level := _award_level(item, stacking)) and level != "city") or (
            stacking and awards and (level := _award_level(item, stacking))
        ):
            awards.append(Award(level, item.amount))
        elif _believed_cap(item.left):
            claims.append(_claim("cap", item))
        elif not matched and (level := _award_level(item, stacking)):
            awards.append(Award(level, item.amount))
        elif stacking and _ASKED_TOTAL.match(item.right) and item is placed[-1] and len(placed) > 1:
            claims.append(_claim("award", item))
        elif (
            (given and item.money.start >= given.end())
            or (
                stacking
                and (_AWARDED.search(item.left) or _APIECE.search(item.left))
                and not _base_after(item.right)
                and not (_SPENT.search(item.left) or _COST_NAMED.search(item.left))
            )
            or (awards and awards[-1].level == "named" and item.left.strip() in _AND)
        ):
            awards.append(Award("named", item.amount))
        elif claimed and _ends_with(word["claim_award"], item.left) and not _base_after(item.right):
            claims.append(_claim("award", item))
        else:
            candidates.append(item)
    if len(awards) > 1:  # 90万、140万,230万都能进账: the sum that the asker makes of them is no base
        whole = sum(award.amount.maximum for award in awards)
        claims += [_claim("award", item) for item in candidates if item.money.maximum == whole]
        candidates = [item for item in candidates if item.money.maximum != whole]
    return Roles(tuple(_latest(candidates)), tuple(claims), tuple(awards), target)


def _believed_cap(left: str) -> bool:
    """Whether an amount is named as the ceiling (最高补贴200万) and not as a base named after one."""
    found = list(words()["claim_cap"].finditer(left[-10:]))
    return bool(found) and not _BASE_NAMED.search(left[-10:], found[-1].end())


_COST_NAMED = re.compile(r"(保险费|保费|算力费|利息|单价|售价|总投资)$")
_BASE_NAMED = re.compile(r"总?投资|投入|费用|利息|保费|销售|单价|售价|损失|花了|付了|卖了")
_AWARDED = re.compile(
    r"(奖励(款|金)?|补贴(款)?|补助(款)?|支持(款)?|奖|补|拿|领|得|批|给|发|申请|资助|算下来|算出来|测下来|测算下来|算|测算|定|核定|是|这个|另一个|一个|那个|示范|费|算力|首台套|首版次|展会|论坛)(到|了|过|的|是|有|能|可|个|你们这个)*(大概|约)?$"
)
_GIVEN_LIST = re.compile(
    r"(批|核|定|拿|到账)(下来|了)?的?[^,，。\d]{0,4}(支持|奖励|补贴|补助|资金|钱)[^,，。\d]{0,4}[:：]"
)
_APIECE = re.compile(r"(金额)?(分别|各自?)(为|是)(了)?$|(一|另)(份|边|头)(是|给|有)?$")
_BOTH_LEVELS = re.compile(r"(市|区)(里|级)?(和|跟|与|、)(市|区)(里|级)?(都|各)(是|给|补|有)?(了)?$")
_GIVEN = re.compile(r"(给|批|发|领|奖|补|拿|贴)(了|过|到)|(已经|已)[^,，。]{0,10}(给|批|发|领|奖|补|拿|贴|支持|资助)")
_RECEIVED = re.compile(r"元?(已经|已|都|也)*(到账|到手|拿到|批了|批下来|下来了|发了|兑现)")
_SPENT = re.compile(
    r"(付|花|投|交|缴|卖|支出|支付|用|租|砸)(给|了|掉|出去|过|费|款)|(单价|售价|总投资|保费|算力费|销售额)[^,，。]{0,3}$"
)
_COSTS = re.compile(r"元?(的)?(总?投资|费用|算力费|利息|保费|销售额|单价|售价)")
_AND = frozenset({"和", "、", "与", "跟", "", "及"})
_ASKED_TOTAL = re.compile(r"(元)?(对不对|对吗|是吗|是不是|吗|吧|可以吗|行吗|对么)")
_REACHED = re.compile(r"到手(了)?$|(拿|补|奖|领|得|顶|够|拿满|补到|到|满)(到|满|足|了|的)?$")


def _claim(kind: str, item: Placed) -> Claim:
    return Claim(kind, item.money.text, item.money.minimum, item.money.maximum)


def figure_claim(item: Placed) -> Claim:
    """An amount whose measure is looked for (50万指的是什么补贴)."""
    return _claim("cap", item)


def _ends_with(pattern: re.Pattern[str], left: str) -> bool:
    tail = left[-6:]
    return any(m.end() >= len(tail) - 3 for m in pattern.finditer(tail))


def _base_after(right: str) -> bool:
    return bool(re.match(r".{0,4}(投资|费用|利息|保费|销售|单价|的)", right))


def _award_level(item: Placed, stacking: bool) -> str | None:
    word = words()
    if _COSTS.match(item.right):
        return None
    context = item.left if len(item.left) > 1 else item.before + item.left
    if _SPENT.search(context) or not (stacking or _GIVEN.search(context) or _RECEIVED.match(item.right)):
        return None
    for level in ("district", "province", "nation", "other", "city"):
        for found in word[f"award_levels.{level}"].finditer(context):
            if word["award_verbs"].search(context, found.end()) or context[found.end() :].strip() in ("", "是", "的"):
                return level
    return None


def _latest(candidates: Sequence[Placed]) -> list[Placed]:
    """Of a change (从500万增加到800万, 原来500万现在800万) only the newer amount stays."""
    kept: list[Placed] = []
    for item in candidates:
        if kept and (_CHANGED.search(item.left) or _TAKEN_BACK.search(item.ahead)):
            kept.pop()
        kept.append(item)
    return kept


_CHANGED = re.compile(r"(增加|增|涨|追加|提高|调整|改|变|降|减)(加)?(到|至|成|为)$")
_TAKEN_BACK = re.compile(r"不对(?!吗|么)|[哦啊呃噢]不|[说看写算搞弄]错|错了|口误|更正|纠正")


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
    if fit and (beside := _named_beside(item, subjects)):
        fit += 1.0 if measure.id == beside[0] else 0.5 if measure.id in beside else 0.0
    return Scored(
        item,
        fit,
        own,
        excluded,
        bool(word["whole"].search(near)) and not _is_the_part(measure, item),
        bool(word["settled"].search(near)),
        bool(word["planned"].search(near)),
    )


def _is_the_part(measure: Measure, item: Placed) -> bool:
    """Whether the words around an amount say that it is the part that counts, and not the whole (AI那块总投资588万)."""
    pattern = compile_any(measure.base.part, f"measures.yaml: {measure.id}: base: part") if measure.base else None
    return bool(pattern and pattern.search(f"{item.ahead}|{item.after}"))


def _fails_criterion(measure: Measure, item: Placed) -> bool:
    """Whether the words beside an amount fail a criterion, so that it does not count (其中车险20万)."""
    beside = f"{item.left}|{item.right[:_RIGHT_REACH]}"
    for criterion in measure.criteria:
        if criterion.fact not in OF_THE_AMOUNT:
            continue
        # 另一款没认定,卖了1200万: what is said of an item stands in the clause before its amount.
        near = item.before + beside if criterion.fact in _OF_THE_ITEM and len(item.left) <= _SHORT_LEFT else beside
        patterns = lexicon.facts().get(criterion.fact, {})
        met = any(p.search(near) for value, p in patterns.items() if value.rstrip("~") in criterion.met)
        if not met and any(p.search(near) for value, p in patterns.items() if value.rstrip("~") in criterion.unmet):
            return True
    return False


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
    for pattern in (words()["background"], words()["excluded"]):
        distances += [len(left) - m.end() for m in pattern.finditer(left) if not _is_own(m, left, own)]
        distances += [m.start() for m in pattern.finditer(right) if not _is_own(m, right, own)]
    if (_SAID_NOT.match(item.after) and words()["part"].search(left)) or none_of_it(item):
        distances.append(0)
    if _REFUNDED.search(left):
        distances.append(0)
    for name in base.not_words if base else ():
        if (end := left.rfind(name)) >= 0 and not any(_within(name, end, w, left) for w in own):
            distances.append(len(left) - end - len(name))
        if (start := right.find(name)) >= 0 and not any(_within(name, start, w, right) for w in own):
            distances.append(start)
    return min(distances)


def none_of_it(item: Placed) -> bool:
    """Whether an amount is told as what does not belong to the matter (不属于人工智能的投入1130万)."""
    return bool(_NONE_OF_IT.search(item.left))


_NONE_OF_IT = re.compile(r"(不属于|不算|算不上|非)(人工智能|AI|ai|科技|算力)")
_SAID_NOT = re.compile(r"[^。;；]{0,16}(不是|不算|不属于|不能算|不计入|不算在|没算)")
_REFUNDED = re.compile(r"退(了|回|还|掉)?$|(返还|扣掉|扣除|核减)(了)?$")


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


def _named_beside(item: Placed, subjects: Sequence[Subject]) -> list[str]:
    """The measures named in an amount's clause, the one nearest before it first."""
    hits = [(item.money.start - hit.end, subject.id) for subject in subjects for hit in subject.hits]
    near = [(gap if gap >= 0 else _FAR - gap, name) for gap, name in hits if _same_clause(item.money.start - gap, item)]
    return list(dict.fromkeys(name for _, name in sorted(near)))


def takes_amounts(measure: Measure) -> bool:
    """Whether an amount can be this measure's base."""
    return measure.kind in (Kind.PROPORTIONAL, Kind.CAPPED, Kind.MATCHED)


_OTHERS_RATE = re.compile(r"(省|区|县|国家|别的政策)(里|级|财政)?(是|给|补|奖|按|出)?$")


def rate_claims(text: str, rates: Sequence[Rate]) -> tuple[Claim, ...]:
    """Rates that the asker believes in: beside 比例, 补, 奖 …, not shares (占, 股份, 增长)."""
    claims = []
    for rate in rates:
        left = text[max(0, rate.start - 10) : rate.start]
        right = text[rate.end : rate.end + 6]
        if _OTHERS_RATE.search(left):
            continue
        if re.search(
            r"占|出$|合作方|省了?$|多花|超支|超了?$|节约|股|增长|下降|涨|降|税率|利率|年化|毛利|超|持|折|付|首付|里有|其中|大约有|差不多有",
            left + "|" + right[:2],
        ):
            continue
        if re.search(r"比例|补|奖|给|支持|报|返|按|拿|上浮|贴|资助|出", left + right):
            claims.append(Claim("rate", rate.text, rate.minimum, rate.maximum))
    return tuple(claims)
