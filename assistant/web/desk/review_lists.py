"""The other lists of 待办: approved answers, synonyms, and who did what, when."""

from __future__ import annotations

import json
from collections.abc import Sequence

from markupsafe import Markup

from assistant.records.approved import Approved
from assistant.records.audit import Deed
from assistant.records.database import CHINA
from assistant.records.logins import Login
from assistant.records.synonyms import Synonym
from assistant.web.desk.fields import field, labelled
from assistant.web.desk.frame import PATHS, button, hidden
from assistant.web.desk.wording import say, table, word
from assistant.web.view.figures import article
from assistant.web.view.html import Content, tag
from assistant.web.view.markdown import render

_HOME = PATHS["review"]
_LONG = 120


def answers_view(login: Login, found: Sequence[Approved]) -> Markup:
    """The answers in use, each with a way to take it out of use."""
    if not found:
        return tag("p", say("approved.none"), class_="empty")
    items = [
        tag(
            "li",
            tag("h2", officer.question),
            tag("div", render(officer.wording), class_="whole-text"),
            tag(
                "p",
                say(
                    "approved.facts",
                    name=officer.approved_by,
                    at=officer.approved_at.strftime("%Y-%m-%d %H:%M"),
                    articles="、".join(map(article, officer.articles)) or say("approved.no_articles"),
                ),
                class_="quiet",
            ),
            tag(
                "form",
                hidden(login),
                button(say("approved.withdraw"), data_confirm=say("approved.withdraw_confirm")),
                method="post",
                action=f"{_HOME}/answers/{officer.id}",
                class_="one-button",
            ),
            class_="panel",
        )
        for officer in found
    ]
    return tag("ol", items, class_="approved-list")


def synonyms_view(login: Login, found: Sequence[Synonym]) -> Markup:
    """All synonyms, those that wait for a decision first, and the form for a new one."""
    order = {"proposed": 0, "accepted": 1, "rejected": 2}
    columns = table("synonym.columns")
    rows = []
    for synonym in sorted(found, key=lambda one: order[one.state]):
        deeds = [
            deed for deed in ("accept", "reject") if {"accept": "accepted", "reject": "rejected"}[deed] != synonym.state
        ]
        forms = [
            tag(
                "form",
                hidden(login, deed=deed),
                button(say(f"synonym.{deed}")),
                method="post",
                action=f"{_HOME}/synonyms/{synonym.id}",
                class_="one-button",
            )
            for deed in deeds
        ]
        state = tag("span", word("synonym.states", synonym.state), class_=f"chip synonym-{synonym.state}")
        who = synonym.proposed_by + (f" / {synonym.decided_by}" if synonym.decided_by else "")
        cells: dict[str, Content] = {
            "word": tag("b", synonym.word),
            "meaning": synonym.meaning,
            "state": state,
            "who": who,
            "at": synonym.proposed_at.strftime("%Y-%m-%d %H:%M"),
            "deed": tag("div", forms, class_="actions"),
        }
        rows.append(tag("tr", [tag("td", cells[name], data_label=columns[name]) for name in columns]))
    head = tag("tr", [tag("th", title, scope="col") for title in columns.values()])
    new = synonym_form(login, "desk-form in-line")
    shown = (
        tag("table", tag("thead", head), tag("tbody", rows), class_="desk-table")
        if rows
        else tag("p", say("synonym.none"), class_="empty")
    )
    intro = tag("p", say("synonym.intro"), class_="quiet")
    return tag("div", intro, new, tag("div", shown, class_="desk-scroll"), class_="stack")


def deeds_view(found: Sequence[Deed]) -> Markup:
    """The audit trail, the latest first."""
    columns = table("deeds.columns")
    rows = []
    for deed in found:
        cells: dict[str, Content] = {
            "at": deed.at.astimezone(CHINA).strftime("%Y-%m-%d %H:%M:%S"),
            "actor": deed.actor,
            "action": word("deeds.actions", deed.action),
            "target": deed.target,
            "detail": tag("span", short, class_="quiet") if (short := _short(deed)) else None,
        }
        rows.append(tag("tr", [tag("td", cells[name], data_label=columns[name]) for name in columns]))
    head = tag("tr", [tag("th", title, scope="col") for title in columns.values()])
    return tag("div", tag("table", tag("thead", head), tag("tbody", rows), class_="desk-table"), class_="desk-scroll")


def _short(deed: Deed) -> str:
    parts = [
        (word("deeds.details", name), value if isinstance(value, str | int) else json.dumps(value, ensure_ascii=False))
        for name, value in deed.detail.items()
        if value not in (None, "")
    ]
    told = "；".join(f"{name}：{value}" for name, value in parts)
    return told if len(told) <= _LONG else told[:_LONG] + "……"


def synonym_form(login: Login, look: str = "desk-form") -> Markup:
    """What people say, and what the policy calls it; ``look`` is the form's class."""
    return tag(
        "form",
        hidden(login),
        labelled(say("synonym.word"), field("word", maxlength=20, required=True, placeholder=say("synonym.word_hint"))),
        labelled(
            say("synonym.meaning"),
            field("meaning", maxlength=20, required=True, placeholder=say("synonym.meaning_hint")),
        ),
        button(say("synonym.propose")),
        method="post",
        action=f"{_HOME}/synonyms",
        class_=look,
    )
