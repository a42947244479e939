"""The search as LangChain sees it."""

from __future__ import annotations

from assistant.policy.loader import Corpus
from assistant.retrieval import ChunkKind, Filters, HybridRetriever, SearchIndex


def test_documents_carry_the_passage_and_its_place(index: SearchIndex, corpus: Corpus) -> None:
    documents = HybridRetriever(index=index, k=5).invoke("算力费用能补多少")
    hits = index.search("算力费用能补多少", 5)
    assert [document.id for document in documents] == [hit.chunk.id for hit in hits]
    first = documents[0]
    assert first.metadata["articles"] == ["十"]
    assert first.metadata["measures"] == ["computing-power"]
    assert first.metadata["score"] == hits[0].score
    text = corpus.policy.document.text
    assert text[first.metadata["start"] : first.metadata["end"]] == first.page_content


def test_its_own_filters_and_k_are_defaults(index: SearchIndex) -> None:
    retriever = HybridRetriever(index=index, k=2, filters=Filters(kinds=frozenset({ChunkKind.DIGEST})))
    assert {hit.chunk.kind for hit in retriever.search("首台套")} == {ChunkKind.DIGEST}
    assert len(retriever.search("首台套")) == 2
    assert len(retriever.search("首台套", 4)) == 4
    policy = Filters(kinds=frozenset({ChunkKind.POLICY}))
    assert {hit.chunk.kind for hit in retriever.search("首台套", filters=policy)} == {ChunkKind.POLICY}


def test_it_is_a_runnable(index: SearchIndex) -> None:
    chain = HybridRetriever(index=index, k=1) | (lambda documents: documents[0].metadata["articles"])
    assert chain.invoke("贷款利息补贴") == ["九"]
