"""Numbers as people write them in Chinese: 1.2亿, 三千五百万, 4百50万, 2千多万, 一个半亿, 三五百万, 15万8, 800w.

``read_numeral`` reads one number at a position of a text in plain spelling (see ``plaintext``) and gives its value as
an interval of ``Decimal`` (equal ends for a single value). It knows nothing of money: units and roles are for others.
Own grammar, because ``cn2an`` gives floats and reads neither 3,000万 nor 4百50万 nor ranges (see ``eval/money``).
"""

from __future__ import annotations

import re
from decimal import Decimal

from assistant.calculator.counters import counts_after_digit, counts_things
from assistant.calculator.digits import DIGITS, ONE, UNITS, WAN, YI, Numeral, coefficient

_POINT = re.compile("点([零一二三四五六七八九]{1,6})")
_LETTERS = re.compile(
    r"(?P<kw>kw)|(?P<wan>wan|WAN)|(?P<w>[wW])|(?P<k>[kK])|(?P<m>m(?:illions?|il|io|n)?|M(?:illions?|IO|N)?)|(?P<b>b(?:illions?|n)?|B(?:illions?|N)?)"
    r"|(?P<th>thousand)|(?P<tr>trillions?)",
)
_LETTER_SCALE = {"kw": 10**7, "wan": 10**4, "w": 10**4, "k": 10**3, "m": 10**6, "b": 10**9, "th": 10**3, "tr": 10**12}
_ONE_TAIL_END = re.compile(r"[ ]?(?:$|[,，。;；:：!！?？、)）」』”\"\n]|元|块|左右|上下|多|的|吧|吗|呢|了)")
_FOREIGN = "[美欧港日澳韩加新英台][元币金镑刀]"
_CURRENCY_AHEAD = re.compile(rf"[多余来]?[ ]?(?:元(?!宇宙)|块|人民币|RMB|rmb|CNY|{_FOREIGN})")
_MORE = re.compile(rf"[ ]?([多余来])(?=[ ]?(?:个?[ ]?[万亿wW元块半]|人民币|个百万|个千万|RMB|rmb|{_FOREIGN}))")
_SCALE_STARTS = frozenset("多余来个万亿wWkKmMbBt ")  # 半 only after 个
_HALF_YI = re.compile("半个?亿")
_HALF_AFTER = re.compile(r"半(?=$|[,，。;；:：!！?？、)） \n]|元|块|人民币|美|欧|港|左右|的|了|吧|吗|呢|以)")


def _skip(text: str, at: int) -> int:
    """The position after at most one space (typesetters put thin ones between figure and unit)."""
    return at + 1 if text[at : at + 1] == " " else at


def _section(text: str, start: int) -> Numeral | None:
    """A number below one 万 in Chinese, or any digit literal: 三千五百, 4百50, 十七八, 一千二, 三点五, 1,200."""
    low = high = Decimal(0)
    limit = Decimal(10_000)
    at, end, unit = start, start, ONE
    fuzzy: str | None = None
    vague = plain = implied = False
    while limit > 1:
        first = at == start
        term = coefficient(text, at, first=first)
        after = term.end if term else at
        mark = text[after : after + 1]
        if mark == " " and term and text[after + 1 : after + 2] in UNITS:
            after, mark = after + 1, text[after + 1 : after + 2]
        factor = Decimal(UNITS.get(mark, 1))
        if term is None:
            if factor == ONE or not (first or (mark == "十" and limit == 100)):
                break
            implied = first and mark != "十"
            fuzzy = fuzzy if first else "about"  # 百十万: a hundred or somewhat more
            term = Numeral(at, at, ONE, ONE)
        if not first and term.maximum >= limit and not term.fuzzy:
            break
        if factor == ONE:
            digits = text[at:after]
            elided = limit == unit > 1 and len(digits) == (1 if term.plain else 2) and "、" not in digits
            if elided and digits in ("零", "两"):
                break
            if not first and not elided and term.maximum >= 100 and limit <= 100:
                break
            weight = limit / 10 if elided and limit > 10 else ONE
            low, high, plain = low + term.minimum * weight, high + term.maximum * weight, first and term.plain
        elif factor >= limit:
            break
        else:
            low, high, limit, unit = low + term.minimum * factor, high + term.maximum * factor, factor, factor
            after += 1
        fuzzy, vague = term.fuzzy or fuzzy, vague or term.vague
        at = end = after
        if factor == ONE:
            break
    if end == start:
        return None
    point = _POINT.match(text, end)
    if point and not fuzzy and not implied and text[end - 1] not in "0123456789":
        fraction = Decimal("0." + "".join(str(DIGITS[digit]) for digit in point[1]))
        low, high, end, plain = low + fraction, high + fraction, point.end(), plain
    return Numeral(start, end, low, high, unit=unit, plain=plain, fuzzy=fuzzy, vague=vague, implied=implied)


