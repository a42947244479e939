"""How the parts of a match become one score: the probability that the passage is what was asked for.

A logistic model over dense and lexical parts, each of the passage itself and of the whole article around it (a
digest's fact has none: background stands behind the law).
Its weights (``weights.yaml``) were fitted by ``eval/retrieval/calibrate.py`` on questions that no report is made of,
so 0.9 for the best hit means: with such a score, about nine in ten were the right one.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import yaml
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


NAMED = 8.0
"""What it adds, in logits, that the question names the passage's article by number: more than likeness could take."""

WEIGHTS_FILE = Path(__file__).parent / "weights.yaml"


@cache
def shipped_weights() -> Weights:
    """The fitted weights."""
    return Weights(**{name: float(value) for name, value in yaml.safe_load(WEIGHTS_FILE.read_text("utf-8")).items()})


@dataclass(frozen=True, slots=True)
class Parts:
    """Per passage: cosine, and shares of the query's words and pairs of characters (each about 0 … 1)."""

    dense: Scores
    words: Scores
    pairs: Scores


def relevance(own: Parts, article: Parts, named: NDArray[np.bool_] | None, weights: Weights) -> NDArray[np.float64]:
    """The score 0 … 1 of each passage, from its own parts and those of the article around it.

    ``named`` says which passages stand in an article that the question names by its number.
    """
    total = (
        weights.bias
        + weights.dense * own.dense
        + weights.words * own.words
        + weights.pairs * own.pairs
        + weights.article_dense * article.dense
        + weights.article_words * article.words
        + weights.article_pairs * article.pairs
    ).astype(np.float64)
    if named is not None:
        total += NAMED * named
    score: NDArray[np.float64] = 1 / (1 + np.exp(-total))
    return score
