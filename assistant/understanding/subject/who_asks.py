"""A turn that only tells of the asker, for the measure under discussion: who he is, what has changed with him."""

from __future__ import annotations

from dataclasses import replace

from assistant.understanding.query import Query
from assistant.understanding.scope import foreign
from assistant.understanding.subject import measure_choice as choice
from assistant.understanding.subject.turn_view import Turn
from assistant.understanding.turns import says_who


def tells_who(turn: Turn) -> Query | None:
    """我们是大学的实验室，行吗: who asks, whatever names stand in it."""
    who = says_who(turn.query)
    if not who or not turn.state.measures or any(not hit.end <= who for s in turn.said.named for hit in s.hits):
        return None
    return replace(turn.carried(), measures=choice.for_newcomer(turn.policy, turn.query, turn.state))


def mends(turn: Turn) -> Query | None:
    """个体户 … 下个月转成有限公司; 只有区里认定 … 省里批下来了: what makes good a condition that failed."""
    told = turn.said.named or turn.said.amounts or turn.query.asks - {"eligibility", "amount"}
    if told or foreign.asks_something(turn.text) or not choice.mended(turn.policy, turn.query, turn.state):
        return None
    return replace(turn.carried(), rules=())