def _letter_scale(text: str, at: int) -> tuple[str, int] | None:
    """A Latin scale at ``at`` (w, kw, k, m, million …) that no further letter or digit follows."""
    found = _LETTERS.match(text, at)
    if found is None:
        return None
    following = text[found.end() : found.end() + 1]
    if following.isascii() and following.isalnum():
        following_currency = text[found.end() : found.end() + 3].upper()
        if following_currency not in ("RMB", "CNY", "USD", "EUR", "HKD", "JPY", "YUA"):
            return None
    return found.lastgroup or "", found.end()


def _part(text: str, start: int) -> Numeral | None:
    """One section with its scale (1 when none stands there): 三千五百万, 1.5个亿, 2千多万, 一个半亿, 半个亿, 800w."""
    if text[start : start + 1] == "半":
        scaled = _HALF_YI.match(text, start)
        half = YI / 2
        return Numeral(start, scaled.end(), half, half, scale=YI) if scaled else None
    if text[start : start + 1] in ("万", "亿"):
        return _scaled(text, Numeral(start, start, ONE, ONE, implied=True), start)
    section = _section(text, start)
    if section is None:
        return None
    return _scaled(text, section, section.end)


def _scaled(text: str, section: Numeral, at: int) -> Numeral:
    if text[at : at + 1] not in _SCALE_STARTS:
        return section
    fuzzy, low, high = section.fuzzy, section.minimum, section.maximum
    here = at
    more = _MORE.match(text, here)
    if more:
        here, fuzzy = more.end(), "about" if more[1] == "来" else "above"
    here = _skip(text, here)
    counted = text[here : here + 1] == "个"
    if counted:
        here = _skip(text, here + 1)
        more = _MORE.match(text, here)
        if more:
            here, fuzzy = more.end(), "about" if more[1] == "来" else "above"
        elif text[here : here + 2] == "半亿":
            here, low, high = here + 1, low + Decimal("0.5"), high + Decimal("0.5")
    scale, end, letters = ONE, here, ""
    for word, value in (("万亿", WAN * YI), ("万", WAN), ("亿", YI)):
        if text.startswith(word, here):
            scale, end = value, here + len(word)
            break
    else:
        spelled = _letter_scale(text, here) if section.plain or counted or text[here : here + 1] in ("w", "W") else None
        if counted and text.startswith(("百万", "千万"), here):
            scale, end = (Decimal(10**6) if text[here] == "百" else Decimal(10**7)), here + 2
        elif spelled:
            letters, end = spelled[0], spelled[1]
            scale = Decimal(_LETTER_SCALE[letters])
            if letters == "k" and text.startswith("万", end):  # 1.5k万
                scale, end = scale * WAN, end + 1
    if scale == ONE:
        more = _MORE.match(text, at)
        if more and not counted:  # 1000多块: the unit is for the reader of money
            return section._replace(end=more.end(), fuzzy="about" if more[1] == "来" else "above", plain=False)
        return section
    return section._replace(
        end=end, minimum=low * scale, maximum=high * scale, scale=scale, fuzzy=fuzzy, letters=letters
    )


