"""The report takes what each task has left, and says which aims are missed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from eval import report
from eval.answers import results as answers
from eval.answers.cases import Case, Expectation, Turn
from eval.answers.evaluate import evaluate
from eval.answers.generate import Output
from eval.crosscheck import results as crosscheck
from eval.crosscheck.results import KindCount


def test_a_report_of_every_task(tmp_path: Path, hand: Any) -> None:
    for name in ("answers", "crosscheck", "money"):
        (tmp_path / name).mkdir()
    cases = [Case("amounts", (Turn(question, Expectation(articles=("六",))),)) for question in ("首台套", "展会补贴")]
    outputs = [Output(case.id, (hand.answer(articles=("十" if case.split == "heldout" else "六",)),)) for case in cases]
    result = evaluate(cases, outputs)
    answers.write(answers.collect(result, result, result), tmp_path / "answers" / "results.json")
    counts = (KindCount("rate", 20, 20), KindCount("swapped", 10, 9))
    crosscheck.write(crosscheck.Results(500, 0, counts, ("swapped, a → b",)), tmp_path / "crosscheck" / "results.json")
    (tmp_path / "money" / "README.md").write_text("# Money\n\n```\n# comment\n```\n## Table\n", encoding="utf-8")

    report.write(tmp_path)

    text = (tmp_path / "README.md").read_text(encoding="utf-8")
    assert "| right | 0.0 % | ≥ 97.0 % | **missed** |" in text
    assert "| figures shown without support (both halves) | 0 | 0 | kept |" in text
    assert "| amounts | 1 | 100.0 % |" in text
    assert "| rate | 20 | 100.0 % |\n| swapped | 10 | 90.0 % |" in text
    assert "- swapped, a → b" in text
    assert "## Money\n\n```\n# comment\n```\n### Table" in text


def test_a_task_that_has_not_run_is_left_out(tmp_path: Path) -> None:
    report.write(tmp_path)
    text = (tmp_path / "README.md").read_text(encoding="utf-8")
    assert text.startswith("# Evaluation")
    assert "## Answers" not in text
