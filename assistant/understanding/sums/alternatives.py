"""Amounts that are set against each other (投600万跟投900万差多少): one sum for each, never their total."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from assistant.calculator.steps import show
from assistant.policy.measure import Measure
from assistant.understanding.sums.base_amount import BaseAmount, Surroundings
from assistant.understanding.sums.bases import bases_of
from assistant.understanding.sums.match import Scored


def of_alternatives(measure: Measure, scored: Sequence[Scored], around: Surroundings) -> tuple[BaseAmount, ...]:
    """A base for each amount, labelled by itself, where the asker compares; none where nothing is compared."""
    if not around.compared:
        return ()
    ordered = sorted((s for s in scored if not s.excluded), key=lambda s: s.item.money.start)
    joined: list[Scored] = []
    for one, other in pairwise(ordered):
        between = around.text[one.item.money.end : other.item.money.start]
        plans = one.own > 0 and other.own > 0 and _IN_TURN.fullmatch(between)
        if plans or _AGAINST.fullmatch(between):
            joined += [s for s in (one, other) if s not in joined]
    found = [base for s in joined for base in bases_of(measure, [s], around)]
    if len(found) < _TWO or len({base.amount for base in found}) < len(found):
        return ()
    named = [base.label for base in found]
    labels = named if all(named) and len(set(named)) == len(named) else [show(base.amount) for base in found]
    return tuple(replace(base, label=label) for base, label in zip(found, labels, strict=True))


def set_against(before: tuple[BaseAmount, ...], now: tuple[BaseAmount, ...]) -> tuple[BaseAmount, ...]:
    """A base told before beside the one that a turn compares it with (如果投到900万能多拿多少)."""
    if not (len(before) == len(now) == 1) or before[0].amount == now[0].amount:
        return now
    return tuple(replace(base, label=show(base.amount)) for base in (*before, *now))


_TWO = 2
_AGAINST = re.compile(
    r"元?的?[^,，。;；\d]{0,6}[,，]?(和|跟|与|同|还是|比|或者?|、|(加|涨|提|升|增|减|降|改|变|压|砍)(到|成|至))[^,，。;；\d]{0,8}"
)
_IN_TURN = re.compile(r"元?[^,，。;；\d]{0,4}[,，;；][^,，。;；\d]{0,10}")
"""A方案投6000万，B方案投1.1亿: one after the other, each told as a base."""
