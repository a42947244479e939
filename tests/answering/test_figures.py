"""Figures of a finished text: each found once, with its span, and no digit left unread."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.figures import find_figures

WAN = Decimal(10_000)
# Pieces of answers, and what may stand beside a figure in them.
PIECES = st.lists(
    st.sampled_from(
        ["1.5亿元", "2000万元", "90万元至270万元", "10%~30%", "20%", "1:1", "第六条", "第10条", "2026年5月23日"]
    )
    | st.sampled_from(
        ["2025年3月", "12345", "1,000", "3年", "台", "，", "。", "最高", " × ", " = ", "（", "）", "-", ".", "\n"]
    )
    | st.text("0123456789０１２３.,:%~万亿元年月日第条至- ", max_size=8),
    max_size=12,
).map("".join)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("最高2000万元", [("amount", ("CNY", 2000 * WAN, 2000 * WAN))]),
        ("在90万元至270万元之间", [("amount", ("CNY", 90 * WAN, 270 * WAN))]),
        ("按20%计算", [("rate", (Decimal("0.2"), Decimal("0.2")))]),
        ("10%~30%", [("rate", (Decimal("0.1"), Decimal("0.3")))]),
        ("市、区1:1", [("ratio", (1, 1))]),
        ("第六条和第十一条", [("article", ("六",)), ("article", ("十一",))]),
        ("到2026年5月23日届满", [("day", (2026, 5, 23))]),
        ("2022年10月之前", [("month", (2022, 10))]),
        ("拨打12345", [("number", ("12345",))]),
        ("共有1,234家", [("number", ("1234",))]),
        ("100万美元", [("amount", ("USD", 100 * WAN, 100 * WAN))]),
        ("没有数字", []),
        ("", []),
    ],
)
def test_kinds_and_values(text: str, found: list[tuple[str, tuple[object, ...]]]) -> None:
    assert [(figure.kind, figure.key) for figure in find_figures(text)] == found


def test_a_sum_is_read_in_its_order() -> None:
    figures = find_figures("1.5亿元 × 20% = 3000万元，超过上限2000万元（第六条，2023年5月23日起）")
    assert [figure.kind for figure in figures] == ["amount", "rate", "amount", "amount", "article", "day"]
    assert [figure.text for figure in figures[:4]] == ["1.5亿元", "20%", "3000万元", "2000万元"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2000万元", "2,000万元"),
        ("1.5亿元", "15000万元"),
        ("20%", "百分之二十"),
        ("1:1", "一比一"),
        ("８００万元", "800万元"),
    ],
)
def test_the_same_value_has_the_same_key_however_it_is_written(one: str, other: str) -> None:
    (first,), (second,) = find_figures(one), find_figures(other)
    assert (first.kind, first.key) == (second.kind, second.key)


@given(PIECES)
def test_figures_are_verbatim_in_order_and_do_not_overlap(text: str) -> None:
    end = 0
    for figure in find_figures(text):
        assert end <= figure.start < figure.end <= len(text)
        assert text[figure.start : figure.end] == figure.text
        end = figure.end


@given(PIECES)
def test_no_digit_is_left_unread(text: str) -> None:
    """A digit in no figure would be shown unchecked."""
    read = {place for figure in find_figures(text) for place in range(figure.start, figure.end)}
    assert [place for place, character in enumerate(text) if character.isdecimal() and place not in read] == []
