"""The learned subject model: what a question is about where the rules find no name.

A linear classifier over character n-grams (1 to 3) and the shipped encoder's sentence vector; trained by
``python -m eval.topics`` on ``data/training/*.yaml``. Labels are measure ids, ``rule:…``, ``small:…`` and ``out:…``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.errors import CorpusError
from assistant.understanding.data import DATA_DIRECTORY

MODEL_FILE = DATA_DIRECTORY / "topics.npz"
Encode = Callable[[list[str]], NDArray[np.float32]]
"""Texts → one unit vector each."""

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_SPACE = re.compile(r"\s+")
_LONGEST = 400


@dataclass(frozen=True)
class TopicModel:
    """``weights``: (n-grams + vector length) × labels; ``idf`` and ``vocabulary`` belong to the n-grams."""

    labels: tuple[str, ...]
    vocabulary: Mapping[str, int]
    idf: NDArray[np.float32]
    weights: NDArray[np.float32]
    bias: NDArray[np.float32]
    encode: Encode

    def suggest(self, text: str) -> tuple[tuple[str, float], ...]:
        """Every label with its probability, most probable first."""
        scores = self._scores(text)
        order = np.argsort(-scores, kind="stable")
        return tuple((self.labels[int(i)], float(scores[int(i)])) for i in order)

    def _scores(self, text: str) -> NDArray[np.float32]:
        rows, values = ngram_features(text, self.vocabulary, self.idf)
        grams = len(self.idf)
        logits = self.bias + self.encode([masked(text)])[0] @ self._dense
        if len(rows):
            logits = logits + values @ self.weights[:grams][rows]
        exponents = np.exp(logits - logits.max())
        return np.asarray(exponents / exponents.sum(), np.float32)

    @cached_property
    def _dense(self) -> NDArray[np.float32]:
        return self.weights[len(self.idf) :]


def masked(text: str) -> str:
    """The text as the model reads it: lower case, every number 0."""
    return _SPACE.sub(" ", _NUMBER.sub("0", text.lower()))[:_LONGEST]


def ngrams(text: str) -> Counter[str]:
    """Counts of the character n-grams (1 to 3) of a masked text."""
    text = masked(text)
    return Counter(text[i : i + n] for n in (1, 2, 3) for i in range(len(text) - n + 1))


def ngram_features(
    text: str, vocabulary: Mapping[str, int], idf: NDArray[np.float32]
) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
    """Rows and values of the n-gram features: (1 + ln count) × idf, scaled to length 1."""
    counts = {vocabulary[gram]: count for gram, count in ngrams(text).items() if gram in vocabulary}
    rows = np.fromiter(counts, np.intp, len(counts))
    values = (1 + np.log(np.fromiter(counts.values(), np.float32, len(counts)))) * idf[rows]
    length = float(np.linalg.norm(values))
    return rows, np.asarray(values / length if length else values, np.float32)


def open_topic_model(encode: Encode, path: Path = MODEL_FILE) -> TopicModel:
    """Loads the model; ``encode`` must be the shipped encoder. Raises CorpusError when the file is unusable."""
    try:
        with np.load(path, allow_pickle=False) as stored:
            grams = str(stored["vocabulary"]).split("\n")
            return TopicModel(
                labels=tuple(str(stored["labels"]).split("\n")),
                vocabulary={gram: row for row, gram in enumerate(grams)},
                idf=stored["idf"].astype(np.float32),
                weights=stored["weights"].astype(np.float32),
                bias=stored["bias"].astype(np.float32),
                encode=encode,
            )
    except (OSError, KeyError, ValueError) as error:
        raise CorpusError(
            f"{path}: unusable subject model ({error}); make it again with `python -m eval.topics`"
        ) from error
