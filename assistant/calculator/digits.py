"""The smallest parts of a number: digit literals, Chinese digits, pairs such as 三五, and the vague 几."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from assistant.calculator.counters import counts_after_digit

DIGITS = {"零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
UNITS = {"十": 10, "百": 100, "千": 1000}
WAN = Decimal(10_000)
YI = Decimal(100_000_000)
ONE = Decimal(1)

# Grouped by comma or by space in threes, or plain. Groups are limited, so that a long list costs only its length.
_ARABIC = re.compile(
    r"[0-9]+(?:\.[0-9]+)?[eE]\+?[0-9]{1,2}(?![0-9A-Za-z])"  # as a spreadsheet shows large figures
    r"|[0-9](?: [0-9]){1,11}(?= ?[千百十万亿元块])"  # typed with a space after every character
    r"|[0-9]{1,3}(?:,[0-9]{3}){1,6}(?!,?[0-9])(?:\.[0-9]+)?"
    r"|[0-9]{1,4}(?:,[0-9]{4}){0,2},0000(?!,?[0-9])"  # 150,0000: by ten thousands, as Chinese counts
    r"|[0-9]{1,3}(?: [0-9]{3}){1,4}(?! ?[0-9])(?:\.[0-9]+)?"
    r"|[0-9]+(?:\.[0-9]+)?|\.[0-9]{1,2}"
)
_QUANTIZED = Decimal(10) ** 20
_ZEROS_FIRST = re.compile("0[0-9]")  # the rest of a figure written some other way (1'500'000), or a code
_CHINESE_DIGITS = re.compile("[零一二三四五六七八九两]+")
_ARABIC_POINT = re.compile(r"点([0-9]{1,2})(?=[ ]?个?[万亿])")
_CONSECUTIVE = re.compile("([一二三四五六七八])、([二三四五六七八九])(?=[十百千万亿])")
_ARABIC_CONSECUTIVE = re.compile("([1-8])、([2-9])(?=[十百千万亿])")


class Numeral(NamedTuple):
    """One number (a named tuple: many are made for one text). ``minimum``/``maximum`` include the scale.

    ``scale`` is the last multiplier (万, 亿, w …) or 1, ``unit`` the 十百千 right before it or 1, ``plain`` says that
    the number is digits only (so a range may lend it a unit: 500 in 500到800万), ``fuzzy`` is "above" (多, 余),
    "about" (来, 几, 三五) or None, ``vague`` that no figure stands there at all (几百万), ``implied`` that the leading
    一 is left out (百万), ``letters`` the Latin scale (w, kw, k, m …).
    """

    start: int
    end: int
    minimum: Decimal
    maximum: Decimal
    scale: Decimal = ONE
    unit: Decimal = ONE
    plain: bool = False
    fuzzy: str | None = None
    vague: bool = False
    implied: bool = False
    letters: str = ""

    def times(self, factor: Decimal) -> Numeral:
        """The same number in units of ``factor``."""
        return self._replace(minimum=self.minimum * factor, maximum=self.maximum * factor, scale=self.scale * factor)


def arabic(literal: str) -> Decimal:
    """A digit literal, grouped by comma or space or not, with an exponent or not, as a Decimal."""
    value = Decimal(literal.replace(",", "").replace(" ", ""))
    return value.quantize(ONE) if value == value.to_integral_value() and value < _QUANTIZED else value


def coefficient(text: str, at: int, *, first: bool) -> Numeral | None:
    """Digits without a unit: 4, 50, 三, 三五 (a range), 二〇〇, 几."""
    char = text[at : at + 1]
    if "0" <= char <= "9" or char == ".":
        pair = _ARABIC_CONSECUTIVE.match(text, at) if first else None
        if pair and int(pair[2]) == int(pair[1]) + 1:
            return Numeral(at, pair.end(), Decimal(pair[1]), Decimal(pair[2]), fuzzy="about")
        found = _ARABIC.match(text, at)
        if found is None or len(found.group()) > 40 or _ZEROS_FIRST.match(found.group()):
            return None
        value, end = arabic(found.group()), found.end()
        point = _ARABIC_POINT.match(text, end)
        if point and "." not in found.group():
            value, end = Decimal(f"{value}.{point[1]}"), point.end()
        return Numeral(at, end, value, value, plain=True)
    if char in ("几", "数"):
        low = ONE if first or text[at + 1 : at + 2] in UNITS else Decimal(0)  # 几十 is ten or more, 十几 from ten
        return Numeral(at, at + 1, low, Decimal(10), fuzzy="about", vague=first)
    run = _CHINESE_DIGITS.match(text, at)
    return _chinese_digits(text, at, run.group(), first=first) if run else None


def _chinese_digits(text: str, at: int, run: str, *, first: bool) -> Numeral | None:
    digits = run if first else run.lstrip("零")
    end = at + len(run)
    if not digits:
        return None
    values = [DIGITS[digit] for digit in digits]
    if len(values) == 1:
        pair = _CONSECUTIVE.match(text, at) if first else None
        if pair and DIGITS[pair[2]] == values[0] + 1 and text[at - 1 : at] != "\n":
            return Numeral(at, pair.end(), Decimal(values[0]), Decimal(DIGITS[pair[2]]), fuzzy="about")
        return Numeral(at, end, Decimal(values[0]), Decimal(values[0]), plain=True)
    low, high = values[0], values[1]
    if len(values) == 2 and low > 0 and (high == low + 1 or (low, high) == (3, 5)):
        return Numeral(at, end, Decimal(low), Decimal(high), fuzzy="about")
    if first and (len(values) > 2 or 0 in values) and "两" not in digits and len(values) <= 16:
        value = Decimal("".join(map(str, values)))
        return Numeral(at, end, value, value, plain=True)
    if len(values) == 2 and high and counts_after_digit(text, end) and text[end] not in "千百十万亿":
        return Numeral(at, at + 1, Decimal(low), Decimal(low), plain=True)  # 两万五一台: the second digit counts
    return None
