"""Every figure of a finished text: amounts, rates, ratios, days, article numbers, and what is left of numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from assistant.calculator.money import find_money
from assistant.calculator.rates import find_rates, find_ratios

_ARTICLE = re.compile(r"第([一二三四五六七八九十]{1,3}|\d{1,2})条")
_DAY = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
_MONTH = re.compile(r"(\d{4})年(\d{1,2})月(?!\d{1,2}日)")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: kind (amount, rate, ratio, day, month, article, number), a comparable key, and where it stands."""

    kind: str
    key: tuple[Decimal | str | int, ...]
    text: str
    start: int
    end: int


@lru_cache(maxsize=4096)
def find_figures(text: str) -> tuple[Figure, ...]:
    """The figures of ``text`` in order, each character in at most one of them. Kept: clauses recur in every answer."""
    taken = bytearray(len(text))
    figures: list[Figure] = []
    for figure in _candidates(text):
        if not any(taken[figure.start : figure.end]):
            taken[figure.start : figure.end] = b"\x01" * (figure.end - figure.start)
            figures.append(figure)
    for m in re.finditer(r"\d", text):
        if not taken[m.start()]:
            taken[m.start()] = 1
            figures.append(Figure("number", (m.group(),), m.group(), m.start(), m.end()))
    return tuple(sorted(figures, key=lambda figure: figure.start))


def _candidates(text: str) -> Iterator[Figure]:
    for m in _DAY.finditer(text):
        yield Figure("day", (int(m[1]), int(m[2]), int(m[3])), m.group(), m.start(), m.end())
    for m in _MONTH.finditer(text):
        yield Figure("month", (int(m[1]), int(m[2])), m.group(), m.start(), m.end())
    for m in _ARTICLE.finditer(text):
        yield Figure("article", (m[1],), m.group(), m.start(), m.end())
    for money in find_money(text):
        yield Figure("amount", (money.currency, money.minimum, money.maximum), money.text, money.start, money.end)
    for rate in find_rates(text):
        yield Figure("rate", (rate.minimum, rate.maximum), rate.text, rate.start, rate.end)
    for ratio in find_ratios(text):
        yield Figure("ratio", (ratio.left, ratio.right), ratio.text, ratio.start, ratio.end)
    for m in _NUMBER.finditer(text):
        yield Figure("number", (m.group().replace(",", ""),), m.group(), m.start(), m.end())
