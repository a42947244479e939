"""待办: questions refused or voted down, group by group, to be worked off."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal
from urllib.parse import urlencode

from markupsafe import Markup
from starlette.responses import Response

from assistant.records import approved, audit, review, synonyms
from assistant.records.logins import Login
from assistant.records.questions import normalise_question
from assistant.records.review import Group
from assistant.records.tables import ReviewState
from assistant.web.desk import writing
from assistant.web.desk.fields import field, labelled
from assistant.web.desk.frame import PATHS, button, hidden, page
from assistant.web.desk.office import Office
from assistant.web.desk.records import pager
from assistant.web.desk.review_lists import answers_view, deeds_view, synonym_form, synonyms_view
from assistant.web.desk.routing import Asked, NotFound, Pages, go
from assistant.web.desk.wording import say, table, word
from assistant.web.view.html import Content, tag

_PAGE = 30
_DEEDS = 100
_HOME = PATHS["review"]
_STATES: Mapping[str, Sequence[ReviewState]] = {"open": review.UNDONE, "closed": ("answered", "dismissed")}
_DONE = {"assign": "assigned", "release": "released", "dismiss": "dismissed", "reopen": "reopened"}


def add(pages: Pages, office: Office) -> None:
    """Puts the pages up."""
    writing.add(pages, office)

    @pages.show("/review")
    def show(asked: Asked) -> Response:
        view = asked.text("view") if asked.text("view") in table("review.views") else "open"
        content = _view(office, asked, view)
        return page("review", asked.login, say("review.title"), _tabs(view), content, done=asked.text("done"))

    @pages.show("/review/{id:int}")
    def one(asked: Asked) -> Response:
        group = _group(office, asked)
        return page(
            "review",
            asked.login,
            say("review.one"),
            _detail(office, asked.login, group),
            done=asked.text("done"),
        )

    @pages.take("/review/{id:int}")
    def act(asked: Asked) -> Response:
        group, by = _group(office, asked), asked.login.name
        deed = asked.text("deed")
        if deed == "assign":
            review.assign(office.records, group.id, to=by, by=by)
        elif deed == "release":
            review.assign(office.records, group.id, to=None, by=by)
        elif deed == "dismiss":
            review.dismiss(office.records, group.id, note=asked.text("note"), by=by)
        elif deed == "reopen":
            review.reopen(office.records, group.id, by=by)
        else:
            raise NotFound(f"no deed {deed!r}", user_message=say("fault.unknown"))
        return go(_HOME if deed == "dismiss" else f"{_HOME}/{group.id}", done=_DONE[deed])

    @pages.take("/review/answers/{id:int}")
    def withdraw(asked: Asked) -> Response:
        approved.withdraw(office.records, asked.number("id"), by=asked.login.name)
        return go(_HOME, view="answers", done="withdrawn_answer")

    @pages.take("/review/synonyms")
    def propose(asked: Asked) -> Response:
        made = synonyms.propose(office.records, asked.text("word"), asked.text("meaning"), by=asked.login.name)
        return go(_HOME, view="synonyms", done="proposed", new=made.id)

    @pages.take("/review/synonyms/{id:int}")
    def decide(asked: Asked) -> Response:
        accept = asked.text("deed") == "accept"
        synonyms.decide(office.records, asked.number("id"), accept=accept, by=asked.login.name)
        return go(_HOME, view="synonyms", done="accepted" if accept else "rejected")


def _group(office: Office, asked: Asked) -> Group:
    group = review.get_group(office.records, asked.number("id"))
    if group is None:
        raise NotFound("no such group", user_message=say("review.gone"))
    return group


def _view(office: Office, asked: Asked, view: str) -> Markup:
    number = max(1, asked.number("page", 1))
    if view == "answers":
        return answers_view(asked.login, approved.list_approved(office.records))
    if view == "synonyms":
        return synonyms_view(asked.login, synonyms.list_synonyms(office.records))
    if view == "deeds":
        deeds, total = audit.list_deeds(office.records, limit=_DEEDS, offset=(number - 1) * _DEEDS)
        return tag("div", deeds_view(deeds), pager(_HOME, {"view": view}, number, total, _DEEDS), class_="stack")
    groups, total = review.list_groups(office.records, _STATES[view], limit=_PAGE, offset=(number - 1) * _PAGE)
    if not groups:
        return tag("p", say(f"review.none_{view}"), class_="empty")
    return tag(
        "div",
        tag("p", say("review.count", count=total), class_="quiet"),
        tag("ol", [tag("li", _card(group)) for group in groups], class_="groups"),
        pager(_HOME, {"view": view}, number, total, _PAGE),
        class_="stack",
    )


def _tabs(current: str) -> Markup:
    links = [
        tag("a", title, href=f"{_HOME}?{urlencode({'view': view})}", aria_current="page" if view == current else None)
        for view, title in table("review.views").items()
    ]
    return tag("nav", links, class_="tabs", aria_label=say("review.tabs"))


def _card(group: Group) -> Markup:
    return tag(
        "a",
        tag("span", group.question, class_="group-question"),
        tag("span", _counts(group), class_="group-facts"),
        href=f"{_HOME}/{group.id}",
        class_="group",
    )


def _counts(group: Group) -> list[Content]:
    facts: list[Content] = []
    if group.refused:
        facts.append(tag("span", say("review.refused", count=group.refused), class_="chip chip-not_covered"))
    if group.voted_down:
        facts.append(
            tag("span", say("review.voted_down", count=group.voted_down), class_="chip chip-needs_information")
        )
    if group.state != "open":
        facts.append(tag("span", word("review.states", group.state), class_="chip"))
    if group.assigned_to:
        facts.append(tag("span", say("review.with", name=group.assigned_to), class_="chip"))
    facts.append(tag("span", say("review.last", at=group.last_at.strftime("%m-%d %H:%M")), class_="quiet"))
    return facts


def _detail(office: Office, login: Login, group: Group) -> Markup:
    closed = group.state in ("answered", "dismissed")
    note = tag("p", say("review.note", note=group.note), class_="notice") if group.note else None
    return tag(
        "div",
        tag("p", tag("a", say("review.back"), href=_HOME), class_="quiet back"),
        tag("p", _counts(group), class_="group-facts"),
        note,
        _items(group),
        _deed(login, group, "reopen") if closed else _open_forms(office, login, group),
        class_="group-detail",
    )


def _items(group: Group) -> Markup:
    """The questions, the same ones in one line: the latest of them, how often, and what users said."""
    same: dict[tuple[str, str], list[review.Item]] = {}
    for item in group.items:
        same.setdefault((normalise_question(item.question), item.cause), []).append(item)
    columns = table("review.item")
    rows = []
    for items in sorted(same.values(), key=lambda some: some[-1].at, reverse=True):
        last = items[-1]
        cells: dict[str, Content] = {
            "at": last.at.strftime("%m-%d %H:%M"),
            "question": tag("a", last.question, href=f"{PATHS['records']}/{last.answer_id}"),
            "times": len(items),
            "cause": _cause(last.cause, last.reason),
            "said": "；".join(dict.fromkeys(item.vote_reason for item in items if item.vote_reason)),
        }
        rows.append(tag("tr", [tag("td", cells[n], data_label=columns[n], class_=f"cell-{n}") for n in columns]))
    head = tag("tr", [tag("th", title, scope="col") for title in columns.values()])
    return tag("div", tag("table", tag("thead", head), tag("tbody", rows), class_="desk-table"), class_="desk-scroll")


def _cause(cause: Literal["refused", "voted_down"], reason: str | None) -> str:
    told = word("review.causes", cause)
    return f"{told}：{word('reasons', reason)}" if reason and cause == "refused" else told


def _open_forms(office: Office, login: Login, group: Group) -> Markup:
    mine = "release" if group.assigned_to == login.name else "assign"
    answered = tag(
        "section",
        tag("h2", say("review.write")),
        writing.form(office, login, writing.blank(office, group.questions, group_id=group.id)),
        class_="panel",
    )
    synonym = tag(
        "section",
        tag("h2", say("review.synonym")),
        tag("p", say("review.synonym_hint"), class_="quiet"),
        synonym_form(login),
        class_="panel",
    )
    dismissed = tag(
        "section",
        tag("h2", say("review.dismiss_title")),
        tag(
            "form",
            hidden(login, deed="dismiss"),
            labelled(say("review.dismiss_note"), field("note", maxlength=500, required=True)),
            button(say("review.deeds.dismiss")),
            method="post",
            action=f"{_HOME}/{group.id}",
            class_="desk-form",
        ),
        class_="panel",
    )
    return tag(
        "div",
        _deed(login, group, mine),
        tag("div", answered, tag("div", synonym, dismissed, class_="beside"), class_="work-off"),
    )


def _deed(login: Login, group: Group, deed: str) -> Markup:
    return tag(
        "form",
        hidden(login, deed=deed),
        button(say(f"review.deeds.{deed}")),
        method="post",
        action=f"{_HOME}/{group.id}",
        class_="one-button",
    )
