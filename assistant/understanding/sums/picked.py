"""One of the sums told before, taken for the base in the place of another (先照不含税的800万算)."""

from __future__ import annotations

import re

from assistant.calculator.interval import Interval
from assistant.calculator.money import Money, find_money
from assistant.calculator.rates import find_rates
from assistant.policy.loader import Policy
from assistant.policy.measure import Kind, Measure
from assistant.understanding.query import DialogueState
from assistant.understanding.sums.amounts import Placed, place
from assistant.understanding.sums.base_amount import BaseAmount
from assistant.understanding.sums.counted_shares import of_another_part
from assistant.understanding.sums.match import score, takes_amounts
from assistant.understanding.sums.shares import counts_a_part
from assistant.understanding.sums.sides import SUPPORT, side_of
from assistant.understanding.sums.taxes import GROSS_OR_NET
from assistant.understanding.sums.told_changes import Change


def picked_sum(policy: Policy, text: str, state: DialogueState) -> Change | None:
    """The sum told before that ``text`` takes for the base; None where it takes none, or the measure under discussion
    counts no such sum."""
    one = policy.by_id.get(state.measures[0]) if len(state.measures) == 1 else None
    before = state.bases.get(one.id, ()) if one else ()
    amounts = find_money(text)
    if one is None or len(before) != 1 or len(amounts) != 1 or find_rates(text) or not _may_be_picked(one):
        return None
    label = _label(text, amounts[0])
    amount = Interval(amounts[0].minimum, amounts[0].maximum)
    if label is None or before[0].amount == amount or before[0].whole_only:
        return None
    told = _told_as(amount, label, state)
    if told is None or not _counts(one, told, before[0]):
        return None
    return Change({one.id: (BaseAmount(amount),)}, f"{told.left}{told.money.text}")


def _may_be_picked(measure: Measure) -> bool:
    by_unit = measure.base is not None and measure.base.unit
    return takes_amounts(measure) and measure.kind is not Kind.MATCHED and not by_unit


def _label(text: str, amount: Money) -> str | None:
    """How ``text`` names the sum that it picks ("" for by its figure alone); None where it picks none."""
    picks = _PICKS.fullmatch(text[: amount.start])
    return picks["label"] if picks and _RECKONED.fullmatch(text, amount.end) else None


def _told_as(amount: Interval, label: str, state: DialogueState) -> Placed | None:
    """The sum as the asker told it before, where the name that ``label`` gives it is its own."""
    for turn in (state.told, *reversed(state.turns)):
        for item in place(turn, find_money(turn)):
            if item.amount == amount and _names(_EMPTY.sub("", label), f"{item.before}{item.left}"):
                return item
    return None


def _names(label: str, told: str) -> bool:
    """Whether ``label`` shares two letters running with the words of the sum; one without letters names any."""
    return not label or any(label[at : at + 2] in told for at in range(max(len(label) - 1, 1)))


def _counts(measure: Measure, told: Placed, before: BaseAmount) -> bool:
    """Whether the sum can be the measure's base: nothing left out of it, no support, of the part that counts."""
    scored = score(measure, told, ())
    if scored.excluded or side_of(told) == SUPPORT:
        return False
    if not counts_a_part(measure):
        return True
    more = told.amount.minimum > before.amount.minimum and not GROSS_OR_NET.search(told.left)
    return not (more or scored.whole or of_another_part(measure, told.left))


_EMPTY = re.compile(r"[的那这个了]|部分|投资|金额|一块|费用")
_PICKS = re.compile(
    r"([^,，。;；\d]{0,8}(不(做|建|搞|报|要|投|买|办|上)|取消|砍掉?|停|推迟|黄)了?[,，])?"
    r"(那|那么|好|行|就|先|只|光|单|仅|还是|要是|如果|假如|我们|[,，])*"
    r"(按照?|照|拿|用|以|只有|只剩下?|只算|只报|只看|换成|换|改成|改按|改用)(着|的是)?(?P<label>[^,，。;；\d]{0,10})"
)
_RECKONED = re.compile(
    r"元?(这个|那个|这笔|那笔)?(数字?|口径|金额|钱)?(来|去)?(算|计|报|测算|申报)?(的话)?"
    r"(呢|吧|了|[,，]?(能|可以|会)?(补|拿|给|奖|领)(多少|几)[^,，。;；]{0,3})?[?？。!！]?"
)
