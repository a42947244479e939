"""问答记录: what was asked and answered, with filters, one answer with its trace, and the list as a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from markupsafe import Markup
from pydantic import ValidationError
from starlette.responses import Response

from assistant.answering.answer import Answer
from assistant.policy.loader import Corpus, Policy
from assistant.records.answers import AnswerRecord, get_answer, list_answers
from assistant.web.api.models import AnswerQuery
from assistant.web.desk.fields import choice, field, labelled
from assistant.web.desk.frame import PATHS, button, page
from assistant.web.desk.office import Office
from assistant.web.desk.routing import Asked, NotFound, Pages
from assistant.web.desk.tracing import trace_view
from assistant.web.desk.wording import say, table, word
from assistant.web.view import figures
from assistant.web.view.card import card, without_notices
from assistant.web.view.html import Content, tag
from assistant.web.view.markdown import blocks, plain, render

_PAGE = 50


def add(pages: Pages, office: Office) -> None:
    """Puts the pages up."""

    @pages.show("/records")
    def listing(asked: Asked) -> Response:
        query, given, fault = _query(asked)
        number = max(1, asked.number("page", 1))
        found, total = list_answers(office.records, query.to_filter(), limit=_PAGE, offset=(number - 1) * _PAGE)
        switched_off = None if office.records.enabled else tag("p", say("records.switched_off"), class_="notice")
        body = tag("div", _table(found, office.policy), class_="desk-scroll") if found else _nothing(given)
        return page(
            "records",
            asked.login,
            say("records.title"),
            switched_off,
            _filters(office.policy, given),
            _summary(total, given),
            body,
            pager(PATHS["records"], given, number, total, _PAGE),
            fault=fault,
        )

    @pages.show("/records/{id}")
    def one(asked: Asked) -> Response:
        record = get_answer(office.records, asked.path["id"])
        if record is None:
            raise NotFound("no such answer", user_message=say("records.gone"))
        return page("records", asked.login, say("records.one"), _detail(record, office.corpus))


def pager(path: str, given: Mapping[str, str], number: int, total: int, size: int) -> Markup | None:
    """Links to the page before and after."""
    last = max(1, -(-total // size))
    if last == 1:
        return None

    def link(to: int, text: str) -> Markup | None:
        if not 1 <= to <= last:
            return None
        return tag("a", text, href=f"{path}?{urlencode({**given, 'page': str(to)})}", class_="action")

    place = tag("span", say("pager.place", page=number, last=last), class_="quiet")
    return tag(
        "nav", link(number - 1, say("pager.before")), place, link(number + 1, say("pager.after")), class_="pager"
    )


def answer_view(answer: Mapping[str, Any], corpus: Corpus) -> Markup:
    """A stored answer as companies saw it. Where masking took a figure out of it, its text alone."""
    try:
        return tag("div", card(Answer.model_validate(answer), corpus), class_="shown-answer")
    except (ValidationError, ArithmeticError, KeyError):
        return tag("div", render(str(answer.get("text", ""))), class_="shown-answer whole-text")


def _query(asked: Asked) -> tuple[AnswerQuery, dict[str, str], str]:
    """The filters, as they stand in the address too, and what is wrong with them (then none is used)."""
    given = {name: asked.text(name) for name in AnswerQuery.model_fields if asked.text(name)}
    try:
        return AnswerQuery.model_validate(given), given, ""
    except ValidationError:
        return AnswerQuery.model_validate({}), {}, say("records.fault")


def _filters(policy: Policy, given: Mapping[str, str]) -> Markup:
    articles = {article.number: article.label for article in policy.document.articles}
    measures = {measure.id: f"{figures.article(measure.article)} {measure.short}" for measure in policy.measures}
    often = [
        labelled(say("records.text"), field("text", given.get("text", ""), kind="search", maxlength=100)),
        labelled(say("records.since"), field("since", given.get("since", ""), kind="date")),
        labelled(say("records.until"), field("until", given.get("until", ""), kind="date")),
        labelled(say("records.status"), choice("status", table("statuses"), given.get("status", ""))),
        labelled(say("records.vote"), choice("vote", table("votes"), given.get("vote", ""))),
    ]
    rarely = [
        labelled(say("records.article"), choice("article", articles, given.get("article", ""))),
        labelled(say("records.measure"), choice("measure", measures, given.get("measure", ""))),
        labelled(say("records.reason"), choice("reason", table("reasons"), given.get("reason", ""))),
        labelled(say("records.channel"), choice("channel", table("channels"), given.get("channel", ""))),
        labelled(say("records.reviewed"), choice("reviewed", table("yes_no"), given.get("reviewed", ""))),
        labelled(say("records.generated"), choice("generated", table("yes_no"), given.get("generated", ""))),
    ]
    more_open = any(name in given for name in ("article", "measure", "reason", "channel", "reviewed", "generated"))
    return tag(
        "form",
        tag("div", often, class_="filters"),
        tag(
            "details",
            tag("summary", say("records.more")),
            tag("div", rarely, class_="filters"),
            open=more_open,
            class_="fold",
        ),
        tag(
            "div",
            button(say("records.filter"), strong=True),
            tag("a", say("records.reset"), href=PATHS["records"], class_="action") if given else None,
            class_="actions",
        ),
        method="get",
        action=PATHS["records"],
        class_="desk-form",
    )


def _summary(total: int, given: Mapping[str, str]) -> Markup:
    address = f"/desk/answers.csv?{urlencode(given)}" if given else "/desk/answers.csv"
    link = tag("a", say("records.export"), href=address, class_="action", download=True) if total else None
    return tag("div", tag("p", say("records.total", count=total), role="status"), link, class_="summary-bar")


def _nothing(given: Mapping[str, str]) -> Markup:
    return tag("p", say("records.nothing_found" if given else "records.nothing_yet"), class_="empty")


def _table(found: Sequence[AnswerRecord], policy: Policy) -> Markup:
    columns = table("records.columns")
    head = tag("tr", [tag("th", title, scope="col") for title in columns.values()])
    rows = []
    for record in found:
        cells: dict[str, Content] = {
            "at": tag("time", record.asked_at.strftime("%m-%d %H:%M"), datetime=record.asked_at.isoformat()),
            "question": [
                tag("a", record.question, href=f"{PATHS['records']}/{record.id}"),
                tag("p", _gist(record.answer), class_="quiet gist"),
            ],
            "status": status_chip(record),
            "where": _where(record, policy),
            "figures": _checked(record),
            "vote": _vote(record),
            "time": tag("span", f"{record.milliseconds:.0f}", class_="figure"),
        }
        rows.append(
            tag("tr", [tag("td", cells[name], data_label=columns[name], class_=f"cell-{name}") for name in columns])
        )
    return tag("table", tag("thead", head), tag("tbody", rows), class_="desk-table")


def status_chip(record: AnswerRecord) -> list[Markup]:
    """What became of a question, in one or two words."""
    chips = [tag("span", word("statuses", record.status), class_=f"chip chip-{record.status}")]
    if record.reviewed is not None:
        chips.append(tag("span", say("records.by_officer"), class_="chip verdict-eligible"))
    if record.generated:
        chips.append(tag("span", say("records.by_model"), class_="chip chip-generated"))
    return chips


def _where(record: AnswerRecord, policy: Policy) -> Content:
    named = {item.id: item.short for item in policy.measures} | {item.id: item.name for item in policy.rules}
    names = [named.get(name, name) for name in record.measures[:2]]
    article = figures.article(record.article) if record.article else ""
    return " ".join(filter(None, (article, "、".join(names))))


def _gist(answer: Mapping[str, Any]) -> str:
    """The answer's first words, without the marks of its text and the notices that open it."""
    _, told = without_notices(blocks(plain(str(answer.get("text", "")))))
    text = " ".join(block.text for block in told).replace("\n", " ")
    return text[:70] + ("……" if len(text) > 70 else "")


