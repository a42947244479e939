"""What is asked beside a sum: how far it is from the ceiling or a goal, which base reaches it, what is left to pay
(net of the support), and which share of the base the support is."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from assistant.answering.compose import sums
from assistant.answering.compose.draft import Draft
from assistant.answering.decide import Decision
from assistant.answering.views import outcome_view
from assistant.answering.wording import say
from assistant.calculator.calculation import Calculation
from assistant.calculator.formatting import format_yuan
from assistant.calculator.interval import ZERO, Interval
from assistant.calculator.outcome import (
    Outcome,
    beyond_ceiling,
    cut_off,
    difference,
    left_to_pay,
    more_base,
    share_of_base,
    short_of,
    spread,
)
from assistant.calculator.steps import show
from assistant.policy.measure import Measure
from assistant.understanding.query import Query


def add_outcomes(draft: Draft, decision: Decision) -> None:
    """Adds what the asker wants to know of the sums: in the conclusion, with its steps as a line and as a table."""
    asks, calculations = decision.query.asks, decision.calculations
    measure = calculations[0].measure
    if "shortfall" in asks and measure.cap and all(item.received for item in decision.measures[0].bases):
        _add_gaps(draft, measure, measure.cap.amount, calculations)
        return
    if "own_cost" in asks and (left := left_to_pay(calculations)):
        _add(draft, measure, "left", left, amount=show(left.amount))
    if "spread" in asks and len(calculations) == 1 and (ends := spread(calculations[0].amount)):
        _add(draft, measure, "difference", ends, amount=show(ends.amount))
    if len(calculations) != 1 or measure.base is None:
        return
    if "effective_share" in asks and (share := share_of_base(calculations[0])):
        about = say("outcome.about") if share.rounded else ""
        draft.derived.append(share.text)
        outcome = Outcome(calculations[0].amount, share.steps)
        _add(draft, measure, "share", outcome, base_name=measure.base.name, share=share.text, about=about)
    if "beyond_ceiling" in asks and (beyond := beyond_ceiling(calculations[0])):
        key = "beyond" if beyond.amount.maximum > 0 else "all_counts"
        _add(draft, measure, key, beyond, amount=show(beyond.amount), base_name=measure.base.name)
    if "cut_off" in asks and (lost := cut_off(calculations[0])):
        _add(draft, measure, "cut_off", lost, amount=show(lost.amount))
    needed = next(item.inverse for item in decision.measures if item.calculations)
    if needed and calculations[0].years == 1:
        _add_goal(draft, decision.query, calculations[0], needed)


def _add_gaps(draft: Draft, measure: Measure, cap: Decimal, received: Sequence[Calculation]) -> None:
    """How far the support received is from the ceiling, each year's by itself; no total."""
    draft.conclusion = ""
    draft.lines.clear()
    goal = _goal_name(measure, cap)
    for calculation in received:
        subject = calculation.label or measure.short
        gap = short_of(cap, calculation.amount)
        draft.conclusion += "，" if draft.conclusion else ""
        _add(draft, measure, "gap_only", gap, subject=subject, goal=goal, gap=show(gap.amount))


def add_comparison(draft: Draft, decision: Decision) -> None:
    """Sums set against each other: each with its amount in the conclusion, how far two of them are apart, no total."""
    sums_ = decision.calculations
    draft.conclusion = "，".join(
        say("outcome.side", subject=c.label or c.measure.short, amount=show(c.amount)) for c in sums_
    )
    if len({c.amount for c in sums_}) == 1:
        draft.conclusion += say("outcome.same")
    elif (
        "difference" in decision.query.asks
        and len(sums_) == _TWO
        and (apart := difference(sums_[0].amount, sums_[1].amount))
    ):
        _add(draft, sums_[0].measure, "difference", apart, amount=show(apart.amount))


