"""The search: a question in, ranked passages out, each with a score that a person can read."""

from __future__ import annotations

import atexit
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.policy.document import CLOSING
from assistant.policy.loader import Corpus
from assistant.retrieval.chunking import Chunk, ChunkKind, Level, chunks_of
from assistant.retrieval.embedding import TextEncoder, load_encoder, model_fingerprint
from assistant.retrieval.lexical import LexicalIndex, normalise
from assistant.retrieval.scoring import Parts, Weights, relevance, shipped_weights
from assistant.retrieval.store import DEFAULT_WAIT_SECONDS, OpenVectors, fingerprint_of, open_vectors
from assistant.retrieval.vectors import article_key

_LONGEST_QUERY = 2_000
_MASKS = 64


@dataclass(frozen=True, slots=True)
class Filters:
    """Which passages to look at; an empty field leaves them all in.

    ``levels`` is clause and fact unless told: whole articles only repeat their clauses.
    """

    documents: frozenset[str] = frozenset()
    articles: frozenset[str] = frozenset()
    kinds: frozenset[ChunkKind] = frozenset()
    levels: frozenset[Level] = frozenset({Level.CLAUSE, Level.FACT})

    def admits(self, chunk: Chunk) -> bool:
        """Whether the chunk passes."""
        return (
            (not self.documents or chunk.document in self.documents)
            and (not self.articles or not self.articles.isdisjoint(chunk.articles))
            and (not self.kinds or chunk.kind in self.kinds)
            and (not self.levels or chunk.level in self.levels)
        )

    def where(self) -> dict[str, Any] | None:
        """The same as Chroma's metadata filter, levels apart: a clause's score needs its article's too."""
        parts: list[dict[str, Any]] = []
        for key, values in (("document", self.documents), ("kind", self.kinds)):
            if values:
                parts.append({key: {"$in": sorted(map(str, values))}})
        flags: list[dict[str, Any]] = [{article_key(article): True} for article in sorted(self.articles)]
        if flags:
            parts.append(flags[0] if len(flags) == 1 else {"$or": flags})
        if not parts:
            return None
        return parts[0] if len(parts) == 1 else {"$and": parts}


@dataclass(frozen=True, slots=True)
class Hit:
    """One passage found. ``score`` (0 … 1) is about the probability that it is what was asked for.

    ``dense`` is the likeness of meaning (0: no more than any two clauses, 1: the same), ``lexical`` the share of the
    question's words that the passage has.
    """

    chunk: Chunk
    rank: int
    score: float
    dense: float
    lexical: float


class SearchIndex:
    """An open index. ``search`` is safe to call from several threads."""

    def __init__(
        self, chunks: Sequence[Chunk], encoder: TextEncoder, opened: OpenVectors, weights: Weights | None = None
    ) -> None:
        self.chunks = tuple(chunks)
        self._encoder = encoder
        self._opened = opened
        self._weights = weights or shipped_weights()
        self._lexical = LexicalIndex([chunk.search_text for chunk in chunks])
        self._around = _articles_around(self.chunks)
        self._names = _rows_by_name(self.chunks)
        self._masks: dict[Filters, NDArray[np.bool_]] = {}
        atexit.register(opened.close)

    def search(self, query: str, k: int = 8, filters: Filters | None = None) -> tuple[Hit, ...]:
        """The ``k`` best passages, best first; ties in the order of the text.

        A query without a letter or digit finds nothing. Only its first 2,000 characters are read.
        """
        filters, query = filters or Filters(), query[:_LONGEST_QUERY]
        if not any(char.isalnum() for char in query):
            return ()
        own = self.parts(query, filters)
        named = self._named(query)
        scores = relevance(own, self.around(own), named, self._weights)
        found = self._admitted(filters) & (named | (own.dense > 0) | (own.words > 0) | (own.pairs > 0))
        order = [int(row) for row in np.argsort(-scores, kind="stable") if found[row]][: max(k, 0)]
        return tuple(
            Hit(
                chunk=self.chunks[row],
                rank=rank,
                score=round(float(scores[row]), 4),
                dense=round(float(own.dense[row]), 4),
                lexical=round(float(own.words[row]), 4),
            )
            for rank, row in enumerate(order, start=1)
        )

    def parts(self, query: str, filters: Filters) -> Parts:
        """The parts of the score, for every chunk in the order of ``chunks``; meaningless for those filtered out."""
        dense = self._opened.vectors.similarities(self._encoder.encode([query])[0], filters.where())
        return Parts(dense, self._lexical.words(query), self._lexical.pairs(query))

    def around(self, own: Parts) -> Parts:
        """For every chunk the parts of the article around it; nothing for a digest's fact, which stands alone."""
        rows, inside = self._around
        return Parts(*(np.where(inside, part[rows], np.float32(0)) for part in (own.dense, own.words, own.pairs)))

    def _named(self, query: str) -> NDArray[np.bool_]:
        """The chunks of the articles that the query names by number."""
        plain = "".join(normalise(query).split())
        named = np.zeros(len(self.chunks), np.bool_)
        for name, rows in self._names.items():
            if name in plain:
                named[rows] = True
        return named

    def _admitted(self, filters: Filters) -> NDArray[np.bool_]:
        mask = self._masks.get(filters)
        if mask is None:
            mask = np.array([filters.admits(chunk) for chunk in self.chunks], np.bool_)
            if len(self._masks) >= _MASKS:
                self._masks.clear()
            self._masks[filters] = mask
        return mask

    def close(self) -> None:
        """Lets go of the files. The index cannot be searched afterwards."""
        atexit.unregister(self._opened.close)
        self._opened.close()


def open_index(
    corpus: Corpus,
    index_dir: Path,
    model: str,
    *,
    rebuild: bool = False,
    wait_seconds: float = DEFAULT_WAIT_SECONDS,
) -> SearchIndex:
    """Opens the index of a corpus, building it first when it is missing, out of date or damaged.

    ``model`` is a sentence-transformers folder or hub name. Raises ModelError, SearchIndexError.
    """
    encoder = load_encoder(model)
    chunks = chunks_of(corpus)
    fingerprint = fingerprint_of(chunks, model_fingerprint(model))
    opened = open_vectors(index_dir, chunks, encoder, fingerprint, rebuild=rebuild, wait_seconds=wait_seconds)
    return SearchIndex(chunks, encoder, opened)


def _articles_around(chunks: tuple[Chunk, ...]) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
    """For each chunk the row of its article's chunk, and whether there is one."""
    articles = {(c.document, c.articles): row for row, c in enumerate(chunks) if c.level is Level.ARTICLE}
    rows = [articles.get((c.document, c.articles)) for c in chunks]
    return np.array([row or 0 for row in rows], np.intp), np.array([row is not None for row in rows], np.bool_)


def _rows_by_name(chunks: tuple[Chunk, ...]) -> dict[str, list[int]]:
    """The rows of each article of the law, by the names that people call it: 第六条, 第6条, 附则."""
    rows: dict[str, list[int]] = {}
    order: dict[str, list[str]] = {}
    for row, chunk in enumerate(chunks):
        if chunk.kind is ChunkKind.POLICY:
            number = chunk.articles[0]
            known = order.setdefault(chunk.document, [])
            if number not in known:
                known.append(number)
            names = ("附则",) if number == CLOSING else (f"第{number}条", f"第{known.index(number) + 1}条")
            for name in names:
                rows.setdefault(name, []).append(row)
    return rows
