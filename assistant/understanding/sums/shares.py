"""Bases from shares and parts: AI占三成半, 只付了三成, 其中30万是宴请, 剩下全是人工智能."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.calculator.interval import Interval
from assistant.calculator.rates import Rate
from assistant.calculator.steps import show
from assistant.policy.measure import Measure
from assistant.understanding import lexicon
from assistant.understanding.sums.amounts import Placed, words
from assistant.understanding.sums.base_amount import BaseAmount, Surroundings, plain, share_of, times
from assistant.understanding.sums.corrections import of_the_policy
from assistant.understanding.sums.counted_shares import own_share
from assistant.understanding.sums.match import OF_THE_AMOUNT, Scored, none_of_it
from assistant.understanding.sums.scaling import scaled


def narrow(before: BaseAmount, around: Surroundings, amounts: Sequence[Placed]) -> BaseAmount | None:
    """A base named earlier, scaled, or narrowed by a share or a part that does not count; None where there is nothing
    of the kind."""
    if not amounts and (factor := scaled(around.text)):
        return times(_again(before), factor)
    told = (r for r in around.rates if re.search(r"占|是|有|算", around.text[max(0, r.start - 8) : r.start]))
    share = next((rate for rate in told if not of_the_policy(around.text, rate)), None)
    if share and not amounts:
        return share_of(_again(before), share)
    out = amounts[0] if len(amounts) == 1 else None
    if out is None or not words()["part"].search(out.left) or out.money.maximum >= before.amount.minimum:
        return None
    if _BESIDE.search(out.left):
        return _again(before)
    amount = Interval(before.amount.minimum - out.money.maximum, before.amount.maximum - out.money.minimum)
    step = f"{show(before.amount)} - {show(out.amount)} = {show(amount)}"
    return BaseAmount(amount, before.label, (*before.derivation, step))


_BESIDE = re.compile(r"不含|不包括|还有|此外|另")
"""Told of an amount that stands beside the base and is no part of it (还有一部分是阿里云的40万)."""


def _again(before: BaseAmount) -> BaseAmount:
    """A base named earlier as the start of a new one: what was said of the figure itself does not pass on."""
    return BaseAmount(before.amount, before.label, before.derivation)


def named_share(measure: Measure, scored: Sequence[Scored], around: Surroundings) -> BaseAmount | None:
    """A share that the measure's own matter has in a whole (营收6200万，其中首版次软件占一成五)."""
    hits = [hit for subject in around.subjects if subject.id == measure.id for hit in subject.hits]
    for rate in around.rates:
        if not re.search(r"占(了|到|比|大约|大概|约)*$", around.text[max(0, rate.start - 6) : rate.start]):
            continue
        told = sorted((s.item for s in scored if s.item.money.end <= rate.start), key=lambda item: item.money.start)
        whole = told[-1] if told else None
        if whole and any(whole.money.end <= hit.start < rate.start for hit in hits):
            return shared(whole, rate)
    return None


def counts_a_part(measure: Measure) -> bool:
    return bool(measure.base and measure.base.part)


def selective(measure: Measure) -> bool:
    """Whether of what was spent some may count and some not, by what it was spent on (算力, 科技保险, 人工智能部分)."""
    return counts_a_part(measure) or bool({criterion.fact for criterion in measure.criteria} & OF_THE_AMOUNT)


def of_a_split(measure: Measure, scored: Sequence[Scored]) -> list[Scored]:
    """Of a whole and all the parts that it is made of, the parts that count; empty where there is no such split.

    一共175万，存储35万、算力140万 → the 140万: one part is named as the base, the others are not or are left out.
    """
    ordered = sorted(scored, key=lambda s: s.item.money.start)
    for whole in ordered:
        parts = [s for s in ordered if s is not whole and s.item.money.maximum < whole.item.money.minimum]
        if whole.item.after.startswith(("、", "元、")) and not whole.whole:
            continue  # 场地90万、嘉宾40万，另外赞助50万: an item of a list, whatever adds up to it
        if len(parts) < _FEWEST_PARTS or sum(s.item.money.maximum for s in parts) != whole.item.money.maximum:
            continue
        surest = max(s.own for s in parts)
        mine = [s for s in parts if not s.excluded]
        if len(mine) == len(parts) and selective(measure) and _only_headed(measure, parts):
            return mine
        if len(mine) == len(parts) and selective(measure):
            mine = [
                s for s in parts if s.own >= max(surest - _ABOUT_AS_SURE, _NAMED) or _BARE_LABEL.fullmatch(s.item.left)
            ]
        if mine and len(mine) < len(parts):
            return mine
    return []


