"""Parts listed of a whole whose rest is told to be none of what counts."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.understanding.query import DialogueState
from assistant.understanding.reader import Reader


@pytest.mark.parametrize(
    ("question", "base"),
    [
        (
            "人工智能场景示范项目，合同额980万，其中平台开发180万、AI摄像机120万、运维80万，其余600万是钢结构和管道，与人工智能无关",
            3_800_000,
        ),
        ("AI示范场景总价700万：识别算法150万、边缘盒子90万，剩下460万是厂房装修，跟AI不相干", 2_400_000),
        # nothing is said of the rest: only what is named for what it is counts
        ("场景示范项目合同1000万，其中系统集成300万、AI软件200万，其余500万是土建", 2_000_000),
    ],
)
def test_listed_beside_rest(reader: Reader, question: str, base: int) -> None:
    (found,) = reader.read(question, DialogueState(), date(2025, 3, 1)).bases["scenario-demonstration"]
    assert found.amount.minimum == base
