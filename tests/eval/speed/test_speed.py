"""The bench: which questions it takes, what it says about a figure, and that a failure is never a figure."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from eval.speed import probes
from eval.speed.machine import describe
from eval.speed.questions import questions
from eval.speed.report import YES_OR_NO, Figure, table, write


def test_questions_are_distinct_and_stretches_do_not_overlap() -> None:
    first, second = questions(40), questions(200, skip=40)
    assert len({*first, *second}) == 240


def test_too_few_questions_are_told() -> None:
    with pytest.raises(ValueError, match="are needed"):
        questions(10**6)


@pytest.mark.parametrize(
    ("figure", "row"),
    [
        (Figure("a", 14.96, "ms", 15), "| a | 15.0 ms | 15.0 ms | kept |"),
        (Figure("a", 12.01, "s", 12), "| a | 12.01 s | 12.00 s | **exceeded** |"),
        (Figure("a", 3.0, "s"), "| a | 3.00 s |  |  |"),
        (Figure("a", 1.0, YES_OR_NO, 0), "| a | yes | no | **exceeded** |"),
        (Figure("a", None, "MB", 900, "killed"), "| a | not measured | 900 MB | killed |"),
    ],
)
def test_a_figure_is_shown_beside_its_limit(figure: Figure, row: str) -> None:
    assert table([figure]).splitlines()[-1] == row


def test_results_are_written_for_people_and_programs(tmp_path: Path) -> None:
    machine = describe()
    write([Figure("start", 0.5, "s", 0.6)], machine, "2025-03-01", tmp_path)
    results = json.loads((tmp_path / "results.json").read_text(encoding="utf-8"))
    assert results["figures"][0]["met"] is True
    assert results["machine"]["cores"] >= 1
    text = (tmp_path / "README.md").read_text(encoding="utf-8")
    assert "| start | 0.50 s | 0.60 s | kept |" in text
    assert f"python {machine['python']}" in text


def test_a_command_that_fails_is_no_figure() -> None:
    with pytest.raises(probes.ProbeError):
        probes.start(["no-such-command"], os.environ, runs=1)
    with pytest.raises(probes.ProbeError):
        probes.imports(["no-such-command"], os.environ)
