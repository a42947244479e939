"""When two questions are the same, and when they are alike.

The same: equal after normalisation, which drops spaces and punctuation but never what a figure is made of (1.5亿 is not
15亿). Alike: enough common pairs of characters; used only to put open questions of one kind together for an officer.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

from assistant.records.masking import clean_text

LIKENESS = 0.6
"""From this likeness on, two open questions are worked off together."""

_THOUSANDS = re.compile(r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))")
_MARKS = re.compile(r"[^\w%‰]+|_+")


def normalise_question(text: str) -> str:
    """The form in which questions are compared: NFKC, lower case, no spaces or punctuation outside of figures."""
    text = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", clean_text(text)).casefold())
    return _MARKS.sub(_kept, _THOUSANDS.sub("", text))


def _kept(match: re.Match[str]) -> str:
    """What stays of a run of marks: all of it between two figures, a sign before a figure, else nothing."""
    before, after = match.string[: match.start()][-1:], match.string[match.end() : match.end() + 1]
    marks = "".join(match[0].split())
    if not after.isdigit():
        return ""
    if before.isdigit() or before in ("%", "‰"):
        return marks or " "
    return marks[len(marks.rstrip("+-.<>≤≥")) :]


def question_key(text: str) -> str:
    """A key of 64 hexadecimal digits, equal for questions that are the same."""
    return hashlib.sha256(normalise_question(text).encode()).hexdigest()


@lru_cache(maxsize=4096)
def _pairs(normalised: str) -> frozenset[str]:
    return frozenset(normalised[place : place + 2] for place in range(max(1, len(normalised) - 1)))


def likeness(one: str, other: str) -> float:
    """How alike two normalised questions are, 0 … 1: twice the common pairs of characters over all (Dice)."""
    left, right = _pairs(one), _pairs(other)
    return 2 * len(left & right) / (len(left) + len(right))


def most_alike(normalised: str, candidates: Iterable[str], threshold: float = LIKENESS) -> str | None:
    """The candidate most like a normalised question, None below ``threshold``; of equals the first."""
    best, score = None, threshold
    for candidate in candidates:
        found = likeness(normalised, candidate)
        if found > score or (best is None and found == score):
            best, score = candidate, found
    return best


def group_alike(questions: Sequence[str], threshold: float = LIKENESS) -> tuple[tuple[str, ...], ...]:
    """Questions put together by likeness, each with the first group whose first question it is most like."""
    groups: dict[str, list[str]] = {}
    for question in questions:
        normalised = normalise_question(question)
        home = most_alike(normalised, groups, threshold)
        groups.setdefault(home if home is not None else normalised, []).append(question)
    return tuple(tuple(group) for group in groups.values())
