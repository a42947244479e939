"""The calculator's result: sums, totals, the comparison of two plans, the inverse, the plots."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from markupsafe import Markup

from assistant.answering.views import calculation_view
from assistant.calculator.formatting import format_range, format_rate, format_yuan
from assistant.calculator.steps import show
from assistant.policy.measure import Measure
from assistant.web.plans.plan import Plans
from assistant.web.plans.result import Line, Outcome, Reach, Result
from assistant.web.view.html import Content, join, tag
from assistant.web.view.plot import Point, plot
from assistant.web.view.sums import calculation_table
from assistant.web.wording import say


def result(found: Result, plans: Plans) -> Markup:
    """Everything to the right of the form; an invitation when nothing has been typed yet."""
    if not found.first.sums and not any(line.fault for line in found.first.lines):
        return tag(
            "div",
            tag("p", say("calculator.nothing_yet"), class_="empty"),
            _inverse(found),
            class_="result-body",
        )
    return tag(
        "div",
        _comparison(found.first, found.second) if found.second else None,
        _outcome(found.first, say("calculator.plan_a") if found.second else None),
        _outcome(found.second, say("calculator.plan_b")) if found.second else None,
        _plots(found),
        _inverse(found),
        _take_away(plans) if found.first.sums else None,
        class_="result-body",
    )


def _outcome(outcome: Outcome, title: str | None) -> Markup:
    several = len(outcome.sums) > 1 and outcome.total is not None
    return tag(
        "section",
        tag("h2", title) if title else None,
        [_line(line) for line in outcome.lines],
        _total(outcome) if several else None,
        class_="outcome",
    )


def _line(line: Line) -> Markup | None:
    if line.fault:
        return tag("p", tag("b", line.measure.short), "：", line.fault, class_="problem", role="alert")
    if line.calculation is None:
        return None
    view = calculation_view(line.calculation)
    return tag(
        "div",
        calculation_table(view),
        tag("p", say("calculator.counts", counts=line.measure.base.counts), class_="quiet")
        if line.measure.base
        else None,
        class_="sums",
    )


def _total(outcome: Outcome) -> Markup:
    terms = " + ".join(show(calculation.amount) for calculation in outcome.sums)
    return tag(
        "div",
        tag(
            "p",
            tag("span", say("sum.total")),
            tag("strong", show(outcome.total) if outcome.total else ""),
            class_="sum-total",
        ),
        tag("p", say("calculator.total_step", terms=terms), class_="quiet"),
        tag("p", say("calculator.total_note"), class_="quiet"),
        class_="total",
    )


def _comparison(first: Outcome, second: Outcome) -> Markup | None:
    if first.total is None or second.total is None:
        return None
    low = second.total.minimum - first.total.minimum
    high = second.total.maximum - first.total.maximum
    if low == high == 0:
        verdict = say("calculator.equal")
    elif low >= 0 and high >= 0:
        verdict = say("calculator.more", plan=say("calculator.plan_b"), amount=_gap(low, high))
    elif low <= 0 and high <= 0:
        verdict = say("calculator.more", plan=say("calculator.plan_a"), amount=_gap(-high, -low))
    else:
        verdict = say("calculator.crossing")
    rows = [
        tag(
            "tr",
            tag("th", name, scope="row"),
            tag("td", _bases(outcome)),
            tag("td", tag("strong", show(total), class_="figure")),
        )
        for name, outcome, total in (
            (say("calculator.plan_a"), first, first.total),
            (say("calculator.plan_b"), second, second.total),
        )
    ]
    return tag(
        "section",
        tag("h2", say("calculator.comparison")),
        tag(
            "table",
            tag(
                "thead",
                tag("tr", [tag("th", say(f"calculator.{name}"), scope="col") for name in ("plan", "input", "support")]),
            ),
            tag("tbody", rows),
            class_="compared",
        ),
        tag("p", verdict, class_="verdict"),
        class_="comparison",
    )


def _gap(one: Decimal, other: Decimal) -> str:
    return format_range(min(one, other), max(one, other))


def _bases(outcome: Outcome) -> Markup:
    parts = []
    for line in outcome.lines:
        if line.calculation and line.calculation.base:
            count = f" × {line.item.count}" if line.item.count > 1 else ""
            parts.append(tag("div", f"{line.measure.short} {show(line.calculation.base)}{count}"))
    return join(parts)


def _inverse(found: Result) -> Markup | None:
    raised = {line.measure.id for line in found.first.lines if line.item.uplifted and line.measure.uplift}
    rows = [
        tag("li", _reach(reach), say("calculator.without_uplift") if reach.measure.id in raised else None)
        for reach in found.reaches
    ]
    fault = tag("p", found.goal_fault, class_="problem", role="alert") if found.goal_fault else None
    if not rows and not fault:
        return None
    return tag(
        "section", tag("h2", say("calculator.inverse")), fault, tag("ul", rows, class_="reaches"), class_="inverse"
    )


def _reach(reach: Reach) -> str:
    rate = reach.measure.rate
    amount = format_yuan(reach.amount)
    name = reach.measure.short
    if reach.base is None or rate is None or reach.measure.base is None:
        cap = format_yuan(reach.measure.cap.amount) if reach.measure.cap else ""
        return say("calculator.out_of_reach", name=name, amount=amount, cap=cap)
    kind = "ceiling" if reach.ceiling else "goal"
    if reach.base.single:
        return say(
            f"calculator.reach_{kind}",
            name=name,
            amount=amount,
            rate=format_rate(rate.minimum, rate.maximum),
            base_name=reach.measure.base.name,
            base=format_yuan(reach.base.minimum),
        )
    return say(
        f"calculator.reach_{kind}_range",
        name=name,
        amount=amount,
        base_name=reach.measure.base.name,
        low=format_yuan(reach.base.minimum),
        high=format_yuan(reach.base.maximum),
        high_rate=format_rate(rate.maximum, rate.maximum),
        low_rate=format_rate(rate.minimum, rate.minimum),
    )


def _plots(found: Result) -> Markup | None:
    """One drawing a measure, with the points of both plans."""
    lines = [*found.first.lines, *(found.second.lines if found.second else ())]
    groups: dict[tuple[str, bool], tuple[Measure, list[Point]]] = {}
    for line in lines:
        if line.each is None or line.each.base is None:
            continue
        uplifted = line.item.uplifted and line.measure.uplift is not None
        groups.setdefault((line.measure.id, uplifted), (line.measure, []))[1].append(
            Point(line.each.base, line.each.amount)
        )
    drawings = [
        plot(measure, points, uplifted=uplifted, key=f"plot-{index}")
        for index, ((_, uplifted), (measure, points)) in enumerate(groups.items())
    ]
    shown: Sequence[Content] = [drawing for drawing in drawings if drawing]
    return tag("section", tag("h2", say("plot.heading")), shown, class_="plots") if shown else None


def _take_away(plans: Plans) -> Markup:
    query = plans.query()
    return tag(
        "div",
        tag(
            "button",
            say("calculator.link"),
            type="button",
            class_="action",
            data_action="copy-link",
            data_link=f"/calculator?{query}",
        ),
        tag("a", say("calculator.excel"), href=f"/calculator/sheet.xlsx?{query}", download=True, class_="action"),
        tag("a", say("calculator.csv"), href=f"/calculator/sheet.csv?{query}", download=True, class_="action"),
        class_="take-away",
    )
