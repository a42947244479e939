"""The words that judge a message: foreign subjects, what asks, small talk, attempts to change the rules."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, get_args

from assistant.errors import CorpusError
from assistant.understanding.data import foreign_subjects, load_yaml
from assistant.understanding.lexicon import needed_patterns
from assistant.understanding.scope.needles import PatternBook

_FILE = "scope_words.yaml"

SmallTalk = Literal["identity", "farewell", "thanks", "greeting", "acknowledgement"]  # the more telling first
Strength = Literal["strong", "weak", "unless", "anchor"]


@dataclass(frozen=True, slots=True)
class ScopeWords:
    """``subjects`` are the ids of ``foreign_subjects.yaml``; their patterns are in ``book`` under (id, strength).

    ``("", "anchor")`` are words of the policy's own field. ``support``: what is said of a measure by one who asks what
    the policy gives. ``wherever``: subjects that decide wherever they stand.
    """

    subjects: tuple[str, ...]
    book: PatternBook[tuple[str, Strength]]
    question: re.Pattern[str]
    support: re.Pattern[str]
    injection: re.Pattern[str]
    small_talk: Mapping[SmallTalk, re.Pattern[str]]
    filler: re.Pattern[str]
    wherever: frozenset[str]


@lru_cache(maxsize=1)
def scope_words() -> ScopeWords:
    """The words of both files. Raises ``CorpusError`` for a missing list or an unusable pattern."""
    content = load_yaml(_FILE)
    talk = content.get("small_talk")
    if not isinstance(talk, dict):
        raise CorpusError(f"{_FILE}: small_talk must be a mapping; restore it from the repository")
    wherever = content.get("wherever")
    foreign = foreign_subjects()
    patterns: dict[tuple[str, Strength], Sequence[str]] = {("", "anchor"): foreign.anchors}
    for entry in foreign.subjects:
        patterns[entry.id, "strong"] = entry.strong
        patterns[entry.id, "weak"] = entry.weak
        patterns[entry.id, "unless"] = entry.unless
    return ScopeWords(
        subjects=tuple(entry.id for entry in foreign.subjects),
        book=PatternBook(patterns, "foreign_subjects.yaml"),
        question=needed_patterns(content, "question", _FILE),
        support=needed_patterns(content, "support", _FILE),
        injection=needed_patterns(content, "injection", _FILE),
        small_talk={kind: needed_patterns(talk, kind, _FILE) for kind in get_args(SmallTalk)},
        filler=needed_patterns(talk, "filler", _FILE),
        wherever=frozenset(str(item) for item in wherever) if isinstance(wherever, list) else frozenset(),
    )
