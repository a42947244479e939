"""Figures shown without support are found, and supported ones are not accused."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.answering.answer import Answer
from eval.answers.cases import Case, Expectation, Turn
from eval.answers.generate import Output
from eval.answers.scoring import score
from eval.answers.support import unsupported


def _check(answer: dict[str, Any], *questions: str) -> tuple[str, ...]:
    return unsupported(Answer.model_validate(answer), questions)


@pytest.mark.parametrize(
    "text",
    [
        "1500万元 × 20% = 300万元,最高2000万元。",
        "按您说的两亿元…即2亿元计。",
        "政策自2023年5月23日起,到2026年5月23日止;2026年5月24日起不再有效。",
        "明年(2026年)仍可。",
        "依据第六条。",
        "电话12345,满足3项条件。",
    ],
)
def test_supported(hand: Any, text: str) -> None:
    answer = hand.answer(text, calculations=[hand.calculation("3000000", "3000000")])
    assert _check(answer, "我们投两个亿", "说错了,是1500万") == ()


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("最高3000万元。", "3000万元"),
        ("按25%计。", "25%"),
        ("市、区1:2。", "1:2"),
        ("有效期到2027年5月23日。", "2027年5月23日"),
        ("2029年届满。", "2029年"),
        ("依据第十条。", "第十条"),
        ("最高20000元。", "20000元"),
    ],
)
def test_unsupported(hand: Any, text: str, figure: str) -> None:
    assert _check(hand.answer(text), "算力能补多少") == (figure,)


def test_later_questions_of_a_dialogue_are_no_support(hand: Any) -> None:
    turns = (Turn("能补多少", Expectation()), Turn("投700万", Expectation()))
    case = Case("g", turns)
    answers = (hand.answer("按700万元计。"), hand.answer("按700万元计。"))
    first, second = score(case, Output(case.id, answers)).turns
    assert (first.unsupported, second.unsupported) == (("700万元",), ())


def test_what_the_assistant_itself_reports_counts_too(hand: Any) -> None:
    case = Case("g", (Turn("q", Expectation()),))
    answer = hand.answer(crosscheck={"figures": 1, "unsupported": ["三十台"]})
    assert score(case, Output(case.id, (answer,))).turns[0].unsupported == ("三十台",)
