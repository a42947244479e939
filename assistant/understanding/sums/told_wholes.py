"""A whole told first and the part of it that counts told later (总共投了1500万 … 六成是厂房，剩下四成才是人工智能)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.calculator.money import find_money
from assistant.calculator.rates import find_rates
from assistant.understanding.query import DialogueState, Query
from assistant.understanding.sums.base_amount import BaseAmount
from assistant.understanding.turns import asked_clauses


def with_whole(text: str, measures: Sequence[str], state: DialogueState) -> str | None:
    """What was told, where it is but the whole of which a part counts, with what ``text`` tells of its parts; None
    where it tells none."""
    told, bases = state.told, state.bases
    last = state.turns[-1] if state.turns else ""
    before = bases.get(measures[0], ()) if len(measures) == 1 else ()
    if not told or len(before) != 1 or not before[0].whole_only:
        return None
    told = _asked_once(told, before[0])
    again = _OF_THE_WHOLE.match(text)
    if again and any(money.maximum != before[0].amount.maximum for money in find_money(again["whole"])):
        return None
    parts = text[again.end() :] if again else text
    if _THE_REST.match(text) and not find_money(text) and not find_rates(text):
        parts = f"{last}，{text}"  # 土建占一半 … 剩下的全是AI
    if not (find_money(parts) or find_rates(parts)):
        return None
    return f"{told}，其中{parts}" if again else f"{told}，{parts}"


_OF_THE_WHOLE = re.compile(r"(那|这)?(个|笔)?(?P<whole>\d[\d.]*[万亿]元?)(里面|里头|里边|里|中|当中|其中)(的|有)?")


_THE_REST = re.compile(r"(那|那么)?(剩|其余|余下|其他|其它)")


def _asked_once(told: str, whole: BaseAmount) -> str:
    """``told`` without a clause that asks of the whole told before it (总共投了1500万，是不是按1500万算两成)."""
    first = next((m.end for m in find_money(told) if m.maximum == whole.amount.maximum), len(told))
    for start, end in reversed(asked_clauses(told)):
        if start >= first and any(m.maximum == whole.amount.maximum for m in find_money(told[start:end])):
            told = f"{told[:start]}{told[end:].lstrip('?？')}"
    return told


def counts_now(query: Query) -> bool:
    """Whether the part that counts is known."""
    return any(not base.whole_only for bases in query.bases.values() for base in bases)
