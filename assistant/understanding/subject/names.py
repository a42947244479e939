"""Which measures and rules a question names.

A strong hit names a measure by itself. A hit inside a longer hit of another measure does not count (平台 in 平台绩效),
nor does one that an ``unless`` pattern takes back, unless (for measures) nothing else is left.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.understanding.denial import Span, inside, left_as_it_was, likened_to, set_aside, without
from assistant.understanding.lexicon import Lexicon, SubjectPatterns

_STRONG, _WEAK, _PER_CHARACTER = 2.0, 0.8, 0.25


@dataclass(frozen=True, slots=True)
class Hit:
    """A place in the question that names a subject."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Subject:
    """A measure or rule with the hits that name it. ``strong`` tells a name from a hint."""

    id: str
    score: float
    strong: bool
    hits: tuple[Hit, ...]


def find_measures(lexicon: Lexicon, text: str) -> tuple[Subject, ...]:
    """Measures named in ``text``, strongest first; hints (``strong`` false) after names."""
    return _find(lexicon.measures, text, restore=True)


def named_aside(lexicon: Lexicon, text: str, *, discussed: bool = False) -> frozenset[str]:
    """Measures that the asker names only to put them aside (就问注册证,不是首台套), or, while another is
    ``discussed``, to liken it to them (不能像首台套那样按单价算吗)."""
    kept = left_as_it_was(text) if discussed else ()
    spans = (*set_aside(text), *(likened_to(text) if discussed else ()), *kept)
    if not spans:
        return frozenset()
    rest = find_measures(lexicon, without(text, spans))
    still = {subject.id for subject in rest if subject.strong}  # 那边的平台不算它,在这里新建一个技术服务平台
    said = {hit.text for subject in rest for hit in subject.hits}
    return frozenset(
        subject.id
        for subject in find_measures(lexicon, text)
        if subject.id not in still
        and any((inside(hit.start, spans) or _opens(hit.start, kept)) and hit.text not in said for hit in subject.hits)
    )


def _opens(start: int, spans: Sequence[Span]) -> bool:
    return any(start == first for first, _ in spans)


def find_rules(lexicon: Lexicon, text: str) -> tuple[Subject, ...]:
    """Rules (validity, interpretation, no-duplication) asked for in ``text``."""
    return tuple(subject for subject in _find(lexicon.rules, text, restore=False) if subject.strong)


def _find(patterns: Sequence[SubjectPatterns], text: str, *, restore: bool) -> tuple[Subject, ...]:
    """``restore``: hits that are taken back count after all where nothing else is left."""
    strong: dict[str, list[Hit]] = {}
    weak: dict[str, list[Hit]] = {}
    taken_back: dict[str, list[Hit]] = {}
    for subject in patterns:
        cancels = _hits(subject.unless, text)
        for hit in _hits(subject.strong, text):
            over = [cancel for cancel in cancels if _overlap(hit, cancel)]
            # 建概念验证中心跟公共技术服务平台: what stands behind the words that take it back is a name all the same.
            behind = _hits(subject.strong, text, over[-1].end, hit.end) if over else []
            target = taken_back if over and not behind else strong
            target.setdefault(subject.id, []).extend(behind or [hit])
        if not cancels and (found := _hits(subject.weak, text)):
            weak[subject.id] = found
    strong = _without_covered(strong)
    if not strong and restore:
        strong = _without_covered(taken_back)
    named = [_subject(key, hits, weak.get(key, ()), True) for key, hits in strong.items() if hits]
    hinted = [_subject(key, (), hits, False) for key, hits in weak.items() if not strong.get(key)]
    return tuple(sorted(named, key=_order)) + tuple(sorted(hinted, key=_order))


def _order(subject: Subject) -> tuple[float, int]:
    return -subject.score, subject.hits[0].start


def _subject(key: str, strong: Sequence[Hit], weak: Sequence[Hit], named: bool) -> Subject:
    score = sum(_STRONG + _PER_CHARACTER * len(hit.text) for hit in strong) + _WEAK * len(weak)
    return Subject(key, score, named, tuple(sorted((*strong, *weak), key=lambda hit: hit.start)))


def _hits(pattern: re.Pattern[str] | None, text: str, start: int = 0, end: int | None = None) -> list[Hit]:
    if pattern is None:
        return []
    found = pattern.finditer(text, start, len(text) if end is None else end)
    return [Hit(m.start(), m.end(), m.group()) for m in found if m.end() > m.start()]


def _overlap(one: Hit, other: Hit) -> bool:
    return one.start < other.end and other.start < one.end


def _without_covered(found: dict[str, list[Hit]]) -> dict[str, list[Hit]]:
    everything = [(key, hit) for key, hits in found.items() for hit in hits]
    return {
        key: kept
        for key, hits in found.items()
        if (kept := [hit for hit in hits if not _covered(key, hit, everything)])
    }


def _covered(key: str, hit: Hit, everything: Iterable[tuple[str, Hit]]) -> bool:
    return any(
        other_key != key
        and other.start <= hit.start
        and hit.end <= other.end
        and other.end - other.start > hit.end - hit.start
        and not _BESIDE.search(other.text, 0, hit.start - other.start)
        for other_key, other in everything
    )


# 保险和利息的补贴: what stands behind an "and" inside a longer hit is a thing of its own.
_BESIDE = re.compile(r"[和跟与及、](?=[^和跟与及、]{0,2}$)|以及(?=[^,，。]{0,2}$)")
