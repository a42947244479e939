"""概况: how many questions, what became of them, how long they took, what they were about, as plots and as tables."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from markupsafe import Markup
from starlette.responses import Response

from assistant.errors import InputError
from assistant.records.statistics import Day, days, top_measures, top_reasons
from assistant.web.desk import charts
from assistant.web.desk.fields import field, labelled
from assistant.web.desk.frame import PATHS, button, page
from assistant.web.desk.office import Office
from assistant.web.desk.routing import Asked, Pages
from assistant.web.desk.wording import say, table, word
from assistant.web.view.html import tag

_USUAL = timedelta(days=29)
_LONGEST = timedelta(days=366)
_SPANS = (7, 30, 90)


def add(pages: Pages, office: Office) -> None:
    """Puts the page up."""

    @pages.show("/overview")
    def show(asked: Asked) -> Response:
        today = office.records.today()
        fault = ""
        try:
            since, until = _span(asked, today)
        except InputError as error:
            since, until, fault = today - _USUAL, today, error.user_message
        found = days(office.records, since, until)
        content = (
            _plots(office, found)
            if any(day.questions for day in found)
            else tag("p", say("overview.none"), class_="empty")
        )
        return page("overview", asked.login, say("overview.title"), _form(since, until, today), content, fault=fault)


def _span(asked: Asked, today: date) -> tuple[date, date]:
    """The days to show. Raises InputError."""
    try:
        until = date.fromisoformat(asked.text("until")) if asked.text("until") else today
        since = date.fromisoformat(asked.text("since")) if asked.text("since") else until - _USUAL
    except (ValueError, OverflowError) as error:
        raise InputError("no day", user_message=say("overview.fault")) from error
    if not timedelta(0) <= until - since <= _LONGEST:
        raise InputError("no span of up to 366 days", user_message=say("overview.fault"))
    return since, until


def _form(since: date, until: date, today: date) -> Markup:
    quick = [
        tag(
            "a",
            say("overview.last", count=count),
            href=f"{PATHS['overview']}?since={today - timedelta(days=count - 1)}&until={today}",
            aria_current="true" if until == today and (until - since).days == count - 1 else None,
        )
        for count in _SPANS
    ]
    return tag(
        "form",
        tag("nav", quick, class_="tabs", aria_label=say("overview.spans")),
        labelled(say("overview.since"), field("since", since.isoformat(), kind="date")),
        labelled(say("overview.until"), field("until", until.isoformat(), kind="date")),
        button(say("overview.go")),
        method="get",
        action=PATHS["overview"],
        class_="desk-form in-line",
    )


def _plots(office: Office, found: Sequence[Day]) -> Markup:
    since, until = found[0].day, found[-1].day
    policy = office.policy
    names = {item.id: item.short for item in policy.measures} | {item.id: item.name for item in policy.rules}
    measures = [(names.get(name, name), count) for name, count in top_measures(office.records, since, until)]
    reasons = [(word("reasons", name), count) for name, count in top_reasons(office.records, since, until)]
    return tag(
        "div",
        _tiles(found),
        _panel("outcomes", charts.stacked_days(found)),
        _panel("shares", charts.shares(found)),
        _panel("times", charts.times(found)),
        _panel("reasons", charts.bars(reasons, say("overview.reasons")) if reasons else None),
        _panel("measures", charts.bars(measures, say("overview.measures")) if measures else None, wide=True),
        _table(found),
        class_="overview",
    )


def _panel(name: str, plot: Markup | None, *, wide: bool = False) -> Markup:
    body = plot or tag("p", say("overview.nothing"), class_="quiet")
    return tag("section", tag("h2", say(f"overview.{name}")), body, class_="panel wide" if wide else "panel")


def _tiles(found: Sequence[Day]) -> Markup:
    total = sum(day.questions for day in found)
    medians = sorted((day.median, day.questions) for day in found if day.median is not None)
    tiles = {
        "questions": str(total),
        "answered": _share(sum(day.answered for day in found), total),
        "refused": _share(sum(day.not_covered for day in found), total),
        "up": str(sum(day.up for day in found)),
        "down": str(sum(day.down for day in found)),
        "median": say("overview.milliseconds", count=f"{_middle(medians):.0f}"),
    }
    items = [
        tag("div", tag("dt", say(f"overview.tile.{name}")), tag("dd", text, class_="figure"))
        for name, text in tiles.items()
    ]
    return tag("dl", items, class_="tiles")


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.0%}" if whole else "—"


def _middle(medians: Sequence[tuple[float, int]]) -> float:
    """The median of the days' medians, each day as heavy as its questions."""
    half, seen = sum(count for _, count in medians) / 2, 0
    for value, count in medians:
        seen += count
        if seen >= half:
            return value
    return 0.0


def _table(found: Sequence[Day]) -> Markup:
    columns = table("overview.columns")
    rows = []
    for day in reversed(found):
        if not day.questions:
            continue
        cells = {
            "day": day.day.isoformat(),
            "questions": day.questions,
            "answered": day.answered,
            "needs_information": day.needs_information,
            "not_covered": day.not_covered,
            "up": day.up,
            "down": day.down,
            "median": f"{day.median:.0f}" if day.median is not None else "",
            "slow": f"{day.slow:.0f}" if day.slow is not None else "",
        }
        rows.append(tag("tr", [tag("td", str(cells[name]), data_label=columns[name]) for name in columns]))
    head = tag("tr", [tag("th", title, scope="col") for title in columns.values()])
    body = tag("div", tag("table", tag("thead", head), tag("tbody", rows), class_="desk-table"), class_="desk-scroll")
    return tag("details", tag("summary", say("overview.table")), body, class_="fold wide")
