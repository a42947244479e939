"""A deduction that a turn takes back (车险先不扣的话呢, 不减那2万是多少): the base as it was before it."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.calculator.interval import Interval
from assistant.calculator.money import find_money
from assistant.understanding.query import DialogueState, Query
from assistant.understanding.sums.base_amount import BaseAmount

_NOT_DEDUCTED = re.compile(r"(不|别|没|未|甭)(先)?(扣|减|刨|剔|去掉|除)(掉|除|去|出去)?(?!税)")
_DEDUCTION = re.compile(r"^[^=]+ - [^=]+ = [^=]+$")


def put_back(query: Query, state: DialogueState) -> dict[str, tuple[BaseAmount, ...]]:
    """The base of the one measure under discussion before the deduction last told of; empty where none is taken
    back."""
    before = state.bases.get(state.measures[0], ()) if len(state.measures) == 1 else ()
    steps = before[0].derivation if len(before) == 1 else ()
    if not steps or not _DEDUCTION.match(steps[-1]) or not _NOT_DEDUCTED.search(query.question):
        return {}
    figures = [money.minimum for money in find_money(steps[-1])]
    named = [money.minimum for money in find_money(query.question)]
    if len(figures) != _FIGURES or any(amount != figures[1] for amount in named):
        return {}
    whole, part, rest = figures
    if whole - part != rest or before[0].amount != Interval(rest, rest):
        return {}
    return {state.measures[0]: (replace(before[0], amount=Interval(whole, whole), derivation=steps[:-1]),)}


_FIGURES = 3
"""Of a deduction: the whole, the part, the rest."""
