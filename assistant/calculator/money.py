"""Amounts of money in Chinese text: found with their spans, read exactly, never guessed.

``find_money`` takes any text; ``parse_amount`` takes a string that is one amount. Values are ``Decimal`` in units of
the currency (yuan for CNY). What counts as an amount, with the decisions behind it, is in ``eval/money/README.md``
and, by example, in ``tests/calculator/money_phrases.yaml``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.calculator import approximation
from assistant.calculator.context import bare_is_amount, evidence_of_money, unit_in_label
from assistant.calculator.counters import belongs_elsewhere, counts_things
from assistant.calculator.currency import NAMES, YUAN
from assistant.calculator.digits import ONE
from assistant.calculator.plaintext import Plain, plain
from assistant.calculator.quantity import Quantity, read_quantity, read_range
from assistant.errors import InputError

LARGEST = Decimal(10) ** 15

# A Chinese digit is looked at only where a number can go on (三千, 三个亿, 三元): 一 and 十 are everywhere in texts.
_START = re.compile(
    r"[0-9万亿]|(?<![.0-9A-Za-z])\.(?=[0-9]{1,2}[ ]?[万亿])|半(?=个?亿)|[几数](?=[十百千万亿])"
    "|[零一二三四五六七八九两十百千](?=[ ]?[零一二三四五六七八九两十百千万亿几半个多余来元块毛角点、到至wWRC~"
    "美欧港日英澳加韩新台瑞法卢泰人镑-])"
)
_RUN = re.compile("[0-9]+|[零一二三四五六七八九两]+")
_NEGATIVE = re.compile(r"(?:人民币|RMB|[¥$])?[ ]?(?:-|负)", re.IGNORECASE)
_VAGUE = re.compile("[几数]|若干|许多|多少")
_LOSS_WORDS = ("利润", "净利", "毛利", "盈亏", "现金流", "收益", "余额", "亏损")
_NUMBERS = frozenset("0123456789零一二三四五六七八九两十百千")
_LIST = re.compile(r"[ ]?(?:、|和|或者?|以?及|与|/|\+|加)[ ]?(?=[0-9])")


@dataclass(frozen=True, slots=True)
class Money:
    """One amount as it stands in a text.

    ``text`` is ``source[start:end]``: sign or currency word, figure and unit, without the words that make it
    approximate (约, 左右 …), which are kept as ``approximation``: "about" | "nearly" | "below" | "above" | None.
    ``minimum`` and ``maximum`` are in units of ``currency`` (ISO code) and equal when a single value stands there.
    """

    start: int
    end: int
    text: str
    minimum: Decimal
    maximum: Decimal
    currency: str = YUAN
    approximation: str | None = None

    @property
    def is_range(self) -> bool:
        """Whether two different values stand there (500-800万)."""
        return self.minimum != self.maximum


def find_money(text: str, *, bare: bool = False) -> tuple[Money, ...]:
    """Every amount of ``text`` in order, not overlapping; never raises.

    ``bare`` also takes a number without any unit (15000000, 一千二) where nothing says that it is a date, a telephone
    number, a count … Text without a figure (几百万) is no amount. Other currencies carry their own code.
    """
    source = plain(text)
    return tuple(_money(source, found) for found in _scan(source.text, bare=bare))


def parse_amount(text: str) -> Money:
    """``text`` as one amount: 1500万元, 1.5亿, 800w, 15000000, 约500万, 300到500万.

    Raises ``InputError`` (its ``user_message`` says in Chinese what to do) when the text is empty, holds no amount,
    several, or other words, or when the amount is not above zero, above 10^15 yuan or in a foreign currency.
    """
    source = plain(text.strip())
    shown = source.text.strip()
    if not shown:
        raise InputError("empty amount", user_message="请填写金额，例如：1500万元、1.5亿、800w、300到500万。")
    if len(shown) > 60:
        raise InputError("amount too long", user_message="金额太长了，请只填写一个金额，例如：1500万元。")
    if _NEGATIVE.match(shown):
        raise InputError("negative amount", user_message="金额不能是负数，请填写大于 0 的金额，例如：1500万元。")
    found = _scan(source.text, bare=True, whole=True)
    if not found:
        raise _unreadable(shown)
    if len(found) > 1:
        raise InputError("several amounts", user_message="一次只能填写一个金额；有上下限时请写成“300万到500万”。")
    money = _money(source, found[0])
    rest = approximation.without_words(source.text[: found[0].start] + source.text[found[0].end :])
    if rest:
        raise InputError(
            f"other words beside the amount: {rest}", user_message=f"这里只填写金额，请去掉“{rest}”，例如：1500万元。"
        )
    if money.currency != YUAN:
        name = NAMES.get(money.currency, money.currency)
        raise InputError(
            f"foreign currency {money.currency}",
            user_message=f"政策金额以人民币计算，您填写的是{name}；请按申报口径折算成人民币后再填写。",
        )
    if money.maximum > LARGEST:
        raise InputError(
            "amount above 10^15 yuan", user_message="金额超出可计算的范围（最大 1000万亿元），请检查是否多写了位数。"
        )
    if money.minimum <= 0:
        raise InputError("amount not above zero", user_message="金额需要大于 0，例如：1500万元。")
    return money


def _unreadable(shown: str) -> InputError:
    if _VAGUE.search(shown):
        return InputError(
            "vague amount", user_message=f"“{shown}”没有具体数字，请填写金额或上下限，例如：300万、300万到500万。"
        )
    return InputError(
        "no amount found",
        user_message=f"没有看懂“{shown}”是多少钱，请写成 1500万元、1.5亿、800w 或 15000000 这样的金额。",
    )


def _money(source: Plain, found: Quantity) -> Money:
    start, end = source.span(found.start, found.end)
    stated = approximation.before(source.text, found.start), approximation.after(source.text, found.end), found.fuzzy
    known = [kind for kind in stated if kind]
    bound = next((kind for kind in known if kind != "about"), known[0] if known else None)
    low, high = _tidy(found.minimum), _tidy(found.maximum)
    return Money(start, end, source.original[start:end], low, high, found.currency or YUAN, bound)


def _tidy(value: Decimal) -> Decimal:
    """The same value without an exponent or a fraction of zeros."""
    return value.quantize(ONE) if value == value.to_integral_value() and abs(value) < 10**24 else value


def _scan(text: str, *, bare: bool, whole: bool = False) -> list[Quantity]:
    """The amounts of a plain text in order."""
    amounts: list[Quantity] = []
    waiting: list[Quantity] = []  # plain numbers of a list that borrow the unit of its last: 100、200、300万元
    at = free = 0
    while begin := _START.search(text, at):
        start = begin.start()
        first = read_quantity(text, start, free)
        if first is None:
            run = _RUN.match(text, start)
            skip = run is not None and (run.group().isascii() or run.end() - start > 4)
            at = run.end() if run is not None and skip else start + 1
            continue
        accepted = None
        both = read_range(text, first, free)
        for candidate in (both, first) if both else (first,):
            accepted = _accept(text, candidate, bare=bare, whole=whole)
            if accepted:
                break
        if accepted is None:
            listed = _LIST.match(text, first.end) if first.numeral.plain and first.currency is None else None
            if listed and _may_wait(text, first, listed.group().strip()):
                waiting = [*(waiting if _follows(text, waiting, start) else []), first]
            at = max(first.end, start + 1)
            continue
        if accepted.lends and _follows(text, waiting, accepted.start):
            amounts.extend(_borrow(one, accepted) for one in waiting)
        waiting = []
        amounts.append(accepted)
        at = free = accepted.end
    return amounts


def _accept(text: str, found: Quantity, *, bare: bool, whole: bool) -> Quantity | None:
    """``found`` as an amount, perhaps with the scale that a label gives it; None when it is none."""
    numeral = found.numeral
    if _is_negative(text, found.start):
        return None
    label = unit_in_label(text, numeral.start) if found.unitless else None
    if label:
        if counts_things(text, found.end):
            return None
        factor, code = label
        low, high = found.minimum * factor, found.maximum * factor
        return replace(found, start=numeral.start, minimum=low, maximum=high, currency=code)
    unit = text[numeral.end : found.end].strip()
    if evidence_of_money(text, numeral, found.end, named=found.currency is not None, unit=unit):
        prefixed = approximation.implied(text, numeral.start) if numeral.implied else None
        return replace(found, start=prefixed[1], fuzzy=prefixed[0]) if prefixed else found
    if found.currency is not None:
        return None
    if bare and numeral.scale == ONE and bare_is_amount(text, numeral.start, found.end, numeral, whole=whole):
        return found
    return None


def _is_negative(text: str, start: int) -> bool:
    sign = text[start - 1 : start]
    if sign == "负":
        return text[start - 2 : start - 1] not in ("抱", "担", "肩")
    if sign != "-":
        return False
    before = text[: start - 1][-4:]
    return not before or before[-1] in " \t\n=(" or before.endswith(_LOSS_WORDS)


def _may_wait(text: str, found: Quantity, separator: str) -> bool:
    digits = text[found.numeral.start : found.numeral.end]
    year = len(digits) == 4 and "1980" <= digits <= "2039" and digits[-2:] != "00"
    return not (
        year
        or belongs_elsewhere(text, found.start)
        or (separator != "、" and found.minimum < 10)
        or digits[0] not in _NUMBERS
    )


def _follows(text: str, waiting: list[Quantity], start: int) -> bool:
    joint = _LIST.match(text, waiting[-1].end) if waiting else None
    return joint is not None and joint.end() == start


def _borrow(one: Quantity, lender: Quantity) -> Quantity:
    scale = lender.numeral.scale
    return replace(one, minimum=one.minimum * scale, maximum=one.maximum * scale, currency=lender.currency)
