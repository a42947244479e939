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
    ("text", "measure"),
    [
        ("车险算不算科技保险", INSURANCE),
        ("公司的车险能补吗", INSURANCE),
        ("团体意外险能报科技保险补贴吗", INSURANCE),
        ("公司的车贷利息补不补", LOAN),
        ("科技保险费和车险一共付了80万", INSURANCE),
        ("科技贷款利息60万,房贷不算", LOAN),
        ("保费补多少", INSURANCE),
    ],
)
def test_whether_it_counts_stays_a_question_about_the_policy(text: str, measure: str) -> None:
    assert another_kind(text, [measure]) is None


def test_a_measure_of_another_thing_keeps_the_question() -> None:
    assert another_kind("房贷利息和首台套奖励怎么算", [LOAN, "first-set-equipment"]) is None
    assert another_kind("房贷利率", []) is None
