"""Sums by the month told of months of several years: what each year comes to, and the one year that is asked for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.calculator.interval import Interval, add_up
from assistant.calculator.steps import show
from assistant.understanding.sums.amounts import Placed
from assistant.understanding.sums.base_amount import BaseAmount, Surroundings


def months_of_years(items: Sequence[Placed], months: Sequence[int], around: Surroundings) -> tuple[BaseAmount, ...]:
    """The base of each year from monthly sums and for how many months each was paid (去年9月到12月每月15万，今年1月
    和2月每月22万); empty where they are not told of several years."""
    years = [_year_of(item, around) for item in items]
    if not all(years) or len(set(years)) == 1:
        return ()
    bases = []
    for year in dict.fromkeys(years):
        own = [(item, count) for item, count, of in zip(items, months, years, strict=True) if of == year]
        each = [Interval.exactly(item.money.minimum * count) for item, count in own]
        steps = [f"{show(told.amount)} × {n} = {show(sum_)}" for (told, n), sum_ in zip(own, each, strict=True)]
        if len(each) > 1:
            steps.append(f"{' + '.join(map(show, each))} = {show(add_up(each))}")
        bases.append(BaseAmount(add_up(each), year, derivation=tuple(steps)))
    return tuple(bases)


def _year_of(item: Placed, around: Surroundings) -> str:
    """The one calendar year named in what leads up to an amount (去年9月到12月)."""
    start = item.money.start - len(item.ahead)
    named = [d for d in around.dates if start <= d.start < item.money.start and _YEAR.match(d.text)]
    years = {d.first.year for d in named if d.first.year == d.last.year}
    return f"{years.pop()}年" if len(years) == 1 else ""


def of_the_year_asked(bases: tuple[BaseAmount, ...], around: Surroundings) -> tuple[BaseAmount, ...]:
    """The base of the one year that the text asks for (只想先问去年那四个月的); all where it asks for no one year."""
    asked = list(_ONLY.finditer(around.text))
    years = {
        f"{d.first.year}年"
        for d in around.dates
        if d.first.year == d.last.year and any(found.start() < d.start < found.end() for found in asked)
    }
    kept = tuple(base for base in bases if base.label in years)
    return kept if len(years) == 1 and len(kept) == 1 else bases


_YEAR = re.compile(r"[去今前明]年|上一?年|本年|(20)?\d\d年")
_ONLY = re.compile(
    r"(只|单|先|光|就)(想|要|先|请|帮我|麻烦|单独|问|算|看|说|报|讲|了解|知道)+(一下|下)?[^,，。;；?？\d]{0,4}"
    r"([去今前明]年|上一?年|本年|20\d\d年)(?![^,，。;；?？]{0,12}\d[\d.]*[万亿])"
)
