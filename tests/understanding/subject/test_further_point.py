"""What is asked further of the measure under discussion, told apart from a turn that goes on about its sum."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.understanding.query import DialogueState, Query
from assistant.understanding.reader import Reader
from assistant.understanding.remembering import remember

AS_OF = date(2025, 3, 1)
SOLD = "我们在昆山，设备拿到苏州市首台套认定，一台卖320万"
PAID = "我们昆山的企业付给苏州算力平台350万算力费，能补多少"


def after(reader: Reader, first: str, turn: str) -> Query:
    state = remember(reader.read(first, DialogueState(), AS_OF), DialogueState())
    return reader.read(turn, state, AS_OF)


@pytest.mark.parametrize(
    ("first", "turn", "ask"),
    [
        (PAID, "要本地部署吗", "open_fact_unnamed"),
        (PAID, "平台能自己选吗", "open_fact_unnamed"),
        (SOLD, "个体户呢", "conditions"),
        (SOLD, "关联公司可以吗", "conditions"),
        (SOLD, "租出去的算吗", "counted"),
        (PAID, "训练和推理都算吗", "counted"),
        (PAID, "苏州算力平台是哪家", "open_fact_unnamed"),
    ],
)
def test_is_asked_without_the_sum(reader: Reader, first: str, turn: str, ask: str) -> None:
    query = after(reader, first, turn)
    assert query.asks == {ask}
    assert not query.bases


@pytest.mark.parametrize(
    ("first", "turn"),
    [
        (SOLD, "那能拿多少"),
        (SOLD, "如果是医疗器械呢"),
        (SOLD, "要是省里认了呢"),
        (SOLD, "你确定吗"),
        (SOLD, "卖350万呢"),
        (PAID, "付了一半呢"),
        (PAID, "能补吗"),
    ],
)
def test_goes_on_about_the_sum(reader: Reader, first: str, turn: str) -> None:
    query = after(reader, first, turn)
    assert query.bases
    assert "open_fact_unnamed" not in query.asks


def test_the_sum_comes_back_when_it_is_asked_for(reader: Reader) -> None:
    first = reader.read(PAID, DialogueState(), AS_OF)
    state = remember(first, DialogueState())
    asked = reader.read("要本地部署吗", state, AS_OF)
    assert not asked.bases
    assert reader.read("那一共能拿多少", remember(asked, state), AS_OF).bases == first.bases
