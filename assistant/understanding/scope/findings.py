"""Whether a message asks for something that the policy is not about, is small talk, or tries to change the rules.

What is asked decides, not what is mentioned on the way: "员工社保380人,首台套单价900万能奖多少" is about the first set,
"AI公司员工的公积金怎么提取" is not about AI. In the clause that asks, the last subject named is the one asked
about: Chinese puts the head of a phrase last.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from assistant.understanding.scope.needles import matches
from assistant.understanding.scope.words import ScopeWords, SmallTalk, Strength, scope_words

__all__ = ["Reason", "ScopeFinding", "SmallTalk", "judge_subject", "small_talk"]

Reason = Literal["foreign_subject", "small_talk", "injection", "hint"]
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class ScopeFinding:
    """What ``judge_subject`` found.

    ``subject`` is the id in ``foreign_subjects.yaml`` and ``matched`` the words that tell it. ``hint`` is an id too,
    but only hinted at (or told and not asked): it should decide nothing by itself. ``confidence``: 0.95; 0.8 where the
    text also has words of the policy's own field; 0.6 or 0.5 for a hint. ``whole`` is False where something else is
    asked as well, so that only a part is foreign. ``injection`` does not refuse by itself.
    """

    reason: Reason
    subject: str | None = None
    matched: tuple[str, ...] = ()
    confidence: float = 1.0
    whole: bool = True
    small_talk: SmallTalk | None = None
    injection: bool = False
    hint: str | None = None


@dataclass(frozen=True, slots=True)
class _Hit:
    start: int
    end: int
    text: str
    subject: str | None  # None: the policy's own field
    strong: bool = True


@dataclass(frozen=True, slots=True)
class _Field:
    """The text with the patterns that may match in it. ``lower`` is lower case where that keeps every position."""

    text: str
    lower: str
    likely: Mapping[tuple[str, Strength], Sequence[re.Pattern[str]]]

    @classmethod
    def of(cls, text: str, words: ScopeWords) -> _Field:
        lower = text.lower() if len(text.lower()) == len(text) else text
        return cls(text, lower, words.book.likely(lower))

    def hits(self, subject: str, strength: Strength, spans: Sequence[Span]) -> list[_Hit]:
        """The longest hits inside ``spans``, in the order of the text."""
        patterns = self.likely.get((subject, strength), ())
        found = (match.span() for match in matches(patterns, self.lower, spans))
        hits = (_Hit(start, end, self.lower[start:end], subject or None, strength != "weak") for start, end in found)
        return _longest(hits)

    def has(self, subject: str, strength: Strength) -> bool:
        return any(pattern.search(self.lower) for pattern in self.likely.get((subject, strength), ()))


_CLAUSE = re.compile(r"(?:[^,。;?!\n .]|\.(?=\d))+[?!]?")
_NO_WORD = re.compile(r"[\W_]+")
_MONEY = re.compile(r"[\d一二两三四五六七八九十百千半][万亿]|\d[wW元](?![A-Za-z])")
# Two subjects side by side (算力补贴和社保补贴).
_AND = re.compile(r"[^和与跟及或]{0,4}(?:和|与|跟|、|以及|还有|及|或者?|同时|并且?|加上)[^和与跟及或]{0,2}")


# How sure a finding is.
_SURE = 0.95  # a plain word of the subject in what is asked, and no word of the policy's field anywhere
_BESIDE_OWN = 0.8  # the same, with a word of the policy's field elsewhere in the text
_TOLD = 0.6  # the subject is told of and nothing is asked, or there are two hints
_HINT = 0.5  # one hint


def judge_subject(text: str, has_measure: bool, measure_spans: Sequence[Span] = ()) -> ScopeFinding | None:
    """The finding for ``text`` (normalised), or None where nothing speaks against answering it.

    ``has_measure``: whether the text names a measure or rule of the policy; ``measure_spans``: where, if the caller
    knows (otherwise the field's common words stand in for them).
    """
    words = scope_words()
    injection = words.injection.search(text) is not None
    foreign = _foreign(text, has_measure, measure_spans, words)
    if foreign is not None and foreign.confidence >= _BESIDE_OWN:
        return replace(foreign, injection=injection)
    if not has_measure and (kind := small_talk(text)) is not None:
        return ScopeFinding("small_talk", small_talk=kind, injection=injection)
    if injection:
        return ScopeFinding("injection", injection=True)
    return None if foreign is None else replace(foreign, reason="hint", subject=None, hint=foreign.subject)


def small_talk(text: str) -> SmallTalk | None:
    """The kind of small talk that ``text`` is from end to end; None as soon as anything else is in it."""
    words = scope_words()
    found: SmallTalk | None = None
    rest = text
    for kind, pattern in words.small_talk.items():
        if pattern.search(rest) is not None:
            found = found or kind
            rest = pattern.sub("", rest)
    if found is None:
        return None
    return None if _NO_WORD.sub("", words.filler.sub("", rest)) else found


def _foreign(text: str, has_measure: bool, spans: Sequence[Span], words: ScopeWords) -> ScopeFinding | None:
    field = _Field.of(text, words)
    own = _own_hits(field, has_measure, spans)
    clauses = [match.span() for match in _CLAUSE.finditer(text)]
    # A fragment (高企所得税优惠) asks by itself; a bare figure (社保380人) only tells.
    fragment = len(clauses) == 1 and not any(character.isdigit() for character in text)
    asked = clauses if fragment else [clause for clause in clauses if words.question.search(text, *clause)]
    hits = _foreign_hits(field, own, asked, words)
    judged = [_judge_clause(text, clause, own, hits, words.wherever) for clause in asked]
    verdicts = [verdict for verdict in judged if verdict is not None]
    if not verdicts:
        # Nothing is asked outright, or the asking clause names nothing (怎么提取): the rest of the text tells.
        if own or has_measure:
            return None
        # An amount told beside it is the matter, whatever its name (社保60人,投资1500万,能给多少).
        hits = [
            hit
            for hit in _foreign_hits(field, own, clauses, words)
            if not _told_beside_money(text, hit, clauses, asked)
        ]
        verdicts = [max(hits, key=lambda hit: (hit.strong, hit.start))] if hits else []
    foreign = [verdict for verdict in verdicts if verdict.subject is not None]
    if not foreign:
        return None
    best = max(foreign, key=lambda hit: (hit.strong, hit.start))
    if not best.strong and has_measure:
        return None
    matched = tuple(dict.fromkeys(hit.text for hit in hits if hit.subject == best.subject))
    confidence = _confidence(field, best, hits, has_measure) if asked else _TOLD
    whole = len(foreign) == len(verdicts)
    return ScopeFinding("foreign_subject", best.subject, matched, confidence, whole)


def _confidence(field: _Field, best: _Hit, hits: Sequence[_Hit], has_measure: bool) -> float:
    if best.strong:
        return _BESIDE_OWN if has_measure or field.has("", "anchor") else _SURE
    # Two hints are surer than one; side by side (合同违约金) they are one.
    apart = any(hit.subject == best.subject and hit.end + 1 < best.start for hit in hits)
    return _TOLD if apart else _HINT


def _told_beside_money(text: str, hit: _Hit, clauses: Sequence[Span], asked: Sequence[Span]) -> bool:
    own = next((clause for clause in clauses if clause[0] <= hit.start < clause[1]), None)
    return bool(asked) and any(clause != own and _MONEY.search(text, *clause) for clause in clauses)


def _judge_clause(
    text: str, clause: Span, own: Sequence[_Hit], hits: Sequence[_Hit], wherever: frozenset[str]
) -> _Hit | None:
    """The subject asked about in the clause: the last one named there, the policy's where both stand side by side.

    A subject of ``wherever`` (other companies' affairs) decides wherever it stands: 隔壁公司拿了多少首台套奖励.
    """
    inside = [hit for hit in (*own, *hits) if clause[0] <= hit.start and hit.end <= clause[1]]
    strong = [hit for hit in inside if hit.strong] or inside
    if not strong:
        return None
    persons = [hit for hit in strong if hit.subject in wherever]
    last = max(persons or strong, key=lambda hit: (hit.end, hit.end - hit.start))
    if last.subject is not None:
        beside = [hit for hit in own if hit.end <= last.start and _AND.fullmatch(text, hit.end, last.start)]
        if beside:
            return beside[0]
    return last


def _own_hits(field: _Field, has_measure: bool, spans: Sequence[Span]) -> list[_Hit]:
    """Where the text names the policy's own field: the caller's spans, else (if it knows of one) the anchors."""
    if spans:
        return [_Hit(start, end, field.text[start:end], None) for start, end in spans]
    return field.hits("", "anchor", [(0, len(field.lower))]) if has_measure else []


def _foreign_hits(field: _Field, own: Sequence[_Hit], clauses: Sequence[Span], words: ScopeWords) -> list[_Hit]:
    """Hits in ``clauses`` that lie in no term of the policy (科技保险); ``unless`` weakens a strong one."""
    hits: list[_Hit] = []
    for subject in words.subjects:
        strong = field.hits(subject, "strong", clauses)
        weak = [hit for hit in field.hits(subject, "weak", clauses) if not _covered(hit, strong)]
        if strong and field.has(subject, "unless"):
            strong = [replace(hit, strong=False) for hit in strong]
        hits += (hit for hit in (*strong, *weak) if not _covered(hit, own))
    return hits


def _longest(hits: Iterable[_Hit]) -> list[_Hit]:
    """The hits that lie in no longer one, in the order of the text."""
    kept: list[_Hit] = []
    for hit in sorted(hits, key=lambda hit: hit.start - hit.end):
        if not _covered(hit, kept):
            kept.append(hit)
    return sorted(kept, key=lambda hit: hit.start)


def _covered(hit: _Hit, others: Iterable[_Hit]) -> bool:
    return any(other.start <= hit.start and hit.end <= other.end for other in others)
