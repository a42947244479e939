"""Which base reaches an amount, asked once more."""

from __future__ import annotations

import pytest

from assistant.understanding.query import DialogueState
from assistant.understanding.sums.goals import another_rate, still_asks


@pytest.mark.parametrize(
    "text", ["按一成呢", "要是只按一成给呢", "那20%的话得卖多少", "如果政府只给10%呢", "15%的话呢"]
)
def test_but_another_rate(text: str) -> None:
    assert another_rate(text)
    assert still_asks(text, DialogueState(asks=("inverse",))) == {"inverse"}
    assert not still_asks(text, DialogueState(asks=("amount",)))


@pytest.mark.parametrize("text", ["其中两成是服务器", "单价涨了一成呢", "付了三成", "一成还是三成", "毛利只有10%呢"])
def test_shares_and_changes_are_no_rate_to_reckon_with(text: str) -> None:
    assert not another_rate(text)
