"""Measures and single years told to reach their ceiling, with no sum of their own (今年付了700万，明年拿满)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from assistant.calculator.interval import Interval
from assistant.policy.measure import Measure, Per
from assistant.understanding.subject.names import Subject
from assistant.understanding.sums.amounts import Placed, words
from assistant.understanding.sums.base_amount import BaseAmount, Surroundings
from assistant.understanding.sums.sides import SUPPORT, side_of


def with_full_years(
    measure: Measure, bases: tuple[BaseAmount, ...], items: Sequence[Placed], around: Surroundings
) -> tuple[BaseAmount, ...]:
    """The base of one year, and another year of which only the ceiling is told (今年付了700万，明年拿满)."""
    if measure.cap is None or measure.cap.per is not Per.YEAR or len(bases) != 1 or not bases[0].label:
        return bases
    for date in around.dates:
        label = f"{date.first.year}年"
        clause = _full().match(around.text, date.end)
        if clause and date.first.year == date.last.year and label != bases[0].label:
            full = BaseAmount(Interval.exactly(measure.cap.amount), label, at_cap=True)
            given = any(words()["given_directly"].search(item.left) and side_of(item) == SUPPORT for item in items)
            told = replace(bases[0], received=given and not bases[0].derivation)
            return tuple(sorted((told, full), key=lambda base: base.label))
    return bases


@lru_cache(maxsize=1)
def _full() -> re.Pattern[str]:
    full = words()["at_ceiling"].pattern
    return re.compile(rf"[^,，。;；?？\d]{{0,6}}({full})(?![^,，。;；]{{0,4}}(多少|几|吗|得|要))")


def is_at_cap(text: str, measure: str, named: Sequence[Subject]) -> bool:
    """Whether a measure is taken at its ceiling (绩效也拿满)."""
    full = words()["at_ceiling"]
    if re.search(rf"都(能|可以|按)?[拿吃领补用]?({full.pattern})", text):
        return any(subject.id == measure for subject in named)
    ends = [hit.end for subject in named if subject.id == measure for hit in subject.hits]
    return any(full.search(text, end, min(len(text), end + 10)) for end in ends)
