"""The answer card: what a company sees of an ``Answer``, the clause beside it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from markupsafe import Markup

from assistant.answering.answer import Answer
from assistant.answering.wording import say as answer_wording
from assistant.policy.loader import Corpus
from assistant.web.view import clauses, figures
from assistant.web.view.conditions import conditions
from assistant.web.view.copying import as_copied
from assistant.web.view.html import Content, tag
from assistant.web.view.markdown import Block, blocks, inline, plain
from assistant.web.view.sums import tables
from assistant.web.wording import listing, say, table

_MOST_IN_LINE = 4


def card(answer: Answer, corpus: Corpus) -> Markup:
    """The whole card."""
    key = f"a-{answer.id}"
    sources = clauses.sources(answer.citations, corpus)
    main = tag(
        "div",
        _wording(answer),
        tables(answer.calculations, answer.total),
        conditions(answer.eligibility, corpus),
        _remarks(answer),
        _departments(answer.departments),
        _foot(answer, corpus, sources, key),
        class_="answer-main",
    )
    return tag(
        "article",
        tag("h2", say("card.label"), class_="unseen"),
        tag("div", main, _next(answer), clauses.panel(sources, key), class_="answer-body"),
        class_=f"answer status-{answer.status.value}",
        data_answer=answer.id,
        aria_label=say("card.label"),
    )


def worded(sentences: Sequence[str]) -> Markup:
    """A model's sentences so far, labelled as such: they stand below the conclusion until the answer is whole."""
    label = tag("p", tag("span", say("card.generated"), class_="chip chip-generated"), class_="labels")
    return tag(
        "div", label, tag("p", [inline(sentence) for sentence in sentences]), class_="worded", aria_live="polite"
    )


def without_notices(found: Sequence[Block]) -> tuple[list[Block], list[Block]]:
    """The notices that open a text, and the blocks after them."""
    opening = say("card.notice_mark")
    notices = list(takewhile(lambda block: block.text.startswith(opening), found))
    return notices, list(found[len(notices) :])


def _split(answer: Answer) -> tuple[list[Block], list[Block], list[Block]]:
    """The text's blocks as notices (they open the text), paragraphs, and the lines of its list."""
    notices, rest = without_notices(blocks(answer.text))
    paragraphs = [block for block in rest if block.kind == "paragraph"]
    return notices, paragraphs, [block for block in rest if block.kind != "paragraph"]


def _wording(answer: Answer) -> Markup:
    notices, conclusion, _ = _split(answer)
    state = "ended" if not answer.validity.in_force else "note"
    return tag(
        "div",
        [tag("p", inline(block.text), class_=f"notice notice-{state}", role="note") for block in notices],
        tag("div", _labels(answer), [tag("p", inline(block.text)) for block in conclusion], class_="conclusion"),
        class_="wording",
    )


def _labels(answer: Answer) -> Markup | None:
    """What a reader must know of an answer before reading it: worded by a model, refused, or a question back."""
    names = ["generated"] if answer.generated else []
    if answer.status != "answered":
        names.append(answer.status.value)
    chips = [tag("span", say(f"card.{name}"), class_=f"chip chip-{name}") for name in names]
    return tag("p", chips, class_="labels") if chips else None


def _remarks(answer: Answer) -> Markup | None:
    """The lines after the conclusion, without those that the card shows in a form of their own."""
    _, _, lines = _split(answer)
    elsewhere = _shown_elsewhere(answer)
    plain: list[Content] = []
    unstated: list[Content] = []
    background: list[Content] = []
    for block in lines:
        if block.text.startswith(answer_wording("background.mark")):
            background.append(_background(block.text))
            continue
        label, _, rest = block.text.partition("：")
        if label in elsewhere or _is_a_sum(block.text, answer):
            continue
        if any(mark in block.text for mark in listing("card.unstated_marks")):
            unstated.append(tag("li", inline(rest if label == say("card.unstated") else block.text)))
        else:
            plain.append(tag("li", _line(block.text)))
    rows = tag("div", tag("dt", say("card.unstated")), tag("dd", tag("ul", unstated))) if unstated else None
    return tag(
        "div",
        tag("ul", plain, class_="remarks") if plain else None,
        tag("dl", rows, class_="rows") if rows else None,
        background,
        class_="after",
    )


def _background(text: str) -> Markup:
    """The line from a related document, labelled, its marks shown as they are: it is nobody's wording but its own."""
    label = tag("span", say("clause.digest_label"), class_="chip chip-digest")
    return tag("p", label, tag("span", text), class_="background")


