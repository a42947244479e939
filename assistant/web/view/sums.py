"""The sum as a small table: base, rate, ceiling, steps, readings, result; and the total of several."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from assistant.answering.answer import CalculationView, Interval
from assistant.web.view import figures
from assistant.web.view.html import Content, tag
from assistant.web.wording import say


def tables(calculations: Sequence[CalculationView], total: Interval | None) -> Markup | None:
    """One table a calculation, then the total; None when nothing was calculated."""
    if not calculations:
        return None
    return tag(
        "div", [calculation_table(item) for item in calculations], _total(total) if total else None, class_="sums"
    )


def _total(total: Interval) -> Markup:
    return tag("p", tag("span", say("sum.total")), tag("strong", figures.amount(total)), class_="sum-total")


def calculation_table(item: CalculationView) -> Markup:
    """One sum, row by row, the result last."""
    return tag(
        "table",
        tag("caption", item.name, tag("span", figures.article(item.article), class_="quiet")),
        tag("tbody", _rows(item)),
        class_="sum",
    )


def _rows(item: CalculationView) -> Iterator[Markup]:
    if item.base:
        yield _row(item.base.name, figures.amount(item.base))
    if item.rate:
        yield _row(say("sum.rate"), figures.rate(item.rate))
    if item.cap:
        yield _row(say("sum.cap"), figures.cap(item.cap))
    if item.steps:
        yield _row(say("sum.steps"), tag("ol", [tag("li", step) for step in item.steps], class_="steps"))
    for reading in item.readings:
        yield _row(say("sum.reading"), reading.name, tag("b", figures.amount(reading), class_="figure"))
    capped = tag("span", say("sum.capped"), class_="chip") if item.capped else None
    yield _row(say("sum.result"), tag("strong", figures.amount(_span(item)), class_="figure"), capped, class_="result")
    if item.caveats:
        yield _row(say("sum.caveat"), [tag("p", caveat) for caveat in item.caveats], class_="caveat")


def _span(item: CalculationView) -> Interval:
    return Interval(minimum=item.minimum, maximum=item.maximum)


def _row(label: str, *content: Content, class_: str | None = None) -> Markup:
    return tag("tr", tag("th", label, scope="row"), tag("td", *content), class_=class_)
