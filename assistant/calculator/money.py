"""Amounts of money in Chinese text: found with their spans, read exactly, never guessed.

``find_money`` takes any text; ``parse_amount`` takes a string that is one amount. Values are ``Decimal`` in units of the
currency (yuan for CNY). What counts as an amount, with the decisions behind it, is in ``eval/money/README.md`` and, by
example, in ``tests/calculator/money_phrases.yaml``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.calculator import approximation
from assistant.calculator.context import bare_is_amount, evidence_of_money, unit_in_label
from assistant.calculator.counters import belongs_elsewhere, counts_things
from assistant.calculator.currency import NAMES, YUAN, sign_before, unit_after
from assistant.calculator.numerals import ONE, WAN, Numeral, read_numeral
from assistant.calculator.plaintext import Plain, plain
from assistant.errors import InputError

LARGEST = Decimal(10) ** 15

_START = re.compile("[0-9零一二三四五六七八九两十百千万亿半几数]")
_RUN = re.compile("[0-9]+|[零一二三四五六七八九两]+")
_NEGATIVE = re.compile(r"(?:人民币|RMB|[¥$])?[ ]?(?:-|负)", re.IGNORECASE)
_VAGUE = re.compile("[几数]|若干|许多|多少")
_LOSS_WORDS = ("利润", "净利", "毛利", "盈亏", "现金流", "收益", "余额")
_NUMBERS = frozenset("0123456789零一二三四五六七八九两十百千")
_NOT_BEFORE_RANGE = (
    frozenset("-.0123456789第") | frozenset(map(chr, range(65, 91))) | frozenset(map(chr, range(97, 123)))
)
_CLAUSE_END = re.compile(r"$|[,，。;；!！?？、)）\s]")
_RANGE = re.compile(r"[ ]?(?:-{1,2}|~{1,2}|至|到|to)[ ]?(?:[¥$][ ]?)?(?=[0-9一二三四五六七八九两十百千半])")
_LIST = re.compile(r"[ ]?(?:、|和|或者?|以?及|与|/)[ ]?(?=[0-9])")
_WHOLE = re.compile(r"[ ]?[整正](?=$|[\s,，。;；、!！?？)）:：(]|人民币)(?:[ ]?人民币)?")
_SMALL_CHANGE = re.compile(
    r"[ ]?零?([0-9一二三四五六七八九])[角毛](?:钱|整)?(?:零?([0-9一二三四五六七八九])分(?![之期摊批别]))?"
    r"|[ ]?零?([0-9一二三四五六七八九])分(?![之期摊批别类])"
)
_DIME_ALONE = re.compile(r"(?:毛钱|角钱|毛(?![利坯重细发笔囊孔衣巾估病不]))")
_KUAI_DIGIT = re.compile(r"([1-9一二三四五六七八九])(?=$|[,，。;；!！?？、)）\s]|的|了|吧)")
_DIGIT_VALUES = {char: value for value, char in enumerate("零一二三四五六七八九")}


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


@dataclass(frozen=True, slots=True)
class _Quantity:
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


def _money(source: Plain, found: _Quantity) -> Money:
    start, end = source.span(found.start, found.end)
    stated = approximation.before(source.text, found.start), approximation.after(source.text, found.end), found.fuzzy
    known = [kind for kind in stated if kind]
    bound = next((kind for kind in known if kind != "about"), known[0] if known else None)
    low, high = _tidy(found.minimum), _tidy(found.maximum)
    return Money(start, end, source.original[start:end], low, high, found.currency or YUAN, bound)


def _tidy(value: Decimal) -> Decimal:
    """The same value without an exponent or a fraction of zeros."""
    return value.quantize(ONE) if value == value.to_integral_value() and abs(value) < 10**24 else value


def _scan(text: str, *, bare: bool, whole: bool = False) -> list[_Quantity]:
    """The amounts of a plain text in order."""
    amounts: list[_Quantity] = []
    waiting: list[_Quantity] = []  # plain numbers of a list that borrow the unit of its last: 100、200、300万元
    at = free = 0
    while begin := _START.search(text, at):
        start = begin.start()
        first = _quantity(text, start, free)
        if first is None:
            run = _RUN.match(text, start)
            at = run.end() if run and run.end() - start > 4 else start + 1
            continue
        accepted = None
        both = _range(text, first, free)
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


def _quantity(text: str, start: int, free: int) -> _Quantity | None:
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
        if dime:
            return _Quantity(start, dime.end(), numeral, low / 10, high / 10, YUAN, fuzzy)
    currency = unit[0] if unit and unit[0] != YUAN else sign[0] if sign else unit[0] if unit else None
    return _Quantity(sign[1] if sign else start, end, numeral, low, high, currency, fuzzy)


def _small_change(text: str, end: int, *, kuai: bool) -> tuple[Decimal, int]:
    """角 and 分 after 元 (8角5分, 块八毛, 三块五) as yuan, and where they end."""
    found = _SMALL_CHANGE.match(text, end)
    if found:
        jiao, fen = _digit(found[1]), _digit(found[2] or found[3])
        return Decimal(jiao) / 10 + Decimal(fen) / 100, found.end()
    spoken = _KUAI_DIGIT.match(text, end) if kuai else None
    return (Decimal(_digit(spoken[1])) / 10, spoken.end(1)) if spoken else (Decimal(0), end)


def _digit(char: str | None) -> int:
    return 0 if char is None else int(char) if char.isdigit() else _DIGIT_VALUES[char]


def _accept(text: str, found: _Quantity, *, bare: bool, whole: bool) -> _Quantity | None:
    """``found`` as an amount, perhaps with the scale that a label gives it; None when it is none."""
    numeral = found.numeral
    if _is_negative(text, found.start):
        return None
    unit = text[numeral.end : found.end].strip()
    if evidence_of_money(text, numeral, found.end, named=found.currency is not None, unit=unit):
        prefixed = approximation.implied(text, numeral.start) if numeral.implied else None
        if prefixed:
            return replace(found, start=prefixed[1], fuzzy=prefixed[0])
        return found
    if found.currency is not None:
        return None
    label = unit_in_label(text, numeral.start) if numeral.scale == ONE else None
    if label and not counts_things(text, found.end):
        factor, code = label
        return replace(found, minimum=found.minimum * factor, maximum=found.maximum * factor, currency=code)
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


def _may_wait(text: str, found: _Quantity, separator: str) -> bool:
    digits = text[found.numeral.start : found.numeral.end]
    year = len(digits) == 4 and "1980" <= digits <= "2039" and digits[-2:] != "00"
    return not (
        year
        or belongs_elsewhere(text, found.start)
        or (separator != "、" and found.minimum < 10)
        or digits[0] not in _NUMBERS
    )


def _follows(text: str, waiting: list[_Quantity], start: int) -> bool:
    joint = _LIST.match(text, waiting[-1].end) if waiting else None
    return joint is not None and joint.end() == start


def _borrow(one: _Quantity, lender: _Quantity) -> _Quantity:
    scale = lender.numeral.scale
    return replace(one, minimum=one.minimum * scale, maximum=one.maximum * scale, currency=lender.currency)


def _range(text: str, low: _Quantity, free: int) -> _Quantity | None:
    """``low`` and the amount after 到, 至, - or ~ as one interval; None when that makes no sense."""
    joint = _RANGE.match(text, low.end)
    if joint is None or low.numeral.vague or text[low.start - 1 : low.start] in _NOT_BEFORE_RANGE:
        return None
    high = _quantity(text, joint.end(), free)
    if high is None or high.numeral.vague or high.numeral.implied != low.numeral.implied:
        return None
    if low.currency is not None and high.currency is not None and low.currency != high.currency:
        return None
    if _RANGE.match(text, high.end) and not high.lends:
        return None  # 2023-05-23
    ends = _carried(text, low, high)
    if ends is None:
        return None
    fuzzy = low.fuzzy if low.fuzzy == high.fuzzy else high.fuzzy or low.fuzzy
    numeral = replace(
        high.numeral, start=low.numeral.start, scale=max(high.numeral.scale, low.numeral.scale),
        letters=high.numeral.letters or low.numeral.letters, implied=high.numeral.implied,
    )  # fmt: skip
    return _Quantity(low.start, high.end, numeral, *ends, high.currency or low.currency, fuzzy)


def _carried(text: str, low: _Quantity, high: _Quantity) -> tuple[Decimal, Decimal] | None:
    """The two ends in order, the scale of one carried to the other; None when they are no interval."""
    left, right = low.numeral, high.numeral
    if left.scale == ONE and low.currency is None and right.scale > 1:
        steps = [right.scale * right.unit, right.scale] if left.unit == ONE and left.maximum < 10 else [right.scale]
        hundreds = Decimal(10) ** (right.maximum / right.scale).adjusted() * right.scale
        if left.plain and 1 < left.maximum < 10 and right.plain and left.minimum * hundreds + hundreds == high.minimum:
            steps.insert(0, hundreds)  # 3-400万, 5-600万
        for factor in (*steps, WAN, ONE):
            if low.minimum * factor <= high.minimum and (factor > 1 or low.minimum >= 10):
                return low.minimum * factor, high.maximum
        return None
    if right.scale == ONE and high.currency is None and left.scale > 1:
        after = high.end
        if not right.plain or not _CLAUSE_END.match(text, after) or high.maximum * left.scale < low.maximum:
            return None
        return low.minimum, high.maximum * left.scale
    return (low.minimum, high.maximum) if low.maximum <= high.maximum and low.minimum <= high.minimum else None
