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
from assistant.understanding.sums.ordinal_years import named_in_a_row, place_of
from assistant.understanding.sums.sides import SUPPORT, side_of


def with_full_years(
    measure: Measure, bases: tuple[BaseAmount, ...], items: Sequence[Placed], around: Surroundings
) -> tuple[BaseAmount, ...]:
    """The base of one year, and another year of which only the ceiling is told (今年付了700万，明年拿满)."""
    if measure.cap is None or measure.cap.per is not Per.YEAR or len(bases) != 1:
        return bases
    one_year = [date for date in around.dates if date.first.year == date.last.year]
    by_number = [(f"{date.first.year}年", date.end) for date in one_year]
    named = by_number or named_in_a_row(around.text)
    full = {label: _full().match(around.text, end) for label, end in named}
    labels = list(dict.fromkeys(label for label in full if not full[label]))
    own = bases[0].label or (labels[0] if len(labels) == 1 and not by_number else "")
    years = [label for label in full if full[label] and label != own]
    if not own or not years:
        return bases
    given = any(words()["given_directly"].search(item.left) and side_of(item) == SUPPORT for item in items)
    told = replace(bases[0], label=own, received=given and not bases[0].derivation)
    at_cap = (BaseAmount(Interval.exactly(measure.cap.amount), label, at_cap=True) for label in years)
    return tuple(sorted((told, *at_cap), key=lambda base: (place_of(base.label), base.label)))


@lru_cache(maxsize=1)
def _full() -> re.Pattern[str]:
    full = words()["at_ceiling"].pattern
    return re.compile(rf"[^,，。;；?？\d]{{0,6}}({full}|封顶)(?![^,，。;；]{{0,4}}(多少|几|吗|得|要))")


def is_at_cap(text: str, measure: str, named: Sequence[Subject]) -> bool:
    """Whether a measure is taken at its ceiling (绩效也拿满)."""
    full = words()["at_ceiling"]
    if re.search(rf"都(能|可以|按)?[拿吃领补用]?({full.pattern})", text):
        return any(subject.id == measure for subject in named)
    ends = [hit.end for subject in named if subject.id == measure for hit in subject.hits]
    return any(full.search(text, end, min(len(text), end + 10)) for end in ends)
