"""The asker's own life is refused, whatever measure's words stand in it; a firm's or a talent's matter is not."""

from __future__ import annotations

import pytest

from assistant.understanding.scope.private_life import is_private


@pytest.mark.parametrize(
    "text",
    [
        "我外甥想报机器人比赛,报名费能报销吗",
        "我自己家的房贷利息能补吗",
        "我的车险今年涨了三百,给补点吗",
        "女儿想要平板画画,配什么显卡",
        "问个私事,绩效工资被扣了怎么办",
        "我私人借了点钱,利息能不能补贴",
    ],
)
def test_own_life(text: str) -> None:
    assert is_private(text)


@pytest.mark.parametrize(
    "text",
    [
        "我儿子开的公司用了苏州算力平台",
        "我老公是外籍专家,签证能便利吗",
        "我个人能申请算力补贴吗",
        "我们家产品评上首版次,奖多少",
        "车险能不能算科技保险",
        "带孩子回国的专家有什么便利",
    ],
)
def test_business_of_the_policy(text: str) -> None:
    assert not is_private(text)
