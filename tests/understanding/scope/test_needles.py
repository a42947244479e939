"""A pattern is skipped only where it cannot match."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.errors import CorpusError
from assistant.understanding.data import foreign_subjects
from assistant.understanding.scope.needles import GuardedPattern, PatternBook, matches, needles

PATTERNS = sorted(
    {
        pattern
        for subject in foreign_subjects().subjects
        for pattern in (*subject.strong, *subject.weak, *subject.unless)
    }
)


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("(企业|个人)?所得税", ("所得税",)),
        ("(怎么|如何)(去|走)", ("怎么", "如何")),
        ("(免|减)税", ("税",)),
        ("^落户$", ("落户",)),
        (r"c\+\+(?!11)", ("c++",)),
        ("(?<!不)税务?局", ("税",)),
        ("(?:a|b|)c{2}", ("c",)),
        ("x{0,3}y*z", ("z",)),
        ("ab?c", ("a",)),
        ("[ab]c", ("c",)),
        ("[ab]", None),
        ("(?i:abc)", None),
        ("a|.", None),
        ("a?", None),
    ],
)
def test_words_that_a_match_needs(pattern: str, words: tuple[str, ...] | None) -> None:
    assert needles(pattern) == words


@given(st.data())
@settings(max_examples=120)
def test_every_match_contains_one(data: st.DataObject) -> None:
    pattern = data.draw(st.sampled_from(PATTERNS))
    text = data.draw(st.from_regex(pattern))
    match = re.search(pattern, text)
    found = needles(pattern)
    assert match is not None
    assert found is None or any(word in match.group() for word in found)


BOOK = PatternBook({"all": PATTERNS}, "test")
PIECES = st.text(st.sampled_from("公积金社保所得税首台套怎么提取交吗买房落户代码多少,。企业人才研发"), max_size=30)


@given(PIECES)
@settings(max_examples=100)
def test_the_book_finds_what_the_patterns_find(text: str) -> None:
    spans = [(0, len(text))]
    expected = {
        match.span() for pattern in PATTERNS for match in GuardedPattern(pattern, "test").compiled.finditer(text)
    }
    likely = BOOK.likely(text)
    assert set(likely) <= {"all"}
    assert {match.span() for match in matches(likely.get("all", []), text, spans)} == expected


@pytest.mark.parametrize("pattern", ["(税", "税)", "[税", "税\\", "(?P<税"])
def test_an_unusable_pattern_is_named(pattern: str) -> None:
    with pytest.raises(CorpusError, match="somewhere: tax"):
        PatternBook({"tax": [pattern]}, "somewhere").likely("税")


def test_every_pattern_of_the_subjects_can_be_used() -> None:
    for pattern in PATTERNS:
        assert GuardedPattern(pattern, "foreign_subjects.yaml").compiled.pattern
