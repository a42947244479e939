"""Which amount is the base of which measure, and whose: the measures of a question share out its amounts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from assistant.policy.measure import Kind, Measure
from assistant.understanding.sums.alternatives import of_alternatives
from assistant.understanding.sums.amounts import Placed
from assistant.understanding.sums.base_amount import BaseAmount, Surroundings, times
from assistant.understanding.sums.bases import bases_of
from assistant.understanding.sums.by_year import RESPECTIVELY
from assistant.understanding.sums.divided import divided, told_jointly
from assistant.understanding.sums.each_named import each_by_its_name
from assistant.understanding.sums.match import Scored, named_beside, score, takes_amounts
from assistant.understanding.sums.months_of_years import of_the_year_asked
from assistant.understanding.sums.owners import Owner, elsewhere_of, owner_at
from assistant.understanding.sums.scaling import DOUBLED


def assign(
    measures: Sequence[Measure], candidates: Sequence[Placed], around: Surroundings
) -> dict[str, tuple[BaseAmount, ...]]:
    """The bases of each measure (by id) among the candidate amounts; a measure with none is absent."""
    takers = [measure for measure in measures if takes_amounts(measure)]
    if parts := divided(takers, candidates, around):
        return parts
    if told_jointly(takers, candidates, around):
        return {}
    candidates = _without_their_total(takers, candidates, around)
    table = {measure.id: [score(measure, item, around.subjects) for item in candidates] for measure in takers}
    turns = _in_turn(takers, candidates, around)
    of_some = [n for n in range(len(candidates)) if not all(table[m.id][n].excluded for m in takers)]
    of_some = of_some if len(of_some) >= len(takers) > _SEVERAL else list(range(len(candidates)))
    names = {} if turns else each_by_its_name(takers, [candidates[n] for n in of_some], around)
    named = {of_some[n]: name for n, name in names.items()}
    result: dict[str, tuple[BaseAmount, ...]] = {}
    for measure in takers:
        mine = [
            scored
            for index, scored in enumerate(table[measure.id])
            if index not in turns
            and (
                named[index] == measure.id
                if index in named
                else _belongs(scored, [table[other.id][index] for other in takers if other is not measure])
            )
        ]
        mine += [_surely(table[measure.id][index]) for index, owner in turns.items() if owner == measure.id]
        apart = _by_owner(measure, mine, around) or of_alternatives(measure, mine, around)
        if bases := of_the_year_asked(apart or bases_of(measure, mine, around), around):
            result[measure.id] = _factored(bases, candidates, around) if len(bases) == 1 else bases
    return result


def _without_their_total(
    takers: Sequence[Measure], candidates: Sequence[Placed], around: Surroundings
) -> Sequence[Placed]:
    """The amounts without the sum of all matters, where a part is told for each (共5000万：平台4400万、论坛600万)."""
    total = max(candidates, key=lambda item: item.money.minimum, default=None)
    parts = [item for item in candidates if item is not total]
    if total is None or len(takers) < _SEVERAL or len(parts) < _SEVERAL:
        return candidates
    named = {name for item in parts for name in named_beside(item, around.subjects)[:1]}
    made_up = sum(item.money.minimum for item in parts) == total.money.minimum or total.has_parts
    return parts if made_up and named >= {measure.id for measure in takers} else candidates


def _in_turn(takers: Sequence[Measure], candidates: Sequence[Placed], around: Surroundings) -> dict[int, str]:
    """Whose each amount is where as many are listed as measures (平台和概念验证中心分别投了3000万和500万)."""
    if len(takers) != len(candidates) or len(takers) < _SEVERAL:
        return {}
    first = candidates[0].money.start
    own = {measure.id for measure in takers}
    starts = {s.id: min(hit.start for hit in s.hits) for s in around.subjects if s.id in own and s.hits}
    ends = [hit.end for s in around.subjects if s.id in own for hit in s.hits if hit.start < first]
    gaps = [around.text[a.money.end : b.money.start] for a, b in pairwise(candidates)]
    if not starts and _ONE_EACH.search(candidates[0].left) and all(map(_AND_ONE.fullmatch, gaps)):
        return dict(enumerate(measure.id for measure in takers))  # in the order in which they were discussed
    if len(starts) < len(takers) or max(starts.values()) >= first or len(set(starts.values())) < len(starts):
        return {}
    listed = RESPECTIVELY.search(around.text, max(ends), first) and all(map(_LISTED.fullmatch, gaps))
    if not listed and not (_ONE_EACH.search(candidates[0].left) and all(map(_AND_ONE.fullmatch, gaps))):
        return {}
    return dict(enumerate(sorted(starts, key=lambda name: starts[name])))


def _surely(scored: Scored) -> Scored:
    """An amount told to be this measure's, whatever words of another one stand beside it."""
    return replace(scored, excluded=False, score=max(scored.score, _TOLD), own=max(scored.own, _TOLD))


