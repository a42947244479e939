"""Costs of one matter told turn by turn (装修花了200万 … 设备400万 … 软件100万，一共呢): each adds to those before."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.calculator.money import find_money
from assistant.calculator.rates import find_rates
from assistant.policy.measure import Measure
from assistant.understanding.query import DialogueState, Query
from assistant.understanding.sums.amounts import Placed, place, words
from assistant.understanding.sums.corrections import REVISED, STAGE
from assistant.understanding.sums.enumerations import all_costs
from assistant.understanding.sums.relations import is_one_cost, one_cost


def with_parts(measures: Sequence[Measure], text: str, state: DialogueState) -> str | None:
    """What was told with the further costs that ``text`` tells, to be read together; None where it tells none, or tells
    one of those before anew."""
    one = measures[0] if len(measures) == 1 else None
    if one is None or not all_costs(one) or len(state.bases.get(one.id, ())) != 1:
        return None
    if REVISED.search(text) or find_rates(text) or words()["relations.returned"].search(text):
        return None
    sums = find_money(state.told)
    told = state.told[: sums[-1].end] if sums else ""  # what is asked or told after them stands in between
    text = _without_those_before(text, state)
    known, new = _things(place(told, sums)), _things(now := place(text, find_money(text)))
    if not known or not new or known & new or len(new) < len(now):
        return None
    return f"{told}，{'，'.join(f'{item.left}{item.money.text}' for item in now)}"


def adds_up(read: Query, text: str, state: DialogueState) -> bool:
    """Whether the base ``read`` from both is the one before and all that ``text`` tells besides."""
    more = sum(money.minimum for money in find_money(_without_those_before(text, state)))
    bases = [base for some in read.bases.values() for base in some]
    before = [base for measure in read.measures for base in state.bases.get(measure, ())]
    return len(bases) == len(before) == 1 and bases[0].amount.minimum == before[0].amount.minimum + more


def _without_those_before(text: str, state: DialogueState) -> str:
    """``text`` without the sums told before that it only points back to (和前面说的装修200万合一起)."""
    told = {money.minimum for money in find_money(state.told)}
    for item in reversed(place(text, find_money(text))):
        if item.money.minimum in told and _POINTS_BACK.search(item.left):
            text = f"{text[: item.money.start - len(item.left)]}{text[item.money.end :]}"
    return text


_POINTS_BACK = re.compile(r"(前面|刚才|之前|上面|原来|先前|开头)|[那这](个|笔|部分|块)?$")


def _things(items: Sequence[Placed]) -> frozenset[str]:
    """What each of ``items`` was spent on; nothing where one is told of nothing in particular."""
    named = [thing for item in items if (thing := _thing(item))]
    return frozenset(named) if len(named) == len(items) else frozenset()


def _thing(item: Placed) -> str:
    if stage := STAGE.search(item.left):
        return stage.group()
    found = one_cost().search(item.left) if is_one_cost(item) else None
    return found["thing"] if found else ""
