"""The vectors of all chunks in an embedded Chroma collection, written through langchain-chroma.

Reading goes to the collection itself, for ids and distances alone: a tenth of the time that LangChain's documents
take when every chunk's distance is wanted. Telemetry is off, and every vector is our own encoder's.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, cast

import chromadb
import numpy as np
from chromadb.api.client import Client
from chromadb.config import Settings
from chromadb.errors import ChromaError
from langchain_chroma import Chroma
from numpy.typing import NDArray

from assistant.errors import SearchIndexError
from assistant.retrieval.chunking import Chunk, Level
from assistant.retrieval.embedding import TextEncoder, Vectors

COLLECTION = "passages"
_BATCH = 64
_EXACT = 512  # up to so many neighbours Chroma looks at all that matter: exact for the corpora this is for
_SAME = 1e-3
_FEWEST = 8  # clauses, for their mean cosine to say something
_HIGHEST = 0.99


def build_vectors(
    folder: Path, chunks: Sequence[Chunk], encoder: TextEncoder, advance: Callable[[int], object]
) -> None:
    """Writes a new collection under ``folder``; ``advance`` is told how many chunks were done.

    Raises SearchIndexError when Chroma cannot write there.
    """
    try:
        with _client(folder) as client:
            store = Chroma(
                client=client,
                collection_name=COLLECTION,
                embedding_function=encoder,
                collection_configuration={
                    "hnsw": {"space": "cosine", "ef_construction": 200, "ef_search": _EXACT, "max_neighbors": 32}
                },
            )
            for at in range(0, len(chunks), _BATCH):
                batch = chunks[at : at + _BATCH]
                store.add_texts(
                    [chunk.search_text for chunk in batch],
                    metadatas=[metadata_of(chunk) for chunk in batch],
                    ids=[chunk.id for chunk in batch],
                )
                advance(len(batch))
    except (ChromaError, OSError, ValueError) as error:
        raise SearchIndexError(f"{folder}: the search index cannot be written ({error})") from error


def metadata_of(chunk: Chunk) -> dict[str, Any]:
    """A chunk's metadata as Chroma filters them: one flag per article, since a digest is about several."""
    head: dict[str, Any] = {
        "document": chunk.document,
        "title": chunk.title,
        "kind": chunk.kind.value,
        "level": chunk.level.value,
        "start": chunk.start,
        "end": chunk.end,
    }
    if chunk.clause is not None:
        head["clause"] = chunk.clause
    return head | {article_key(article): True for article in chunk.articles}


def article_key(article: str) -> str:
    """The metadata key that says whether a chunk belongs to an article."""
    return f"article_{article}"


class VectorIndex:
    """An open collection. Keeps its folder open until ``close``."""

    def __init__(self, folder: Path, chunks: Sequence[Chunk], encoder: TextEncoder) -> None:
        """Opens the collection that ``build_vectors`` wrote for these chunks with this encoder.

        Raises SearchIndexError when it is damaged, or is not what these chunks and this encoder give.
        """
        self._rows = {chunk.id: row for row, chunk in enumerate(chunks)}
        self._client: Client | None = None
        try:
            self._client = _client(folder)
            self._collection = self._client.get_collection(COLLECTION, embedding_function=None)
            self._verify(chunks, encoder)
            self._background = self._mean_cosine(chunks)
        except (ChromaError, OSError, ValueError, KeyError) as error:
            self.close()
            raise SearchIndexError(f"{folder}: the search index is damaged ({error})") from error
        except SearchIndexError:
            self.close()
            raise

    def _verify(self, chunks: Sequence[Chunk], encoder: TextEncoder) -> None:
        """Ids, a sample of the vectors, and that a search reaches every chunk."""
        sample = list(chunks[:: max(1, len(chunks) // 8)])
        held = self._collection.get(include=[])["ids"]
        if set(held) != set(self._rows):
            raise SearchIndexError("the search index is incomplete: it does not hold the corpus's passages")
        expected = encoder.encode([chunk.search_text for chunk in sample])
        found = self._collection.get(ids=[chunk.id for chunk in sample], include=["embeddings"])
        stored = np.asarray(found["embeddings"], np.float32)
        order = [found["ids"].index(chunk.id) for chunk in sample]
        if stored.shape != expected.shape or np.abs(stored[order] - expected).max() > _SAME:
            raise SearchIndexError("the search index holds vectors of another model")
        reached = np.isfinite(self._cosines(expected[0], None)).sum()
        if reached < min(len(self._rows), _EXACT):
            raise SearchIndexError("the search index is incomplete: a search does not reach every passage")

    def _mean_cosine(self, chunks: Sequence[Chunk]) -> np.float32:
        """The mean cosine of two clauses of the law; digests, however many and however alike, do not move it."""
        sample = [chunk.id for chunk in chunks if chunk.level is Level.CLAUSE][:_EXACT]
        if len(sample) < _FEWEST:
            return np.float32(0)
        found = self._collection.get(ids=sample, include=["embeddings"])
        total = np.asarray(found["embeddings"], np.float64).sum(axis=0)
        mean = (total @ total - len(sample)) / (len(sample) * (len(sample) - 1))
        return np.float32(min(max(mean, 0.0), _HIGHEST))

    def similarities(self, vector: Vectors, where: Mapping[str, Any] | None) -> NDArray[np.float32]:
        """Likeness per chunk, in the chunks' order: 1 the same, 0 as two clauses of the law on average.

        Cosines of different models lie in different ranges; measured from the clauses' own mean cosine they compare.
        What is filtered out, or too far off to be reached, counts as the least like of those reached; a text with no
        known token is like nothing: 0 everywhere.
        """
        cosines = self._cosines(vector, where)
        reached = np.isfinite(cosines)
        if not reached.any():
            return np.zeros(len(cosines), np.float32)
        cosines[~reached] = cosines[reached].min()
        likeness: NDArray[np.float32] = (cosines - self._background) / (1 - self._background)
        return likeness

    def _cosines(self, vector: Vectors, where: Mapping[str, Any] | None) -> NDArray[np.float32]:
        """Cosine per chunk; minus infinity where filtered out or out of reach."""
        scores = np.full(len(self._rows), -np.inf, np.float32)
        if not vector.any():
            return scores
        result = self._collection.query(
            query_embeddings=cast("Any", [vector]),
            n_results=min(len(self._rows), _EXACT),
            where=cast("Any", where),
            include=["distances"],
        )
        distances = result["distances"]
        if distances:
            scores[[self._rows[id_] for id_ in result["ids"][0]]] = 1 - np.asarray(distances[0], np.float32)
        return scores

    def close(self) -> None:
        """Lets go of the folder."""
        if self._client is not None:
            self._client.close()
            self._client = None
            gc.collect()  # Chroma's engine lets go of its files when it is collected


def _client(folder: Path) -> Client:
    settings = Settings(anonymized_telemetry=False)
    # Declared as the interface, which has no close(); what comes back is a Client.
    return cast("Client", chromadb.PersistentClient(str(folder), settings=settings))
