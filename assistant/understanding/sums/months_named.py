"""Which months of a year a text names, so that sums told of other months are read together."""

from __future__ import annotations

import re

from assistant.calculator.money import find_money
from assistant.understanding.time.periods import numeral

_N = r"(?:1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九])"
LISTED = re.compile(rf"(?<![\d十第]){_N}月?份?(?:[、,，和跟及]{_N}月?份?)*[、,，和跟及]{_N}月(?!\d{{1,2}}[日号])")
EACH_LISTED = re.compile(_N)
MOVES_SINCE = re.compile(rf"{_N}月份?(起|开始|以?后)[^,，。;；\d]{{0,6}}(涨|升|降|加|减|调|改|变)[到成为至][了约]?$")
"""7月起涨到35万: of a sum told by the month before."""
FROM_TO = re.compile(
    r"(?P<a>\d{1,2}|[一二三四五六七八九十]{1,2})月?(份)?\s*[—–\-~至到]+\s*(?P<b>\d{1,2}|[一二三四五六七八九十]{1,2})月"
)
FROM_ON_TO = re.compile(
    r"(?P<a>\d{1,2}|[一二三四五六七八九十]{1,2})月(份)?[^,，。;；\d月]{0,6}[到至](?P<b>\d{1,2}|[一二三四五六七八九十]{1,2})月"
)
SINCE = re.compile(
    r"(?<![去前]年)(?<![\d十])(?P<a>\d{1,2}|[一二三四五六七八九十]{1,2})月(份)?(起|开始|以?后|之后|(?=[涨升降加改变调减]))"
)
MONTHLY = re.compile(r"每个?月|一个月|(?<![\d一二三四五六七八九十份])月[付租]|按月")


def months_named(text: str) -> frozenset[int]:
    """The months of a year that ``text`` names (一月到九月, 十、十一、十二月, 下半年, 后三个月, 7月起)."""
    spans: list[tuple[int, int]] = []
    for found in (*FROM_TO.finditer(text), *FROM_ON_TO.finditer(text)):
        spans.append((numeral(found["a"]) or 0, numeral(found["b"]) or 0))
    for found in _PART_OF_YEAR.finditer(text):
        spans.append(_span_of(found))
    for found in _ONE_MONTH.finditer(text):
        month = numeral(found["a"]) or 0
        spans.append((month, _YEAR if found["on"] else month))
    for listed in LISTED.finditer(text):
        spans += [(numeral(one) or 0, numeral(one) or 0) for one in EACH_LISTED.findall(listed.group())]
    return frozenset(month for first, last in spans for month in range(first, last + 1) if 0 < month <= _YEAR)


def _span_of(found: re.Match[str]) -> tuple[int, int]:
    """The first and the last month of a half, a quarter, or so many months at one end of the year."""
    if half := found["half"]:
        return (1, _YEAR // 2) if half in "上前" else (_YEAR // 2 + 1, _YEAR)
    if quarter := found["quarter"]:
        last = _MONTHS_OF_QUARTER * (numeral(quarter) or 0)
        return last - _MONTHS_OF_QUARTER + 1, last
    count = numeral(found["n"]) or 0
    return (1, count) if found["end"] in "头前" else (_YEAR - count + 1, _YEAR)


_MONTHS_OF_QUARTER = 3
_PART_OF_YEAR = re.compile(
    r"(?P<half>[上下前后])半年|(?P<quarter>[一二三四])(?=[一二三四、,和与跟]{0,4}季)"
    r"|(?P<end>头|前|最后|后面?)(?P<n>\d{1,2}|[一二两三四五六七八九十]{1,2})个月"
)
_ONE_MONTH = re.compile(
    r"(?<![\d十第个])(?P<a>1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九])月(?!\d{1,2}[日号])(份)?(?P<on>起|开始|以?后|之后)?"
)


def other_months(text: str, told: str) -> bool:
    """Whether ``text`` tells what other months than those of ``told`` cost by the month, to be read together with it
    (每月18万，一月到九月 … 后面三个月每月25万; 每月20万 … 10月起降到15万)."""
    if _PUT_RIGHT.search(text) or _BEGINS.search(text) or not (find_money(text) and find_money(told)):
        return False
    before, now = months_named(told), months_named(text)
    if not before and (count := _SO_MANY.search(told)):
        before = frozenset(range(1, (numeral(count["n"]) or 0) + 1))
    if not before:
        return bool(MONTHLY.search(told) and (_MOVES_NOW.search(text) or (now and SINCE.search(text))))
    monthly = MONTHLY.search(told) or MONTHLY.search(text)
    return bool(now and monthly and not before & now)


_SO_MANY = re.compile(r"(付|用|租|满)(了|过|满)*(?P<n>\d{1,2}|[一二两三四五六七八九十]{1,2})个月")
_BEGINS = re.compile(r"月份?(开始|起|才|才开始)(付|租|用|买|签|接|上)")
"""3月开始付的: before that nothing was paid."""
_PUT_RIGHT = re.compile(r"[说记看写报填搞弄]错|不对|更正|其实|应该是|不是")
_MOVES_NOW = re.compile(MOVES_SINCE.pattern.removesuffix("$"))
_YEAR = 12
