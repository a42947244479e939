"""Search by words."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.retrieval.lexical import LexicalIndex, pairs_of, words_of

TEXTS = ["对使用苏州算力平台服务的企业给予补贴", "科技贷款利息补贴", "概念验证中心按建设总投资给予支持"]


@pytest.fixture(scope="module")
def lexical() -> LexicalIndex:
    return LexicalIndex(TEXTS)


def test_words_leave_out_what_says_nothing() -> None:
    words = words_of("请问我们的算力,能不能补贴?")
    assert "算力" in words
    assert not {"请问", "我们", "的", ",", "?"} & set(words)


def test_latin_words_and_numbers_are_kept_whole() -> None:
    assert {"gpu", "a100", "1000"} <= set(words_of("ＧＰＵ A100 要1000万"))


def test_pairs_do_not_cross_punctuation() -> None:
    assert pairs_of("算力,补贴") == ["算力", "补贴"]


def test_the_text_with_the_words_comes_first(lexical: LexicalIndex) -> None:
    assert int(np.argmax(lexical.words("算力补贴"))) == 0
    assert int(np.argmax(lexical.words("贷款的利息"))) == 1


def test_pairs_find_what_a_typing_mistake_hides_from_words(lexical: LexicalIndex) -> None:
    assert int(np.argmax(lexical.pairs("概念验正中心"))) == 2


def test_unknown_words_lower_the_share(lexical: LexicalIndex) -> None:
    assert lexical.words("算力").max() > lexical.words("算力 火星 探测").max() > 0


@pytest.mark.parametrize("query", ["", "   ", "😀", "?!。", "的了吗", "火星"])
def test_nothing_known_finds_nothing(lexical: LexicalIndex, query: str) -> None:
    assert not lexical.words(query).any()
    assert not lexical.pairs(query).any()


def test_no_texts_are_no_fault() -> None:
    assert LexicalIndex([]).words("算力").shape == (0,)


@given(st.text(max_size=80))
def test_shares_stay_between_nothing_and_everything(query: str) -> None:
    index = LexicalIndex(TEXTS)
    for shares in (index.words(query), index.pairs(query)):
        assert shares.shape == (3,)
        assert (shares >= 0).all()
        assert (shares <= 1).all()
