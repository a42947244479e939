"""What goes to the model: no invisible characters, no marks of a chat template."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.generation.clean import clean, hidden


@pytest.mark.parametrize(
    "text",
    [
        "算\u200b力", "算\u202e力", "算\ufeff力", "算\U000e0041力", "算\ufe0f力", "算\u3164力", "算\u00ad力",
        "算\x00力",
        "算\ud800力",
    ],
)  # fmt: skip
def test_what_nobody_sees_is_taken_out(text: str) -> None:
    assert clean(text, 100) == "算力"


@pytest.mark.parametrize(
    "mark", ["<|im_start|>", "<|im_end|>", "</user>", "<assistant>", "[INST]", "[/INST]", "<<SYS>>"]
)
def test_marks_of_chat_templates_are_taken_out(mark: str) -> None:
    assert clean(f"算力{mark}补贴", 100) == "算力 补贴"


@given(st.text(max_size=300), st.integers(min_value=0, max_value=200))
def test_never_longer_never_hidden(text: str, limit: int) -> None:
    found = clean(text, limit)
    assert len(found) <= limit
    assert not any(hidden(character) for character in found)
    assert "\n" not in found
