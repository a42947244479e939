"""The same question, and questions that are alike."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.records.questions import LIKENESS, group_alike, likeness, normalise_question, question_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("新建平台投资1.5亿元,能补多少?", "新建平台投资 1.5 亿元 能补多少"),
        ("投资3,000万元的补贴?", "投资3000万元的补贴"),
        ("AI 算力补贴", "ai算力补贴。"),
        ("首台套奖励最高多少!", "首台套奖励最高多少"),
        ("首台(套)", "首台套"),
        ("\u200b算力 补贴", "算力补贴"),
    ],
)
def test_spaces_and_punctuation_do_not_make_another_question(one: str, other: str) -> None:
    assert question_key(one) == question_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("投资1.5亿", "投资15亿"),
        ("投资.5亿", "投资5亿"),
        ("投资-500万", "投资500万"),
        ("补10%~30%吗", "补10%30%吗"),
        ("5,10万两项", "510万两项"),
        ("5 10万两项", "510万两项"),
        ("2023.5.23", "2023523"),
        (">500万", "<500万"),
        ("能拿补贴吗", "不能拿补贴吗"),
        ("20%", "20"),
        ("1/2", "12"),
    ],
)
def test_what_changes_a_figure_makes_another_question(one: str, other: str) -> None:
    assert question_key(one) != question_key(other)


@given(st.text(max_size=60))
def test_normalising_again_changes_nothing(text: str) -> None:
    once = normalise_question(text)
    assert normalise_question(once) == once
    assert unicodedata.normalize("NFKC", once) == once


@given(st.text(max_size=30), st.text(max_size=30))
def test_likeness_is_symmetric_and_bounded(one: str, other: str) -> None:
    assert likeness(one, other) == likeness(other, one)
    assert 0 <= likeness(one, other) <= 1
    assert likeness(one, one) == 1


def test_questions_of_one_kind_come_together() -> None:
    groups = group_alike(
        [
            "无锡的首台套能拿多少奖励?",
            "无锡首台套可以拿多少奖励",
            "食堂几点开门",
            "请问无锡首台套能拿多少奖励呢",
            "孩子上学怎么办",
        ]
    )
    assert [len(group) for group in groups] == [3, 1, 1]
    assert groups[1] == ("食堂几点开门",)


def test_short_unlike_questions_stay_apart() -> None:
    assert likeness(normalise_question("公积金"), normalise_question("社保")) < LIKENESS
    assert likeness("", "社保") == 0