def _line(text: str) -> Markup:
    """One line; a long enumeration after a label becomes a list under it."""
    label, _, rest = text.partition("：")
    items = rest.split("；")
    if len(items) <= _MOST_IN_LINE:
        return inline(text)
    return tag("div", tag("b", label), tag("ul", [tag("li", inline(item)) for item in items]))


def _shown_elsewhere(answer: Answer) -> set[str]:
    """Labels of lines whose content the card shows as sum, conditions, clause or department."""
    there = {
        "calculations": bool(answer.calculations) and all(item.steps for item in answer.calculations),
        "eligibility": any(item.criteria for item in answer.eligibility),
        "citations": bool(answer.citations),
        "departments": bool(answer.departments),
    }
    return {label for part, labels in table("card.shown_as").items() if there[part] for label in labels}


def _is_a_sum(line: str, answer: Answer) -> bool:
    """Whether a line only says again what one of the tables shows: all its steps, or all its readings."""
    said = plain(line)
    parts = [[*item.steps] for item in answer.calculations] + [
        [reading.name for reading in item.readings] for item in answer.calculations
    ]
    return any(shown and all(part in said for part in shown) for shown in parts)


def _departments(names: Sequence[str]) -> Markup | None:
    if not names:
        return None
    return tag(
        "dl",
        tag("div", tag("dt", say("card.departments")), tag("dd", figures.departments(names))),
        class_="rows",
    )


def _foot(answer: Answer, corpus: Corpus, sources: Sequence[clauses.Source], key: str) -> Markup:
    def links(*, digest: bool) -> list[Markup]:
        return [
            tag("button", source.label, type="button", class_="cite", data_clause=f"{key}-clause-{index}")
            for index, source in enumerate(sources)
            if source.digest is digest
        ]

    groups = {"basis": links(digest=False), "background": links(digest=True)}
    shown = [[tag("span", say(f"card.{name}"), class_="quiet"), found] for name, found in groups.items() if found]
    basis = tag("p", shown, class_="basis") if shown else None
    return tag("footer", basis, _badge(answer), _actions(answer, corpus), class_="answer-foot")


def _badge(answer: Answer) -> Markup:
    """What the cross-check found, and on opening what it checked."""
    count = answer.crosscheck.figures
    title = say("check.figures", count=count) if count else say("check.none")
    items = [say("check.figures_from")]
    quotes = [citation for citation in answer.citations if citation.kind == "policy"]
    if quotes:
        items.append(say("check.quotes", count=len(quotes)))
    if len(quotes) < len(answer.citations):
        items.append(say("check.background"))
    if answer.calculations:
        items.append(say("check.sums"))
    validity = answer.validity
    state = "in_force" if validity.in_force else "ended" if answer.as_of > validity.last_day else "before"
    items.append(say(f"check.day_{state}", day=figures.day(answer.as_of), last_day=figures.day(validity.last_day)))
    return tag(
        "details",
        tag("summary", tag("span", "✓", class_="state state-met", aria_hidden="true"), title),
        tag("ul", [tag("li", item) for item in items]),
        class_="badge",
    )


def _actions(answer: Answer, corpus: Corpus) -> Markup:
    def button(action: str, **more: str) -> Markup:
        return tag(
            "button",
            say(f"action.{action}"),
            type="button",
            class_="action",
            data_action=action,
            aria_label=say(f"action.{action}_label"),
            **more,
        )

    vote = tag(
        "span",
        button("up", aria_pressed="false"),
        button("down", aria_pressed="false"),
        class_="votes",
        role="group",
        aria_label=say("action.vote"),
    )
    return tag("div", button("copy", data_copy=as_copied(answer, corpus)), vote, class_="actions")


def question(text: str) -> Markup:
    """A button that asks its own text."""
    return tag("button", text, type="button", class_="ask", data_ask=text)


def _next(answer: Answer) -> Markup | None:
    """Choices that answer the question back, and follow-up questions, each asked with one click."""
    groups = (("choices", answer.choices), ("suggestions", answer.suggestions))
    rows = [
        tag(
            "div",
            tag("p", say(f"card.{name}"), class_="quiet"),
            tag("div", [question(text) for text in texts], class_="asks"),
            class_=name,
        )
        for name, texts in groups
        if texts
    ]
    return tag("div", rows, class_="next") if rows else None
