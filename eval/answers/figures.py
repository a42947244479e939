"""Figures of a text, read with simple means of its own: shares no code with the assistant, so that it can check it.

Each figure becomes a pair (kind, value): ("amount", yuan), ("percent", ratio × 100), ("ratio", "1:1"),
("day", "2026-05-23"), ("month", "2026-05"), ("year", "2026"), ("article", "六").
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

Value = tuple[str, str]

_DIGITS = {
    **{char: value for value, char in enumerate("零一二三四五六七八九")},
    **{char: value for value, char in enumerate("壹贰叁肆伍陆柒捌玖", start=1)},
    "〇": 0,
    "两": 2,
    "俩": 2,
}
_UNITS = {"亿": 10**8, "万": 10**4, "千": 1000, "仟": 1000, "百": 100, "佰": 100, "十": 10, "拾": 10}
_TRADITIONAL = str.maketrans("億萬圓貳兩個", "亿万元贰两个")

_NUMBER = r"\d[\d,]*(?:\.\d+)?"
_DASH = r"\s*(?:~|-|–|—|至|到|－|～)+\s*"
_AMOUNT = re.compile(
    rf"(?:(?P<first>{_NUMBER}){_DASH})?(?P<whole>(?:{_NUMBER}\s*[亿万千百]+\s*)*{_NUMBER}\s*(?:[亿万千百]+\s*元?|元))"
)
_PERCENT = re.compile(rf"(?:(?P<first>{_NUMBER})\s*%?{_DASH})?(?P<last>{_NUMBER})\s*%")
_RATIO = re.compile(r"(?<![\d:.])(\d+(?:\.\d+)?)\s*[:∶比]\s*(\d+(?:\.\d+)?)(?![\d:])")
_DATE = re.compile(r"(\d{4})\s*年(?:\s*(\d{1,2})\s*月(?:\s*(\d{1,2})\s*日)?)?|(\d{4})-(\d{2})-(\d{2})")
_ARTICLE = re.compile(r"第\s*([一二三四五六七八九十百\d]+)\s*条")

_NUMERALS = "".join([*_DIGITS, *_UNITS, "半点个几余多"])
_CHINESE = re.compile(rf"(?:[{_NUMERALS}\d.]|(?<=\d),(?=\d))+")
_ONE = "[一二三四五六七八九两]"
_CHINESE_PERCENT = re.compile(rf"百分之([{_NUMERALS}\d.]+)|({_ONE}|\d)成(半|{_ONE})?")
_CHINESE_RATIO = re.compile(f"({_ONE})比({_ONE})")
_ENGLISH_SCALES = {"thousand": 1000, "million": 10**6, "billion": 10**9}
_ENGLISH = re.compile(rf"({_NUMBER})[\s-]*({'|'.join(_ENGLISH_SCALES)})(?![a-z])", re.IGNORECASE)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ENGLISH_DATE = re.compile(
    rf"(?:(\d{{1,2}})(?:st|nd|rd|th)? )?({'|'.join(_MONTHS)})[a-z]*\.? (?:(\d{{1,2}})(?:st|nd|rd|th)?,? )?(20\d\d)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure as written in a text, with its value."""

    text: str
    value: Value


def plain(text: str) -> str:
    """The text in one form: full-width folded, traditional units simplified, Markdown emphasis gone."""
    return unicodedata.normalize("NFKC", text).translate(_TRADITIONAL).replace("*", "")


def figures(text: str) -> tuple[Figure, ...]:
    """Every figure of an answer's text that must have support."""
    return tuple(_figures(plain(text)))


def _figures(text: str) -> Iterator[Figure]:
    for match in _AMOUNT.finditer(text):
        whole = re.sub(r"\s|元", "", match["whole"])
        yield Figure(match[0], _amount(whole))
        if match["first"]:
            unit = re.search("[亿万千百]+$", whole)
            yield Figure(match[0], _amount(match["first"] + (unit[0] if unit else "")))
    for match in _PERCENT.finditer(text):
        for end in ("first", "last"):
            if match[end]:
                yield Figure(match[0], ("percent", _canonical(Decimal(match[end].replace(",", "")))))
    for match in _RATIO.finditer(text):
        yield Figure(match[0], ("ratio", f"{_canonical(Decimal(match[1]))}:{_canonical(Decimal(match[2]))}"))
    for match in _DATE.finditer(text):
        yield Figure(match[0], _date(match))
    for match in _ARTICLE.finditer(text):
        yield Figure(match[0], ("article", match[1]))


