"""A turn that only tells of the asker, for the measure under discussion: who he is, what has changed with him."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.understanding.query import Query
from assistant.understanding.scope import foreign
from assistant.understanding.subject import measure_choice as choice
from assistant.understanding.subject.turn_view import Turn
from assistant.understanding.turns import says_who


def tells_who(turn: Turn) -> Query | None:
    """我们是大学的实验室，行吗: who asks, whatever names stand in it."""
    who = says_who(turn.query)
    later = any(not hit.end <= who for s in turn.said.named for hit in s.hits)
    if not who or not turn.state.measures or later or _surely_another(turn):
        return None
    return replace(turn.carried(), measures=choice.for_newcomer(turn.policy, turn.query, turn.state))


def _surely_another(turn: Turn) -> bool:
    """我们只是省级的人工智能开放创新平台，那笔绩效补贴能不能拿: the support of what he says he is, not that before."""
    sure = turn.topic.own_probability >= _SURE and turn.topic.own_label not in turn.state.measures
    named = any(s.id == turn.topic.own_label for s in turn.said.named)
    return sure and named and bool(_OF_A_SUPPORT.search(turn.text))


_SURE = 0.97
_OF_A_SUPPORT = re.compile(r"[,，][^,，]{0,8}(补贴|补助|奖励|支持|资助|贴息)")


def passes_on(turn: Turn) -> Query | None:
    """我怎么跟他说, 那怎么回复客户: what was just answered, to be told to somebody else."""
    if not turn.state.measures or not _PASS_ON.fullmatch(turn.text):
        return None
    return replace(turn.carried(), asks=frozenset(turn.state.asks))


_PASS_ON = re.compile(
    r"(那么?|所以|这样|[,，])*(我们?|咱们?)?(应该|该|得|要|可以)?(怎么|咋|如何)(去|来)?(跟|和|给|向|对|同)?"
    r"(他们?|她|人家|对方|客户|老板|领导|企业|公司|同事)?(们)?(那边)?(说|讲|解释|交代|交待|回复?|答复|回话|转达|汇报|回应)"
    r"(他们?|她|人家|对方|客户|老板|领导|企业)?(才好|呢|好|比较好|合适)?[?？]?"
)


def mends(turn: Turn) -> Query | None:
    """个体户 … 下个月转成有限公司; 只有区里认定 … 省里批下来了: what makes good a condition that failed."""
    told = turn.said.named or turn.said.amounts or turn.query.asks - {"eligibility", "amount"}
    if told or foreign.asks_something(turn.text) or not choice.mended(turn.policy, turn.query, turn.state):
        return None
    return replace(turn.carried(), rules=())
