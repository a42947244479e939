"""Spans of time in a question: 成立两年, 18个月, 连续三年, 一年半, 每年."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from assistant.understanding.time.periods import is_short_year, numeral

DurationKind = Literal["age", "each", "consecutive", "span"]


@dataclass(frozen=True, slots=True)
class DurationMention:
    """A span of ``years`` (exact to four places; 两三年 counts as two).

    ``kind`` tells the age of the company, 每 and 连续 from any other span.
    """

    start: int
    end: int
    text: str
    years: Decimal
    kind: DurationKind = "span"


_AGE = r"(?:成立|创办|开办|注册|设立|创立)(?:了|满|已经|已|才|刚|不到|将近|近|超过|有|快|至今|大概|约)*"
_DURATION = re.compile(
    rf"(?P<age>{_AGE})?(?P<each>每)?(?P<run>连续|连着)?"
    r"(?<![\d.〇零一二三四五六七八九十第下同哪那这前后某去今明])(?<!(?<![加算])上)"
    r"(?P<number>\d{1,3}(?:\.\d+)?|[一二两三四五六七八九十]{1,3}|半)?"
    r"(?P<unit>年半|周年|个年头|年(?!前|级|底|初|末|度|中|月|报|费|会|化|薪|龄|轻)|个半月|个多?月(?!前)"
    r"|个季度(?!前)|季度|个?星期(?!前|[一二三四五六日天])|周(?!年|期|边|转|[一二三四五六日末])|个?工作日|天(?!前)|日(?=内|以内|之内)|月(?=\b|付|缴|租|均))"
)
_MONTH = Decimal(1) / 12
_DAY = Decimal(1) / 365


def find_durations(text: str) -> tuple[DurationMention, ...]:
    """The spans of time in ``text`` (normalised), in order. 三年前 and 2023年 are dates and not among them."""
    found: list[DurationMention] = []
    for match in _DURATION.finditer(text):
        number, unit, each = match["number"], match["unit"], match["each"]
        if number is None and not each:
            continue
        if number is not None and (unit in ("月", "季度") or _is_year(text, match, number)):
            continue
        amount = _amount(number)
        if amount is None or amount <= 0:
            continue
        start = match.start()
        kind: DurationKind = "each" if each else "age" if match["age"] else "consecutive" if match["run"] else "span"
        years = _years(amount, unit)
        found.append(DurationMention(start, match.end(), match.group(), years, kind))
    return tuple(found)


def span_of_years(text: str) -> int:
    """The whole years, more than one, for which something lasts (连续三年, 给四年); 0 where none is told."""
    spans = (d.years for d in find_durations(text) if d.kind in ("consecutive", "span"))
    return next((int(years) for years in spans if 1 < years <= MOST_YEARS and years == int(years)), 0)


MOST_YEARS = 10
"""No support is reckoned for longer: 二十年 is something else."""


def _is_year(text: str, match: re.Match[str], number: str) -> bool:
    """22年 as a year of the calendar."""
    start = match.start("number")
    plain = not match["age"] and not match["run"] and match["unit"] == "年"
    return plain and number.isdecimal() and len(number) == 2 and is_short_year(text, start, start + 3)


def _amount(number: str | None) -> Decimal | None:
    if number is None:
        return Decimal(1)
    if number == "半":
        return Decimal("0.5")
    if number[0].isdecimal():
        return Decimal(number)
    value = numeral(number)
    return None if value is None else Decimal(value)


def _years(amount: Decimal, unit: str) -> Decimal:
    if unit == "年半":
        years = amount + Decimal("0.5")
    elif unit in ("年", "周年", "个年头"):
        years = amount
    elif "半月" in unit:
        years = (amount + Decimal("0.5")) * _MONTH
    elif unit.endswith("月"):
        years = amount * _MONTH
    elif unit.endswith("季度"):
        years = amount * Decimal("0.25")
    elif unit.endswith("星期") or unit == "周":
        years = amount * 7 * _DAY
    else:
        years = amount * _DAY
    plain = years.quantize(Decimal("0.0001")).normalize()
    return Decimal(f"{plain:f}")
