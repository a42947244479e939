"""The ``Answer``: the contract of the design, the same at every door."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from assistant.answering.answer import Answer, CrosscheckView, Status, ValidityView

# The contract as the design states it, with a value of each kind.
CONTRACT: dict[str, Any] = {
    "id": "a1",
    "question": "新建一个科技公共技术服务平台，建设总投资1500万元，可以支持多少？",
    "as_of": "2025-03-01",
    "status": "answered",
    "reason": None,
    "text": "**新建科技公共技术服务平台按条文测算为300万元。**",
    "citations": [
        {
            "document": "one-zone-two-centres",
            "title": "若干政策",
            "article": "六",
            "quote": "x",
            "start": 812,
            "end": 859,
        }
    ],
    "calculations": [
        {
            "measure": "platform-construction",
            "article": "六",
            "name": "新建平台",
            "base": {"name": "建设总投资", "minimum": "15000000", "maximum": "15000000"},
            "rate": {"minimum": "0.20", "maximum": "0.20"},
            "cap": {"amount": "20000000", "per": None},
            "minimum": "3000000",
            "maximum": "3000000",
            "capped": False,
            "steps": ["1500万元 × 20% = 300万元"],
            "readings": [{"name": "…", "minimum": "1", "maximum": "2"}],
            "caveats": ["…"],
        }
    ],
    "total": {"minimum": "3000000", "maximum": "3000000"},
    "eligibility": [
        {
            "measure": "platform-construction",
            "article": "六",
            "verdict": "unknown",
            "criteria": [{"text": "新建", "verdict": "unknown", "quote": "对新建平台"}],
        }
    ],
    "missing": ["平台是新建的吗"],
    "departments": ["市科技局"],
    "validity": {"effective": "2023-05-23", "last_day": "2026-05-23", "in_force": True},
    "crosscheck": {"figures": 4, "unsupported": []},
    "generated": False,
}


def _holds(wanted: object, found: object) -> bool:
    """Whether ``found`` has all that ``wanted`` has (further keys are allowed)."""
    if isinstance(wanted, dict):
        return isinstance(found, dict) and all(key in found and _holds(v, found[key]) for key, v in wanted.items())
    if isinstance(wanted, list):
        return isinstance(found, list) and len(wanted) == len(found) and all(map(_holds, wanted, found))
    return wanted == found


def _minimal(**given: object) -> Answer:
    data: dict[str, object] = {
        "id": "1",
        "question": "你好",
        "as_of": date(2025, 3, 1),
        "status": Status.ANSWERED,
        "text": "您好！",
        "validity": ValidityView(effective=date(2023, 5, 23), last_day=date(2026, 5, 23), in_force=True),
        "crosscheck": CrosscheckView(figures=0),
    }
    return Answer.model_validate({**data, **given})


def test_the_contract_goes_in_and_comes_out() -> None:
    answer = Answer.model_validate(CONTRACT)
    assert _holds(CONTRACT, json.loads(answer.model_dump_json()))
    assert Answer.model_validate_json(answer.model_dump_json()) == answer


def test_every_key_of_the_contract_is_there_even_when_empty() -> None:
    shown = json.loads(_minimal().model_dump_json())
    assert CONTRACT.keys() <= shown.keys()
    assert (shown["reason"], shown["total"], shown["generated"]) == (None, None, False)
    for key in ("citations", "calculations", "eligibility", "missing", "departments"):
        assert shown[key] == []


def test_a_citation_is_of_the_policy_unless_it_says_digest() -> None:
    (citation,) = Answer.model_validate(CONTRACT).citations
    assert citation.kind == "policy"


@pytest.mark.parametrize(
    "wrong",
    [
        {"status": "refused"},
        {"surprise": 1},
        {"as_of": "yesterday"},
        {"crosscheck": None},
        {"citations": [{"quote": "x"}]},
        {"eligibility": [{"measure": "m", "article": "六", "verdict": "maybe", "criteria": []}]},
    ],
)
def test_what_the_contract_does_not_know_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        _minimal(**wrong)


def test_an_answer_is_never_changed() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        _minimal().text = "别的"  # type: ignore[misc]