def _checked(record: AnswerRecord) -> Content:
    """The figures that the cross-check found support for; ``crosscheck`` is the reason when it did not."""
    count = (record.answer.get("crosscheck") or {}).get("figures", 0)
    if record.reason == "cross_check":
        return tag("span", say("records.failed_check"), class_="chip chip-not_covered")
    return say("records.checked", count=count) if count else ""


def _vote(record: AnswerRecord) -> Content:
    if record.vote is None:
        return ""
    chip = tag("span", word("votes", record.vote), class_=f"chip vote-{record.vote}")
    return [chip, tag("p", record.vote_reason, class_="quiet")] if record.vote_reason else chip


def _detail(record: AnswerRecord, corpus: Corpus) -> Markup:
    facts: dict[str, Content] = {
        "at": record.asked_at.strftime("%Y-%m-%d %H:%M:%S"),
        "as_of": figures.day(record.as_of),
        "status": status_chip(record),
        "reason": word("reasons", record.reason),
        "channel": word("channels", record.channel),
        "time": say("records.milliseconds", count=f"{record.milliseconds:.0f}"),
        "vote": _vote(record),
        "model": record.model,
        "session": record.session[:8] if record.session else None,
        "id": record.id,
    }
    write = f"{PATHS['review']}/write?{urlencode({'answer': record.id})}"
    return tag(
        "div",
        tag("p", record.question, class_="the-question"),
        tag(
            "div",
            tag("a", say("records.write"), href=write, class_="action strong"),
            tag(
                "a",
                say("records.look_up"),
                href=f"{PATHS['search']}?{urlencode({'q': record.question[:500]})}",
                class_="action",
            ),
            class_="actions",
        ),
        answer_view(record.answer, corpus),
        tag(
            "div",
            tag(
                "section",
                tag("h2", say("records.facts")),
                tag(
                    "dl",
                    [
                        tag("div", tag("dt", say(f"records.fact.{name}")), tag("dd", text))
                        for name, text in facts.items()
                        if text
                    ],
                    class_="rows",
                ),
                class_="panel",
            ),
            trace_view(record.trace, corpus),
            class_="record-detail",
        ),
        class_="record",
    )