def _only_headed(measure: Measure, parts: Sequence[Scored]) -> bool:
    """Whether a list is headed by what the measure counts, and its items only tell whom it was paid to
    (利息：建行12万、农行9万)."""
    names = measure.base.words if measure.base else ()
    headed = bool(parts[0].own) and len(parts[0].item.left) < len(parts[0].item.before)
    return headed and not any(name in part.item.around for part in parts for name in names)


def part_that_counts(measure: Measure, scored: Sequence[Scored], around: Surroundings) -> list[Scored]:
    """Of a whole told first, the parts that count where the text says what became of the rest.

    全年820万，270万在苏州算力平台上花的，其余是自家机房 → the 270万; AI这块由这些组成：网关140万，算法310万 → both.
    """
    if not selective(measure):
        return []
    ordered = sorted(scored, key=lambda s: s.item.money.start)
    if counts_a_part(measure) and (heading := _PART_HEADING.search(around.text)):
        after = [s for s in ordered if s.item.money.start >= heading.end()]
        return [s for s in after if not words()["excluded"].search(s.item.left)]
    for whole, later in ((s, ordered[n + 1 :]) for n, s in enumerate(ordered[:-1])):
        if whole.excluded and not whole.whole:
            continue
        since = later[0].item.money.end
        rest = _REST.search(around.text, since)
        mine = [s for s in later if not s.excluded and (s.own >= _NAMED or (counts_a_part(measure) and s.own >= _PART))]
        within = sum(s.item.money.maximum for s in later) <= whole.item.money.minimum
        if rest and mine and within:
            return mine
    return []


_PART_HEADING = re.compile(
    r"(AI|ai|人工智能)[^,，。:：\d]{0,8}(由|包括|包含|分|[两三四五六几](块|项|样|部分|笔))[^,，。\d]{0,10}[:：]"
)
_PART = 1.8
# B户420万 after A户损失500万: one more of the same kind.
_BARE_LABEL = re.compile(
    r"[、,，;；和及与 ]?([A-Za-z甲乙丙丁一二三四五另]|第.)?(户|家|公司|企业|笔|单|期|项|台|场)?(是|有)?"
)
_FEWEST_PARTS = 2
_ABOUT_AS_SURE = 0.6
_NAMED = 1.0


def counts_whole(measure: Measure) -> bool:
    """Whether all that a matter costs is the base, so that its parts are told for nothing (建设总投资)."""
    return bool(measure.base and measure.base.name.endswith("总投资"))


_OPENING = re.compile(r"其中|刨去|刨掉|扣除|扣掉|去掉|除了|减去|除去")
_REST = re.compile(r"剩|其余|余下|余款|(其他|其它|别的|另外的)(的)?(部分|钱|投入|投资)?(全|都|均|就是|才是|是)")


REST_COUNTS = re.compile(
    r"(剩下?|其余|余下|余款|(其他|其它|别的|另外的))[^,，。;；\d]{0,4}(全|都|均|就是|才是|是|属于|算)+[^,，。;；不没非\d]{0,6}(AI|ai|人工智能|算法|智能)"
)
"""剩下的都是AI的: said of a whole told before."""


def rest_that_counts(measure: Measure, scored: Sequence[Scored], around: Surroundings) -> BaseAmount | None:
    """What is left of a whole where the text says that just the rest counts (阿里云230万，剩下全是苏州算力平台的)."""
    if not (measure.base and selective(measure)) or not scored:
        return None
    whole = max((s.item for s in scored), key=lambda item: item.money.minimum)
    rest = _REST.search(around.text, whole.money.end)
    clause = _CLAUSE_END.split(around.text[rest.end() :], maxsplit=1)[0] if rest else ""
    if not clause or any(item.start >= rest.start() for item in (s.item.money for s in scored) if rest):
        return None
    if not _meets(measure, clause) or words()["excluded"].search(clause):
        return None
    return remainder(whole, [s for s in scored if s.item is not whole], around)


