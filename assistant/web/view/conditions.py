"""Conditions with ✓, ✗ or 待确认, each with the words of the clause."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from assistant.answering.answer import EligibilityView
from assistant.policy.loader import Corpus
from assistant.web.view import figures
from assistant.web.view.html import tag
from assistant.web.wording import say

_OPEN_AT_ONCE = 2
MARKS = {"met": "✓", "unmet": "✗", "unknown": "?"}


def conditions(verdicts: Sequence[EligibilityView], corpus: Corpus) -> Markup | None:
    """The conditions of each measure; folded away when there are many measures. None when there are no conditions."""
    shown = [verdict for verdict in verdicts if verdict.criteria]
    if not shown:
        return None
    folded = len(shown) > _OPEN_AT_ONCE
    return tag(
        "section",
        tag("h3", say("conditions.title"), class_="section-title"),
        [_measure(verdict, corpus, folded=folded, named=len(shown) > 1) for verdict in shown],
        class_="conditions",
    )


def criterion(text: str, state: str, quote: str) -> Markup:
    """One condition as a list item; ``state`` is met, unmet or unknown."""
    return tag(
        "li",
        tag("span", MARKS[state], class_=f"state state-{state}", aria_hidden="true"),
        tag("span", say(f"conditions.{state}"), class_=f"state-word state-{state}"),
        tag("span", text, class_="condition-text"),
        tag("q", quote, class_="condition-quote") if quote and quote != text else None,
    )


def _measure(verdict: EligibilityView, corpus: Corpus, *, folded: bool, named: bool) -> Markup:
    items = tag("ul", [criterion(c.text, c.verdict, c.quote) for c in verdict.criteria], class_="criteria")
    measure = corpus.policy.by_id.get(verdict.measure)
    name = measure.short if measure else verdict.measure
    state = tag("span", say(f"verdict.{verdict.verdict}"), class_=f"chip verdict-{verdict.verdict}")
    title = [name, tag("span", figures.article(verdict.article), class_="quiet"), state]
    if folded:
        return tag("details", tag("summary", title), items, class_="fold")
    return tag("div", tag("p", title if named else state, class_="condition-name"), items)
