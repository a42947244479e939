"""Measures under discussion, named by a piece of their names before a sum."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from assistant.calculator.money import find_money
from assistant.understanding.query import DialogueState
from assistant.understanding.reader import Reader
from assistant.understanding.subject.short_names import named_in_short

_BOTH = DialogueState(measures=("proof-of-concept-centre", "computing-power"))


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("中心投了450万，算力付了205万", {"proof-of-concept-centre": "中心", "computing-power": "算力"}),
        ("那中心是300万", {"proof-of-concept-centre": "中心"}),
        ("总共投了450万", {}),
        ("中心和算力都要", {}),
    ],
)
def test_pieces_of_names(reader: Reader, text: str, named: Mapping[str, str]) -> None:
    found = named_in_short(reader.policy, text, find_money(text), (), _BOTH)
    assert {subject.id: subject.hits[0].text for subject in found} == named


def test_only_where_several_are_discussed(reader: Reader) -> None:
    one = DialogueState(measures=("proof-of-concept-centre",))
    assert named_in_short(reader.policy, "中心投了450万", find_money("中心投了450万"), (), one) == []
