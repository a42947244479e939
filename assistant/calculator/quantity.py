"""A number with what stands around it: currency sign, unit, 角 and 分, and the other end of a range."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from assistant.calculator.currency import YUAN, sign_before, unit_after
from assistant.calculator.digits import DIGITS, ONE, WAN, Numeral
from assistant.calculator.numerals import read_numeral

_JOINT = re.compile(
    r"[ ]?(?:[(]不?含[)])?[ ]?(?:-{1,2}|~{1,2}|至|到|to)[ ]?(?:[¥$][ ]?)?(?=[0-9一二三四五六七八九两十百千半])"
)
_NOT_BEFORE_RANGE = re.compile(r"[-.0-9第A-Za-z]$")
_CLAUSE_END = re.compile(r"$|[,，。;；!！?？、)）\s]")
_WHOLE = re.compile(r"[ ]?[整正](?=$|[\s,，。;；、!！?？)）:：(]|人民币)(?:[ ]?人民币)?")
_JIAO = "零?([0-9一二三四五六七八九])[角毛](?:钱|整)?"
_FEN = "零?([0-9一二三四五六七八九])(?:分(?![之期摊批别类])|(?![0-9一-鿿]))"
_SMALL_CHANGE = re.compile(rf"[ ]?{_JIAO}(?:{_FEN})?|[ ]?零?([0-9一二三四五六七八九])分(?![之期摊批别类])")
_DIME_ALONE = re.compile(
    r"(?:毛钱|角钱|毛(?:([1-9一二三四五六七八九])(?=$|[,，。;；、)）\s]|的|了|吧)|(?![利坯重细发笔囊孔衣巾估病不0-9])))"
)
_KUAI_DIGIT = re.compile(r"([1-9一二三四五六七八九])(?=$|[,，。;；!！?？、)）\s]|的|了|吧)")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with what stands around it, in positions of the plain text; ``currency`` None when none is named."""

    start: int
    end: int
    numeral: Numeral
    minimum: Decimal
    maximum: Decimal
    currency: str | None
    fuzzy: str | None

    @property
    def lends(self) -> bool:
        """Whether this number may lend its scale to a bare one before it."""
        return self.numeral.scale > 1 or self.currency is not None

    @property
    def unitless(self) -> bool:
        """Whether no unit and no scale follow the number (a sign may stand before it)."""
        return self.numeral.scale == ONE and self.end == self.numeral.end


def read_quantity(text: str, start: int, free: int) -> Quantity | None:
    """The number at ``start`` with its sign (not before ``free``), unit, 角 and 分, and 整."""
    numeral = read_numeral(text, start)
    if numeral is None:
        return None
    low, high, end, fuzzy = numeral.minimum, numeral.maximum, numeral.end, numeral.fuzzy
    sign = sign_before(text, start)
    if sign and sign[1] < free:
        sign = None
    unit = unit_after(text, end)
    if unit:
        code, end, more = unit
        fuzzy = "above" if more else fuzzy
        if code == YUAN and low == high and not fuzzy:
            change, end = _small_change(text, end, kuai=text[end - 1] == "块")
            low, high = low + change, high + change
        whole = _WHOLE.match(text, end)
        end = whole.end() if whole else end
    elif numeral.plain and numeral.maximum < 10 and numeral.end - start == 1:
        dime = _DIME_ALONE.match(text, end)
        if dime and (len(dime.group()) > 1 or start == 0 or text[start] in "0123456789"):  # 二毛 may be a name
            value = low / 10 + Decimal(_digit(dime[1])) / 100
            return Quantity(start, dime.end(), numeral, value, value, YUAN, fuzzy)
    currency = unit[0] if unit and unit[0] != YUAN else sign[0] if sign else unit[0] if unit else None
    return Quantity(sign[1] if sign else start, end, numeral, low, high, currency, fuzzy)


def _small_change(text: str, end: int, *, kuai: bool) -> tuple[Decimal, int]:
    """角 and 分 after 元 (8角5分, 块八毛, 三块五) as yuan, and where they end."""
    found = _SMALL_CHANGE.match(text, end)
    if found:
        jiao, fen = _digit(found[1]), _digit(found[2] or found[3])
        return Decimal(jiao) / 10 + Decimal(fen) / 100, found.end()
    spoken = _KUAI_DIGIT.match(text, end) if kuai else None
    return (Decimal(_digit(spoken[1])) / 10, spoken.end(1)) if spoken else (Decimal(0), end)


def _digit(char: str | None) -> int:
    return 0 if char is None else int(char) if char.isdigit() else DIGITS[char]


def read_range(text: str, low: Quantity, free: int) -> Quantity | None:
    """``low`` and the amount after 到, 至, - or ~ as one interval; None when that makes no sense."""
    joint = _JOINT.match(text, low.end)
    if joint is None or low.numeral.vague or _NOT_BEFORE_RANGE.search(text[max(0, low.start - 1) : low.start]):
        return None
    high = read_quantity(text, joint.end(), free)
    if high is None or high.numeral.vague or high.numeral.implied != low.numeral.implied:
        return None
    if low.currency is not None and high.currency is not None and low.currency != high.currency:
        return None
    if _JOINT.match(text, high.end) and not high.lends:
        return None  # 2023-05-23
    ends = _carried(text, low, high)
    if ends is None:
        return None
    fuzzy = low.fuzzy if low.fuzzy == high.fuzzy else high.fuzzy or low.fuzzy
    numeral = high.numeral._replace(
        start=low.numeral.start, scale=max(high.numeral.scale, low.numeral.scale),
        letters=high.numeral.letters or low.numeral.letters, implied=high.numeral.implied,
    )  # fmt: skip
    return Quantity(low.start, high.end, numeral, *ends, high.currency or low.currency, fuzzy)


def _carried(text: str, low: Quantity, high: Quantity) -> tuple[Decimal, Decimal] | None:
    """The two ends in order, the scale of one carried to the other; None when they are no interval."""
    left, right = low.numeral, high.numeral
    if low.unitless and (right.scale * right.unit > 1 or high.currency):
        for factor in _factors(left, right):
            least = low.minimum * factor
            # 500到1万 is a range; 800-300万 is none: it may be a subtraction, or a slip
            if least <= high.minimum and (factor > 1 or right.scale == ONE or high.maximum <= least * 200):
                return least, high.maximum
        return None
    if high.unitless and left.scale > 1:
        if not right.plain or not _CLAUSE_END.match(text, high.end) or high.maximum * left.scale < low.maximum:
            return None
        return low.minimum, high.maximum * left.scale
    return (low.minimum, high.maximum) if low.maximum <= high.maximum and low.minimum <= high.minimum else None


def _factors(left: Numeral, right: Numeral) -> list[Decimal]:
    """By what a first number without a unit may be multiplied, most likely first: 300到500万, 3到5百万, 3-400万."""
    factors: list[Decimal] = []
    if left.maximum < 10 and left.unit == ONE:
        hundreds = Decimal(10) ** (right.maximum / right.scale).adjusted() * right.scale
        if left.plain and right.plain and left.minimum > 1 and left.minimum * hundreds + hundreds == right.minimum:
            factors.append(hundreds)
        factors.append(right.scale * right.unit)
    factors.append(right.scale)
    if right.scale > WAN:
        factors.append(WAN)  # 8000到1.2亿
    if left.minimum >= 10:
        factors.append(ONE)  # 500到1万
    return factors
