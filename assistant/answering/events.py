"""What ``Assistant.ask_stream`` gives, in this order: the composed answer, checked sentences of a model, the end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.answering.answer import Answer

if TYPE_CHECKING:
    from assistant.answering.service import Reply


@dataclass(frozen=True, slots=True)
class Composed:
    """The deterministic answer, complete and checked: to be shown at once. A second one replaces the first (the
    question turned out to need a clarifying question)."""

    answer: Answer


@dataclass(frozen=True, slots=True)
class Sentence:
    """A model's sentence that passed its check, to be shown below the figures until the end comes."""

    text: str


@dataclass(frozen=True, slots=True)
class Finished:
    """The answer that counts: reworded where every sentence passed, else the composed one. Replaces what was shown."""

    reply: Reply


Event = Composed | Sentence | Finished
