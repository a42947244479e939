"""Search by words: BM25 (``bm25s``) over words (``rjieba``) and pairs of characters."""

from __future__ import annotations

import logging
import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import bm25s
import numpy as np
import rjieba
import yaml
from numpy.typing import NDArray

# bm25s sets its own logger to debug when imported; what it says there is of no use to an operator.
logging.getLogger("bm25s").setLevel(logging.WARNING)

_RUN = re.compile(r"[\u3400-\u9fff]+|[a-z0-9]+(?:[.+#-][a-z0-9]+)*")
_HAN = re.compile(r"[\u3400-\u9fff]")
_SATURATION = 1.2  # k1
_LENGTH = 0.75  # b


@cache
def stop_words() -> frozenset[str]:
    """Words that say nothing of the subject, from ``stop_words.yaml``."""
    words = yaml.safe_load((Path(__file__).parent / "stop_words.yaml").read_text(encoding="utf-8"))
    return frozenset(word for part in words.values() for word in part.split())


def normalise(text: str) -> str:
    """Full-width to half-width, lower case."""
    return unicodedata.normalize("NFKC", text).lower()


def words_of(text: str) -> list[str]:
    """The words of a text, without stop words and punctuation, long words together with the words inside them."""
    stop = stop_words()
    return [word for run in _RUN.findall(normalise(text)) for word in rjieba.cut_for_search(run) if word not in stop]


def pairs_of(text: str) -> list[str]:
    """Every two neighbouring Chinese characters: finds 概念验证 in 概念验正, where words are cut differently."""
    stop = stop_words()
    return [
        run[at : at + 2]
        for run in _RUN.findall(normalise(text))
        if _HAN.match(run)
        for at in range(len(run) - 1)
        if run[at : at + 2] not in stop
    ]


class LexicalIndex:
    """BM25 over texts. Scores are shares: 1 would be a text that has every word of the query in plenty."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._size = len(texts)
        self._words = _Field([words_of(text) for text in texts])
        self._pairs = _Field([pairs_of(text) for text in texts])

    def words(self, query: str) -> NDArray[np.float32]:
        """For each text, the share (0 … 1) of the query's words that it has, weighted by rarity."""
        return self._words.shares(words_of(query))

    def pairs(self, query: str) -> NDArray[np.float32]:
        """The same for pairs of characters."""
        return self._pairs.shares(pairs_of(query))


class _Field:
    """One BM25 index over one kind of token."""

    def __init__(self, texts: list[list[str]]) -> None:
        self._size = len(texts)
        self._known = frozenset(token for text in texts for token in text)
        self._index: bm25s.BM25 | None = None
        self._weights: dict[str, float] = {}
        if self._known:
            self._index = bm25s.BM25(k1=_SATURATION, b=_LENGTH, method="lucene")
            self._index.index(texts, show_progress=False)
            holders: dict[str, int] = {}
            for text in texts:
                for token in set(text):
                    holders[token] = holders.get(token, 0) + 1
            self._weights = {
                token: float(np.log(1 + (self._size - count + 0.5) / (count + 0.5))) for token, count in holders.items()
            }

    def shares(self, query: list[str]) -> NDArray[np.float32]:
        known = [token for token in query if token in self._known]
        if self._index is None or not known:
            return np.zeros(self._size, np.float32)
        # A word that no text has counts like the rarest: a question about something else stays low.
        rarest = float(np.log(1 + (self._size + 0.5) / 0.5))
        whole = sum(self._weights.get(token, rarest) for token in query)
        scores: NDArray[np.float32] = self._index.get_scores(known)
        return scores / np.float32(whole)
