"""Figures are written for programs and held against the aims."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from eval.answers.cases import Case, Expectation, Turn
from eval.answers.evaluate import Result, evaluate
from eval.answers.generate import Output
from eval.answers.results import Results, aims, collect, read, write


def _result(hand: Any, *questions: str, article: str = "六") -> Result:
    cases = [Case("amounts", (Turn(question, Expectation(articles=("六",))),)) for question in questions]
    return evaluate(cases, [Output(case.id, (hand.answer(articles=(article,)),), (12.5,)) for case in cases])


@pytest.fixture
def results(hand: Any) -> Results:
    return collect(_result(hand, "算力补贴", "展会补贴", "首台套"), _result(hand, "论坛"), _result(hand, "大赛"))


def test_results_are_read_back(results: Results, tmp_path: Path) -> None:
    path = tmp_path / "results.json"
    assert read(path) is None
    write(results, path)
    assert read(path) == results
    assert [row.cases for row in results.splits["dev"]] == [1, 1]
    assert [row.cases for row in results.splits["heldout"]] == [2, 2]
    assert results.milliseconds == 12.5


def test_aims_are_held_against_the_heldout_half(results: Results, hand: Any) -> None:
    assert {aim.name: aim.kept for aim in aims(results) if aim.kept is not True} == {"foreign questions answered": None}
    wrong = collect(_result(hand, "算力补贴", "首台套", article="十"), _result(hand, "论坛"), _result(hand, "大赛"))
    failed = [aim.name for aim in aims(wrong) if aim.kept is False]
    assert failed == ["right", "right, amounts", "answers that cite an article the question is not about"]


def test_the_exam_is_kept_apart(results: Results) -> None:
    assert [row.cases for row in results.exam] == [1, 1]
