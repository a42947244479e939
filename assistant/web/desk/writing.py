"""An officer's answer: written, cross-checked as it stands, looked at, approved, and from then on used."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup
from starlette.responses import Response

from assistant.errors import InputError
from assistant.policy.loader import Policy
from assistant.records import approved
from assistant.records.answers import get_answer
from assistant.records.approved import WORDING_LIMIT, Check
from assistant.records.logins import Login
from assistant.records.masking import mask
from assistant.web.api.reviewed import check_for
from assistant.web.desk.fields import area, articles, field, labelled
from assistant.web.desk.frame import PATHS, button, hidden, page
from assistant.web.desk.office import Office
from assistant.web.desk.records import answer_view
from assistant.web.desk.routing import Asked, NotFound, Pages, go
from assistant.web.desk.wording import say
from assistant.web.view.html import tag
from assistant.web.view.markdown import render

_PATH = f"{PATHS['review']}/write"
_MOST_QUESTIONS = 40


@dataclass(frozen=True, slots=True)
class Written:
    """An answer in the making: the questions that it could be for, those chosen, its words and articles."""

    questions: tuple[str, ...]
    chosen: tuple[str, ...]
    wording: str = ""
    articles: tuple[str, ...] = ()
    group_id: int | None = None
    unsupported: tuple[str, ...] | None = None
    """What the cross-check found without support; None when it has not looked."""


def add(pages: Pages, office: Office) -> None:
    """Puts the pages up."""

    @pages.show("/review/write")
    def begin(asked: Asked) -> Response:
        question, shown = asked.text("q"), None
        if answer_id := asked.text("answer"):
            record = get_answer(office.records, answer_id)
            if record is None:
                raise NotFound("no such answer", user_message=say("records.gone"))
            question = record.question
            shown = tag(
                "details", tag("summary", say("writing.now")), answer_view(record.answer, office.corpus), class_="fold"
            )
        questions = (mask(question),) if question else ()
        return page(
            "review", asked.login, say("writing.title"), shown, form(office, asked.login, blank(office, questions))
        )

    @pages.take("/review/write")
    def check(asked: Asked) -> Response:
        written = _read(asked)
        try:
            if asked.text("deed") == "approve":
                approved.approve(
                    office.records,
                    written.chosen,
                    written.wording,
                    by=asked.login.name,
                    check=checker(office.policy, written.chosen, written.articles),
                    articles=written.articles,
                    group_id=written.group_id,
                )
                return go(PATHS["review"], view="answers", done="approved")
            unsupported = checker(office.policy, written.chosen, written.articles)(written.wording)
            written, fault = replace(written, unsupported=tuple(unsupported)), ""
        except InputError as error:
            fault = error.user_message
        content = form(office, asked.login, written)
        status = 422 if fault else 200
        return page("review", asked.login, say("writing.title"), _back(written), content, fault=fault, status=status)


def blank(office: Office, questions: Sequence[str], group_id: int | None = None) -> Written:
    """A form to begin with: the articles that the first question is nearest to are proposed."""
    near: tuple[str, ...] = ()
    if questions:
        hits = [
            hit for hit in office.assistant.search(questions[0], 3) if hit.chunk.kind == "policy" and hit.score >= 0.5
        ]
        near = hits[0].chunk.articles if hits else ()
    return Written(
        tuple(questions[:_MOST_QUESTIONS]), tuple(questions[:_MOST_QUESTIONS]), articles=near, group_id=group_id
    )


def checker(policy: Policy, questions: Sequence[str], numbers: Sequence[str]) -> Check:
    """A check that every one of the questions must pass: the answer is used for each by itself."""
    checks = [check_for(policy, question, numbers) for question in questions or ("",)]
    return lambda wording: list(dict.fromkeys(fault for check in checks for fault in check(wording)))


def form(office: Office, login: Login, written: Written) -> Markup:
    """The form, with what the check found when it has looked."""
    looked = written.unsupported is not None
    return tag(
        "form",
        hidden(login, group=written.group_id),
        _questions(written),
        labelled(
            say("writing.wording"),
            area(
                "wording", written.wording, 8, required=True, maxlength=WORDING_LIMIT, placeholder=say("writing.hint")
            ),
            note=say("writing.note"),
        ),
        articles(office.policy, written.articles, say("writing.articles")),
        _verdict(written) if looked else None,
        tag(
            "div",
            button(say("writing.check"), name="deed", value="check", strong=not looked),
            button(say("writing.approve"), name="deed", value="approve", strong=True)
            if looked and not written.unsupported and written.wording
            else None,
            class_="actions",
        ),
        method="post",
        action=_PATH,
        class_="desk-form writing",
    )


def _back(written: Written) -> Markup:
    """The way back to the group, or to all of them."""
    path = f"{PATHS['review']}/{written.group_id}" if written.group_id else PATHS["review"]
    return tag(
        "p", tag("a", say("writing.back" if written.group_id else "review.back"), href=path), class_="quiet back"
    )


def _questions(written: Written) -> Markup:
    if not written.questions:
        return labelled(say("writing.question"), field("question", required=True, maxlength=500))
    boxes = [
        tag(
            "label",
            tag("input", type="checkbox", name="question", value=text, checked=text in written.chosen),
            tag("span", text),
            tag("input", type="hidden", name="offered", value=text),
            class_="check",
        )
        for text in written.questions
    ]
    return tag("fieldset", tag("legend", say("writing.for"), class_="field-name"), boxes, class_="boxes")


def _verdict(written: Written) -> Markup:
    """What the check says, and the answer as companies will see it."""
    faults = written.unsupported or ()
    told = (
        tag(
            "div",
            tag("p", say("writing.unsupported")),
            tag("ul", [tag("li", fault) for fault in faults]),
            class_="problem",
            role="alert",
        )
        if faults
        else tag("p", say("writing.supported"), class_="desk-done", role="status")
    )
    seen = tag("div", render(written.wording), tag("p", say("writing.mark"), class_="quiet"), class_="law whole-text")
    return tag(
        "section",
        told,
        tag("h2", say("writing.preview"), class_="field-name"),
        seen,
        class_="verdict-of-check",
        id="checked",
    )


def _read(asked: Asked) -> Written:
    questions = tuple(text.strip() for text in asked.texts("question") if text.strip())[:_MOST_QUESTIONS]
    group = asked.number("group")
    return Written(
        questions=asked.texts("offered")[:_MOST_QUESTIONS] or questions,
        chosen=questions,
        wording=asked.text("wording").replace("\r\n", "\n"),
        articles=asked.texts("articles"),
        group_id=group or None,
    )
