"""Measures named by the end of their names before a sum, and by a hint joined to another name."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.understanding.query import DialogueState
from assistant.understanding.reader import Reader

PLATFORM, CENTRE = "platform-construction", "proof-of-concept-centre"
INSURANCE, INTEREST = "technology-insurance", "technology-loan-interest"


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("新建公共技术服务平台3000万，中心500万，两码事", {PLATFORM: 30_000_000, CENTRE: 5_000_000}),
        ("概念验证中心和平台不搭界，中心投600万，平台投3000万", {CENTRE: 6_000_000, PLATFORM: 30_000_000}),
        ("新建概念验证中心，中心投了600万，补多少", {CENTRE: 6_000_000}),
        ("概念验证中心总投资800万，设备650万，平台150万", {CENTRE: 8_000_000}),
    ],
)
def test_end_of_a_name(reader: Reader, question: str, told: dict[str, int]) -> None:
    bases = reader.read(question, DialogueState(), date(2025, 3, 1)).bases
    assert {name: base.amount.minimum for name, (base,) in bases.items()} == told


@pytest.mark.parametrize(
    ("question", "measures", "whole"),
    [
        ("平台和中心一共4000万", {PLATFORM, CENTRE}, 40_000_000),
        ("保险和贷款两项一起花了75万，科技类的", {INSURANCE, INTEREST}, 750_000),
        ("科技保险费一共付了80万", {INSURANCE}, None),
        ("科技保险费20万和贷款利息60万一共付了80万", {INSURANCE, INTEREST}, None),
    ],
)
def test_one_sum_of_two(reader: Reader, question: str, measures: set[str], whole: int | None) -> None:
    query = reader.read(question, DialogueState(), date(2025, 3, 1))
    assert set(query.measures) == measures
    assert (query.undivided.minimum if query.undivided else None) == whole
