"""Sums told before and named again: one that does not count (阿里云还有60万 … 那60万能算进去吗), one that a new sum
is added to (设备2300万，加上前面厂房那800万)."""

from __future__ import annotations

import re

from assistant.calculator.money import find_money
from assistant.policy.measure import Measure
from assistant.understanding.query import DialogueState
from assistant.understanding.sums.amounts import Placed, place
from assistant.understanding.sums.match import score
from assistant.understanding.sums.taxes import GROSS_OR_NET


def told_not_to_count(measure: Measure, item: Placed, state: DialogueState) -> bool:
    """Whether ``item`` is the same sum as one that the asker's words before told to be none of the measure's base, and
    was told as no other."""
    if score(measure, item, ()).own or GROSS_OR_NET.search(item.left):
        return False  # named anew for what counts
    turns = state.turns
    told = [other for turn in turns for other in place(turn, find_money(turn)) if other.amount == item.amount]
    scored = [score(measure, other, ()) for other in told]
    by_unit = bool(measure.base and measure.base.unit) and bool(state.bases.get(measure.id))
    # 一台500万，三台一共1500万 … 按1500万算呢: what several cost together is the price of none.
    return bool(scored) and all(one.excluded or (by_unit and one.whole) for one in scored)


def joined_to(item: Placed) -> bool:
    """Whether ``item`` is named as one told before that counts beside what is new (加上前面厂房那800万)."""
    return bool(_JOINED_TO.search(item.left))


_JOINED_TO = re.compile(
    r"(加上?|连同?|算上|再加|和|跟|同|与|合)着?(前面|刚才|之前|上面|原来|先前|开头|已经)(说|报|讲|提)?(过|的|了)?[^,，。;；\d]{0,8}$"
)
