"""The search as a LangChain retriever."""

from __future__ import annotations

from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict, Field

from assistant.retrieval.search import Filters, Hit, SearchIndex


class HybridRetriever(BaseRetriever):
    """Meaning and words, fused. ``search`` gives typed hits, ``invoke`` the same as LangChain documents."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    index: SearchIndex
    k: int = Field(8, ge=1, description="How many passages to give.")
    filters: Filters = Filters()

    def search(self, query: str, k: int | None = None, filters: Filters | None = None) -> tuple[Hit, ...]:
        """Typed hits, best first; ``k`` and ``filters`` default to the retriever's own."""
        return self.index.search(query, k or self.k, filters or self.filters)

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        del run_manager  # nothing below reports progress
        return [document_of(hit) for hit in self.search(query)]


def document_of(hit: Hit) -> Document:
    """A hit as a LangChain document: the passage verbatim, everything else as metadata."""
    chunk = hit.chunk
    metadata: dict[str, Any] = {
        "document": chunk.document,
        "title": chunk.title,
        "kind": chunk.kind.value,
        "level": chunk.level.value,
        "articles": list(chunk.articles),
        "heading": chunk.heading,
        "clause": chunk.clause,
        "start": chunk.start,
        "end": chunk.end,
        "measures": list(chunk.measures),
        "rank": hit.rank,
        "score": hit.score,
    }
    return Document(id=chunk.id, page_content=chunk.text, metadata=metadata)
