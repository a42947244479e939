"""The calculator's form: rows of measure, amount, count and years for one plan or two, and the amount to be reached."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from assistant.calculator.formatting import format_rate, format_yuan
from assistant.policy.measure import Measure
from assistant.web.plans.plan import MOST_COUNT, MOST_YEARS
from assistant.web.plans.result import yearly
from assistant.web.view.figures import article
from assistant.web.view.html import tag
from assistant.web.wording import say


def form(measures: Sequence[Measure]) -> Markup:
    """The form with one empty row; the page's script adds rows from the template and reads the link's values in."""
    return tag(
        "form",
        tag("h1", say("calculator.heading")),
        tag("p", say("calculator.intro"), class_="intro"),
        _plan("a", measures, say("calculator.plan_a")),
        tag(
            "label",
            tag("input", type="checkbox", id="compare"),
            tag("span", say("calculator.compare")),
            class_="check",
        ),
        _plan("b", measures, say("calculator.plan_b"), hidden=True),
        tag(
            "div",
            tag("label", say("calculator.goal"), for_="goal"),
            tag(
                "input",
                type="text",
                id="goal",
                inputmode="text",
                autocomplete="off",
                placeholder=say("calculator.goal_hint"),
            ),
            class_="field",
        ),
        to_result(),
        tag("template", _row(measures), id="row-template"),
        id="calculator-form",
        class_="live-form",
    )


def to_result() -> Markup:
    """The way to the result, where it stands below the form."""
    return tag("button", say("calculator.to_result"), type="button", class_="action strong to-result")


def _plan(side: str, measures: Sequence[Measure], title: str, *, hidden: bool = False) -> Markup:
    return tag(
        "fieldset",
        tag("legend", title),
        tag("div", _row(measures), class_="rows-of-plan"),
        tag("button", say("calculator.add"), type="button", class_="action", data_action="add-row"),
        class_="plan",
        data_side=side,
        hidden=hidden,
    )


def _row(measures: Sequence[Measure]) -> Markup:
    options = [
        tag(
            "option",
            say("calculator.option", article=article(measure.article), name=measure.short, figure=figure(measure)),
            value=measure.id,
            data_base=measure.base.name if measure.base else "",
            data_yearly=yearly(measure),
            data_uplift=measure.uplift is not None,
            data_figure=figure(measure),
        )
        for measure in measures
    ]
    return tag(
        "div",
        _field("measure", tag("select", options, name="measure")),
        tag("p", class_="stated-figure", aria_live="polite"),
        _field(
            "amount",
            tag("input", type="text", name="amount", autocomplete="off", placeholder=say("calculator.amount_hint")),
        ),
        tag(
            "div",
            _field("count", tag("input", type="number", name="count", min=1, max=MOST_COUNT, value=1)),
            _field("years", tag("input", type="number", name="years", min=1, max=MOST_YEARS, value=1)),
            tag(
                "label",
                tag("input", type="checkbox", name="up"),
                tag("span", say("calculator.uplift")),
                class_="check uplift",
            ),
            tag("button", say("calculator.remove"), type="button", class_="action remove", data_action="remove-row"),
            class_="row-more",
        ),
        class_="plan-row",
        role="group",
        aria_label=say("calculator.row"),
    )


def _field(name: str, control: Markup) -> Markup:
    return tag(
        "label", tag("span", say(f"calculator.{name}"), class_="field-name"), control, class_=f"field field-{name}"
    )


def figure(measure: Measure) -> str:
    """What the clause states in figures: 20%，最高2000万元；最高50万元；市、区1:1."""
    if measure.matching:
        return say("calculator.matching", city=measure.matching[0], district=measure.matching[1])
    rate = format_rate(measure.rate.minimum, measure.rate.maximum) if measure.rate else ""
    cap = measure.cap
    text = say(f"calculator.per.{cap.per or 'unstated'}", amount=format_yuan(cap.amount)) if cap else ""
    return "，".join(part for part in (rate, text) if part)
