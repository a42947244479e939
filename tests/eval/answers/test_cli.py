"""The command works on frozen outputs, shows dev failures, and keeps held-out ones to itself."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from eval.answers.cases import load_file
from eval.answers.cli import main
from eval.answers.generate import Output, save

SET = """
amounts:
- - ['算力补贴', {art: [六]}]
- - ['展会补贴', {art: [六]}]
- - ['首台套', {art: [六]}]
"""


@pytest.fixture
def files(tmp_path: Path, hand: Any) -> list[str]:
    """A set of which one dev and one held-out case fail, with outputs."""
    questions, outputs = tmp_path / "set.yaml", tmp_path / "outputs.jsonl"
    questions.write_text(SET, encoding="utf-8")
    cases = load_file(questions)
    articles = {"展会补贴": "十", "算力补贴": "十", "首台套": "六"}
    save(outputs, [Output(case.id, (hand.answer(articles=(articles[case.turns[0].question],)),)) for case in cases])
    return ["run", "--questions", str(questions), "--outputs", str(outputs)]


def test_dev_failures_are_shown(files: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(files) == 0
    out = capsys.readouterr().out
    assert "✗ 1. 展会补贴" in out
    assert "art: cites 十, wanted one of 六" in out
    assert "算力补贴" not in out
    assert "| amounts | 1 | 0.0 % |" in out


def test_heldout_failures_are_counted_and_shown_only_on_request(
    files: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    main([*files, "--split", "heldout"])
    out = capsys.readouterr().out
    assert "算力补贴" not in out
    assert "1 failing held-out cases are not shown" in out
    assert "| amounts | 2 | 50.0 % |" in out
    main([*files, "--split", "heldout", "--reveal"])
    assert "✗ 1. 算力补贴" in capsys.readouterr().out


def test_choices(files: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    main([*files, "--split", "all", "--failures", "0"])
    out = capsys.readouterr().out
    assert "✗" not in out
    assert "… and 1 more failing cases" in out
    assert main([*files, "--strict"]) == 1
    assert main([*files, "--strict", "--split", "all", "--match", "首台套"]) == 0


@pytest.mark.parametrize("more", [["--group", "none"], ["--match", "nothing"], ["--outputs", "none.jsonl"]])
def test_what_cannot_be_used_is_one_line_and_status_2(
    files: list[str], more: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*files, *more]) == 2
    assert capsys.readouterr().err.count("\n") == 1
