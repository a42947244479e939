"""Many patterns over one short text, quickly: a pattern is tried (and compiled) only where it has a chance.

``needles`` reads off a pattern the words of which every match contains at least one; a text without any of them needs
no search. Where a pattern gives no such words it is simply always tried.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from assistant.errors import CorpusError

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


class PatternSet:
    """Patterns of one kind. Raises ``CorpusError`` on first use of one that cannot be compiled."""

    __slots__ = ("patterns",)

    def __init__(self, patterns: Sequence[str], where: str) -> None:
        self.patterns = tuple(GuardedPattern(pattern, where) for pattern in patterns)

    def likely(self, text: str) -> list[re.Pattern[str]]:
        """The patterns that may match somewhere in ``text``."""
        return [
            pattern.compiled
            for pattern in self.patterns
            if pattern.needed is None or any(needle in text for needle in pattern.needed)
        ]

    def search(self, text: str) -> bool:
        return any(pattern.search(text) for pattern in self.likely(text))

    def matches(self, text: str, spans: Sequence[tuple[int, int]]) -> Iterator[re.Match[str]]:
        """Every match inside one of ``spans``; matches of different patterns may overlap."""
        likely = self.likely(text)
        for span in spans:
            for pattern in likely:
                yield from pattern.finditer(text, *span)
