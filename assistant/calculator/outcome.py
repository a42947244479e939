"""What follows from a sum: how far it is from an amount aimed at, what is left to pay, which share it is of the base.

Pure and exact like the sums themselves; every result carries its step, one for each end of a range.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from assistant.calculator.calculation import Calculation
from assistant.calculator.formatting import format_rate, format_yuan
from assistant.calculator.interval import ZERO, Interval, add_up
from assistant.calculator.inverse import base_for_cap
from assistant.calculator.steps import show
from assistant.policy.measure import Kind, Measure

_SHOWN = Decimal("0.0001")  # shares to 0.01%


@dataclass(frozen=True, slots=True)
class Outcome:
    """One figure with its steps."""

    amount: Interval
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Share:
    """A sum as a share of what it was computed from: ``text`` as shown (12.5%), exact or ``rounded`` to 0.01%."""

    text: str
    steps: tuple[str, ...]
    rounded: bool


def short_of(goal: Decimal, amount: Interval) -> Outcome:
    """How much more it takes from ``amount`` to ``goal``; nothing where it is reached."""
    return _difference(Interval.exactly(goal), amount)


def more_base(needed: Interval, base: Interval) -> Outcome:
    """How much more must be spent: each end of the base that is needed (highest rate, lowest rate) less what is."""
    if base.single and not needed.single:
        ends = [_less(end, base.minimum) for end in (needed.minimum, needed.maximum)]
        return Outcome(Interval(ends[0][0], ends[1][0]), tuple(step for value, step in ends if value > 0))
    return _difference(needed, base)


def is_spending(measure: Measure) -> bool:
    """Whether the base is what somebody pays or loses, so that the support lowers it (and not what he earns)."""
    earned = measure.base is None or measure.base.unit or "销售" in measure.base.name
    return not earned and measure.kind in (Kind.PROPORTIONAL, Kind.CAPPED)


def left_to_pay(calculations: Sequence[Calculation]) -> Outcome | None:
    """What remains of the money spent when the support is taken off; None where it is not money spent."""
    bases = [_whole_base(calculation) for calculation in calculations if is_spending(calculation.measure)]
    spent = [base for base in bases if base]
    if not spent or len(spent) < len(calculations):
        return None
    left = _difference(add_up(spent), add_up(calculation.amount for calculation in calculations))
    if len(spent) == 1:
        return left
    whole = f"{' + '.join(show(base) for base in spent)} = {show(add_up(spent))}"
    return Outcome(left.amount, (whole, *left.steps))


def difference(first: Interval, second: Interval) -> Outcome | None:
    """How far apart two amounts are; None where they are ranges or the same."""
    if not (first.single and second.single) or first == second:
        return None
    low, high = sorted((first, second), key=lambda amount: amount.minimum)
    return _difference(high, low)


def spread(amount: Interval) -> Outcome | None:
    """How far apart the ends of a range are; None for a single value."""
    return difference(Interval.exactly(amount.minimum), Interval.exactly(amount.maximum))


def share_of_base(calculation: Calculation) -> Share | None:
    """The support as a share of its base; None where either is not one value or two ends over one base."""
    base = _whole_base(calculation)
    if base is None or not base.single or calculation.measure.kind is Kind.MATCHED:
        return None
    ends = list(dict.fromkeys((calculation.amount.minimum, calculation.amount.maximum)))
    shares = [(end / base.minimum).quantize(_SHOWN, ROUND_HALF_UP).normalize() for end in ends]
    exact = all(share * base.minimum == end for share, end in zip(shares, ends, strict=True))
    sign = "=" if exact else "≈"
    steps = tuple(
        f"{format_yuan(end)} ÷ {format_yuan(base.minimum)} {sign} {format_rate(share, share)}"
        for share, end in zip(shares, ends, strict=True)
    )
    return Share(format_rate(shares[0], shares[-1]), steps, not exact)


def beyond_ceiling(calculation: Calculation) -> Outcome | None:
    """What is spent above the base that reaches the ceiling; None where the measure has no rate or no ceiling."""
    needed, base = base_for_cap(calculation.measure), calculation.base
    if needed is None or base is None or calculation.years > 1 or not is_spending(calculation.measure):
        return None
    if base.maximum <= needed.minimum:
        return Outcome(Interval.exactly(ZERO), (f"到上限要{show(needed)}，{show(base)}没有超出",))
    return _difference(base, needed)


def cut_off(calculation: Calculation) -> Outcome | None:
    """By how much rate x base is above the ceiling; None where no single sum is, or nothing is cut off."""
    measure, base = calculation.measure, calculation.base
    if measure.rate is None or measure.cap is None or base is None or not base.single or calculation.years > 1:
        return None
    if measure.rate.minimum != measure.rate.maximum:
        return None
    worked_out = Interval.exactly(base.minimum * measure.rate.minimum)
    ceiling = Interval.exactly(measure.cap.amount)
    return _difference(worked_out, ceiling) if worked_out.minimum > ceiling.minimum else None


def _whole_base(calculation: Calculation) -> Interval | None:
    base, years = calculation.base, calculation.years
    return Interval(base.minimum * years, base.maximum * years) if base else None


def _difference(first: Interval, second: Interval) -> Outcome:
    """``first`` less ``second``, end by end, never below nothing."""
    least, lowest = _less(first.minimum, second.maximum)
    most, highest = _less(first.maximum, second.minimum)
    steps = (highest,) if lowest == highest or least == ZERO < most else (lowest, highest)
    return Outcome(Interval(least, most), steps)


def _less(first: Decimal, second: Decimal) -> tuple[Decimal, str]:
    value = max(first - second, ZERO)
    if first < second:
        return value, f"{format_yuan(second)}已超过{format_yuan(first)}"
    return value, f"{format_yuan(first)} - {format_yuan(second)} = {format_yuan(value)}"
