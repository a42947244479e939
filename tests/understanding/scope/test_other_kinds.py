"""Another kind of the thing that a measure is about is foreign, unless it is asked whether it counts."""

from __future__ import annotations

import pytest

from assistant.understanding.scope.other_kinds import another_kind

INSURANCE, LOAN = "technology-insurance", "technology-loan-interest"


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("货车的车险哪里买便宜", INSURANCE),
        ("农业保险的保费财政出几成", INSURANCE),
        ("存款保险最多赔多少", INSURANCE),
        ("失业保险返还几成", INSURANCE),
        ("房贷利息现在几个点", LOAN),
        ("贷款买车的利息怎么算", LOAN),
    ],
)
def test_another_kind_asked_about_in_itself_is_foreign(text: str, measure: str) -> None:
    assert another_kind(text, [measure]) == "finance"


@pytest.mark.parametrize(
    ("text", "measure", "subject"),
    [
        ("打大型游戏要什么显卡", "computing-power", ""),
        ("笔记本算力太差,升级内存有用吗", "computing-power", ""),
        ("压岁钱投什么基金好", "cluster-fund", "finance"),
        ("技术论坛的账号登录不上", "event-hosting", ""),
        ("专利局周末上班不", "intellectual-property", "administration"),
        ("老字号认定以后发多少钱", "enterprise-recognition", "other-grant"),
        ("国家自然科学基金面上项目给多少", "cluster-fund", ""),
        ("种子轮让出百分之几的股份合适", "state-capital-investment", ""),
        ("表达载体怎么选", "carrier-funding", ""),
    ],
)
def test_what_a_consumer_asks_is_another_kind(text: str, measure: str, subject: str) -> None:
    assert another_kind(text, [measure]) == subject


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("车险算不算科技保险", INSURANCE),
        ("公司的车险能补吗", INSURANCE),
        ("团体意外险能报科技保险补贴吗", INSURANCE),
        ("公司的车贷利息补不补", LOAN),
        ("科技保险费和车险一共付了80万", INSURANCE),
        ("科技贷款利息60万,房贷不算", LOAN),
        ("保费补多少", INSURANCE),
        ("做游戏引擎租了苏州算力平台", "computing-power"),
        ("二手显卡搭的机房算不算算力费", "computing-power"),
        ("主办线上论坛,账号注册费算活动费用吗", "event-hosting"),
    ],
)
def test_whether_it_counts_stays_a_question_about_the_policy(text: str, measure: str) -> None:
    assert another_kind(text, [measure]) is None


def test_a_measure_of_another_thing_keeps_the_question() -> None:
    assert another_kind("房贷利息和首台套奖励怎么算", [LOAN, "first-set-equipment"]) is None
    assert another_kind("房贷利率", []) is None


@pytest.mark.parametrize("text", ["开客栈的贷款财政贴不贴利息", "奶茶店借了20万能不能贴息", "养虾借的钱补不补利息"])
def test_some_kinds_are_foreign_even_when_asked_to_count(text: str) -> None:
    assert another_kind(text, [LOAN]) == "other-grant"


def test_a_firm_of_that_trade_with_a_technology_loan_is_ours() -> None:
    assert another_kind("做养殖设备的公司,科技贷款利息能补吗", [LOAN]) is None