def add_caps(draft: Draft, measures: Sequence[Measure], asks: frozenset[str]) -> bool:
    """The ceilings of two measures side by side, and how far they are apart; False where one has none."""
    caps = [Interval.exactly(m.cap.amount) for m in measures if m.cap]
    if len(caps) != _TWO or len(measures) != _TWO:
        return False
    draft.conclusion = "，".join(f"{m.short}{sums.cap_text(m)}" for m in measures)
    if "ratio" in asks and min(c.minimum for c in caps) > 0:
        larger, smaller = sorted(measures, key=lambda m: -m.cap.amount if m.cap else 0)
        _add_ratio(draft, larger, smaller)
    elif apart := difference(*caps):
        _add(draft, measures[0], "difference", apart, amount=show(apart.amount))
    return True


def add_sum_of_caps(draft: Draft, measures: Sequence[Measure]) -> bool:
    """What the ceilings of several measures come to (两个封顶数加一块); False where one has none."""
    caps = [m.cap.amount for m in measures if m.cap]
    if len(caps) < len(measures):
        return False
    whole = Interval.exactly(sum(caps, ZERO))
    terms = " + ".join(map(format_yuan, caps))
    draft.conclusion = "，".join(f"{m.short}{sums.cap_text(m)}" for m in measures)
    step = say("multiple.sum_step", terms=terms, total=show(whole))
    _add(draft, measures[0], "caps_sum", Outcome(whole, (step,)), total=show(whole))
    return True


def _add_ratio(draft: Draft, larger: Measure, smaller: Measure) -> None:
    """How many times the smaller ceiling the larger one is."""
    if larger.cap is None or smaller.cap is None:
        return
    times = larger.cap.amount / smaller.cap.amount
    shown = f"{times.normalize():f}" if times == round(times, 2) else f"{round(times, 2):f}"
    step = f"{format_yuan(larger.cap.amount)} ÷ {format_yuan(smaller.cap.amount)} = {shown}"
    key = "outcome.same_cap" if times == 1 else "outcome.times"
    draft.conclusion += say(key, larger=larger.short, smaller=smaller.short, times=shown)
    draft.lines.append(say("outcome.steps", title=say("outcome.times_title"), steps=step))
    draft.derived += [step, f"{shown}倍"]


_TWO = 2


def _add_goal(draft: Draft, query: Query, calculation: Calculation, needed: Interval) -> None:
    """The support still missing to the goal and the base still missing to it; or the base that reaches it."""
    measure = calculation.measure
    goal = query.target.maximum if query.target else measure.cap.amount if measure.cap else None
    if goal is None or measure.base is None or calculation.base is None:
        return
    shown = {"goal": _goal_name(measure, goal), "base_name": measure.base.name}
    if "shortfall" not in query.asks:
        reached = Outcome(needed, (sums.inverse_steps(measure, goal),))
        _add(draft, measure, "reached_at", reached, base=show(needed), **shown)
        return
    gap, more = short_of(goal, calculation.amount), more_base(needed, calculation.base)
    if gap.amount.maximum > 0:
        _add(draft, measure, "gap", gap, gap=sums.at_most(gap.amount), more=sums.at_most(more.amount), **shown)
        _add(draft, measure, "more", more, **shown)


def _goal_name(measure: Measure, goal: Decimal) -> str:
    own = measure.cap is not None and goal == measure.cap.amount
    return f"上限{format_yuan(goal)}" if own else format_yuan(goal)


def _add(draft: Draft, measure: Measure, key: str, outcome: Outcome, **values: str) -> None:
    """One figure: its words at the end of the conclusion, its steps as a line, and the table."""
    title = say(f"outcome.{key}_title", **values)
    draft.conclusion += say(f"outcome.{key}", **values)
    draft.lines.append(say("outcome.steps", title=title, steps="；".join(outcome.steps)))
    draft.views.append(outcome_view(measure, title, outcome.amount, outcome.steps))
    draft.amounts.append(outcome.amount)
    draft.derived += outcome.steps
