"""The form of 适用政策: who asks, and what is planned; each plan opens its own few questions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from markupsafe import Markup

from assistant.policy.loader import Policy
from assistant.policy.measure import Measure
from assistant.web.plans.profile import questions
from assistant.web.view.calculator import figure, to_result
from assistant.web.view.figures import article
from assistant.web.view.html import tag
from assistant.web.wording import say, table


def form(policy: Policy) -> Markup:
    """The whole form; its script shows a plan's questions when the plan is ticked."""
    return tag(
        "form",
        tag("h1", say("fits.heading")),
        tag("p", say("fits.intro"), class_="intro"),
        tag(
            "fieldset",
            tag("legend", say("fits.who")),
            _select("place", say("fits.place"), ("suzhou", "elsewhere"), "place"),
            _select("applicant", say("fits.applicant"), tuple(table("facts.applicant")), "applicant"),
            _choices("field", say("fits.field"), tuple(table("facts.field"))),
            _choices("title", say("fits.title"), tuple(table("facts.title"))),
        ),
        tag(
            "fieldset",
            tag("legend", say("fits.plans")),
            tag("p", say("fits.plans_hint"), class_="quiet"),
            _plans(policy),
        ),
        tag("button", say("fits.reset"), type="reset", class_="action"),
        to_result(),
        id="fits-form",
        class_="live-form",
    )


def _plans(policy: Policy) -> Iterator[Markup]:
    for number in policy.document.by_number:
        found = policy.of_article(number)
        if found:
            heading = policy.document.by_number[number].heading
            yield tag(
                "div",
                tag("h2", article(number), tag("span", heading, class_="quiet"), class_="plan-article"),
                [_plan(measure) for measure in found],
                class_="plan-group",
            )


def _plan(measure: Measure) -> Markup:
    stated = figure(measure)
    return tag(
        "div",
        tag(
            "label",
            tag("input", type="checkbox", name="plan", value=measure.id),
            tag("span", measure.short, tag("span", stated, class_="quiet") if stated else None),
            class_="check",
        ),
        tag("div", _details(measure), class_="plan-details", data_when=measure.id, hidden=True)
        if _has_details(measure)
        else None,
        class_="plan-choice",
    )


def _has_details(measure: Measure) -> bool:
    return bool(questions(measure)) or (measure.computable and measure.base is not None)


def _details(measure: Measure) -> Iterator[Markup]:
    asks = {criterion.fact: criterion.ask for criterion in measure.criteria if criterion.ask}
    for fact, values in questions(measure):
        label = asks.get(fact) or say(f"fits.ask.{fact}")
        yield _select(f"{measure.id}.{fact}", label, values, fact)
    if measure.computable and measure.base:
        yield _amount(f"{measure.id}.amount", measure.base.name)
        yield _amount(f"{measure.id}.other", say("fits.other"))


def _select(name: str, label: str, values: Iterable[str], fact: str) -> Markup:
    words = table(f"facts.{fact}")
    options = [tag("option", say("fits.unsaid"), value="")]
    options += [tag("option", str(words.get(value, value)), value=value) for value in values]
    return tag("label", tag("span", label, class_="field-name"), tag("select", options, name=name), class_="field")


def _amount(name: str, label: str) -> Markup:
    box = tag("input", type="text", name=name, autocomplete="off", placeholder=say("calculator.amount_hint"))
    return tag("label", tag("span", label, class_="field-name"), box, class_="field")


def _choices(name: str, label: str, values: Iterable[str]) -> Markup:
    words = table(f"facts.{name}")
    boxes = [
        tag(
            "label",
            tag("input", type="checkbox", name=name, value=value),
            tag("span", str(words[value])),
            class_="check",
        )
        for value in values
    ]
    return tag(
        "div",
        tag("span", label, class_="field-name"),
        tag("div", boxes, class_="checks"),
        role="group",
        aria_label=label,
        class_="field",
    )
