"""Finding passages: chunks, vectors, words, and both together.

Importing this package imports no model, no Chroma, no torch: ``open_index`` and ``HybridRetriever`` are loaded when
first asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.retrieval.chunking import Chunk, ChunkKind, Level

if TYPE_CHECKING:
    from assistant.retrieval.langchain import HybridRetriever
    from assistant.retrieval.search import Filters, Hit, SearchIndex, open_index

__all__ = ["Chunk", "ChunkKind", "Filters", "Hit", "HybridRetriever", "Level", "SearchIndex", "open_index"]


def __getattr__(name: str) -> object:
    from importlib import import_module

    if name == "HybridRetriever":
        return import_module("assistant.retrieval.langchain").HybridRetriever
    if name in {"Filters", "Hit", "SearchIndex", "open_index"}:
        return getattr(import_module("assistant.retrieval.search"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
