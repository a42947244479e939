"""Small talk and typed refusals, each with a next step."""

from __future__ import annotations

import re

from assistant.answering.answer import Status
from assistant.answering.compose.clause import add_not_mentioned
from assistant.answering.compose.draft import Draft
from assistant.answering.wording import say
from assistant.calculator.money import find_money
from assistant.errors import CorpusError
from assistant.understanding.query import Query, Scope
from assistant.understanding.scope.foreign import POLICY_WORDS, says_nothing

_FRAGMENT = 5
"""Up to so many words or characters a question is a fragment that needs completing."""


def compose_small_talk(draft: Draft, kind: str) -> None:
    draft.lines = []
    draft.conclusion = ""
    draft.corrections.append(say(f"small.{kind}"))


def compose_unclear(draft: Draft, query: Query) -> None:
    """Nothing was understood: says so and what to tell."""
    asked = query.asks & {"amount", "eligibility"} or find_money(query.question) or POLICY_WORDS.search(query.question)
    if says_nothing(query.question) and asked:
        draft.status = Status.NEEDS_INFORMATION
        draft.reason = "unclear"
        draft.conclusion = say("refusal.which_matter")
        draft.suggestions += [say("suggestions.validity")]
        return
    thing = query.premises.mentioned
    if thing and not draft.corpus.policy.document.has_word(thing):
        draft.status = Status.NOT_COVERED
        draft.reason = "not_found"
        add_not_mentioned(draft, thing)
        draft.lines.append(say("refusal.subject_next"))
        return
    if len(re.findall("[\u4e00-\u9fff]|[A-Za-z]+", query.question)) > _FRAGMENT:
        draft.status = Status.NOT_COVERED
        draft.reason = "not_found"
        draft.conclusion = say("refusal.not_found")
        draft.lines.append(say("refusal.not_found_next"))
        return
    draft.status = Status.NEEDS_INFORMATION
    draft.reason = "unclear"
    draft.corrections.append(say("small.unclear" if re.search(r"\w", query.question) else "small.empty"))
    draft.suggestions += [say("suggestions.validity")]


def compose_refusal(draft: Draft, scope: Scope) -> None:
    """A question that belongs elsewhere: what it is about, and where to go."""
    draft.status = Status.NOT_COVERED
    draft.reason = scope.reason
    if scope.reason == "place":
        draft.conclusion = say("refusal.place", detail=scope.detail)
        draft.lines.append(say("refusal.place_next"))
        return
    draft.conclusion = _subject(scope.detail)
    draft.lines.append(say("refusal.subject_next"))


def _subject(detail: str) -> str:
    """The sentence written for the subject, else its name in a general one, else neither."""
    return (
        _said(f"refusal.conclusions.{detail}")
        or _said("refusal.subject_named", detail=_said(f"refusal.subjects.{detail}"))
        or say("refusal.subject")
    )


def _said(key: str, **values: str) -> str:
    """The wording, or "" where the file has none for the key or a value is empty."""
    try:
        return say(key, **values) if all(values.values()) else ""
    except CorpusError:
        return ""
