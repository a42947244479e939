"""Many patterns over one short text, quickly: a pattern is tried (and compiled) only where it has a chance.

``needles`` reads off a pattern the words of which every match contains at least one; a text without any of them needs
no search. Where a pattern gives no such words it is simply always tried.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, TypeVar

from assistant.errors import CorpusError
from assistant.understanding.data import PhraseIndex

_GAP = "[^,，。;；?？!！\n]{"
_LOOK_AROUND = re.compile(r"\?(?:=|!|<=|<!)")
_GROUP_HEAD = re.compile(r"\?(?::|P<\w+>)")
_QUANTIFIER = re.compile(r"[?*+]\??|\{(\d*),?\d*\}\??")

Needles = tuple[str, ...]


def needles(pattern: str) -> Needles | None:
    """Words of which every match of ``pattern`` contains at least one; None where the pattern does not tell."""
    found, end = _alternatives(pattern, 0)
    return found if end == len(pattern) else None


def _alternatives(pattern: str, position: int) -> tuple[Needles | None, int]:
    """The needles of the alternatives from ``position`` to the closing bracket or the end, and where that is."""
    every: list[Needles | None] = []
    while True:
        one, position = _sequence(pattern, position)
        every.append(one)
        if position >= len(pattern) or pattern[position] == ")":
            break
        position += 1
    merged: list[str] = []
    for one in every:
        if one is None:
            return None, position
        merged += one
    return tuple(dict.fromkeys(merged)), position


def _sequence(pattern: str, position: int) -> tuple[Needles | None, int]:
    """The best needles of one alternative: its longest plain word, or a group that has to be there."""
    choices: list[Needles] = []
    word = ""
    while position < len(pattern) and pattern[position] not in "|)":
        needed, plain, after = _atom(pattern, position)
        quantifier = _QUANTIFIER.match(pattern, after)
        optional = quantifier is not None and (quantifier.group()[0] in "?*" or quantifier.group(1) in ("", "0"))
        position = after if quantifier is None else quantifier.end()
        if plain and not optional:
            word += plain
        if word and (not plain or quantifier is not None):
            choices.append((word,))
            word = ""
        if needed and not optional:
            choices.append(needed)
    if word:
        choices.append((word,))
    best = max(choices, key=lambda choice: (min(map(len, choice)), -len(choice)), default=None)
    return best, position


def _atom(pattern: str, position: int) -> tuple[Needles | None, str, int]:
    """The atom at ``position``: the needles of a group, or a plain character, and where the atom ends."""
    character = pattern[position]
    if character == "(":
        if _LOOK_AROUND.match(pattern, position + 1):
            return None, "", _alternatives(pattern, position + 3 + (pattern[position + 2] == "<"))[1] + 1
        head = _GROUP_HEAD.match(pattern, position + 1)
        start = head.end() if head else position + 1
        if head is None and pattern.startswith("?", start):
            return None, "", len(pattern) + 1  # flags and the like: not read
        found, end = _alternatives(pattern, start)
        return found, "", end + 1
    if character == "[":
        end = pattern.index("]", position + (2 if pattern[position + 1] != "^" else 3))
        return None, "", end + 1
    if character == "\\":
        escaped = pattern[position + 1 : position + 2]
        return None, "" if escaped.isalnum() else escaped, position + 2
    return None, "" if character in ".^$" else character, position + 1


@dataclass(frozen=True)
class GuardedPattern:
    """One pattern with its needles; compiled when first needed. A gap in it never runs across a clause."""

    pattern: str
    where: str

    @cached_property
    def needed(self) -> Needles | None:
        try:
            return needles(self.pattern)
        except (IndexError, ValueError):
            return None  # not well formed: the compiler will tell

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        try:
            return re.compile(self.pattern.replace(".{", _GAP))
        except re.error as error:
            raise CorpusError(
                f"{self.where}: {self.pattern!r} is not a usable pattern ({error}); correct or remove it"
            ) from error


K = TypeVar("K")


class PatternBook(Generic[K]):
    """Patterns under keys. One pass over a text tells which of all of them may match in it.

    Raises ``CorpusError`` on the first use of a pattern that cannot be compiled.
    """

    __slots__ = ("_always", "_index")

    def __init__(self, patterns: Mapping[K, Sequence[str]], where: str) -> None:
        by_needle: dict[str, list[tuple[K, GuardedPattern]]] = {}
        self._always: list[tuple[K, GuardedPattern]] = []
        for key, of_key in patterns.items():
            for pattern in of_key:
                guarded = GuardedPattern(pattern, f"{where}: {key}")
                for needle in guarded.needed or ():
                    by_needle.setdefault(needle, []).append((key, guarded))
                if guarded.needed is None:
                    self._always.append((key, guarded))
        self._index = PhraseIndex({needle: tuple(entries) for needle, entries in by_needle.items()})

    def likely(self, text: str) -> dict[K, list[re.Pattern[str]]]:
        """The patterns that may match somewhere in ``text``, by key; keys without any are left out."""
        found: dict[tuple[K, str], GuardedPattern] = {(key, one.pattern): one for key, one in self._always}
        for _, _, entries in self._index.all(text):
            for key, one in entries:
                found[key, one.pattern] = one
        by_key: dict[K, list[re.Pattern[str]]] = {}
        for (key, _), one in found.items():
            by_key.setdefault(key, []).append(one.compiled)
        return by_key


def matches(
    patterns: Iterable[re.Pattern[str]], text: str, spans: Sequence[tuple[int, int]]
) -> Iterator[re.Match[str]]:
    """Every match inside one of ``spans``; matches of different patterns may overlap."""
    for pattern in patterns:
        for span in spans:
            yield from pattern.finditer(text, *span)
