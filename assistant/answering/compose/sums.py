"""The wording of sums: one measure's amount, the base that reaches an amount, several amounts with their total."""

from __future__ import annotations

from decimal import ROUND_CEILING, Decimal

from assistant.answering.compose.draft import Draft, label_of
from assistant.answering.decide import Decision, MeasureDecision
from assistant.answering.views import inverse_view, outcome_view
from assistant.answering.wording import say
from assistant.calculator.calculation import Calculation
from assistant.calculator.formatting import format_rate, format_yuan
from assistant.calculator.interval import Interval
from assistant.calculator.inverse import base_for
from assistant.calculator.steps import show
from assistant.policy.measure import Kind, Measure, Per
from assistant.understanding.query import Query
from assistant.understanding.sums.years_told import YEARS_SUPPOSED


def cap_text(measure: Measure) -> str:
    """The ceiling as the clause states it: 每年最高200万元."""
    if measure.cap is None:
        return ""
    amount = format_yuan(measure.cap.amount)
    if measure.cap.per is Per.YEAR:
        return f"每年最高{amount}"
    return f"最高{amount}一次性补贴" if measure.cap.per is Per.ONCE else f"最高{amount}"


def at_most(amount: Interval) -> str:
    """An amount as shown; a range that begins with nothing by its upper end alone."""
    if amount.single or amount.minimum > 0:
        return show(amount)
    return say("outcome.at_most", amount=format_yuan(amount.maximum))


def rate_text(measure: Measure) -> str:
    return format_rate(measure.rate.minimum, measure.rate.maximum) if measure.rate else ""


def figure_text(measure: Measure) -> str:
    """Rate and ceiling in short: 20%，最高2000万元."""
    parts = [rate_text(measure), cap_text(measure)]
    if measure.matching:
        parts.append(f"市、区{measure.matching[0]}:{measure.matching[1]}")
    return "，".join(part for part in parts if part)


def subject_of(calculation: Calculation, several: bool) -> str:
    label = f"（{calculation.label}）" if calculation.label else ""
    return f"{calculation.measure.short}{label}" if several or label else calculation.measure.short


def headline(calculation: Calculation, *, several: bool = False) -> str:
    """The conclusion of one sum; a ceiling is never worded as an entitlement."""
    measure, amount = calculation.measure, show(calculation.amount)
    subject = subject_of(calculation, several)
    if measure.kind is Kind.MATCHED and measure.matching and calculation.base:
        further = "".join(f"，{reading.name}{show(reading.amount)}" for reading in calculation.readings[1:])
        return say(
            "measure.amount_matched",
            subject=subject,
            ratio=f"{measure.matching[0]}:{measure.matching[1]}",
            base=show(calculation.base),
            amount=amount,
            both=f"{show(calculation.readings[0].amount)}{further}",
        )
    if measure.rate is None and calculation.base:
        return say("measure.amount_no_rate", subject=subject, amount=amount, cap_text=cap_text(measure))
    if not calculation.amount.single:
        return say("measure.amount_range", subject=subject, amount=amount)
    if calculation.capped and calculation.years == 1:
        return say("measure.amount_capped", subject=subject, amount=amount, cap_name=_cap_name(measure))
    return say("measure.amount", subject=subject, amount=amount)


def _cap_name(measure: Measure) -> str:
    return "每年上限" if measure.cap and measure.cap.per is Per.YEAR else "上限"


def steps_line(calculation: Calculation) -> str:
    return say("measure.steps", steps="；".join(calculation.steps))


def one_of_several(calculation: Calculation) -> str:
    """One sum beside others, with its steps."""
    return f"{headline(calculation, several=True)}（{'；'.join(calculation.steps)}）"


def reading_lines(calculation: Calculation) -> list[str]:
    """The readings of an uplift, both, never one alone."""
    if calculation.measure.uplift is None or not calculation.readings or calculation.years > 1:
        return []
    readings = "；".join(f"{reading.name}：{show(reading.amount)}" for reading in calculation.readings)
    return [say("measure.readings", readings=readings), *calculation.caveats]


def add_ceiling_asked(draft: Draft, measure: Measure, query: Query) -> None:
    """那上限是多少 after a sum: the ceiling itself before what it makes of the sum."""
    if query.carried and "cap" in query.asks and query.asks <= _OF_A_CEILING and measure.cap and not draft.corrections:
        label = label_of(draft.corpus, measure.article)
        draft.corrections.append(say("measure.cap_first", label=label, cap_text=cap_text(measure)))


_OF_A_CEILING = frozenset({"cap", "amount", "eligibility"})


def add_inverse(draft: Draft, item: MeasureDecision, query: Query) -> None:
    """Which base reaches the ceiling, or the amount that the asker aims at."""
    measure = item.measure
    label = label_of(draft.corpus, measure.article)
    goal = query.target.maximum if query.target else (measure.cap.amount if measure.cap else None)
    if measure.rate is None or goal is None or measure.base is None:
        draft.conclusion = say("inverse.no_rate", label=label, short=measure.short)
        return
    if item.inverse is None:
        draft.conclusion = say(
            "inverse.over_cap", subject=measure.short, amount=format_yuan(goal), cap_text=cap_text(measure)
        )
        return
    low, high = item.inverse.minimum, item.inverse.maximum
    draft.amounts.append(item.inverse)
    draft.amounts.append(Interval.exactly(goal))
    shown = {"subject": measure.short, "base_name": measure.base.name, "amount": format_yuan(goal)}
    low_rate, high_rate = (format_rate(rate, rate) for rate in (measure.rate.minimum, measure.rate.maximum))
    if item.inverse.single:
        draft.conclusion = say("inverse.single", base=format_yuan(low), rate=low_rate, **shown)
    else:
        draft.conclusion = say(
            "inverse.range",
            low=format_yuan(low),
            high=format_yuan(high),
            low_rate=low_rate,
            high_rate=high_rate,
            **shown,
        )
    supposed = _supposed_rates(draft, measure, goal, query)
    draft.views.append(inverse_view(measure, item.inverse, goal, *supposed))
    draft.lines.append(say("measure.steps", steps=inverse_steps(measure, goal)))
    draft.lines += [say("measure.steps", steps=step) for step in supposed]


