"""Sums by the month: for how many months of a year, and what they come to where they change within it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.calculator.interval import Interval, add_up
from assistant.calculator.steps import show
from assistant.policy.measure import Measure
from assistant.understanding.sums.amounts import Placed
from assistant.understanding.sums.base_amount import BaseAmount, Surroundings
from assistant.understanding.sums.match import Scored
from assistant.understanding.sums.months_named import (
    EACH_LISTED,
    FROM_ON_TO,
    FROM_TO,
    LISTED,
    MONTHLY,
    MOVES_SINCE,
    SINCE,
)
from assistant.understanding.sums.months_of_years import months_of_years
from assistant.understanding.time.periods import numeral


def months_told(item: Placed, outside: str, around: Surroundings) -> int:
    """For how many months a monthly sum is told to be paid; nothing where that is not told."""
    spans = (_months_of(item), _months_from_to(outside), _months_since(item, outside), _months_since_date(around))
    return next((months for months in spans if months > 1), 0)  # 一个月12万: the one month is the unit


def by_months(measure: Measure, scored: Sequence[Scored], around: Surroundings) -> tuple[BaseAmount, ...]:
    """A monthly sum that changes within the year (头五个月每月15万，后七个月每月27万; 1—4月每个月9万，5—12月21万)."""
    if not (measure.base and measure.base.yearly and not measure.base.unit):
        return ()
    ordered = [s.item for s in scored if MONTHLY.search(s.item.ahead) or MOVES_SINCE.search(s.item.ahead)]
    items = ordered if any(MONTHLY.search(item.ahead) for item in ordered) else []
    spans = [(item, _months_of(item) or _months_since(item)) for item in items]
    if len(spans) > 1 and not spans[0][1]:
        spans[0] = (spans[0][0], _months_behind(*items[:2]))
    if len(spans) == _SEVERAL and spans[1][1] and not spans[0][1]:
        spans[0] = (spans[0][0], _YEAR - spans[1][1])  # 每月20万，7月起每月35万: the months before it
    first = _opening_of_the_year(scored, spans)
    told = sum(months for _, months in spans) + (_months_of(first) if first else 0)
    if spans and told and not spans[-1][1] and _FROM_THEN.search(items[-1].ahead):
        spans[-1] = (items[-1], max(_YEAR - told, 0))  # 头两个月每月8万，之后每月15万: the months after them
    spans = [(item, months) for item, months in spans if months]
    if len(spans) + bool(first) < _SEVERAL or sum(months for _, months in spans) > _YEAR:
        return ()
    if not first and (apart := months_of_years([item for item, _ in spans], [n for _, n in spans], around)):
        return apart
    each = [Interval.exactly(item.money.minimum * months) for item, months in spans]
    steps = [f"{show(s[0].amount)} × {s[1]} = {show(amount)}" for s, amount in zip(spans, each, strict=True)]
    each = [first.amount, *each] if first else each
    whole = add_up(each)
    return (BaseAmount(whole, derivation=(*steps, f"{' + '.join(map(show, each))} = {show(whole)}")),)


def _opening_of_the_year(scored: Sequence[Scored], spans: Sequence[tuple[Placed, int]]) -> Placed | None:
    """What was paid for the months before a monthly sum sets in (第一季度付了30万，之后每个月付12万)."""
    if len(spans) != 1 or not (spans[0][1] or _FROM_THEN.search(spans[0][0].ahead)):
        return None
    before = [s.item for s in scored if s.item.money.end <= spans[0][0].money.start and not s.excluded]
    lump = len(before) == 1 and _months_of(before[0]) and not MONTHLY.search(before[0].ahead)
    return before[0] if lump else None


_FROM_THEN = re.compile(
    r"(之后|以后|后来|后面|往后|接下来|接着|剩下|余下|其余|其他|再往后|此后|随后)(的)?(几个月|月份)?"
)


def _months_behind(item: Placed, following: Placed) -> int:
    """The months told behind a monthly sum and before the clause of the next (每月18万，一月到九月付了九个月)."""
    until = following.money.start - len(following.left) - item.money.end
    told = item.after[: max(until, 0)]
    if (span := FROM_TO.search(told)) and (first := numeral(span["a"])) and (last := numeral(span["b"])):
        return max(last - first + 1, 0)
    count = _SO_MANY.search(told)
    return (numeral(count["n"]) or 0) if count else 0


def _months_of(item: Placed) -> int:
    if listed := LISTED.search(item.ahead):
        return len(EACH_LISTED.findall(listed.group()))
    if (span := FROM_TO.search(item.ahead)) and (first := numeral(span["a"])) and (last := numeral(span["b"])):
        return max(last - first + 1, 0)
    if half := _OF_HALF.search(item.ahead):
        return _YEAR // 4 if half["quarter"] or half["first"] else _YEAR // 2
    count = _SO_MANY.search(item.ahead)
    return (numeral(count["n"]) or 0) if count else 0


def _months_from_to(text: str) -> int:
    """The months of a span told with its verb (从7月付到12月)."""
    span = FROM_ON_TO.search(text)
    first, last = (numeral(span["a"]), numeral(span["b"])) if span else (None, None)
    return max(last - first + 1, 0) if first and last else 0


def _months_since(item: Placed, outside: str = "") -> int:
    """The months from the one named to the end of the year (从4月起每月付10万; 一个月45万，5月开始租的)."""
    since = SINCE.search(item.ahead) or SINCE.search(outside)
    month = numeral(since["a"]) if since else None
    return max(_YEAR + 1 - month, 0) if month else 0


def _months_since_date(around: Surroundings) -> int:
    """The months from one named by its distance to the end of the year (从上个月开始租, 下个月起)."""
    starts = [d for d in around.dates if _SETS_IN.search(around.text, d.start, d.end) and d.first.month == d.last.month]
    return _YEAR + 1 - starts[0].first.month if len(starts) == 1 and not _SO_FAR.search(around.text) else 0


_SETS_IN = re.compile(r"[上下这本]个?月[^,，。]{0,2}(开始|起|以?后)$")
_SO_FAR = re.compile(r"(到|至)(今|现在|目前|这个月|本月)|[到至][明后]年")
_SEVERAL = 2
_YEAR = 12
HALF_YEAR = re.compile(r"(?<![上下前后])半年")
"""Six months, and not one of the two halves (上半年)."""
_OF_HALF = re.compile(r"[上下前后]半年|第?[一二三四](?P<quarter>季)度?|(?P<first>[头前首第]一?个季)度?")
_SO_MANY = re.compile(r"(?P<n>\d{1,2}|[一二两三四五六七八九十]{1,2})个月")
