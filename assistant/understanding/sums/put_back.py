"""A deduction from the base told before (还有30万没付，得扣掉; 那60万是上一年付的), or one that a turn takes back
(车险先不扣的话呢, 不减那2万是多少)."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.calculator.interval import Interval
from assistant.calculator.money import find_money
from assistant.calculator.steps import show
from assistant.policy.measure import Measure
from assistant.understanding.query import DialogueState, Query
from assistant.understanding.sums.amounts import words
from assistant.understanding.sums.base_amount import BaseAmount
from assistant.understanding.sums.taken_off import takes_off

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


def taken_off(measure: Measure, query: Query, state: DialogueState) -> tuple[BaseAmount, ...]:
    """The base of the measure under discussion less the part that a turn takes off it, or says to be of another year
    where each year is reckoned by itself; empty where nothing is taken off."""
    before = state.bases.get(measure.id, ())
    if len(before) != 1 or (query.told and query.bases.get(measure.id) != before):
        return ()  # reading anew what was told has taken it off already
    whole, text = before[0].amount, query.question
    parts = [money for money in find_money(text) if Interval(money.minimum, money.maximum) != whole]
    if len(parts) != 1 or parts[0].maximum >= whole.minimum:
        return ()
    yearly = measure.base is not None and measure.base.yearly
    returned = words()["relations.returned"].search(text[: parts[0].start])
    off = returned or takes_off(text, parts[0]) or _OFF_AT_LAST.search(text, parts[0].end)
    if not off and not (yearly and _OF_ANOTHER_YEAR.match(text, parts[0].end)):
        return ()
    rest = Interval(whole.minimum - parts[0].maximum, whole.maximum - parts[0].minimum)
    step = f"{show(whole)} - {show(Interval(parts[0].minimum, parts[0].maximum))} = {show(rest)}"
    return (replace(before[0], amount=rest, derivation=(*before[0].derivation, step)),)


_OFF_AT_LAST = re.compile(
    r"(得|要|应该?|该|先|全|都|也|再)(扣掉|扣除|减掉|减去|去掉|刨掉|剔掉|剔除|拿掉|扣)(了|的|吧)*[。!！]?$"
    r"|[,，](要是|如果|假如|万一|这块|那块|都|就)*(不算|不认|不计|扣掉|去掉|剔除|拿掉)(了|的)?(的话)?呢?[?？]?$"
)
_OF_ANOTHER_YEAR = re.compile(
    r"元?(其实|原来|应该|都|也)*(是|属于|算)(上一?年度?|去年|前年|前一年|往年|明年|下一?年|别的年)"
    r"[^,，。;；\d]{0,6}(?=$|[,，。;；])"
)
_FIGURES = 3
"""Of a deduction: the whole, the part, the rest."""
