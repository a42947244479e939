"""Sentences are read from the stream as soon as they are closed, whatever the pieces."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.generation.faults import Fault, ModelFault
from assistant.answering.generation.sentences import MOST_SENTENCES, SentenceReader, read_all

sentence = st.fixed_dictionaries({"text": st.text(max_size=60), "ids": st.lists(st.text(max_size=4), max_size=4)})


@given(
    st.lists(sentence, min_size=1, max_size=5),
    st.integers(min_value=1, max_value=40),
    st.booleans(),
    st.sampled_from(["", "好的：\n```json\n", '<think>先想想 "sentences": [1]</think>']),
)
def test_any_cutting_gives_the_same_sentences(given_: list[dict], size: int, ascii_: bool, before: str) -> None:
    text = before + json.dumps({"sentences": given_}, ensure_ascii=ascii_)
    reader, found = SentenceReader(), []
    for start in range(0, len(text), size):
        found += list(reader.feed(text[start : start + size]))
    reader.finish()
    assert [(one.text, list(one.ids)) for one in found] == [(one["text"], one["ids"]) for one in given_]


def test_a_sentence_comes_before_the_next_is_written() -> None:
    reader = SentenceReader()
    assert not list(reader.feed('{"sentences": [{"text": "一句", "ids"'))
    assert [one.text for one in reader.feed(': ["k0"]}, {"text"')] == ["一句"]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", Fault.EMPTY),
        ("  \n", Fault.EMPTY),
        ("可以拿2000万元。", Fault.UNREADABLE),
        ('{"sentences": []}', Fault.EMPTY),
        ('{"sentences": [{"text": "a", "ids": []}', Fault.CUT),
        ('{"sentences": ["a"]}', Fault.UNREADABLE),
        ('{"sentences": [{"sentence": "a"}]}', Fault.UNREADABLE),
        ('{"sentences": [{"text": 7, "ids": ["a"]}]}', Fault.UNREADABLE),
        (json.dumps({"sentences": [{"text": "长" * 500, "ids": []}]}), Fault.UNREADABLE),
        ("<think>", Fault.UNREADABLE),
    ],
)
def test_what_is_no_list_of_sentences_is_a_fault(text: str, fault: Fault) -> None:
    with pytest.raises(ModelFault) as caught:
        read_all(text)
    assert caught.value.fault is fault


def test_no_more_than_the_most_sentences_are_read() -> None:
    many = json.dumps({"sentences": [{"text": "句", "ids": ["k0"]}] * 50})
    assert len(read_all(many)) == MOST_SENTENCES