def inverse_of_several(draft: Draft, item: MeasureDecision, query: Query) -> str:
    """Which base reaches the ceiling of one measure beside others, or the amount aimed at, with its steps; empty where
    none does."""
    measure = item.measure
    if not (item.inverse and measure.base and measure.cap and measure.rate):
        return ""
    goal = query.target.maximum if query.target else measure.cap.amount
    reached = format_yuan(goal) if query.target else cap_text(measure)
    draft.amounts += [item.inverse, Interval.exactly(goal)]
    draft.views.append(inverse_view(measure, item.inverse, goal))
    shown = {"subject": measure.short, "base_name": measure.base.name, "base": show(item.inverse)}
    steps = inverse_steps(measure, goal)
    return say("inverse.of_several", rate=rate_text(measure), amount=reached, steps=steps, **shown)


def inverse_steps(measure: Measure, goal: Decimal) -> str:
    """The division that gives the base for a goal, at the highest rate and at the lowest."""
    needed = base_for(measure, goal)
    if needed is None or measure.rate is None:
        return ""
    ends = dict.fromkeys([(measure.rate.maximum, needed.minimum), (measure.rate.minimum, needed.maximum)])
    return "；".join(
        say("inverse.step", amount=format_yuan(goal), rate=format_rate(rate, rate), base=format_yuan(base))
        for rate, base in ends
    )


def _supposed_rates(draft: Draft, measure: Measure, goal: Decimal, query: Query) -> list[str]:
    """The step at a rate inside the range, as the asker supposes it (首台套按20%算)."""
    steps = []
    for claim in query.premises.claims:
        if claim.kind == "rate" and measure.rate and measure.rate.minimum < claim.minimum < measure.rate.maximum:
            base = (goal / claim.minimum).quantize(Decimal(1), rounding=ROUND_CEILING)
            draft.amounts.append(Interval.exactly(base))
            steps.append(say("inverse.step", amount=format_yuan(goal), rate=claim.text, base=format_yuan(base)))
    return steps


def at_supposed_rates(draft: Draft, calculation: Calculation, query: Query) -> list[str]:
    """The sum at a rate inside the range, as the asker supposes it (首台套按20%算, 1500万能拿多少)."""
    measure, base = calculation.measure, calculation.base
    if not (measure.rate and measure.cap and base and base.single) or calculation.readings or calculation.years > 1:
        return []
    lines = []
    for claim in query.premises.claims:
        if claim.kind != "rate" or claim.minimum != claim.maximum:
            continue
        if measure.rate.minimum < claim.minimum < measure.rate.maximum:
            product = base.minimum * claim.minimum
            amount = Interval.exactly(min(product, measure.cap.amount))
            rate = format_rate(claim.minimum, claim.minimum)
            steps = [f"{show(base)} × {rate} = {format_yuan(product)}"]
            if product > measure.cap.amount:
                steps.append(say("measure.supposed_capped", amount=show(amount)))
            title = say("measure.supposed_title", rate=rate)
            lines.append(say("measure.supposed", title=title, steps="，".join(steps)))
            draft.views.append(outcome_view(measure, title, amount, tuple(steps)))
            draft.amounts += [amount, Interval.exactly(product)]
            draft.derived += steps
    return lines


def add_years_to(draft: Draft, measure: Measure, goal: Decimal) -> bool:
    """How many years a yearly ceiling takes to add up to a goal; False where the measure has none."""
    if measure.cap is None or measure.cap.per is not Per.YEAR:
        return False
    years = int((goal / measure.cap.amount).to_integral_value(ROUND_CEILING))
    draft.derived.append(f"{years}年")
    draft.amounts.append(Interval.exactly(goal))
    draft.conclusion = say(
        "inverse.years", subject=measure.short, each=cap_text(measure), years=str(years), goal=format_yuan(goal)
    )
    return True


def add_years_alike(draft: Draft, item: MeasureDecision, query: Query) -> None:
    """三年合计 after the sum of one year: that the other years are taken to be like it."""
    for calculation in item.calculations:
        if YEARS_SUPPOSED in query.asks and calculation.years > 1 and calculation.base:
            draft.lines.append(say("measure.years_alike", years=str(calculation.years), base=show(calculation.base)))


def add_total(draft: Draft, decision: Decision) -> None:
    """Different matters add up: the total as conclusion, with the sum that gives it."""
    if decision.total is None:
        return
    terms = " + ".join(show(calculation.in_total) for calculation in decision.calculations)
    alike = len({calculation.measure.id for calculation in decision.calculations}) == 1
    draft.conclusion = say("multiple.total_alike" if alike else "multiple.total", total=show(decision.total))
    draft.amounts.append(decision.total)
    draft.lines.append(say("measure.steps", steps=say("multiple.sum_step", terms=terms, total=show(decision.total))))
