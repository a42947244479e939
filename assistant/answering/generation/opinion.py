"""The second opinion: where the rules are unsure what is meant, the model is asked; it never decides alone.

What it says counts only if it stands in the question's own words. A measure other than the rules' leads to a clarifying
question, amounts and places never to anything but a note in the record: the rules' reading stays.
"""

from __future__ import annotations

import json
import re
import time
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.answering.generation.clean import clean
from assistant.answering.generation.client import ModelClient
from assistant.answering.generation.data import prompts
from assistant.answering.generation.faults import Fault, ModelFault
from assistant.answering.generation.report import Report
from assistant.answering.pipeline import Work
from assistant.calculator.money import find_money
from assistant.policy.loader import Policy

_SHARE_OF_TIME = 0.4
_QUESTION = 500
_LEAST_SCORE = 0.35
_OBJECT = re.compile(r"\{.*\}", re.S)


class _Amount(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")

    text: str = Field(max_length=80)
    role: str = Field(default="base", max_length=20)


class ModelReading(BaseModel):
    """How the model reads a question. ``words``, amounts and place are spans of it, or they do not count."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    measure: str | None = Field(default=None, max_length=80)
    words: str | None = Field(default=None, max_length=200)
    amounts: tuple[_Amount, ...] = Field(default=(), max_length=20)
    place: str | None = Field(default=None, max_length=40)


@dataclass(frozen=True, slots=True)
class Opinion:
    """What comes of it: ``choices`` are the ids of measures to ask about (empty: the rules' reading stays)."""

    choices: tuple[str, ...]
    note: dict[str, Any]


def unsure(work: Work) -> bool:
    """Whether the rules found no subject, or one only by likeness."""
    query = work.query
    if query.scope or query.small_talk or query.injection or not query.question.strip():
        return False
    found = query.measures or query.rules or query.articles or query.unknown_articles or query.asks & {"overview"}
    return query.suggested or (not found and work.draft.reason == "unclear")


def ask_opinion(policy: Policy, work: Work, client: ModelClient, report: Report) -> Opinion:
    """Asks the model and weighs what it says. Raises ModelFault."""
    question = clean(work.query.original, _QUESTION)
    message = {
        "question": question,
        "dialogue": [clean(turn, _QUESTION) for turn in work.state.words[-2:]],
        "measures": [{"id": measure.id, "name": measure.short} for measure in policy.measures],
    }
    messages = (("system", prompts().opinion), ("human", json.dumps(message, ensure_ascii=False)))
    reading = client.read(messages, time.monotonic() + client.config.timeout * _SHARE_OF_TIME)
    try:
        text = "".join(reading)
    finally:
        report.usage += reading.usage
    return weigh(policy, work, read_opinion(text), question)


def read_opinion(text: str) -> ModelReading:
    """Raises ModelFault when the output is no reading."""
    found = _OBJECT.search(text.partition("</think>")[2] or text)
    try:
        return ModelReading.model_validate_json(found.group() if found else text)
    except ValidationError as error:
        raise ModelFault(Fault.UNREADABLE, f"{error.error_count()} fields of a reading") from None


def weigh(policy: Policy, work: Work, said: ModelReading, question: str) -> Opinion:
    """The model's reading against the rules'."""
    query = work.query
    own = query.measures[0] if query.measures else None
    note: dict[str, Any] = {"rules": own, "model": said.measure}
    note["amounts"] = "agree" if _same_amounts(work, said, question) else "the rules' reading kept"
    if said.place:
        note["place"] = "in the question" if said.place in question else "not in the question"
    grounded = bool(said.words and len(said.words) > 1 and said.words in question)
    if said.measure is None or said.measure == own or said.measure not in policy.by_id or not grounded:
        return Opinion((), {**note, "outcome": "agree" if said.measure == own else "the rules' reading kept"})
    # Another measure counts when the search, too, sees it in the question, and rather than the rules' one.
    scores: dict[str, float] = {}
    for hit in work.hits:
        for name in hit.chunk.measures:
            scores[name] = max(hit.score, scores.get(name, 0.0))
    found = scores.get(said.measure, 0.0)
    if found < _LEAST_SCORE or (own is not None and found <= scores.get(own, 0.0)):
        return Opinion((), {**note, "outcome": "the rules' reading kept"})
    choices = tuple(dict.fromkeys(name for name in (own, said.measure) if name))
    return Opinion(choices, {**note, "outcome": "asked"})


def _same_amounts(work: Work, said: ModelReading, question: str) -> bool:
    """Whether the base amounts that the model names (spans of the question, read by the grammar) are the rules'."""
    spans = [amount.text for amount in said.amounts if amount.role == "base" and amount.text in question]
    if len(spans) < sum(amount.role == "base" for amount in said.amounts):
        return False
    theirs = {money.maximum for span in spans for money in find_money(span)}
    ours = {base.amount.maximum for bases in work.query.bases.values() for base in bases}
    return theirs == ours
