"""What single years cost, each by itself: for a measure counted by year, or by occasion."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.policy.measure import Measure, Per
from assistant.understanding.sums.amounts import Placed
from assistant.understanding.sums.base_amount import BaseAmount, Surroundings, summed
from assistant.understanding.sums.units import years_in_turn, years_of


def by_year(measure: Measure, items: Sequence[Placed], around: Surroundings) -> tuple[BaseAmount, ...]:
    """Sums of single years for a measure counted by year or by occasion, each year's amounts added up."""
    if not (measure.base and len(items) > 1 and (measure.base.yearly or _occasions(measure, around))):
        return ()
    years = years_in_turn(items, around.text) or _named_in_turn(items, around) or years_of(items, around)
    if not all(years) or len(set(years)) == 1:
        return ()
    groups: dict[str, list[Placed]] = {}
    for item, year in zip(items, years, strict=True):
        groups.setdefault(year, []).append(item)
    return tuple(replace(summed(group), label=year) for year, group in groups.items())


def _named_in_turn(items: Sequence[Placed], around: Surroundings) -> list[str]:
    """As many years as amounts, listed before them (去年和今年分别花了500万和800万)."""
    first = items[0].money.start
    named = [d for d in around.dates if d.end <= first and d.first.year == d.last.year]
    later = [d for d in around.dates if first < d.start < items[-1].money.start]
    years = [f"{d.first.year}年" for d in named]
    if len(years) != len(items) or later or not RESPECTIVELY.search(around.text, named[-1].end, first):
        return []
    return years


RESPECTIVELY = re.compile(r"分别|依次|各自?|先后")


def _occasions(measure: Measure, around: Surroundings) -> bool:
    """Whether what two years cost is two occasions (去年展会花了300万，今年花了400万), not one paid in both."""
    once = measure.cap is not None and measure.cap.per is Per.ONCE
    opening = around.text[: min((date.start for date in around.dates), default=0)]
    return once and not (_ONE_OCCASION.search(opening) or _SAME_OCCASION.search(around.text))


_ONE_OCCASION = re.compile(r"(这|那|该|本|有|办)(了)?一?(场|届|次|个)")
_SAME_OCCASION = re.compile(r"同一?(场|届|次|个)|跨年|分(两|2)年|一届|筹备")