def evidence(text: str) -> frozenset[Value]:
    """Every value that a piece of evidence carries, numerals in Chinese characters included. Read generously: a user
    who writes 一亿二, 350w or 9 million has given 1.2亿, 350万 and 900万."""
    simple = plain(text)
    values = {figure.value for figure in _figures(simple)}
    for digits in re.findall(rf"({_NUMBER})\s*[wW]", simple):
        values.add(("amount", _canonical(Decimal(digits.replace(",", "")) * 10000)))
    for digits, scale in _ENGLISH.findall(simple):
        values.add(("amount", _canonical(Decimal(digits.replace(",", "")) * _ENGLISH_SCALES[scale.lower()])))
    for before, month, after, year in _ENGLISH_DATE.findall(simple):
        in_month = f"{year}-{_MONTHS.index(month.lower()) + 1:02}"
        values.add(("month", in_month))
        if day := before or after:
            values.add(("day", f"{in_month}-{int(day):02}"))
    for match in _CHINESE.finditer(simple):
        if (number := read_number(match[0])) is not None:
            values.add(("amount", _canonical(number)))
            if simple.startswith("万", match.end()):
                values.add(("amount", _canonical(number * 10000)))
    for match in _CHINESE_PERCENT.finditer(simple):
        if match[1]:
            share = read_number(match[1])
        else:
            tail = match[3] or "零"
            share = _digit(match[2]) * 10 + (5 if tail == "半" else _digit(tail))
        if share is not None:
            values.add(("percent", _canonical(share)))
    for match in _CHINESE_RATIO.finditer(simple):
        values.add(("ratio", f"{_DIGITS[match[1]]}:{_DIGITS[match[2]]}"))
    values |= {("year", value[:4]) for kind, value in values if kind in ("day", "month")}
    values |= {("month", value[:7]) for kind, value in values if kind == "day"}
    return frozenset(values)


def amount(yuan: str | Decimal) -> Value:
    """An amount in yuan as a value."""
    return "amount", _canonical(Decimal(yuan))


def percent(ratio: str | Decimal) -> Value:
    """A ratio (0.20) as a percentage."""
    return "percent", _canonical(Decimal(ratio) * 100)


def read_number(text: str) -> Decimal | None:
    """A numeral in digits, characters or both: 一百二十万, 4百50万, 1.5个亿, 半个亿, 一亿二; None when it is none."""
    text = re.sub("[个,几余多]", "", text)
    if not text:
        return None
    unit = max((char for char in text if char in _UNITS), key=lambda char: _UNITS[char], default=None)
    if unit is None:
        return _plain_number(text)
    left, _, right = text.rpartition(unit) if _UNITS[unit] >= 10**4 else text.partition(unit)
    head = Decimal(1) if not left else read_number(left)
    tail = Decimal(0) if not right else read_number(right)
    if head is None or tail is None:
        return None
    if right in ("半",) or (len(right) == 1 and right in _DIGITS and _UNITS[unit] >= 100 and right != "零"):
        return head * _UNITS[unit] + tail * (_UNITS[unit] if right == "半" else _UNITS[unit] // 10)
    return head * _UNITS[unit] + tail


def _plain_number(text: str) -> Decimal | None:
    if text == "半":
        return Decimal("0.5")
    if text.endswith("半"):
        head = read_number(text[:-1])
        return None if head is None else head + Decimal("0.5")
    digits = "".join(str(_DIGITS[char]) if char in _DIGITS else "." if char == "点" else char for char in text)
    try:
        return Decimal(digits)
    except InvalidOperation:
        return None


def _digit(char: str) -> Decimal:
    return Decimal(_DIGITS.get(char, char))


def _amount(text: str) -> Value:
    number = read_number(text)
    return ("amount", _canonical(number)) if number is not None else ("amount", text)


def _date(match: re.Match[str]) -> Value:
    year, month, day = (match[1], match[2], match[3]) if match[1] else (match[4], match[5], match[6])
    if day:
        return "day", f"{year}-{int(month):02}-{int(day):02}"
    return ("month", f"{year}-{int(month):02}") if month else ("year", year)


def _canonical(number: Decimal) -> str:
    """One spelling for equal numbers: no exponent, no trailing zeros."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
