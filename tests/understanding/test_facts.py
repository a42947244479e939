"""Facts are read from everyday words, said and denied (facts.yaml beside this file)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml

from assistant.understanding.facts import read_facts
from assistant.understanding.normalise import normalise
from assistant.understanding.places.roles import find_places, roles_of_places

_CASES = yaml.safe_load((Path(__file__).parent / "facts.yaml").read_text(encoding="utf-8"))
_SILENT = _CASES.pop("silent")


def _facts(question: str) -> Mapping[str, str]:
    text = normalise(question).text
    return read_facts(text, roles_of_places(text, find_places(text)))


@pytest.mark.parametrize(
    ("fact", "value", "question"),
    [
        (fact, value, question)
        for fact, values in _CASES.items()
        for value, questions in values.items()
        for question in questions
    ],
)
def test_said_in_everyday_words(fact: str, value: str, question: str) -> None:
    assert _facts(question).get(fact) == value


@pytest.mark.parametrize(
    ("fact", "question"), [(fact, question) for fact, questions in _SILENT.items() for question in questions]
)
def test_not_said(fact: str, question: str) -> None:
    assert fact not in _facts(question)


def test_a_lower_level_that_gave_it_counts_though_a_higher_one_did_not() -> None:
    assert _facts("首版次省里没赶上申报，手里只有苏州市的证")["recognition"] == "suzhou"
    assert _facts("张家港给发了首版次，省级落选了")["recognition"] == "district"
