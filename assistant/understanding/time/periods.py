"""Calendar arithmetic for dates as people say them: intervals of whole days, both ends included."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

Interval = tuple[date, date]

_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}

_SPAN_BEFORE = re.compile(
    r"(?:成立|开办|经营|运营|做|干|搞|开|满|超过|超|不到|近|将近|约|大约|有|期限?|共|已|已经|连续|未来|今后|过去|最近|前|头|了|"
    r"质保|续|租期?|合作|从业|工龄|长达|达|为期?|至少|最多|最长)$"
)
_SPAN_AFTER = re.compile(
    r"以上|以内|之内|内|来(?!自)|多|间|期|经验|历史|的?(?:老|历史|经验|从业|使用寿命|租期)|工龄|一次"
)


def numeral(text: str) -> int | None:
    """A whole number below 1000 in digits or Chinese (12, 十二, 廿三, 一百二十, 二〇二三); None for anything else."""
    if text.isdecimal():
        return int(text)
    if text and all(character in _DIGITS for character in text):
        # 两三 (two or three): the lower one; 二〇二三: digit by digit.
        if len(text) == 2 and text[0] not in "零〇○":
            return _DIGITS[text[0]]
        return int("".join(str(_DIGITS[character]) for character in text))
    total, digit = 0, 0
    for character in text.replace("廿", "二十"):
        if character in _DIGITS:
            digit = _DIGITS[character]
        elif character in "十百":
            total += (digit or 1) * (10 if character == "十" else 100)
            digit = 0
        else:
            return None
    return total + digit if text else None


def month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def shift_month(year: int, month: int, months: int) -> tuple[int, int]:
    index = year * 12 + month - 1 + months
    return index // 12, index % 12 + 1


def year_interval(year: int) -> Interval:
    return date(year, 1, 1), date(year, 12, 31)


def months_interval(year: int, first: int, last: int) -> Interval:
    return date(year, first, 1), month_end(year, last)


def quarter_interval(year: int, quarter: int) -> Interval:
    return months_interval(year, quarter * 3 - 2, quarter * 3)


def part_of_year(year: int, part: str) -> Interval:
    """年初 is January to March, 年中 June and July, 年底 December; 上半年 and 下半年 are halves."""
    first, last = {"初": (1, 3), "中": (6, 7), "底": (12, 12), "末": (12, 12), "上": (1, 6), "下": (7, 12)}[part]
    return months_interval(year, first, last)


def part_of_month(year: int, month: int, part: str) -> Interval:
    """上旬, 中旬, 下旬 as the calendar has them; 月初 the first ten days, 月中 the middle ten, 月底 the last seven."""
    end = month_end(year, month)
    if part in ("上旬", "初"):
        return date(year, month, 1), date(year, month, 10)
    if part in ("中旬", "中"):
        return date(year, month, 11), date(year, month, 20)
    if part == "下旬":
        return date(year, month, 21), end
    return end - timedelta(days=6), end


def day_interval(year: int, month: int, day: int) -> Interval | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found, found


def is_short_year(text: str, start: int, end: int) -> bool:
    """Whether two digits and 年 (``text[start:end]`` begins with them) are a year (22年底) and not a span (20年)."""
    value = int(text[start : start + 2])
    if end > start + 3 or value < 10:
        return value < 40
    before = text[max(0, start - 4) : start]
    return 15 <= value < 40 and not _SPAN_BEFORE.search(before) and not _SPAN_AFTER.match(text, end)
