"""What a turn does to a sum told before it, as the base that is left; nothing else may change the base."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.understanding.query import DialogueState
from assistant.understanding.reader import Reader
from assistant.understanding.remembering import remember

_MONTHS = "今年三月付了苏州算力平台46万，六月51万，九月28万，能补多少"
_LOSSES = "我行三户科技贷款损失，120万、340万、95万，风险补偿合计最多多少"
_PLATFORM = "新建公共技术服务平台，设备2900万，装修1250万，共4150万"
_YEARS = "算力去年付了310万，今年付了450万，两年一共补多少"


@pytest.mark.parametrize(
    ("turns", "base"),
    [
        ([_MONTHS, "九月那笔还没打出去"], [97]),
        ([_MONTHS, "九月那笔还没打出去", "九月那笔后来补付了"], [125]),
        ([_MONTHS, "九月那笔还没打出去", "六月那笔退了11万"], [86]),
        ([_MONTHS, "六月那笔其实是付给华为云的"], [74]),
        ([_MONTHS, "九月那笔只付了一半"], [111]),
        ([_MONTHS, "单看六月那笔呢"], [51]),
        ([_MONTHS, "六月那笔算不算"], [125]),
        ([_LOSSES, "95万那户又全额追回来了"], [460]),
        ([_LOSSES, "340万那户后来认定不是科技贷款"], [215]),
        ([_PLATFORM, "如果装修被剔掉"], [2900]),
        ([_YEARS, "今年那笔还没付"], [310]),
        ([_YEARS, "去年那笔有100万退了"], [210, 450]),
        (["苏州算力平台给我们开了96万的票，能补多少", "钱只付了六成"], [57.6]),
        (["苏州算力平台给我们开了96万的票，能补多少", "钱只付了六成", "剩下的年内也付清"], [96]),
        (["办国际论坛花290万", "最后砍到一半了"], [145]),
    ],
)
def test_change_told(reader: Reader, turns: list[str], base: list[float]) -> None:
    state = DialogueState()
    for turn in turns:
        query = reader.read(turn, state, date(2025, 3, 1))
        state = remember(query, state)
    (left,) = query.bases.values()
    assert [float(one.amount.minimum) / 10_000 for one in left] == base


def test_a_year_that_falls_away_is_not_added_later(reader: Reader) -> None:
    state = DialogueState()
    for turn in (_YEARS, "今年那笔还没付"):
        state = remember(reader.read(turn, state, date(2025, 3, 1)), state)
    assert [base.label for base in state.by_year["computing-power"]] == ["2024年"]
