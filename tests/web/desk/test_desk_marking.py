"""What is marked in the texts found."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.web.desk.marking import marked_by


def marks(text: str, query: str) -> list[str]:
    return re.findall(r"<mark>(.*?)</mark>", str(marked_by(text, query)))


@pytest.mark.parametrize(
    ("text", "query", "expected"),
    [
        ("按年度销售总额给予奖励", "销售额", ["销售"]),
        ("首版次软件", "首版次软件900万能补多少", ["首版次软件"]),
        ("最高200万元、2000万元", "200万", ["200"]),
        ("能补多少", "900万能补多少", []),
        ("AI4S 平台", "ai4s", ["AI4S"]),
        ("概念验证", "", []),
        ("按20%给予", "20%", ["20%"]),
    ],
)
def test_words_and_whole_numbers_are_marked(text: str, query: str, expected: list[str]) -> None:
    assert marks(text, query) == expected


@given(st.text(max_size=40), st.text(max_size=40))
def test_nothing_of_the_text_is_lost_or_becomes_markup(text: str, query: str) -> None:
    shown = re.sub(r"</?mark>", "", str(marked_by(text, query)))
    assert "<" not in shown
    back = shown.replace("&lt;", "<").replace("&gt;", ">").replace("&#34;", '"').replace("&#39;", "'")
    assert back.replace("&amp;", "&") == text
