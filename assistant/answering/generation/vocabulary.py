"""Whether a sentence is made of the evidence's words and plain ones: what is left over is foreign matter."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import rjieba

from assistant.answering.generation.data import words

GAP = "\u241f"
"""Stands for a placeholder in a model's own words."""

_RUN = re.compile(r"[\u4e00-\u9fff]+|[A-Za-z]+")
_SHARED = 3
_NEGATED = 4
_LONGEST_PLAIN = 8


@dataclass(frozen=True)
class Vocabulary:
    """The evidence of one answer made ready."""

    text: str
    words: frozenset[str]

    @classmethod
    def of(cls, evidence: str, more: Iterable[str] = ()) -> Vocabulary:
        """``more`` are words that this answer's verdict allows."""
        found = {word for line in evidence.split("\n") for word in _words_of(line)}
        return cls(evidence, frozenset((*found, *more)))

    def left_over(self, own: str) -> list[str]:
        """The runs of ``own`` that neither the evidence nor plain talk accounts for. Negations must stand in a longer
        passage of the evidence, or in one of the neutral phrases."""
        said = words()
        covered = bytearray(len(own))
        for start, character in enumerate(own):
            if character == GAP or character in said.punctuation or character in said.singles:
                covered[start] = 1
        self._words(own, covered)
        self._passages(own, covered)
        for found in said.neutral.finditer(own):
            covered[found.start() : found.end()] = b"\x01" * (found.end() - found.start())
        return _runs(own, covered)

    def _words(self, own: str, covered: bytearray) -> None:
        plain = words().plain
        for start in range(len(own)):
            for length in range(min(_LONGEST_PLAIN, len(own) - start), 1, -1):
                piece = own[start : start + length]
                if piece in plain or piece in self.words:
                    covered[start : start + length] = b"\x01" * length
                    break
        for found in re.finditer(r"[A-Za-z]+", own):
            if found.group() not in self.words:
                covered[found.start() : found.end()] = b"\x00" * (found.end() - found.start())

    def _passages(self, own: str, covered: bytearray) -> None:
        negation = words().negation
        for start in range(len(own)):
            length = _SHARED
            while start + length <= len(own) and own[start : start + length] in self.text:
                length += 1
            length -= 1
            if length < _SHARED or (length < _NEGATED and negation.search(own, start, start + length)):
                continue
            covered[start : start + length] = b"\x01" * length


@lru_cache(maxsize=2048)
def _words_of(line: str) -> tuple[str, ...]:
    """The line's words of two characters and more, none with a negation; cached, for clauses come again."""
    negation = words().negation
    found = (word for run in _RUN.findall(line) for word in ([run] if run.isascii() else rjieba.cut(run)))
    return tuple(word for word in found if (len(word) > 1 or word.isascii()) and not negation.search(word))


def _runs(own: str, covered: bytearray) -> list[str]:
    runs, current = [], ""
    for character, known in zip(own, covered, strict=True):
        if known:
            if current:
                runs.append(current)
            current = ""
        else:
            current += character
    return [*runs, current] if current else runs
