"""Each behaviour that the assistant owes its users, asked through the whole pipeline (``behaviours.yaml``)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.answering.service import Assistant, open_assistant
from assistant.settings import load_settings
from assistant.understanding.query import DialogueState
from eval.answers.cases import Case, load_file
from eval.answers.generate import Output
from eval.answers.scoring import score

CASES = load_file(Path(__file__).with_name("behaviours.yaml"))


@pytest.fixture(scope="module")
def assistant() -> Iterator[Assistant]:
    opened = open_assistant(load_settings())
    yield opened
    opened.close()


@pytest.mark.parametrize("case", CASES, ids=[f"{case.group}-{case.turns[0].question[:12]}" for case in CASES])
def test_behaviour(assistant: Assistant, case: Case) -> None:
    state: DialogueState | None = None
    given = []
    for turn in case.turns:
        reply = assistant.ask(turn.question, as_of=case.as_of, state=state)
        state = reply.state
        given.append(reply.answer.model_dump(mode="json"))
    result = score(case, Output(case.id, tuple(given)))
    faults = [(turn.turn.question, turn.faults) for turn in result.turns if not turn.right]
    assert not faults
    assert not [turn.unsupported for turn in result.turns if turn.unsupported]
