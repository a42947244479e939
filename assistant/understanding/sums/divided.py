"""One sum told for two measures together, divided between them by a share (平台占三分之二，剩下的是中心)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.calculator.interval import Interval
from assistant.calculator.rates import Rate
from assistant.calculator.steps import show
from assistant.policy.measure import Measure
from assistant.understanding.sums.amounts import Placed
from assistant.understanding.sums.base_amount import BaseAmount, Surroundings, plain, share_of
from assistant.understanding.sums.match import takes_amounts


def divided(
    takers: Sequence[Measure], candidates: Sequence[Placed], around: Surroundings
) -> dict[str, tuple[BaseAmount, ...]]:
    """The part of each of two measures in the one sum told; nothing where the text does not divide it."""
    if len(takers) != _TWO or len(candidates) != 1:
        return _less_the_other(takers, candidates, around)
    whole = candidates[0]
    shares = {}
    for rate in around.rates:
        clause = _clause(around.text, rate)
        owner = _named_in(clause, takers, around) if rate.start > whole.money.end else None
        if owner and rate.minimum == rate.maximum < 1 and (_OF_IT.search(clause) or len(clause) <= _BARE):
            shares[owner] = rate
    if len(shares) == _TWO and sum(rate.minimum for rate in shares.values()) <= 1:
        return {name: (share_of(plain(whole), rate),) for name, rate in shares.items()}
    if len(shares) != 1:
        return {}
    ((first, rate),) = shares.items()
    rest = _REST.search(around.text, rate.end)
    other = next(measure.id for measure in takers if measure.id != first)
    if rest is None or _named_in(rest.group(), takers, around) not in (other, None):
        return {}
    part = share_of(plain(whole), rate)
    left = Interval(whole.money.minimum - part.amount.minimum, whole.money.maximum - part.amount.maximum)
    step = f"{show(whole.amount)} - {show(part.amount)} = {show(left)}"
    return {first: (part,), other: (BaseAmount(left, derivation=(*part.derivation, step)),)}


def _less_the_other(
    takers: Sequence[Measure], candidates: Sequence[Placed], around: Surroundings
) -> dict[str, tuple[BaseAmount, ...]]:
    """One sum of two measures and the part of one of them (保险费和利息一共80万，利息50万): the other has the rest."""
    if len(takers) != _TWO or len(candidates) != _TWO:
        return {}
    whole, part = candidates
    owner = _named_in(part.left, takers, around)
    joint = TOGETHER.search(whole.left) and _joint(whole, takers, around)
    if not owner or not joint or part.money.maximum >= whole.money.minimum:
        return {}
    other = next(measure.id for measure in takers if measure.id != owner)
    left = Interval(whole.money.minimum - part.money.maximum, whole.money.maximum - part.money.minimum)
    step = f"{show(whole.amount)} - {show(part.amount)} = {show(left)}"
    return {owner: (plain(part),), other: (BaseAmount(left, derivation=(step,)),)}


def told_jointly(takers: Sequence[Measure], candidates: Sequence[Placed], around: Surroundings) -> bool:
    """Whether the one sum told is that of two measures together (平台和中心一共4000万): the base of neither."""
    return len(takers) == _TWO and len(candidates) == 1 and _joint(candidates[0], takers, around)


def _joint(item: Placed, takers: Sequence[Measure], around: Surroundings) -> bool:
    own = {measure.id for measure in takers}
    hits = [hit for s in around.subjects if s.id in own for hit in s.hits if hit.end <= item.money.start]
    named = {s.id for s in around.subjects if s.id in own and any(hit in hits for hit in s.hits)}
    if len(named) != _TWO:
        return False
    last = max(hits, key=lambda hit: hit.end)
    joined = any(_AND.search(around.text[max(0, hit.start - _NEAR) : hit.start]) for hit in hits)
    return joined and bool(TOGETHER.search(around.text, last.start, item.money.start))


def undivided(measures: Sequence[Measure], candidates: Sequence[Placed], around: Surroundings) -> Interval | None:
    """The one sum told for two measures together and not divided between them; None where there is none."""
    takers = [measure for measure in measures if takes_amounts(measure)]
    joint = told_jointly(takers, candidates, around) and TOGETHER.search(candidates[0].left)
    return candidates[0].amount if joint else None


def _clause(text: str, rate: Rate) -> str:
    opening = max(text.rfind(mark, 0, rate.start) for mark in _MARKS) + 1
    return text[opening : rate.end] + re.split(f"[{_MARKS}]", text[rate.end :], maxsplit=1)[0]


def _named_in(clause: str, takers: Sequence[Measure], around: Surroundings) -> str | None:
    """The one measure that a clause names, by the end of a name used before (平台, 中心)."""
    names = {
        measure.id: {hit.text[-_SHORT:] for s in around.subjects if s.id == measure.id for hit in s.hits}
        for measure in takers
    }
    found = [
        measure.id
        for measure in takers
        if any(name in clause for name in names[measure.id])
        and not any(name in clause for other in takers if other is not measure for name in names[other.id])
    ]
    return found[0] if len(found) == 1 else None


_TWO = 2
_SHORT = 2
_BARE = 8
"""平台八成，中心两成: so short a clause tells nothing but the share."""
_MARKS = ",，。;；?？!！、"
_NEAR = 3
_AND = re.compile(r"(和|跟|与|、|加上?|及)(一?个|新建)?$")
TOGETHER = re.compile(r"一共|总共|合计|共计|统共|拢共|加起来|合起来|加一块|一起|一并|合在?一|两(个|项|样|笔|块)")
_OF_IT = re.compile(r"占|是|有|拿|用|分|投|花|给")
_REST = re.compile(r"(剩|其余|余下|另外|其他|别的)[^,，。;；?？]*")
