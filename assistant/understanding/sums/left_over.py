"""Amounts told that may belong to the base and were counted nowhere: the answer says so."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.calculator.interval import Interval
from assistant.calculator.money import find_money
from assistant.policy.measure import Kind, Measure
from assistant.understanding.sums.amounts import Placed, words
from assistant.understanding.sums.base_amount import BaseAmount, Surroundings
from assistant.understanding.sums.match import score
from assistant.understanding.sums.sides import SUPPORT, side_of

_MOST = 3


def left_over(
    measure: Measure, bases: Sequence[BaseAmount], candidates: Sequence[Placed], around: Surroundings
) -> tuple[Interval, ...]:
    """The amounts smaller than the base that nothing in the question sets aside and no step of the base uses.

    None where another amount is surely no part: of a 1:1 measure, of the price of one unit, of a part of a project, of
    a base told as the whole or by company, of a result worked out; none where they are more than ``_MOST``.
    """
    counted = measure.base
    if measure.kind is Kind.MATCHED or counted is None or counted.unit or counted.part or len(bases) != 1:
        return ()
    base = bases[0]
    if around.owners or base.elsewhere or base.whole_only or base.at_cap or base.received:
        return ()
    same = [item for item in candidates if item.amount == base.amount]
    if any(item.has_parts or words()["whole"].search(item.left) for item in same):
        return ()
    used = {end for step in base.derivation for money in find_money(step) for end in (money.minimum, money.maximum)}
    used |= {base.amount.minimum, base.amount.maximum}
    rates = [rate.minimum for rate in around.rates]
    rates += [measure.rate.minimum, measure.rate.maximum] if measure.rate else []
    used |= {base.amount.maximum * rate for rate in rates}
    rest = [item for item in candidates if _may_count(measure, item, around) and item.money.maximum not in used]
    rest = [item for item in rest if item.money.maximum < base.amount.minimum]
    return tuple(item.amount for item in rest) if len(rest) <= _MOST else ()


def _may_count(measure: Measure, item: Placed, around: Surroundings) -> bool:
    found = score(measure, item, around.subjects)
    told = words()["part"].search(item.left) or words()["planned"].search(item.around) or item.steps
    return not (found.excluded or found.whole or item.has_parts or told or side_of(item) == SUPPORT)
