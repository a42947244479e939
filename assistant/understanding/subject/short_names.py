"""Measures under discussion named by a piece of their names (中心投了450万 after 概念验证中心和算力补贴)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.calculator.money import Money
from assistant.policy.loader import Policy
from assistant.policy.measure import Measure
from assistant.understanding.query import DialogueState
from assistant.understanding.subject.names import Hit, Subject

_SEVERAL = 2
_SHORTEST, _LONGEST = 2, 8
_CLAUSE = re.compile(r"[^,，。;；、?？!！]+")
_OPENING = re.compile(r"(那么?|这边|我们?|咱们?|其中|现在|今年|去年|的话|如果|要是|和|跟|再|还有|另外)*")


def named_in_short(
    policy: Policy, text: str, amounts: Sequence[Money], named: Sequence[Subject], state: DialogueState
) -> list[Subject]:
    """The measures, of several under discussion, whose sums a turn tells with a piece of the name before each."""
    measures = [policy.by_id[m] for m in state.measures if m in policy.by_id]
    if len(measures) < _SEVERAL or not amounts:
        return []
    known = {subject.id for subject in named}
    found: dict[str, list[Hit]] = {}
    for start, clause in _with_amounts(text, amounts):
        pieces = {m.id: _piece(m, clause) for m in measures}
        longest = max(map(len, pieces.values()))
        best = [m for m, piece in pieces.items() if len(piece) == longest]
        if longest >= _SHORTEST and len(best) == 1 and best[0] not in known:
            found.setdefault(best[0], []).append(Hit(start, start + longest, pieces[best[0]]))
    return [Subject(measure, 1.0, True, tuple(hits)) for measure, hits in found.items()]


def parts_told(text: str, told: str, subjects: Sequence[Subject], discussed: Sequence[str]) -> frozenset[str]:
    """Of ``subjects`` the measures named by nothing but the label of a part that was told with its sum before (软件那块
    搞错了,是160万 after 设备1800万、软件100万)."""
    return frozenset(
        subject.id
        for subject in subjects
        if subject.id not in discussed and subject.hits and all(_is_a_part(hit, text, told) for hit in subject.hits)
    )


def _is_a_part(hit: Hit, text: str, told: str) -> bool:
    """Whether a hit is the label of a sum told before, and is spoken of as a part or corrected here."""
    label = re.compile(rf"(?<![一-鿿]){re.escape(hit.text)}(费|款|投资|投入|部分|那块|是|约|:)*\d")
    return bool(label.search(told) and _OF_A_PART.match(text, hit.end))


_OF_A_PART = re.compile(
    r"(费用?|款|投资|投入|的)?(那|这)?(一)?(块|部分|项|笔|样)|(费用?|款|投资|投入)?[^,，。;；\d]{0,6}(错|改|变|涨|降|减|加|砍|调|其实|实际|应该|应当)"
)


def _with_amounts(text: str, amounts: Sequence[Money]) -> Iterator[tuple[int, str]]:
    """What stands before the first amount of each clause, without words that open it, with its place."""
    for clause in _CLAUSE.finditer(text):
        inside = [money.start for money in amounts if clause.start() <= money.start < clause.end()]
        if inside and (opening := _OPENING.match(text, clause.start())):
            yield opening.end(), text[opening.end() : min(inside)]


def pieces_of(measures: Sequence[Measure], text: str) -> set[str]:
    """The measures of several (ids) of whose names ``text`` has a piece that stands in none of the others' names."""
    names = {m.id: f"{m.short}|{m.base.name if m.base else ''}" for m in measures}
    pairs = {text[at : at + _SHORTEST] for at in range(len(text) - _SHORTEST + 1)}
    of_one = {pair: [m for m, name in names.items() if pair in name] for pair in pairs}
    return {having[0] for having in of_one.values() if len(having) == 1}


def _piece(measure: Measure, clause: str) -> str:
    """The longest piece of the measure's name, or of its base's, that ``clause`` begins with."""
    names = f"{measure.short}|{measure.base.name if measure.base else ''}"
    sizes = range(min(len(clause), _LONGEST), _SHORTEST - 1, -1)
    return next((clause[:size] for size in sizes if clause[:size] in names), "")
