"""What plans come to: each item's sum or what is wrong with it, totals, the base that reaches a goal."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.calculator.calculation import Calculation, calculate, over_years
from assistant.calculator.interval import Interval, add_up
from assistant.calculator.inverse import base_for, base_for_cap
from assistant.calculator.money import parse_amount
from assistant.calculator.steps import show
from assistant.errors import InputError
from assistant.policy.loader import Policy
from assistant.policy.measure import Measure
from assistant.web.plans.plan import Item, Plans
from assistant.web.wording import say


@dataclass(frozen=True, slots=True)
class Line:
    """An item with its sum, or with the sentence (Chinese) that says what to correct; an empty amount has neither.

    ``each`` is the sum for one matter and one year, ``calculation`` for all of them.
    """

    item: Item
    measure: Measure
    calculation: Calculation | None = None
    each: Calculation | None = None
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A plan's lines and their sum (None when nothing could be calculated)."""

    lines: tuple[Line, ...]
    total: Interval | None

    @property
    def sums(self) -> tuple[Calculation, ...]:
        return tuple(line.calculation for line in self.lines if line.calculation)


@dataclass(frozen=True, slots=True)
class Reach:
    """The base that reaches an amount of one measure (yuan): possibly from ``base.minimum``, surely from its maximum;
    ``base`` is None when no base does, or when the clause states no rate."""

    measure: Measure
    amount: Decimal
    base: Interval | None
    ceiling: bool


@dataclass(frozen=True, slots=True)
class Result:
    """Everything that the calculator shows."""

    first: Outcome
    second: Outcome | None
    reaches: tuple[Reach, ...]
    goal_fault: str = ""


def computable(policy: Policy) -> tuple[Measure, ...]:
    """The measures that the calculator offers, in the policy's order."""
    return tuple(measure for measure in policy.measures if measure.computable and measure.base)


def work_out(policy: Policy, plans: Plans) -> Result:
    """Computes both plans and the inverse for the first plan's measures."""
    first = _outcome(policy, plans.first)
    second = _outcome(policy, plans.second) if plans.second else None
    measures = list({line.measure.id: line.measure for line in first.lines}.values())
    goal, fault = _goal(plans.goal)
    return Result(first, second, tuple(_reaches(measures, goal)), fault)


def _outcome(policy: Policy, items: Iterable[Item]) -> Outcome:
    offered = {measure.id: measure for measure in computable(policy)}
    lines = tuple(_line(item, offered[item.measure]) for item in items if item.measure in offered)
    amounts = [line.calculation.amount for line in lines if line.calculation]
    return Outcome(lines, add_up(amounts) if amounts else None)


def _line(item: Item, measure: Measure) -> Line:
    if not item.amount:
        return Line(item, measure)
    try:
        money = parse_amount(item.amount)
    except InputError as error:
        return Line(item, measure, fault=error.user_message)
    if item.years > 1 and not yearly(measure):
        return Line(item, measure, fault=say("calculator.not_yearly", name=measure.short))
    base = Interval(money.minimum, money.maximum)
    uplifted = item.uplifted and measure.uplift is not None
    each = calculate(measure, base, uplifted=uplifted)
    calculation = times(over_years(each, item.years), item.count)
    if money.approximation:
        note = say("calculator.approximate", amount=show(base))
        calculation = replace(calculation, caveats=(*calculation.caveats, note))
    return Line(item, measure, calculation, each)


def yearly(measure: Measure) -> bool:
    """Whether the clause counts by the year: its base or its ceiling."""
    return bool(measure.base and measure.base.yearly) or bool(measure.cap and measure.cap.per == "year")


def times(calculation: Calculation, count: int) -> Calculation:
    """So many equal matters (two platforms), each under its own ceiling, added up."""
    if count <= 1:
        return calculation
    amount = Interval(calculation.amount.minimum * count, calculation.amount.maximum * count)
    step = say("calculator.times", each=show(calculation.amount), count=count, all=show(amount))
    readings = tuple(
        replace(reading, amount=Interval(reading.amount.minimum * count, reading.amount.maximum * count))
        for reading in calculation.readings
    )
    return replace(
        calculation,
        amount=amount,
        steps=(*calculation.steps, step),
        readings=readings,
        caveats=(*calculation.caveats, say("calculator.count_caveat")),
    )


def _goal(text: str) -> tuple[Decimal | None, str]:
    if not text:
        return None, ""
    try:
        return parse_amount(text).maximum, ""
    except InputError as error:
        return None, error.user_message


def _reaches(measures: Iterable[Measure], goal: Decimal | None) -> Iterable[Reach]:
    for measure in measures:
        if measure.cap is None or measure.rate is None:
            continue
        yield Reach(measure, measure.cap.amount, base_for_cap(measure), ceiling=True)
        if goal is not None:
            yield Reach(measure, goal, base_for(measure, goal), ceiling=False)
