"""One score from the parts."""

from __future__ import annotations

from dataclasses import astuple, replace

import numpy as np
import pytest

from assistant.retrieval.scoring import Parts, relevance, shipped_weights


def parts(dense: float, words: float, pairs: float) -> Parts:
    return Parts(*(np.array([value], np.float32) for value in (dense, words, pairs)))


NOTHING = parts(0, 0, 0)


def test_a_passage_with_nothing_in_common_scores_near_zero() -> None:
    assert relevance(NOTHING, NOTHING, None, shipped_weights())[0] < 0.1


def test_a_passage_with_everything_in_common_scores_near_one() -> None:
    everything = parts(0.9, 0.8, 0.8)
    assert relevance(everything, everything, None, shipped_weights())[0] > 0.95


@pytest.mark.parametrize("part", ["dense", "words", "pairs"])
def test_more_in_common_never_scores_less(part: str) -> None:
    base = parts(0.3, 0.2, 0.2)
    more = replace(base, **{part: np.array([0.6], np.float32)})
    weights = shipped_weights()
    assert relevance(more, base, None, weights)[0] > relevance(base, base, None, weights)[0]
    assert relevance(base, more, None, weights)[0] >= relevance(base, base, None, weights)[0]


def test_no_part_counts_against_a_passage() -> None:
    assert min(astuple(shipped_weights())[1:]) >= 0


def test_the_articles_number_outweighs_likeness() -> None:
    like, unlike = parts(0.4, 0, 0), parts(-0.2, 0, 0)
    weights = shipped_weights()
    named = relevance(unlike, unlike, np.array([True]), weights)[0]
    assert named > relevance(like, like, np.array([False]), weights)[0]
