"""What the pages need of the rest of the program: one question answered as a stream, one vote taken.

A protocol, so that the pages do not know whether answers are recorded, reviewed or reworded behind it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from assistant.answering.answer import Answer
from assistant.answering.events import Composed, Sentence
from assistant.errors import InputError
from assistant.policy.loader import Corpus
from assistant.understanding.query import DialogueState

QUESTION_LIMIT = 10_000
"""Longest question that is taken, in characters."""


@dataclass(frozen=True, slots=True)
class Consulted:
    """An answer, and the dialogue's state after it as text that the browser keeps. ``restarted``: the state that the
    browser sent could not be used, so the question was taken as the first of a conversation."""

    answer: Answer
    state: str
    restarted: bool = False


class Consultation(Protocol):
    """Answers for one installation; safe to call from several threads."""

    @property
    def corpus(self) -> Corpus:
        """The policy and the digests."""

    @property
    def reworded(self) -> bool:
        """Whether a language model has a part in the answers, so that they come in pieces."""

    def stream(
        self, question: str, state: str, *, session: str | None, as_of: date | None = None
    ) -> Iterator[Composed | Sentence | Consulted]:
        """Answer a question after the dialogue ``state`` ("" for a first question). ``Consulted`` comes last; before
        it, where a language model rewords, the composed answer and the sentences. Raises AssistantError."""

    def vote(self, answer_id: str, *, up: bool, reason: str) -> bool:
        """Take a vote on an answer; False when it could not be kept. Raises AssistantError."""


def read_state(text: str) -> tuple[DialogueState | None, bool]:
    """The state that a browser sent, and whether it was unusable (then the conversation starts anew)."""
    if not text:
        return None, False
    try:
        return DialogueState.from_json(text), False
    except InputError:
        return None, True
