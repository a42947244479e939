"""What the pages need of the rest of the program: one question answered, one vote taken.

A protocol, so that the pages do not know whether answers are recorded, reviewed or reworded behind it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from assistant.answering.answer import Answer
from assistant.answering.service import Assistant
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

    def ask(self, question: str, state: str, *, session: str | None, as_of: date | None = None) -> Consulted:
        """Answer a question after the dialogue ``state`` ("" for a first question). Raises AssistantError."""

    def vote(self, answer_id: str, *, up: bool, reason: str) -> bool:
        """Take a vote on an answer; False when it could not be kept. Raises AssistantError."""


class Direct:
    """The assistant alone: nothing recorded, votes not kept."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant

    @property
    def corpus(self) -> Corpus:
        return self._assistant.corpus

    def ask(self, question: str, state: str, *, session: str | None, as_of: date | None = None) -> Consulted:  # noqa: ARG002
        before, restarted = read_state(state)
        reply = self._assistant.ask(question, as_of=as_of, state=before)
        return Consulted(reply.answer, reply.state.to_json(), restarted)

    def vote(self, answer_id: str, *, up: bool, reason: str) -> bool:  # noqa: ARG002
        return False


def read_state(text: str) -> tuple[DialogueState | None, bool]:
    """The state that a browser sent, and whether it was unusable (then the conversation starts anew)."""
    if not text:
        return None, False
    try:
        return DialogueState.from_json(text), False
    except InputError:
        return None, True
