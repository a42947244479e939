"""From amounts with roles to the bases of measures: parts and wholes, shares, unit prices, months, years, exclusions.

Every derived base carries its derivation as Chinese steps (``280万元 − 30万元 = 250万元``), so that the figure can be
checked and nothing is computed in the dark.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.calculator.interval import Interval
from assistant.calculator.steps import show
from assistant.policy.measure import Kind, Measure
from assistant.understanding.amounts import Placed, Scored, score, takes_amounts, words
from assistant.understanding.base_amount import BaseAmount, Surroundings, plain, summed
from assistant.understanding.base_shares import (
    counted_share,
    counts_a_part,
    named_share,
    paid_share,
    reduced,
    remainder,
    shared,
)
from assistant.understanding.base_units import (
    apart,
    by_count,
    by_usage,
    labelled_items,
    periodic,
    unit_prices,
    years_of,
)

_LABELLED = 1.0


def assign(
    measures: Sequence[Measure], candidates: Sequence[Placed], around: Surroundings
) -> dict[str, tuple[BaseAmount, ...]]:
    """The bases of each measure (by id) among the candidate amounts; a measure with none is absent."""
    takers = [measure for measure in measures if takes_amounts(measure)]
    table = {measure.id: [score(measure, item, around.subjects) for item in candidates] for measure in takers}
    result: dict[str, tuple[BaseAmount, ...]] = {}
    for measure in takers:
        mine = [
            scored
            for index, scored in enumerate(table[measure.id])
            if _belongs(scored, [table[other.id][index] for other in takers if other is not measure])
        ]
        if bases := _bases(measure, mine, around):
            result[measure.id] = bases
    return result


def _belongs(mine: Scored, others: Sequence[Scored]) -> bool:
    best = max((other.score for other in others if not other.excluded), default=0.0)
    return mine.excluded or mine.score >= best - 0.3


def _bases(measure: Measure, scored: Sequence[Scored], around: Surroundings) -> tuple[BaseAmount, ...]:
    usage = by_usage(scored, around.text) or by_count(measure, scored, around.text)
    if usage:
        return usage
    if paid := paid_share(measure, scored, around):
        return (paid,)
    if measure.kind is Kind.MATCHED:
        return _one_side(scored)
    if not counts_a_part(measure) and (part := named_share(measure, scored, around)):
        return (part,)
    kept = [s for s in scored if not s.excluded and s.score > 0]
    if measure.base and measure.base.unit:
        return unit_prices(scored, kept, around)
    if any(s.settled for s in kept):
        paid = bool(measure.base and "实际" in measure.base.name)
        kept = [s for s in kept if s.settled or not (paid or s.planned)]
    labelled = [s for s in kept if s.score >= _LABELLED]
    kept = labelled or kept
    if not kept and not counts_a_part(measure):
        return ()
    wholes, parts = [s for s in kept if s.whole], [s for s in kept if not s.whole]
    if counts_a_part(measure):
        return _partial(measure, wholes, parts, scored, around)
    surest = max((s.score for s in parts), default=0.0)
    if wholes and surest > max(s.score for s in wholes) + 0.15:
        wholes, kept = [], parts
    if wholes and not apart(around.text, kept):
        return (reduced(max(wholes, key=lambda s: s.score), scored, measure, around),)
    return _several(measure, parts if parts and not wholes else kept, scored, around)


def _one_side(scored: Sequence[Scored]) -> tuple[BaseAmount, ...]:
    """What one side of a 1:1 measure gives; of a sum of both sides, its half."""
    item = next((s.item for s in scored), None)
    if item is None:
        return ()
    if not re.search(r"合计|两级|市区|市、区|总共|一共|两边|共", item.left):
        return (plain(item),)
    half = Interval(item.money.minimum / 2, item.money.maximum / 2)
    return (BaseAmount(half, derivation=(f"{show(item.amount)} ÷ 2 = {show(half)}",)),)


def _partial(
    measure: Measure,
    wholes: Sequence[Scored],
    parts: Sequence[Scored],
    scored: Sequence[Scored],
    around: Surroundings,
) -> tuple[BaseAmount, ...]:
    if not wholes and not parts:
        wholes = [s for s in scored if s.whole]
    surer = [s for s in wholes if s.own >= _PART_WORD]
    if surer and len(wholes) + len(parts) > len(surer):
        wholes, parts = [s for s in wholes if s not in surer], [*parts, *surer]
    if wholes and (found := counted_share(measure, around)):
        whole = max(wholes, key=lambda s: s.score).item
        return (shared(whole, found),)
    if wholes and (rest := remainder(wholes[0].item, [*parts, *(s for s in scored if s.excluded)], around)):
        return (rest,)
    if parts and not wholes and (found := counted_share(measure, around)) and len(parts) == 1:
        return (shared(parts[0].item, found),)
    if parts:
        return _several(measure, parts, parts, around)
    return tuple(plain(s.item, whole_only=True) for s in wholes[:1])


_PART_WORD = 1.8


def _several(
    measure: Measure, kept: Sequence[Scored], scored: Sequence[Scored], around: Surroundings
) -> tuple[BaseAmount, ...]:
    if by_year := _by_year(measure, [s.item for s in kept], around):
        return by_year
    best = max(s.score for s in kept)
    near = [s for s in kept if s.score >= best - 1.6] if best >= _LABELLED else list(kept)
    if len(near) == 1:
        year = _year_near(near[0].item, around) if measure.base and measure.base.yearly else ""
        return (periodic(replace(reduced(near[0], scored, measure, around), label=year), near[0].item, measure),)
    if apart(around.text, near):
        return labelled_items([s.item for s in near], around)
    if (
        best < _LABELLED
        and (wholes := [s for s in kept if not words()["part"].search(s.item.left)])
        and len(wholes) == 1
    ):
        return (reduced(wholes[0], scored, measure, around),)
    if best < _LABELLED and not re.search(r"[全都]算|合计|一共|总共|加起来|相加|分.{1,2}期|共", around.text):
        return ()
    if whole := _sum_among(near):
        return (plain(whole.item),)
    return (summed([s.item for s in near]),)


def _by_year(measure: Measure, items: Sequence[Placed], around: Surroundings) -> tuple[BaseAmount, ...]:
    """Sums of single years for a measure counted by year, each year's amounts added up."""
    years = years_of(items, around)
    if not (measure.base and measure.base.yearly and len(items) > 1 and all(years) and len(set(years)) > 1):
        return ()
    groups: dict[str, list[Placed]] = {}
    for item, year in zip(items, years, strict=True):
        groups.setdefault(year, []).append(item)
    return tuple(
        replace(summed(group), label=year) if len(group) > 1 else plain(group[0], label=year)
        for year, group in groups.items()
    )


def _year_near(item: Placed, around: Surroundings) -> str:
    """The single year in whose clause an amount stands (去年花了1300万)."""
    start = item.money.start - len(item.left)
    near = [d for d in around.dates if start <= d.start < item.money.start and d.first.year == d.last.year]
    return f"{near[-1].first.year}年" if near else ""


def _sum_among(items: Sequence[Scored]) -> Scored | None:
    """One amount that equals the sum of the others is their whole."""
    everything = sum((s.item.money.maximum for s in items), Decimal(0))
    return next((s for s in items if len(items) > 2 and s.item.money.maximum * 2 == everything), None)
