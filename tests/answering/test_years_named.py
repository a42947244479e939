"""A year told by another name than its figures is said in the steps of its sum."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from assistant.answering.decide import Decision, MeasureDecision
from assistant.answering.years_named import with_years_named
from assistant.calculator.calculation import calculate
from assistant.calculator.eligibility import judge
from assistant.calculator.interval import Interval
from assistant.policy.loader import load_policy
from assistant.settings import load_settings
from assistant.understanding.query import Query

AS_OF = date(2025, 3, 1)


def decision(label: str) -> Decision:
    measure = load_policy(load_settings().policy_dir).by_id["computing-power"]
    sums = (calculate(measure, Interval.exactly(Decimal(880_000)), label=label),)
    query = Query(question="", original="", as_of=AS_OF)
    return Decision(query, (MeasureDecision(measure, judge(measure, {}), sums, ()),))


@pytest.mark.parametrize(
    ("label", "words", "step"),
    [
        ("2023年", ("前年付了88万",), "前年即2023年"),
        ("2024年", ("去年付了88万",), "去年即2024年"),
        ("2024年", ("24年付了88万",), "24年即2024年"),
        ("2024年", ("去年付了88万", "今年付了90万，两年一共"), "去年即2024年"),
        ("太仓的公司，2024年", ("太仓的公司去年付了88万",), "去年即2024年"),
    ],
)
def test_says_which_year(label: str, words: tuple[str, ...], step: str) -> None:
    (calculation,) = with_years_named(decision(label), words, AS_OF).calculations
    assert calculation.steps[0] == step


@pytest.mark.parametrize(
    ("label", "words"),
    [
        ("2023年", ("2023年付了88万",)),
        ("2023年", ("前年，也就是2023年付了88万",)),
        ("2023年", ("2023年付了88万", "前年那笔能补多少")),
        ("第一项", ("去年付了88万",)),
        ("2023年", ("付了88万",)),
        ("", ("去年付了88万",)),
    ],
)
def test_adds_nothing_where_the_year_was_told(label: str, words: tuple[str, ...]) -> None:
    before = decision(label)
    assert with_years_named(before, words, AS_OF).calculations == before.calculations
