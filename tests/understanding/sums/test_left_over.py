"""Amounts counted nowhere are told; what is told otherwise is not."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.calculator.interval import Interval
from assistant.understanding.query import DialogueState
from assistant.understanding.reader import Reader


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("办全国性论坛，场地费80万，还印了一批资料，印资料12万，能补多少", ["120000"]),
        ("新建检测平台，建设总投资3000万，另有流动资金500万，能补多少", []),
        ("首台套单台售价500万，另卖备件60万，奖多少", []),
        ("示范项目AI部分投了300万，还有土建200万，补多少", []),
    ],
)
def test_left_over(reader: Reader, question: str, told: list[str]) -> None:
    query = reader.read(question, DialogueState(), date(2025, 3, 1))
    assert list(query.left_over) == [Interval.exactly(int(amount)) for amount in told]
