"""The text that the sums of a turn are read from, where it leans on what was told before.

Its stages, the whole of which it tells the rest, the sum that had no measure yet.
"""

from __future__ import annotations

import re

from assistant.calculator.money import find_money
from assistant.policy.loader import Policy
from assistant.understanding.query import DialogueState, Query
from assistant.understanding.scope.foreign import says_nothing
from assistant.understanding.subject.measure_choice import puts_right
from assistant.understanding.sums.corrections import STAGE, names_all_stages, with_stages_anew
from assistant.understanding.sums.matters import place_told
from assistant.understanding.sums.shares import REST_COUNTS, counts_a_part

_ONLY_UNIT = re.compile(
    r"(?:单位|金额)?(?:都|全部?|统一)?(?:是|就是|按|用)?(百万|千万|万|亿|元)元?(?:吧|啊|呀|哦|的)?[。.!！]?"
)
"""The answer to the question after the unit of a sum."""
_NUMBER = re.compile(r"\d+(?:\.\d+)?(?![\d.年月日号])")


def told_of_the_stages(text: str, state: DialogueState) -> str:
    """What was told before; of stages that were left aside since (只报一期呢 … 那二期呢, 两期一共呢) the turn that told
    their sums; of a list the turn that told it (第二笔改成430万)."""
    if (place := place_told(text)) and place > len(find_money(state.told)):
        listed = (turn for turn in reversed(state.turns) if len(find_money(turn)) >= max(place, _SEVERAL))
        return next(listed, state.told)
    named = STAGE.findall(text)
    turns = [*state.turns, state.told]
    for at in range(len(turns) - 1, -1, -1):
        turn = turns[at]
        aside = len(named) == 1 and named[0] in turn and (turn == state.told or len(find_money(turn)) > 1)
        if aside or names_all_stages(text, turn):
            return turn if turn == state.told else with_stages_anew(turn, turns[at + 1 : -1])
    return state.told


_SEVERAL = 2


def last_told(state: DialogueState) -> str:
    """What was told before, with the last turn where that told of no base (第一年拿了380万)."""
    return "，".join((state.told, *state.turns[-1:]))


def with_the_whole(policy: Policy, query: Query, state: DialogueState) -> str | None:
    """The text with the whole told just before, of which the turn says that the rest counts (合同1000万 …
    硬件400万，剩下的都是AI的)."""
    parted = len(query.measures) == 1 and counts_a_part(policy.by_id[query.measures[0]])
    if not (parted and query.carried and state.turns and REST_COUNTS.search(query.question)):
        return None
    before = state.turns[-1]
    whole, parts = find_money(before), find_money(query.question)
    fits = whole and sum(part.maximum for part in parts) < whole[0].minimum
    return f"{before}，{query.question}" if fits else None


def with_what_was_told(
    policy: Policy, query: Query, state: DialogueState, *, shares: bool, amounts: bool
) -> str | None:
    """The text with the sum told just before that was no base yet: its share is given (合同340万 … 已经付了四成),
    what it was for (花了300万能补多少 … 算力), or what it lacked (阿里云380万 … 都搬到苏州算力平台)."""
    if amounts or not state.turns or any(measure in state.bases for measure in query.measures):
        return None
    before = state.turns[-1]
    if unit := _ONLY_UNIT.fullmatch(query.question):
        bare = () if find_money(before) else find_money(before, bare=True)
        if len(bare) < len(_NUMBER.findall(before)):  # 场地80搭建120: what the 80 is stays open
            return None
        for money in reversed(bare):
            before = f"{before[: money.end]}{unit[1]}{before[money.end :]}"
        return before if bare else None
    if shares:
        return f"{before}，{query.question}" if query.carried else None
    told = find_money(before)
    if len(told) != 1 or len(query.measures) != 1 or query.asks & {"inverse"}:
        return None
    if not state.measures:
        return f"{before}，{query.question}" if says_nothing(before) else None
    return f"{query.question}，{told[0].text}" if puts_right(policy, query, state) else None