_TOLD = 1.0
_ONE_EACH = re.compile(r"(前(面)?(那)?一?个|前者|第一个|头一个|一个|一项)(是|投|花|要|预算|大概|总投资|总共|约)*$")
_AND_ONE = re.compile(
    r"元?[、,，;； ]?(后(面)?(那)?一?个|后者|第二个|另(外)?一个|一个|一项)(是|投|花|要|预算|大概|总投资|总共|约)*"
)
_LISTED = re.compile(r"元?[、,，和跟与及 ]")


def _by_owner(measure: Measure, scored: Sequence[Scored], around: Surroundings) -> tuple[BaseAmount, ...]:
    """Each company's base by itself; what one elsewhere spent is left out where the measure is for companies here."""
    if measure.kind is Kind.MATCHED:
        return ()
    groups: dict[Owner, list[Scored]] = {}
    in_turn = _owners_in_turn(scored, around)
    for one in scored:
        owner = in_turn.get(one.item.money.start) or owner_at(one.item.money.start, around.owners)
        same = next((known for known in groups if owner and known.label == owner.label), owner)
        if same and _may_have(measure, one.item, around):
            groups.setdefault(same, []).append(one)
    elsewhere = elsewhere_of(measure, groups)
    found = [(owner, bases_of(measure, group, around)) for owner, group in groups.items()]
    if sum(bool(bases) for _, bases in found) < _SEVERAL:
        return ()
    here = [(owner, base) for owner, bases in found for base in bases if owner.label not in elsewhere]
    return tuple(
        replace(base, label=f"{owner.label}{base.label and '，'}{base.label}", elsewhere=elsewhere)
        for owner, base in here
    )


def _owners_in_turn(scored: Sequence[Scored], around: Surroundings) -> dict[int, Owner]:
    """The owner of each amount, by where it starts, where as many are listed (一家在无锡，一家在相城，分别付了…)."""
    starts = sorted(one.item.money.start for one in scored)
    if len(starts) != len(around.owners) or not starts:
        return {}
    last = around.owners[-1].start
    in_turn = starts[0] > last and RESPECTIVELY.search(around.text, last, starts[0])
    return dict(zip(starts, around.owners, strict=True)) if in_turn else {}


def _may_have(measure: Measure, item: Placed, around: Surroundings) -> bool:
    """Whether a measure can be its owner's: where something is named for that company alone, nothing else is."""
    starts = [owner.start for owner in around.owners]
    since = max(start for start in starts if start < item.money.start)
    until = min((start for start in starts if start > since), default=len(around.text))
    named = {subject.id for subject in around.subjects for hit in subject.hits if since <= hit.start < until}
    return not named or measure.id in named


_SEVERAL = 2


def _factored(bases: tuple[BaseAmount, ...], told: Sequence[Placed], around: Surroundings) -> tuple[BaseAmount, ...]:
    """打九折, 翻了一倍, 比计划省了8%: the base that the words make of the amount named."""
    base, text = bases[0], around.text
    if base.whole_only:
        return bases
    if found := re.search(r"打(了|个|完|过)?(?P<n>[1-9一二三四五六七八九](\.?[1-9一二三四五六七八九])?)折", text):
        digits = "".join(str("一二三四五六七八九".index(c) + 1) if c in "一二三四五六七八九" else c for c in found["n"])
        factor = Decimal(digits.replace(".", "")) / Decimal(10 ** len(digits.replace(".", "")))
    elif (doubled := DOUBLED.search(text)) and not any(item.steps for item in told):
        if told[0].money.start >= doubled.end() and not _BEFORE_IT.search(told[0].left):
            return bases  # 要是翻一倍，73万: what it comes to is told
        factor = Decimal(2)
    else:
        return bases
    if any(item.money.minimum * factor == base.amount.minimum for item in told):
        return bases  # 原价1100万打八五折,实付935万: the result itself is told
    return (times(base, factor),)


_BEFORE_IT = re.compile(r"原|现在|目前|本来|以前|之前|今年|去年")


def _belongs(mine: Scored, others: Sequence[Scored]) -> bool:
    best = max((other.score for other in others if not other.excluded), default=0.0)
    return mine.excluded or mine.score >= best - 0.3
