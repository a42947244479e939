"""Years that a sum is told of by another name (前年, 去年, 24年): the sum's steps say which year that is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from assistant.answering.decide import Decision
from assistant.calculator.calculation import Calculation
from assistant.calculator.steps import which_year
from assistant.understanding.normalise import normalise
from assistant.understanding.time.dates import find_dates

_YEAR = re.compile(r"20\d\d(?=年)")


def with_years_named(decision: Decision, words: Sequence[str], as_of: date) -> Decision:
    """``decision`` with a first step (前年即2023年) for every year of a label that no one of the user's ``words``, the
    latest last, has in full. Relative years count from ``as_of``."""
    if not any(_YEAR.search(calculation.label) for calculation in decision.calculations):
        return decision
    texts = [normalise(text).text for text in words]
    told = {int(year) for text in texts for year in _YEAR.findall(text)}
    names = {
        mention.first.year: mention.text
        for text in texts
        for mention in find_dates(text, as_of)
        if mention.first.year == mention.last.year
    }
    names = {year: name for year, name in names.items() if year not in told}
    items = (
        replace(item, calculations=tuple(_named(calculation, names) for calculation in item.calculations))
        for item in decision.measures
    )
    return replace(decision, measures=tuple(items))


def _named(calculation: Calculation, names: dict[int, str]) -> Calculation:
    found = _YEAR.search(calculation.label)
    name = names.get(int(found.group())) if found else None
    if found is None or name is None:
        return calculation
    return replace(calculation, steps=(which_year(name, int(found.group())), *calculation.steps))
