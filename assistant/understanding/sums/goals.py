"""Which base reaches an amount, asked once more: of another amount, another measure, at another rate."""

from __future__ import annotations

import re

from assistant.calculator.rates import find_rates
from assistant.understanding.query import DialogueState


def still_asks(text: str, state: DialogueState) -> frozenset[str]:
    """What was asked of another measure or sum and is asked of this one too: which base reaches it."""
    if "inverse" not in state.asks:
        return frozenset()
    if state.target and _ENOUGH_FOR_IT.search(text):
        return frozenset({"shortfall"})
    again = _AND_THIS_ONE.search(text) or another_goal(text, state) or another_rate(text)
    return frozenset({"inverse"}) if again else frozenset()


def another_goal(text: str, state: DialogueState) -> bool:
    """Whether a turn is but another amount to reach (那190万呢), after the base for one was asked for."""
    return state.target is not None and "inverse" in state.asks and bool(_THAT_MUCH.fullmatch(text))


def another_rate(text: str) -> bool:
    """Whether a turn is but another rate to reckon with (要是只按一成给呢, 20%的话)."""
    rates = find_rates(text)
    one = rates[0] if len(rates) == 1 else None
    return bool(one and _AT_THE_RATE.fullmatch(text[: one.start]) and _WITH_IT.fullmatch(text[one.end :]))


_AT_THE_RATE = re.compile(
    r"(那么?|要是|如果|万一|假如|假设|哪怕|换成|改成?|只|就|才|都|也|最[低高少多]|按照?|照|以|能?给|拿|补|奖|算|评|定|批|到|比例|是|我们|政府|市里|[,，])*"
)
_WITH_IT = re.compile(
    r"(来|的|给|算|补|奖|拿|计算?|走|比例|档)*(的话)?[,，]?(呢|(又|那)?(要|得|该|是)*(卖|投|花|做|付)?(到|够)?多少钱?(才[^,，]{1,4})?)?[?？。]*"
)


# 已经投了600万，够了吗, after the base that reaches an amount was asked for.
_ENOUGH_FOR_IT = re.compile(r"够(了)?(没有?|吗|么|不够)|[差缺](的|了|个|着)?(多少|几|多大)")


# 公共技术服务平台拿满呢, 平台要拿1500万呢, after which base reaches the ceiling was asked of another.
_AND_THIS_ONE = re.compile(
    r"(拿满|补满|拉满|到顶|封顶|顶格|满额)(的话)?呢[?？]?$"
    r"|(^|[^投花付卖])(拿|补|奖|领|支持|要)(到|够|满|足)?[\d.一二两三四五六七八九十百千]+[万亿]元?(的?补贴|的?支持|的?奖励)?(的话)?(呢)?[?？]?$"
)

_THAT_MUCH = re.compile(
    r"(那|那么|如果|要是|假如|假设|换成|改成|换|改|想|是|要|目标|[,，])*[\d.一二两三四五六七八九十百千]+[万亿]元?(的话)?(呢|要多少|得多少|又是多少)?[?？]?"
)
