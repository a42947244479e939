"""Another kind of the thing that a measure is about: 车险 where the policy has 科技保险, 房贷 where it has 科技贷款.

Asked about in itself (哪家车险便宜) it is foreign. Asked whether it counts (车险能补吗, 算科技保险吗) it is a question
about the policy's conditions, and stays one.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from assistant.errors import CorpusError
from assistant.understanding.data import load_yaml
from assistant.understanding.lexicon import needed_patterns

_FILE = "other_kinds.yaml"


@dataclass(frozen=True, slots=True)
class OtherKind:
    """Kinds that the policy does not deal with, of the thing that ``measures`` are about.

    ``own`` are words of the policy's kind: one of them keeps the question. ``subject`` words the refusal. ``ever``:
    so even where it is asked whether they count.
    """

    subject: str
    measures: frozenset[str]
    other: re.Pattern[str]
    own: re.Pattern[str]
    ever: bool = False


def another_kind(text: str, measures: Collection[str]) -> str | None:
    """The subject of the refusal where every measure named is there only for another kind of its thing."""
    kinds, counts = _kinds()
    if not measures:
        return None
    asked_to_count = counts.search(text) is not None
    found = [
        kind
        for kind in kinds
        if (kind.ever or not asked_to_count) and kind.other.search(text) and not kind.own.search(text)
    ]
    covered: set[str] = set().union(*(kind.measures for kind in found))
    return found[0].subject if found and set(measures) <= covered else None


def asked_whether_counts(text: str, measures: Collection[str]) -> bool:
    """Whether another kind of the thing that one of ``measures`` is about is asked to count (科技保险包括重疾险吗)."""
    kinds, counts = _kinds()
    return bool(counts.search(text)) and any(
        not kind.ever and kind.other.search(text) and kind.measures & set(measures) for kind in kinds
    )


@lru_cache(maxsize=1)
def _kinds() -> tuple[tuple[OtherKind, ...], re.Pattern[str]]:
    content = load_yaml(_FILE)
    entries = content.get("kinds")
    if not isinstance(entries, list) or not entries:
        raise CorpusError(f"{_FILE}: kinds must be a list; restore it from the repository")
    return tuple(_kind(entry, number) for number, entry in enumerate(entries, 1)), needed_patterns(
        content, "counts", _FILE
    )


def _kind(entry: object, number: int) -> OtherKind:
    where = f"{_FILE}: entry {number}"
    if not isinstance(entry, dict) or not isinstance(entry.get("measures"), list):
        raise CorpusError(f"{where}: needs subject, measures, other and own; see the other entries")
    measures = frozenset(str(measure) for measure in entry["measures"])
    return OtherKind(
        str(entry.get("subject")),
        measures,
        needed_patterns(entry, "other", where),
        needed_patterns(entry, "own", where),
        entry.get("ever") is True,
    )