def _tail(text: str, head: Numeral, tail: Numeral) -> Numeral | None:
    """What stands after the last scale without one of its own: 15万8, 一万零五, 15万8千, 1亿2000; None when foreign."""
    literal = text[tail.start : tail.end]
    if tail.vague or tail.implied or tail.maximum >= head.scale:
        return None
    money_ahead = _CURRENCY_AHEAD.match(text, tail.end) is not None
    if not tail.plain:
        # 一万五千家 is one count, 五百万三十台 is a price and a count: a lower number would need its 零 (五百万零三十).
        natural = tail.minimum * 10 >= head.scale or literal[0] == "零"
        if not (money_ahead or natural) and (counts_things(text, tail.end) or counts_after_digit(text, tail.end)):
            return None
        # 三亿五千 is 350 million: nobody speaks of three hundred million and five thousand so.
        spoken = head.scale == YI and tail.unit == 1000 and not money_ahead and literal[0] != "零"
        return tail.times(WAN) if spoken else tail.times(head.scale / 10) if tail.unit == ONE and tail.fuzzy else tail
    if len(literal) > 1:
        if money_ahead or (literal[0] == "零" and not counts_after_digit(text, tail.end)):
            return tail
        # 1亿2000 is one 亿 and 2000 万: nobody writes a hundred million and two thousand so.
        if len(literal) == 4 and head.scale == YI and literal.isdigit() and _ONE_TAIL_END.match(text, tail.end):
            return tail.times(WAN)
        return None
    if literal in "两零0":
        return None
    refused = not _ONE_TAIL_END.match(text, tail.end) if literal in "一1" else counts_after_digit(text, tail.end)
    return None if refused and not money_ahead else tail.times(head.scale / 10)


def read_numeral(text: str, start: int) -> Numeral | None:
    """The longest number that starts at ``start`` of a text in plain spelling; None when none does."""
    head = _part(text, start)
    if head is None or head.vague:
        return head
    total = head
    # A figure with decimals, with letters or with 多 is complete: 1.2亿3000万 is two amounts.
    while head.scale > 1 and not (head.letters or head.fuzzy or (head.minimum / head.scale) % 1):
        half = _HALF_AFTER.match(text, total.end)
        if half:
            return _add(total, head.scale / 2, half.end())
        at = total.end
        if text[at : at + 1] == " " and " " in text[start:at]:
            at += 1  # only where the writer spaces figures and units throughout: 1 亿 2 千万
        joined = text[at : at + 1] == "零"
        if joined and text[at + 1 : at + 2] in tuple("123456789"):
            at += 1
        following = _part(text, at) if text[at : at + 1] not in ("万", "亿", "半", "") else None
        if following is None:
            break
        if following.scale == 1:
            tail = _tail(text, head, following)
            return total if tail is None else _plus(total, tail)
        if total is head and head.scale == WAN and following.scale == YI and _counts_yi(text, following):
            total = head = _plus(head, following.times(ONE / YI)).times(YI)  # 1万2千亿: 万 and 千 both count 亿
            head = head._replace(scale=YI)
            continue
        lesser = following.maximum * 10 <= total.minimum and not (following.vague or following.implied)
        if joined and following.scale == head.scale and lesser:
            return _plus(total, following)  # 1000万零5万
        if following.scale >= head.scale or following.vague or following.letters or following.implied:
            break
        total = _plus(total, following)
        head = following
    return total


def _counts_yi(text: str, part: Numeral) -> bool:
    return not (part.plain or part.vague or part.letters or part.implied) or text[part.start] == "零"


def _add(numeral: Numeral, value: Decimal, end: int) -> Numeral:
    return numeral._replace(
        end=end, minimum=numeral.minimum + value, maximum=numeral.maximum + value, unit=ONE, plain=False
    )


def _plus(left: Numeral, right: Numeral) -> Numeral:
    low, high = left.minimum + right.minimum, left.maximum + right.maximum
    return left._replace(end=right.end, minimum=low, maximum=high, unit=ONE, plain=False, fuzzy=right.fuzzy)
