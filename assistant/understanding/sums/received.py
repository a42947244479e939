"""What was received of one measure, told to learn how far it is from the ceiling (去年拿了320万，离封顶还差多少)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.calculator.formatting import format_rate
from assistant.calculator.interval import Interval
from assistant.calculator.rates import Rate
from assistant.calculator.steps import show
from assistant.policy.measure import Measure, Per
from assistant.understanding.query import Query
from assistant.understanding.sums.amounts import Placed, Roles, words
from assistant.understanding.sums.base_amount import BaseAmount
from assistant.understanding.sums.ordinal_years import named_in_a_row
from assistant.understanding.sums.sides import SUPPORT, side_of

EARLIER_AWARD = "earlier_award"
"""Among the asks: an award of this measure for an earlier year is told (去年拿过150万): it takes nothing away."""

_SEVERAL = 2


def without_earlier(roles: Roles) -> Roles:
    """``roles`` without what was received for an earlier year."""
    kept = tuple(item for item in roles.candidates if not _received(item))
    return replace(roles, candidates=kept, awards=())


def _received(item: Placed) -> bool:
    wanted = words()["target"].search(item.left)  # 要拿到150万: aimed at, not had
    return bool(words()["given_directly"].search(item.left)) and not wanted and side_of(item) == SUPPORT


def for_named_years(
    measures: Sequence[Measure], placed: Sequence[Placed], query: Query
) -> dict[str, tuple[BaseAmount, ...]]:
    """What was received for years that a turn names (今年拿到顶了200万，明年还能拿吗), for a ceiling by the year."""
    cap = measures[0].cap if len(measures) == 1 else None
    full = "add_up" in query.asks and words()["reached"].search(query.question)
    told_of = EARLIER_AWARD in query.asks or full or bool(named_in_a_row(query.question))
    if cap is None or cap.per is not Per.YEAR or not told_of:
        return {}
    found = []
    for label, end in _years_named(query):
        told = _TOLD.match(query.question, end)
        if told is None:
            continue
        sums = [item for item in placed if told.start() <= item.money.start < told.end()]
        if words()["reached"].search(told.group()):
            found.append(BaseAmount(Interval.exactly(cap.amount), label, at_cap=True))
        elif len(sums) == 1 and _received(sums[0]) and sums[0].money.maximum <= cap.amount:
            found.append(BaseAmount(sums[0].amount, label, received=True))
    return {measures[0].id: tuple(found)} if found else {}


def _years_named(query: Query) -> list[tuple[str, int]]:
    """The single years that a turn names, by their number or their place in a row, with where the name ends."""
    by_number = [(f"{d.first.year}年", d.end) for d in query.dates if d.first.year == d.last.year]
    return by_number or named_in_a_row(query.question)


_TOLD = re.compile(
    r"[^,，。;；?？]*?((拿|领|补|奖|享受|得|给|发|评)(了|过|到|满|足)|顶格|满额|封顶|[到见顶]顶)[^,，。;；?？]*"
)


def received_of(
    measures: Sequence[Measure], placed: Sequence[Placed], query: Query
) -> dict[str, tuple[BaseAmount, ...]]:
    """The support told as received, each year's by itself for a yearly ceiling; nothing where any amount is another."""
    if len(measures) != 1 or measures[0].cap is None or not placed:
        return {}
    if not all(map(_received, placed)):
        return {}
    if any(item.money.maximum > measures[0].cap.amount for item in placed):
        return {}
    labels = [_year_before(item, placed, query) for item in placed]
    if len(placed) >= _SEVERAL and (
        measures[0].cap.per is not Per.YEAR or not all(labels) or len(set(labels)) < len(labels)
    ):
        return {}
    told = zip(placed, labels, strict=True)
    return {measures[0].id: tuple(BaseAmount(item.amount, label, received=True) for item, label in told)}


def reckoned_back(
    measures: Sequence[Measure], placed: Sequence[Placed], rates: Sequence[Rate], text: str
) -> dict[str, tuple[BaseAmount, ...]]:
    """The base of what one end of the rate would give, where another rate is asked (按10%能拿91万，要是按20%呢)."""
    rate = measures[0].rate if len(measures) == 1 else None
    cap = measures[0].cap if rate else None
    within = [r for r in rates if rate and rate.minimum <= r.minimum == r.maximum <= rate.maximum]
    if cap is None or len(placed) != 1 or len(within) != _SEVERAL or len(rates) != _SEVERAL:
        return {}
    item, (told, asked) = placed[0], within
    if asked.start < item.money.end or not _GIVES.fullmatch(text, told.end, item.money.start):
        return {}
    if item.money.maximum > cap.amount or item.money.is_range:
        return {}
    base = Interval.exactly((item.money.minimum / told.minimum).normalize() + 0)
    step = f"{show(item.amount)} ÷ {format_rate(told.minimum, told.minimum)} = {show(base)}"
    return {measures[0].id: (BaseAmount(base, derivation=(step,)),)}


_GIVES = re.compile(
    r"(来?算|的话|计算?|测算)*[,，]?(就|那|能|可以|会|应该|大概|是|给|我们|咱们?)*(拿|奖|补|得|领|给|有|是)(了|到|励)*(大概|约)?"
)


def _year_before(item: Placed, placed: Sequence[Placed], query: Query) -> str:
    since = max((other.money.end for other in placed if other.money.end <= item.money.start), default=0)
    named = [d for d in query.dates if since <= d.start < item.money.start and d.first.year == d.last.year]
    return f"{named[-1].first.year}年" if named else ""
