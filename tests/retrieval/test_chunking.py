"""Chunks follow the documents and lose nothing of them."""

from __future__ import annotations

from assistant.policy.loader import Corpus
from assistant.retrieval.chunking import ChunkKind, Level, chunks_of


def test_every_chunk_stands_verbatim_in_its_document(corpus: Corpus) -> None:
    texts = {corpus.policy.document.id: corpus.policy.document.text} | {d.id: d.text for d in corpus.digests}
    for chunk in chunks_of(corpus):
        assert texts[chunk.document][chunk.start : chunk.end] == chunk.text
        assert chunk.text.strip()


def test_ids_are_unique_and_stable(corpus: Corpus) -> None:
    ids = [chunk.id for chunk in chunks_of(corpus)]
    assert len(set(ids)) == len(ids)
    assert ids == [chunk.id for chunk in chunks_of(corpus)]


def test_every_article_and_every_clause_has_a_chunk(corpus: Corpus) -> None:
    chunks = [chunk for chunk in chunks_of(corpus) if chunk.kind is ChunkKind.POLICY]
    document = corpus.policy.document
    assert [c.articles[0] for c in chunks if c.level is Level.ARTICLE] == [a.number for a in document.articles]
    found = {(c.articles[0], c.clause): c.text for c in chunks if c.level is Level.CLAUSE}
    assert found == {(a.number, c.index): c.text for a in document.articles for c in a.clauses}


def test_a_clause_carries_its_articles_heading(corpus: Corpus) -> None:
    headings = {article.number: article.heading for article in corpus.policy.document.articles}
    for chunk in chunks_of(corpus):
        if chunk.kind is ChunkKind.POLICY:
            assert chunk.heading == headings[chunk.articles[0]]
            assert chunk.heading in chunk.search_text


def test_every_measure_and_rule_is_founded_on_a_clause(corpus: Corpus) -> None:
    founded = {id_ for c in chunks_of(corpus) if c.level is Level.CLAUSE for id_ in c.measures}
    assert founded == {m.id for m in corpus.policy.measures} | {r.id for r in corpus.policy.rules}


def test_peoples_words_are_searched_and_never_shown(corpus: Corpus) -> None:
    chunk = next(c for c in chunks_of(corpus) if "computing-power" in c.measures and c.level is Level.CLAUSE)
    words = corpus.policy.by_id["computing-power"].terms.search
    assert words
    for word in words:
        assert word in chunk.search_text
        assert word not in chunk.text


def test_every_fact_of_a_digest_is_a_chunk_about_its_articles(corpus: Corpus) -> None:
    chunks = [chunk for chunk in chunks_of(corpus) if chunk.kind is ChunkKind.DIGEST]
    assert [c.text for c in chunks] == [fact.text for digest in corpus.digests for fact in digest.facts]
    for chunk in chunks:
        assert chunk.level is Level.FACT
        assert chunk.articles == corpus.digest_by_id[chunk.document].relates_to
        assert chunk.measures == ()
