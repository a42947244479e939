"""Outputs: through a command, frozen, and broken."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from eval.answers.cases import Case, Expectation, Turn
from eval.answers.generate import Output, OutputError, in_process, load, request, save, through_command
from eval.answers.scoring import score

CASES = (
    Case("g", (Turn("算力补贴", Expectation()), Turn("归谁管", Expectation()))),
    Case("g", (Turn("首台套", Expectation()),)),
)
# A process that speaks the form of `ask --batch` and answers each turn with its own question.
ECHO = "import sys, json\nfor n, line in enumerate(sys.stdin):\n    r = json.loads(line)\n"
REPLY = "    print(json.dumps({'id': r['id'], 'answers': r['turns']}, ensure_ascii=False), flush=True)\n"


def _run(script: str) -> tuple[Output, ...]:
    return through_command(CASES, (sys.executable, "-c", script))


def test_a_request_has_the_form_of_the_batch() -> None:
    assert request(CASES[0]) == {"id": CASES[0].id, "as_of": "2025-03-01", "turns": ["算力补贴", "归谁管"]}


def test_a_process_answers_every_case() -> None:
    first, second = _run(ECHO + REPLY)
    assert (first.id, first.answers) == (CASES[0].id, ("算力补贴", "归谁管"))
    assert second.answers == ("首台套",)


def test_a_process_that_ends_early_gives_what_it_wrote(capfd: pytest.CaptureFixture[str]) -> None:
    outputs = _run(ECHO + REPLY + "    sys.exit('out of memory')\n")
    assert [output.id for output in outputs] == [CASES[0].id]
    assert "status 1: out of memory" in capfd.readouterr().err


def test_a_process_that_writes_nothing_is_an_error() -> None:
    with pytest.raises(OutputError, match=r"no output \(exit status 1\): no corpus"):
        _run("import sys; sys.exit('no corpus')")
    with pytest.raises(OutputError):
        through_command(CASES, ("no-such-command",))


def test_the_assistant_itself_is_asked_and_timed() -> None:
    case = Case("g", (Turn("新建概念验证中心,投600万", Expectation()), Turn("归谁管", Expectation())))
    (output,) = in_process([case])
    assert (output.id, output.error) == (case.id, "")
    assert len(output.milliseconds) == len(output.objections) == 2
    first, second = (turn.answer for turn in score(case, output).turns)
    assert first is not None
    assert second is not None
    assert first.calculations[0].maximum == "1200000"
    assert second.citations[0].article == "六"


def test_outputs_are_frozen_and_read_again(tmp_path: Path, hand: Any) -> None:
    outputs = (Output("a", (hand.answer(),), (1.25,), (("rate 25%",),)), Output("b", error="timeout"))
    path = tmp_path / "new" / "outputs.jsonl"
    save(path, outputs)
    assert load(path) == outputs
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize(
    "line", ["{", "[]", '{"answers": []}', '{"id": 1, "answers": []}', '{"id": "a", "answers": {}}']
)
def test_a_broken_line_is_told_with_its_number(tmp_path: Path, line: str) -> None:
    path = tmp_path / "outputs.jsonl"
    path.write_text(f'{{"id": "a", "answers": []}}\n\n{line}\n', encoding="utf-8")
    with pytest.raises(OutputError, match=r"outputs.jsonl:3: not a line of the form"):
        load(path)
    with pytest.raises(OutputError, match="cannot be read"):
        load(tmp_path / "none")
