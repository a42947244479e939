"""Support that the nation or the province gives by itself."""

import pytest

from assistant.understanding.scope.higher_level import higher_level


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("国家重点研发计划一个课题给多少经费", "国家"),
        ("大基金三期投多少比例", "国家"),
        ("省科技厅成果转化专项资金最高多少", "江苏省"),
        ("江苏省发改委的战新专项资金怎么申请", "江苏省"),
        ("苏州的不用说了,我只想问国家层面的首台套补贴多少", "国家"),
    ],
)
def test_asked_for_by_itself(text: str, level: str) -> None:
    assert higher_level(text) == level


@pytest.mark.parametrize(
    "text",
    [
        "国家重点研发计划拿了900万,攻关专项还给吗",
        "国家重点研发计划和市里的攻关专项能同时拿吗",
        "工信部认定的首台套,单价500万奖多少",
        "国家AI开放创新平台绩效补贴给到多少",
        "省里的首台套奖励能拿多少",
        "省级首版次软件年销售800万奖多少",
    ],
)
def test_told_beside_this_policy(text: str) -> None:
    assert higher_level(text) is None
