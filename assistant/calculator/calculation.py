"""What a measure gives for a base: exact sums under ceilings, with steps that a person can check.

Source of every rule: the measure's clause (rate, ceiling, uplift) as loaded from measures.yaml. Pure and exact: Decimal
yuan in, Decimal yuan out, nothing rounded.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.calculator import steps
from assistant.calculator.interval import ZERO, Interval, add_up
from assistant.policy.measure import Cap, Kind, Measure, Rates, Uplift

_ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class Reading:
    """One of several possible meanings of an ambiguous rule, with the amount that follows from it."""

    name: str
    amount: Interval


@dataclass(frozen=True, slots=True)
class Calculation:
    """One sum. ``amount`` runs from the lowest to the highest reading; ``base_name`` and ``label`` are Chinese.

    ``counted``: what of it counts in a total, where that is not ``amount``; ``capped`` is true when the ceiling cuts
    an end of the amount; ``years`` > 1 says that ``amount`` is the sum of so many equal years.
    """

    measure: Measure
    base: Interval | None
    amount: Interval
    capped: bool
    steps: tuple[str, ...]
    readings: tuple[Reading, ...] = ()
    caveats: tuple[str, ...] = ()
    label: str = ""
    years: int = 1
    counted: Interval | None = None

    @property
    def in_total(self) -> Interval:
        """What of it counts beside other sums."""
        return self.counted or self.amount


def calculate(measure: Measure, base: Interval, *, uplifted: bool = False, label: str = "") -> Calculation:
    """The support for one base (yuan). ``uplifted``: the measure's uplift applies (医疗器械及医药制造 in article 八).

    Raises ValueError for a measure from which no amount follows (negotiated, referred, in kind).
    """
    if measure.kind is Kind.MATCHED and measure.matching:
        return _matched(measure, base, measure.matching, label)
    if measure.cap is None:
        raise ValueError(f"{measure.id}: no amount follows from this measure")
    if measure.rate is None:
        return _without_rate(measure, base, measure.cap, label)
    if uplifted and measure.uplift:
        return _uplifted(measure, base, measure.rate, measure.cap, measure.uplift, label)
    return _proportional(measure, base, measure.rate, measure.cap, label)


def at_ceiling(measure: Measure) -> Calculation:
    """The ceiling itself, for somebody who asks what the ceiling adds up to. Raises ValueError where there is none."""
    if measure.cap is None:
        raise ValueError(f"{measure.id}: no ceiling")
    amount = Interval.exactly(measure.cap.amount)
    return Calculation(measure=measure, base=None, amount=amount, capped=True, steps=(steps.at_ceiling(measure.cap),))


def already_received(measure: Measure, amount: Interval) -> Calculation:
    """The support of a year as the asker tells it: nothing is computed."""
    return Calculation(measure=measure, base=None, amount=amount, capped=False, steps=(steps.received(amount),))


def over_years(calculation: Calculation, years: int) -> Calculation:
    """The same base in each of ``years`` years, added up year by year (each year under its own ceiling)."""
    if years <= 1:
        return calculation
    amount = Interval(calculation.amount.minimum * years, calculation.amount.maximum * years)
    each = Reading(steps.each_year(), calculation.amount)
    return replace(
        calculation,
        amount=amount,
        label="",
        years=years,
        steps=(*calculation.steps, steps.times_years(calculation.amount, years, amount)),
        readings=(*calculation.readings, each),
    )


def still_owed(calculation: Calculation, paid: Interval) -> Calculation:
    """A 1:1 measure of which one side has given only a part of its share: what is still missing."""
    side = calculation.amount
    owed = Interval(max(side.minimum - paid.maximum, ZERO), max(side.maximum - paid.minimum, ZERO))
    name, step = steps.still_owed(side, paid, owed)
    return _with_reading(calculation, Reading(name, owed), step)


def of_both_sides(calculation: Calculation) -> Calculation:
    """A 1:1 measure of which both sides count in a total."""
    return replace(calculation, counted=calculation.readings[0].amount)


def with_own_funds(calculation: Calculation, own: Interval) -> Calculation:
    """A 1:1 measure with what the applicant puts up besides: the money of all sources."""
    both = calculation.readings[0].amount
    whole = own + both
    name, step = steps.with_own_funds(both, own, whole)
    return _with_reading(calculation, Reading(name, whole), step)


def _with_reading(calculation: Calculation, reading: Reading, step: str) -> Calculation:
    return replace(calculation, readings=(*calculation.readings, reading), steps=(*calculation.steps, step))


def total(calculations: Iterable[Calculation]) -> Interval | None:
    """Different matters add up; None for fewer than two calculations."""
    amounts = [calculation.in_total for calculation in calculations]
    return add_up(amounts) if len(amounts) > 1 else None


def _under(cap: Decimal, amount: Interval) -> Interval:
    return Interval(min(amount.minimum, cap), min(amount.maximum, cap))


def _times(base: Interval, rate: Rates) -> Interval:
    return Interval(base.minimum * rate.minimum, base.maximum * rate.maximum)


def _proportional(measure: Measure, base: Interval, rate: Rates, cap: Cap, label: str) -> Calculation:
    raw = _times(base, rate)
    amount = _under(cap.amount, raw)
    return Calculation(
        measure=measure,
        base=base,
        amount=amount,
        capped=amount != raw,
        steps=steps.proportional(base, rate, raw, cap, amount),
        label=label,
    )


def _without_rate(measure: Measure, base: Interval, cap: Cap, label: str) -> Calculation:
    amount = Interval(ZERO, min(base.maximum, cap.amount))
    return Calculation(
        measure=measure,
        base=base,
        amount=amount,
        capped=base.maximum > cap.amount,
        steps=steps.without_rate(base, cap),
        caveats=(steps.no_rate_caveat(),),
        label=label,
    )


def _matched(measure: Measure, base: Interval, matching: tuple[int, int], label: str) -> Calculation:
    city, district = matching
    amount = Interval(base.minimum * district / city, base.maximum * district / city)
    both = base + amount
    return Calculation(
        measure=measure,
        base=base,
        amount=amount,
        capped=False,
        steps=steps.matched(base, matching, amount, both),
        readings=(Reading(steps.both_sides(), both),),
        label=label,
    )


def _uplifted(measure: Measure, base: Interval, rate: Rates, cap: Cap, uplift: Uplift, label: str) -> Calculation:
    """The text says 上浮20% and not of what: two readings, both shown, never one alone."""
    raw = _times(base, rate)
    plain = _under(cap.amount, raw)
    factor = _ONE + uplift.rate
    raised = Interval(raw.minimum * factor, raw.maximum * factor)
    raised_cap = cap.amount * factor
    kept = _under(cap.amount, raised)
    both = _under(raised_cap, raised)
    readings: tuple[Reading, ...] = (
        Reading(steps.reading_amount(cap), kept),
        Reading(steps.reading_both(raised_cap), both),
    )
    amount = Interval(min(kept.minimum, both.minimum), max(kept.maximum, both.maximum))
    if kept == both:
        readings = (Reading(steps.readings_agree(), kept),)
    return Calculation(
        measure=measure,
        base=base,
        amount=amount,
        capped=kept != raised or plain != raw,
        steps=steps.uplifted(base, rate, raw, uplift.rate, raised, ((cap.amount, kept), (raised_cap, both))),
        readings=readings,
        caveats=(steps.uplift_caveat(),),
        label=label,
    )
