"""Two amounts that are told as the least and the most of one sum (最少850万最多1200万, 少则300万、多则700万)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.calculator.money import Money
from assistant.understanding.sums.amounts import words


def as_ranges(text: str, amounts: Sequence[Money]) -> tuple[Money, ...]:
    """The amounts, with every pair that tells the ends of one sum made one range."""
    merged: list[Money] = []
    since = 0
    for money in amounts:
        before = merged[-1] if merged else None
        if before and _are_ends(text[since : before.start], before, text[before.end : money.start], money):
            low, high = sorted((before, money), key=lambda one: one.minimum)
            end, shown = money.end, text[before.start : money.end]
            merged[-1] = replace(before, end=end, text=shown, minimum=low.minimum, maximum=high.maximum)
            merged[-1] = replace(merged[-1], approximation=None)
        else:
            since = before.end if before else 0
            merged.append(money)
    return tuple(merged)


def _are_ends(ahead: str, one: Money, between: str, other: Money) -> bool:
    if one.currency != other.currency or one.is_range or other.is_range or one.minimum == other.minimum:
        return False
    rising = one.minimum < other.minimum
    first, second = ("low", "high") if rising else ("high", "low")
    opened = words()[f"ends.{first}"].search(ahead)
    joint = _JOINT.match(between)
    return bool(opened and joint and words()[f"ends.{second}"].fullmatch(between, joint.end()))


_JOINT = re.compile(
    r"元?((一|每|/)(台|套|场|年|月|个月))?(的话|的时候|左右|的|吧)?(吧)?[,，、;；]?(那|而|但是?|不过|或者?|到|至|也)?"
)
