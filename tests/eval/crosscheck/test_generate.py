"""Subjects of the mutation test come from the real pipeline, with the evidence that its cross-check was given."""

from __future__ import annotations

from assistant.answering import pipeline
from assistant.answering.crosscheck import check_text
from eval.answers.cases import Case, Expectation, Turn
from eval.crosscheck.evaluate import evaluate
from eval.crosscheck.generate import subjects


def test_right_answers_become_subjects_and_wrong_ones_do_not() -> None:
    right = Case("g", (Turn("新建概念验证中心,投600万,能补多少", Expectation(articles=("六",))),))
    wrong = Case("g", (Turn("新建概念验证中心,投700万,能补多少", Expectation(articles=("一",))),))
    found = list(subjects([wrong, right]))
    assert [subject.case for subject in found] == [right.id]
    assert {"rate", "ceiling"} <= {mutant.kind for mutant in found[0].mutants}
    result = evaluate(found)
    assert result.accused == 0
    assert result.share_caught("rate") == result.share_caught("ceiling") == 1
    assert pipeline.check_text is check_text
