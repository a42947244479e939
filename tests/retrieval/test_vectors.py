"""Chroma's collection: what is written can be read, and what is damaged is noticed."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from assistant.errors import SearchIndexError
from assistant.policy.loader import Corpus
from assistant.retrieval.chunking import Chunk, ChunkKind, chunks_of
from assistant.retrieval.embedding import TextEncoder, Vectors, load_encoder
from assistant.retrieval.search import Filters
from assistant.retrieval.vectors import VectorIndex, build_vectors


class Turned(TextEncoder):
    """Another model of the same size: the same vectors, turned."""

    def __init__(self, encoder: TextEncoder) -> None:
        self._encoder = encoder

    def encode(self, texts: list[str]) -> Vectors:
        return np.roll(self._encoder.encode(texts), 1, axis=1)


class Shorter(Turned):
    """Another model of another size."""

    def encode(self, texts: list[str]) -> Vectors:
        return self._encoder.encode(texts)[:, :64]


@pytest.fixture(scope="module")
def encoder(encoder_folder: Path) -> TextEncoder:
    return load_encoder(str(encoder_folder))


@pytest.fixture(scope="module")
def chunks(corpus: Corpus) -> tuple[Chunk, ...]:
    return chunks_of(corpus)


@pytest.fixture
def folder(tmp_path: Path, chunks: tuple[Chunk, ...], encoder: TextEncoder) -> Path:
    done: list[int] = []
    build_vectors(tmp_path / "chroma", chunks, encoder, done.append)
    assert sum(done) == len(chunks)
    return tmp_path / "chroma"


def test_distances_are_the_encoders_own(folder: Path, chunks: tuple[Chunk, ...], encoder: TextEncoder) -> None:
    index = VectorIndex(folder, chunks, encoder)
    asked = encoder.encode(["算力平台的费用"])[0]
    exact = encoder.encode([chunk.search_text for chunk in chunks]) @ asked
    found = index.similarities(asked, None)
    index.close()
    # The likeness is the cosine on another scale: the same order, the same proportions.
    scale = np.polyfit(exact, found, 1)
    assert np.abs(np.polyval(scale, exact) - found).max() < 1e-3
    assert int(found.argmax()) == int(exact.argmax())


def test_a_text_like_nothing_is_like_nothing(folder: Path, chunks: tuple[Chunk, ...], encoder: TextEncoder) -> None:
    index = VectorIndex(folder, chunks, encoder)
    assert not index.similarities(np.zeros(256, np.float32), None).any()
    index.close()


def test_chroma_filters_as_the_filters_say(folder: Path, chunks: tuple[Chunk, ...], encoder: TextEncoder) -> None:
    import chromadb

    client = chromadb.PersistentClient(str(folder))
    collection = client.get_collection("passages", embedding_function=None)
    for filters in (
        Filters(articles=frozenset({"九"})),
        Filters(articles=frozenset({"六", "附"}), kinds=frozenset({ChunkKind.POLICY})),
        Filters(kinds=frozenset({ChunkKind.DIGEST})),
        Filters(documents=frozenset({"open-questions", "service-channels"}), articles=frozenset({"十"})),
    ):
        wanted = {chunk.id for chunk in chunks if filters.admits(chunk) or _is_article(chunk, filters)}
        assert set(collection.get(where=filters.where(), include=[])["ids"]) == wanted
    client.close()


def _is_article(chunk: Chunk, filters: Filters) -> bool:
    """Levels are not Chroma's business: a clause's score needs its article's."""
    return Filters(filters.documents, filters.articles, filters.kinds, frozenset()).admits(chunk)


@pytest.mark.parametrize("other", [Turned, Shorter])
def test_vectors_of_another_model_are_refused(
    folder: Path, chunks: tuple[Chunk, ...], encoder: TextEncoder, other: type[Turned]
) -> None:
    with pytest.raises(SearchIndexError, match="another model"):
        VectorIndex(folder, chunks, other(encoder))


def test_missing_passages_are_noticed(folder: Path, chunks: tuple[Chunk, ...], encoder: TextEncoder) -> None:
    import chromadb

    with chromadb.PersistentClient(str(folder)) as client:
        client.get_collection("passages", embedding_function=None).delete(ids=[chunks[7].id])
    with pytest.raises(SearchIndexError, match="incomplete"):
        VectorIndex(folder, chunks, encoder)


@pytest.mark.parametrize("harm", ["empty", "half", "noise", "gone"])
def test_a_damaged_database_is_noticed(
    folder: Path, chunks: tuple[Chunk, ...], encoder: TextEncoder, harm: str
) -> None:
    path = folder / "chroma.sqlite3"
    data = path.read_bytes()
    path.unlink()
    if harm != "gone":
        path.write_bytes({"empty": b"", "half": data[: len(data) // 2], "noise": b"?" * len(data)}[harm])
    with pytest.raises(SearchIndexError, match=r"damaged|incomplete"):
        VectorIndex(folder, chunks, encoder)
