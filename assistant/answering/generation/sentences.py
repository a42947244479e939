"""The model's output as typed sentences, read from the stream one by one while it is still being written."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.answering.generation.faults import Fault, ModelFault

_OPENING = re.compile(r'"sentences"\s*:\s*\[')
_BETWEEN = re.compile(r"[\s,]*")
_DECODER = json.JSONDecoder()
MOST_SENTENCES = 8


class ModelSentence(BaseModel):
    """One sentence as the model gives it: own words with placeholders, and the ids of what it rests on."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    text: str = Field(max_length=400)
    ids: tuple[str, ...] = Field(max_length=30)


class SentenceReader:
    """Fed with pieces of ``{"sentences": [{…}, {…}]}``, gives each sentence as soon as its object is closed."""

    def __init__(self) -> None:
        self._buffer = ""
        self._begun = False
        self.complete = False
        self.count = 0

    def feed(self, piece: str) -> Iterator[ModelSentence]:
        """Raises ModelFault for an object that is no sentence."""
        self._buffer += piece
        if not self._begun:
            self._begin()
        while self._begun and not self.complete:
            start = _BETWEEN.match(self._buffer)
            position = start.end() if start else 0
            if self._buffer.startswith("]", position):
                self.complete = True
                return
            try:
                found, end = _DECODER.raw_decode(self._buffer, position)
            except json.JSONDecodeError:
                return
            self._buffer = self._buffer[end:]
            self.count += 1
            yield _sentence(found)
            if self.count >= MOST_SENTENCES:
                self.complete = True

    def finish(self) -> None:
        """After the last piece. Raises ModelFault when the list was not closed or holds nothing."""
        if not self._begun:
            raise ModelFault(Fault.UNREADABLE if self._buffer.strip() else Fault.EMPTY)
        if not self.complete:
            raise ModelFault(Fault.CUT)
        if not self.count:
            raise ModelFault(Fault.EMPTY)

    def _begin(self) -> None:
        # Models that think aloud do so before the answer.
        thinking = self._buffer.lstrip().startswith("<think>")
        if thinking and "</think>" not in self._buffer:
            return
        text = self._buffer.partition("</think>")[2] if thinking else self._buffer
        if opening := _OPENING.search(text):
            self._buffer, self._begun = text[opening.end() :], True


def read_all(text: str) -> tuple[ModelSentence, ...]:
    """The sentences of a whole output. Raises ModelFault."""
    reader = SentenceReader()
    sentences = tuple(reader.feed(text))
    reader.finish()
    return sentences


def _sentence(found: object) -> ModelSentence:
    try:
        return ModelSentence.model_validate(found)
    except ValidationError as error:
        raise ModelFault(Fault.UNREADABLE, f"{error.error_count()} fields of a sentence") from None
