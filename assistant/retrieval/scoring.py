"""How the parts of a match become one score: the probability that the passage is what was asked for.

A logistic model over four parts: dense and lexical, each of the passage itself and of the whole article around it.
Its weights were fitted by ``eval/retrieval`` on questions that no report is made of, so 0.9 means: of passages with
this score, about nine in ten are the right ones.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Weights:
    """The logistic model: ``bias + dense·d + words·w + pairs·p`` and the same of the article."""

    bias: float
    dense: float
    words: float
    pairs: float
    article_dense: float
    article_words: float
    article_pairs: float


DEFAULT_WEIGHTS = Weights(-5.0, 8.0, 6.0, 6.0, 3.0, 2.0, 2.0)


@dataclass(frozen=True, slots=True)
class Parts:
    """Per passage: cosine, and shares of the query's words and pairs of characters (each about 0 … 1)."""

    dense: Scores
    words: Scores
    pairs: Scores


def relevance(own: Parts, article: Parts, weights: Weights = DEFAULT_WEIGHTS) -> NDArray[np.float64]:
    """The score 0 … 1 of each passage, from its own parts and those of the article around it."""
    total = (
        weights.bias
        + weights.dense * own.dense
        + weights.words * own.words
        + weights.pairs * own.pairs
        + weights.article_dense * article.dense
        + weights.article_words * article.words
        + weights.article_pairs * article.pairs
    ).astype(np.float64)
    score: NDArray[np.float64] = 1 / (1 + np.exp(-total))
    return score
