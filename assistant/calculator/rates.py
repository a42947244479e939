"""Percentages, shares and ratios in Chinese text: 20%, 百分之二十, 两成, 三成半, 三分之一, 一半, 20个点, 1:1, 一比一.

``find_rates`` gives ratios (0.20 for 20%), ``find_ratios`` pairs (1, 1). Both return spans and never raise.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, localcontext

from assistant.calculator.digits import DIGITS, Numeral
from assistant.calculator.numerals import read_numeral
from assistant.calculator.plaintext import plain

_START = re.compile("[0-9]|[零一二三四五六七八九两十百千万](?=[ ]?[零一二三四五六七八九两十百千万成个点分到至半%‰~-])")
_RUN = re.compile("[0-9]+|[零一二三四五六七八九两]+")
_OF = re.compile("(百|千|万)分之")
_OF_SIZE = {"百": Decimal(100), "千": Decimal(1000), "万": Decimal(10_000)}
_SIGN = re.compile(
    r"[ ]?(?:(?P<hundred>%(?![0-9A-F]{2}%)|个?百分点|per ?cent\b|个点(?![位子云]))|(?P<thousand>‰)|(?P<ten>成))",
    re.IGNORECASE,
)
# 六成立, 八成新, 五成员, 三成果: the character begins another word.
_TENTH_REFUSED = re.compile(
    "成(?:立|新|本|果|功|员(?!工)|为|熟|长|套|品|交|型|分|人|片|像|因|份|绩|效|才|文|形|语|群|色|年|不变|千|百上)"
)
_HALF_TENTH = re.compile("半|([1-9一二三四五六七八九])(?![0-9一二三四五六七八九十个])")
_SIZES = {"hundred": Decimal(100), "thousand": Decimal(1000), "ten": Decimal(10)}
_JOINT = re.compile(r"[ ]?(?:-{1,2}|~{1,2}|至|到)[ ]?(?:百分之)?(?=[0-9零一二三四五六七八九两十百])")
_FRACTION = re.compile(
    "([一二三四五六七八九两十]|[0-9]{1,3})分之([一二三四五六七八九两]|[0-9]{1,3})(?![0-9一二三四五六七八九十百])"
)
_SLASH = re.compile(r"([1-9])/([2-9]|10)(?![0-9/.:年月日])")
_NOT_BEFORE = re.compile("[-0-9.%]$|%[0-9A-F]$")
_NUMBER_BEFORE = re.compile("[0-9零一二三四五六七八九两十百千万亿几数]$")
_TORN = re.compile("[一二三四五六七八九两几][十百千]")
_HALF = re.compile("一半(?!天|会|路|个|年|月|导体)")
_RATIO = re.compile(
    r"([0-9]{1,3}|[一二两三四五六七八九十])[ ]?(:|比)[ ]?([0-9]{1,3}|[一二两三四五六七八九十])"
    r"(?![0-9:.%一二三四五六七八九十百千万亿]|点[一二三四五六七八九])"
)
_RATIO_WORD_AFTER = re.compile("[ ]?(?:的)?(?:比例|配套|配资|匹配|配比|支持|出资|跟投|复)")


@dataclass(frozen=True, slots=True)
class Rate:
    """A share or percentage: ``text`` is ``source[start:end]``; ``minimum``/``maximum`` are ratios (0.20 for 20%)."""

    start: int
    end: int
    text: str
    minimum: Decimal
    maximum: Decimal


@dataclass(frozen=True, slots=True)
class Ratio:
    """A proportion such as 1:1: ``text`` is ``source[start:end]``."""

    start: int
    end: int
    text: str
    left: int
    right: int


@dataclass(frozen=True, slots=True)
class _Found:
    end: int
    minimum: Decimal
    maximum: Decimal


def find_rates(text: str) -> tuple[Rate, ...]:
    """Every percentage or share of ``text`` in order, not overlapping; never raises. 几成, 六成立, 八成新 are none."""
    source = plain(text)
    rates: list[Rate] = []
    at = 0
    while begin := _START.search(source.text, at):
        start = begin.start()
        found = _rate_at(source.text, start)
        if found is None:
            run = _RUN.match(source.text, start)
            at = run.end() if run and (run.end() - start > 4 or run.group().isdigit()) else start + 1
            continue
        first, last = source.span(start, found.end)
        rates.append(Rate(first, last, source.original[first:last], found.minimum, found.maximum))
        at = found.end
    return tuple(rates)


def find_ratios(text: str) -> tuple[Ratio, ...]:
    """Every proportion of ``text`` (1:1, 1比1, 一比一), times of day (9:30) and dates left out; never raises."""
    source = plain(text)
    ratios: list[Ratio] = []
    for found in _RATIO.finditer(source.text):
        before = source.text[max(0, found.start() - 1) : found.start()]
        left, right = _integer(found[1]), _integer(found[3])
        clock = found[2] == ":" and len(found[3]) == 2 and left < 25 and right < 60
        named = _RATIO_WORD_AFTER.match(source.text, found.end()) or before == "按"
        if (
            (before and before in "0123456789:./-比第十一二三四五六七八九")
            or not (left and right)
            or (clock and not named)
        ):
            continue
        first, last = source.span(*found.span())
        ratios.append(Ratio(first, last, source.original[first:last], left, right))
    return tuple(ratios)


def _integer(literal: str) -> int:
    return int(literal) if literal.isdigit() else 10 if literal == "十" else DIGITS[literal]


def _rate_at(text: str, start: int) -> _Found | None:
    if text[start] == "一" and (half := _HALF.match(text, start)):
        return _Found(half.end(), Decimal("0.5"), Decimal("0.5"))
    of = _OF.match(text, start)
    if (of or text[start : start + 3].count("分之")) and _NUMBER_BEFORE.search(text[max(0, start - 1) : start]):
        return None  # 百万分之一, 几十分之一
    if of:
        return _of_rate(text, of)
    fraction = _FRACTION.match(text, start)
    if fraction is None and text[start - 1 : start] not in tuple("0123456789/.-年月"):
        fraction = _SLASH.match(text, start)
        if fraction and int(fraction[1]) < int(fraction[2]):
            return _share(fraction, int(fraction[2]), int(fraction[1]))
        return _signed_rate(text, start)
    if fraction:
        return _share(fraction, _integer(fraction[1]), _integer(fraction[2]))
    return _signed_rate(text, start)


def _share(found: re.Match[str], whole: int, part: int) -> _Found | None:
    if not 0 < part <= whole:
        return None
    with localcontext() as context:
        context.prec = 28
        value = Decimal(part) / Decimal(whole)
    return _Found(found.end(), value, value)


def _number(text: str, at: int) -> Numeral | None:
    numeral = read_numeral(text, at)
    usable = numeral and not (numeral.vague or numeral.scale > 1 or (numeral.implied and text[at] != "百"))
    return numeral if usable else None


def _of_rate(text: str, of: re.Match[str]) -> _Found | None:
    """百分之二十, 百分之十到三十, 百分之10-30, 千分之五, 百分之百."""
    size = _OF_SIZE[of[1]]
    low = _number(text, of.end())
    if low is None:
        return None
    joint = _JOINT.match(text, low.end)
    high = _number(text, joint.end()) if joint else None
    if high and high.minimum >= low.maximum and high.maximum <= size and "." not in text[high.end : high.end + 1]:
        return _Found(high.end, low.minimum / size, high.maximum / size)
    return _Found(low.end, low.minimum / size, low.maximum / size)


def _signed_rate(text: str, start: int) -> _Found | None:
    """20%, 10%~30%, 10-30%, 两成, 三成半, 三四成, 20个点."""
    if start and (_NOT_BEFORE.search(text[max(0, start - 2) : start]) or _TORN.match(text, start - 1)):
        return None  # the tail of another number, a negative one, or %E7%AE…
    low = _number(text, start)
    if low is None:
        return None
    sign = _sign(text, low)
    joint = _JOINT.match(text, sign.end() if sign else low.end)
    high = _number(text, joint.end()) if joint else None
    high_sign = _sign(text, high) if high else None
    if high and high_sign and (sign is None or sign.lastgroup == high_sign.lastgroup) and low.maximum <= high.minimum:
        size = _SIZES[high_sign.lastgroup or ""]
        return _Found(high_sign.end(), low.minimum / size, high.maximum / size)
    if sign is None:
        return None
    size, end = _SIZES[sign.lastgroup or ""], sign.end()
    least, most = low.minimum / size, low.maximum / size
    more = _HALF_TENTH.match(text, end) if sign.lastgroup == "ten" and least == most else None
    if more:
        extra = Decimal(5 if more[1] is None else _integer(more[1])) / 100
        return _Found(more.end(), least + extra, most + extra)
    return _Found(end, least, most)


def _sign(text: str, number: Numeral) -> re.Match[str] | None:
    found = _SIGN.match(text, number.end)
    if found and found.lastgroup == "ten":
        refused = _TENTH_REFUSED.match(text, found.end() - 1) or number.maximum > 10 or number.minimum <= 0
        return None if refused else found
    return found
