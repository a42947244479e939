"""Metrics over hand-made outputs."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from eval.answers.cases import Case, Expectation, Turn
from eval.answers.evaluate import Result, evaluate
from eval.answers.generate import Output
from eval.answers.tables import failure, rows, share, table


@pytest.fixture
def result(hand: Any) -> Result:
    six = Expectation(articles=("六",))
    foreign = Expectation(statuses=("not_covered",))
    cases = [
        Case("amounts", (Turn("算力补贴", six),)),
        Case("amounts", (Turn("展会补贴", six),)),
        Case("dialogues", (Turn("首台套", six), Turn("天气", foreign))),
        Case("dialogues", (Turn("无锡", foreign),)),
    ]
    answers = [
        (hand.answer("x" * 100),),
        (hand.answer("最高9000万元" + "x" * 192, articles=("十", "六")),),
        (hand.answer("x" * 900), hand.answer(status="answered")),
        (hand.answer("x" * 300, status="not_covered"),),
    ]
    times = [(10.0,), (20.0,), (30.0, 40.0), ()]
    outputs = [Output(c.id, a, t) for c, a, t in zip(cases, answers, times, strict=True)]
    return evaluate(cases, [*outputs, Output("of-another-set", ())])


def test_metrics(result: Result) -> None:
    assert result.share_right() == Fraction(3, 4)
    assert result.turns_right() == Fraction(4, 5)
    assert result.first_citation_right() == Fraction(2, 3)
    assert result.refused_wrongly() == 0
    assert result.answered_wrongly() == Fraction(1, 2)
    assert result.foreign_articles() == Fraction(1, 3)
    assert [figure for _, figure in result.unsupported()] == ["9000万元"]
    assert result.length() == (200, 300)
    assert result.median_milliseconds() == 25


def test_parts(result: Result) -> None:
    assert result.groups == ("amounts", "dialogues")
    assert result.part(group="amounts").share_right() == 1
    dev, heldout = result.part(split="dev"), result.part(split="heldout")
    assert len(dev.cases) + len(heldout.cases) == 4
    assert {entry.case.split for entry in dev.cases} == {"dev"}
    nothing = result.part(group="none")
    assert (nothing.share_right(), nothing.length(), nothing.median_milliseconds()) == (None, None, None)


def test_failures_name_cases_with_faults_or_unsupported_figures(result: Result) -> None:
    assert [entry.turns[0].turn.question for entry in result.failures()] == ["展会补贴", "首台套"]
    texts = [failure(entry) for entry in result.failures()]
    assert "without support: 9000万元" in texts[0]
    assert "✓ 1. 首台套" in texts[1]
    assert "✗ 2. 天气" in texts[1]
    assert "status: answered, wanted not_covered" in texts[1]


def test_a_table_has_a_row_a_group_and_one_for_all(result: Result) -> None:
    lines = table(rows(result)).splitlines()
    assert lines[2].startswith("| amounts | 2 | 100.0 % | 100.0 % | 50.0 % | 0.0 % |  | 1 | 0 | 150 / 200 | 50.0 % |")
    assert lines[-1].startswith("| **all** | 4 | 75.0 % |")


def test_a_share_is_never_rounded_to_all_or_nothing() -> None:
    shown = [share(Fraction(n, 10000)) for n in (0, 1, 9950, 9999, 10000)]
    assert shown == ["0.0 %", "0.1 %", "99.5 %", "99.9 %", "100.0 %"]
    assert share(None) == ""
