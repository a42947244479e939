"""One sum for two measures: divided where the text divides it, the base of neither where it does not."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.understanding.query import DialogueState
from assistant.understanding.reader import Reader

PLATFORM, CENTRE = "platform-construction", "proof-of-concept-centre"


@pytest.mark.parametrize(
    ("question", "told"),
    [
        (
            "新建公共技术服务平台和概念验证中心，一共投3600万，平台占三分之二，剩下的是概念验证中心，各支持多少",
            {PLATFORM: 24_000_000, CENTRE: 12_000_000},
        ),
        (
            "新建概念验证中心和公共技术服务平台总共投5000万，其中概念验证中心占15%，其余是平台，各能拿多少",
            {PLATFORM: 42_500_000, CENTRE: 7_500_000},
        ),
        (
            "去年科技保险费和科技贷款利息一共交了90万，保险占三成，其余是利息，最多补多少",
            {"technology-insurance": 270_000, "technology-loan-interest": 630_000},
        ),
        ("新建公共技术服务平台和概念验证中心一共4000万，各能拿多少", {}),
    ],
)
def test_divided(reader: Reader, question: str, told: dict[str, int]) -> None:
    bases = reader.read(question, DialogueState(), date(2025, 3, 1)).bases
    assert {name: base.amount.minimum for name, (base,) in bases.items()} == told
