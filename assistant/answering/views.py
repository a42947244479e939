"""Decisions as the JSON views of an ``Answer``."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from assistant.answering.answer import (
    CalculationView,
    CapView,
    CriterionView,
    EligibilityView,
    NamedInterval,
    ValidityView,
)
from assistant.answering.answer import (
    Interval as IntervalView,
)
from assistant.answering.decide import Decision
from assistant.answering.wording import say
from assistant.calculator.calculation import Calculation
from assistant.calculator.eligibility import Eligibility
from assistant.calculator.formatting import format_rate
from assistant.calculator.interval import Interval
from assistant.calculator.steps import show
from assistant.policy.measure import Measure
from assistant.policy.validity import Validity


def plain(value: Decimal) -> str:
    """A decimal as plain text, without exponent or trailing zeros."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def interval_view(amount: Interval | None) -> IntervalView | None:
    return None if amount is None else IntervalView(minimum=plain(amount.minimum), maximum=plain(amount.maximum))


def calculation_view(calculation: Calculation) -> CalculationView:
    """One sum as JSON: amounts in yuan, rates as ratios."""
    measure = calculation.measure
    name = f"{measure.name}（{calculation.label}）" if calculation.label else measure.name
    base = calculation.base
    return CalculationView(
        measure=measure.id,
        article=measure.article,
        name=name,
        base=_named(measure.base.name if measure.base else "", base) if base else None,
        rate=IntervalView(minimum=str(measure.rate.minimum), maximum=str(measure.rate.maximum))
        if measure.rate
        else None,
        cap=CapView(amount=plain(measure.cap.amount), per=measure.cap.per) if measure.cap else None,
        minimum=plain(calculation.amount.minimum),
        maximum=plain(calculation.amount.maximum),
        capped=calculation.capped,
        steps=calculation.steps,
        readings=tuple(_named(reading.name, reading.amount) for reading in calculation.readings),
        caveats=calculation.caveats,
    )


def inverse_view(measure: Measure, base: Interval, goal: Decimal, *more: str) -> CalculationView:
    """A base worked out backwards: the sum that it gives, with the division as step."""
    rates = sorted({measure.rate.minimum, measure.rate.maximum}, reverse=True) if measure.rate else []
    bases = [base.minimum, base.maximum][: len(rates)]
    aim = Interval.exactly(goal)
    return CalculationView(
        measure=measure.id,
        article=measure.article,
        name=f"{measure.name}（倒推）",
        base=_named(measure.base.name if measure.base else "", base),
        rate=IntervalView(minimum=str(measure.rate.minimum), maximum=str(measure.rate.maximum))
        if measure.rate
        else None,
        cap=CapView(amount=plain(measure.cap.amount), per=measure.cap.per) if measure.cap else None,
        minimum=plain(goal),
        maximum=plain(goal),
        capped=False,
        steps=(
            *(
                f"{show(aim)} ÷ {format_rate(rate, rate)} = {show(Interval.exactly(end))}"
                for rate, end in zip(rates, bases, strict=True)
            ),
            *more,
        ),
    )


def years_view(measure: Measure, years: int, whole: Interval, step: str) -> CalculationView:
    """The most that a yearly ceiling allows over several years: an interval from nothing to that."""
    return CalculationView(
        measure=measure.id,
        article=measure.article,
        name=f"{measure.name}（{years}年上限）",
        base=None,
        rate=None,
        cap=CapView(amount=plain(measure.cap.amount), per=measure.cap.per) if measure.cap else None,
        minimum="0",
        maximum=plain(whole.maximum),
        capped=True,
        steps=(step,),
    )


def calculation_views(decision: Decision) -> tuple[CalculationView, ...]:
    """The sums of a decision; the higher of two awards is a sum of its own (article 附)."""
    views = [calculation_view(calculation) for calculation in decision.calculations]
    if found := decision.comparison:
        sides = "、".join(show(amount) for _, amount in found.sides)
        step = say("stacking.step", sides=sides, result=show(found.result))
        views.append(_award_view("no-duplication", "就高不重复", found.result, step))
    if summed := decision.award_sum:
        terms = " + ".join(show(award) for award in summed.awards)
        views.append(
            _award_view("different-matters", "不同事项合计", summed.result, f"{terms} = {show(summed.result)}")
        )
    return tuple(views)


def outcome_view(measure: Measure, title: str, result: Interval, steps: tuple[str, ...]) -> CalculationView:
    """What follows from a measure's sum (what is left to pay, how much more there could be)."""
    return _bare_view(measure.id, measure.article, f"{measure.name}（{title}）", result, steps)


def _award_view(name: str, title: str, result: Interval, step: str) -> CalculationView:
    return _bare_view(name, "附", title, result, (step,))


def _bare_view(name: str, article: str, title: str, result: Interval, steps: tuple[str, ...]) -> CalculationView:
    return CalculationView(
        measure=name,
        article=article,
        name=title,
        base=None,
        rate=None,
        cap=None,
        minimum=plain(result.minimum),
        maximum=plain(result.maximum),
        capped=False,
        steps=steps,
    )


def eligibility_views(items: Iterable[Eligibility]) -> tuple[EligibilityView, ...]:
    return tuple(
        EligibilityView(
            measure=item.measure.id,
            article=item.measure.article,
            verdict=item.verdict.value,
            criteria=tuple(
                CriterionView(text=f.criterion.text, verdict=f.state.value, quote=f.criterion.quote)
                for f in item.findings
            ),
        )
        for item in items
    )


def validity_view(period: Validity, as_of: date) -> ValidityView:
    return ValidityView(effective=period.effective, last_day=period.last_day, in_force=period.in_force(as_of))


def _named(name: str, amount: Interval) -> NamedInterval:
    return NamedInterval(name=name, minimum=plain(amount.minimum), maximum=plain(amount.maximum))