def _meets(measure: Measure, clause: str) -> bool:
    """Whether a clause names what the measure counts: its base or a criterion met, and none failed."""
    base = measure.base
    met = base is not None and any(len(word) > 1 and word in clause for word in base.words)
    unmet = base is not None and any(word in clause for word in base.not_words)
    for criterion in measure.criteria:
        if criterion.fact in OF_THE_AMOUNT:
            patterns = lexicon.facts().get(criterion.fact, {})
            met = met or any(p.search(clause) for v, p in patterns.items() if v.rstrip("~") in criterion.met)
            unmet = unmet or any(p.search(clause) for v, p in patterns.items() if v.rstrip("~") in criterion.unmet)
    return met and not unmet


_CLAUSE_END = re.compile(r"[,，。;；?？!！ ]")


def remainder(whole: Placed, others: Sequence[Scored], around: Surroundings) -> BaseAmount | None:
    """What is left of a whole when the rest is what counts (土建2500万，剩下全是人工智能)."""
    rest = _REST.search(around.text, whole.money.end)
    others = sorted(others, key=lambda s: s.item.money.start)
    opening = max((m.end() for m in _OPENING.finditer(around.text, 0, rest.start() if rest else 0)), default=0)
    since = opening if opening > whole.money.end else whole.money.end
    out = [s.item for s in others if since <= s.item.money.start and s.item.money.maximum < whole.money.minimum]
    out = [item for item in out if rest is None or item.money.start < rest.start()]
    if rest is None or not out:
        return None
    return None if sum(item.money.maximum for item in out) >= whole.money.minimum else less(whole, out)


def shared(whole: Placed, share: Rate) -> BaseAmount:
    return share_of(plain(whole), share)


def reduced(whole: Scored, scored: Sequence[Scored], measure: Measure, around: Surroundings) -> BaseAmount:
    """A whole less what is expressly left out of it (其中30万是商务宴请), or its counted share."""
    if not counts_a_part(measure) and (apart := [s.item for s in scored if s.excluded and none_of_it(s.item)]):
        return less(whole.item, apart)
    left_out = [s.item for s in scored if s.excluded and s.item.money.maximum < whole.item.money.minimum]
    if not counts_a_part(measure) and (first := [item for item in left_out if _told_first(item, whole.item)]):
        return less(whole.item, first)
    out = [item for item in left_out if item.money.start > whole.item.money.end]
    included = not _BESIDE.search("".join(item.left for item in out))
    reach = around.text[whole.item.money.end : out[-1].money.end + _EXCLUSION_REACH] if out else ""
    if included and words()["part"].search(reach):
        return less(whole.item, out)
    if share := own_share(measure, around):
        return shared(whole.item, share)
    return plain(whole.item, planned=whole.planned and not whole.settled)


def _told_first(item: Placed, whole: Placed) -> bool:
    """里面有60万是存储，总共300万: what is left out of a whole that is told after it."""
    return item.money.end <= whole.money.start and bool(_WITHIN.search(item.left))


_WITHIN = re.compile(r"(里面|里头|里边|其中|(?<=费)里|当中)[^,，。]{0,2}有?(大概|约)?$")


def less(whole: Placed, out: Sequence[Placed]) -> BaseAmount:
    """A whole without what does not belong to it; the whole where more would be taken away than there is."""
    if sum(item.money.maximum for item in out) >= whole.money.minimum:
        return plain(whole)
    amount = whole.amount
    for item in out:
        amount = Interval(amount.minimum - item.money.maximum, amount.maximum - item.money.minimum)
    terms = " - ".join(show(item.amount) for item in out)
    return BaseAmount(amount, derivation=(*whole.steps, f"{show(whole.amount)} - {terms} = {show(amount)}"))


_EXCLUSION_REACH = 14
