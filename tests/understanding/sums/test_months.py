"""Sums by the month: told or implied numbers of months, and sums that change within the year."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.understanding.query import DialogueState
from assistant.understanding.reader import Reader


@pytest.mark.parametrize(
    ("question", "base"),
    [
        ("苏州算力平台第一季度付了30万，之后每个月付12万，全年能补多少", 1_380_000),
        ("苏州算力平台上半年付了60万，下半年改成每月15万，全年补多少", 1_500_000),
        ("苏州算力平台1到4月付了40万，往后每个月12万，补多少", 1_360_000),
        ("苏州算力平台前两个月每月8万，之后每月15万，一年补多少", 1_660_000),
        ("从上个月开始租苏州算力平台，每月18万，付到年底能补多少", 1_980_000),
        ("苏州算力平台每月18万，从去年3月租到今年2月，补多少", 2_160_000),
        ("苏州算力平台每月20万，9月涨到每月35万，今年补多少", 3_000_000),
        ("苏州算力平台Q1 30，Q2 45，Q3 60，Q4 85（万元），能补多少", 2_200_000),
        ("苏州算力平台上半年110 下半年95 单位：万元 全年补多少", 2_050_000),
    ],
)
def test_months(reader: Reader, question: str, base: int) -> None:
    (found,) = reader.read(question, DialogueState(), date(2025, 3, 1)).bases["computing-power"]
    assert found.amount.minimum == found.amount.maximum == base
