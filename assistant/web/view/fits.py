"""The result of 适用政策: measures that fit, that need one more fact, that don't; and the total."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from markupsafe import Markup

from assistant.answering.views import calculation_view, plain
from assistant.calculator.eligibility import Eligibility
from assistant.calculator.steps import show
from assistant.policy.measure import Measure
from assistant.web.plans.fitting import Fit, Fits, asked, unmet
from assistant.web.plans.plan import Item, Plans
from assistant.web.view.clauses import address
from assistant.web.view.conditions import criterion
from assistant.web.view.figures import article, departments
from assistant.web.view.html import tag
from assistant.web.view.sums import calculation_table
from assistant.web.wording import say


def fits(found: Fits) -> Markup:
    """Everything beside the form."""
    groups = (
        _group("fitting", found.fitting),
        _group("open", found.open),
        _group("ruled_out", found.ruled_out),
    )
    chosen = [*found.fitting, *found.open, *found.ruled_out]
    return tag(
        "div",
        _total(found) if found.total else None,
        groups,
        tag("p", say("fits.nothing_planned"), class_="empty") if not chosen else None,
        _suggested(found.suggested),
        _unsuited(found.unsuited),
        tag("button", say("calculator.link"), type="button", class_="action", data_action="copy-link", data_link="")
        if chosen
        else None,
        class_="result-body",
    )


def _group(name: str, items: Sequence[Fit]) -> Markup | None:
    if not items:
        return None
    return tag(
        "section",
        tag("h2", say(f"fits.group.{name}"), tag("span", str(len(items)), class_="count")),
        [_fit(item) for item in items],
        class_=f"fit-group fit-{name}",
    )


def _fit(item: Fit) -> Markup:
    measure = item.measure
    missing = asked(item.eligibility) if item.eligibility.verdict == "unknown" else ()
    reasons = unmet(item.eligibility)
    return tag(
        "article",
        tag("h3", measure.short, tag("span", article(measure.article), class_="quiet")),
        [tag("p", reason, class_="reason") for reason in reasons],
        tag("div", say("fits.missing"), tag("ul", [tag("li", text) for text in missing]), class_="missing")
        if missing
        else None,
        _criteria(item.eligibility),
        tag("p", item.fault, class_="problem", role="alert") if item.fault else None,
        tag("div", calculation_table(calculation_view(item.calculation)), class_="sums") if item.calculation else None,
        _higher(item),
        tag("p", say("fits.no_sum", statement=measure.statement), class_="quiet")
        if not item.calculation and not reasons
        else None,
        _links(item),
        class_="fit",
    )


def _criteria(eligibility: Eligibility) -> Markup | None:
    rows = [criterion(f.criterion.text, f.state.value, f.criterion.quote) for f in eligibility.findings]
    return tag("ul", rows, class_="criteria") if rows else None


def _higher(item: Fit) -> Markup | None:
    if item.other is None or item.calculation is None or item.counted is None:
        return None
    text = say("fits.higher", own=show(item.calculation.amount), other=show(item.other), result=show(item.counted))
    return tag("p", text, class_="notice notice-note")


def _links(item: Fit) -> Markup:
    measure = item.measure
    links = [tag("a", say("fits.clause"), href=address(measure.article))]
    if item.calculation and item.calculation.base:
        plans = Plans((Item(measure.id, f"{plain(item.calculation.base.maximum)}元"),))
        links.append(tag("a", say("fits.calculate"), href=f"/calculator?{plans.query()}"))
    links.append(
        tag("a", say("fits.ask_about"), href="/?" + urlencode({"q": say("fits.question", name=measure.short)}))
    )
    return tag(
        "p",
        say("fits.departments", names=departments(measure.departments)),
        tag("span", links, class_="links"),
        class_="fit-foot quiet",
    )


def _total(found: Fits) -> Markup:
    assert found.total is not None
    terms = [item.counted for item in (*found.fitting, *found.open) if item.counted]
    step = " + ".join(show(amount) for amount in terms)
    uncertain = any(item.counted for item in found.open)
    return tag(
        "div",
        tag("p", tag("span", say("fits.total")), tag("strong", show(found.total)), class_="sum-total"),
        tag("p", say("calculator.total_step", terms=step), class_="quiet") if len(terms) > 1 else None,
        tag("p", say("fits.total_open"), class_="quiet") if uncertain else None,
        tag("p", say("fits.total_note"), class_="quiet"),
        class_="total",
    )


def _suggested(measures: Sequence[Measure]) -> Markup | None:
    if not measures:
        return None
    rows = [
        tag(
            "li",
            tag("b", measure.short),
            tag("span", article(measure.article), class_="quiet"),
            tag("p", f"{measure.statement}。"),
        )
        for measure in measures
    ]
    return tag(
        "details",
        tag("summary", say("fits.group.suggested"), tag("span", str(len(rows)), class_="count")),
        tag("ul", rows, class_="measure-list"),
        class_="fold",
    )


def _unsuited(items: Sequence[Eligibility]) -> Markup | None:
    if not items:
        return None
    rows = [
        tag(
            "li",
            tag("b", item.measure.short),
            tag("span", article(item.measure.article), class_="quiet"),
            [tag("p", text) for text in unmet(item)],
        )
        for item in items
    ]
    return tag(
        "details",
        tag("summary", say("fits.group.unsuited"), tag("span", str(len(rows)), class_="count")),
        tag("ul", rows, class_="measure-list"),
        class_="fold",
    )
