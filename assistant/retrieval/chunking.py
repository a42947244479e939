"""Cuts the corpus into chunks that follow its structure: article, clause, fact of a digest.

Every chunk carries what a reader needs to place it (document, article, heading) and its span in the document's text.
What the search reads (``search_text``) is the heading, the text, and, for the policy, how people talk
about the measures that the clause founds: ``terms.search`` of ``measures.yaml``, never shown to anybody.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from assistant.policy.digest import Digest
from assistant.policy.document import Article, Clause
from assistant.policy.loader import Corpus, Policy

CHUNKING_VERSION = 1
"""Raise it when the same corpus is cut or worded differently: the index is then built anew."""


class ChunkKind(StrEnum):
    """Whether a chunk is the law or background."""

    POLICY = "policy"
    DIGEST = "digest"


class Level(StrEnum):
    """How much of its document a chunk is."""

    ARTICLE = "article"
    CLAUSE = "clause"
    FACT = "fact"


@dataclass(frozen=True, slots=True)
class Chunk:
    """One searchable passage; ``document.text[start:end] == text``.

    ``articles`` are the policy's articles that it is (one) or is about (a digest: any number). ``measures`` are the
    ids of the measures and rules quoted from it. ``expansion`` is read by the search and never shown.
    """

    id: str
    document: str
    title: str
    kind: ChunkKind
    level: Level
    articles: tuple[str, ...]
    clause: int | None
    start: int
    end: int
    heading: str
    text: str
    measures: tuple[str, ...]
    expansion: tuple[str, ...]

    @property
    def search_text(self) -> str:
        """What the search reads."""
        return "。".join(part for part in (self.heading, self.text, " ".join(self.expansion)) if part)


@dataclass(frozen=True, slots=True)
class _Founded:
    """A measure or rule: where its quotes stand in the document, and how people talk about it."""

    id: str
    spans: tuple[tuple[int, int], ...]
    words: tuple[str, ...]


def chunks_of(corpus: Corpus) -> tuple[Chunk, ...]:
    """All chunks of the policy and the digests, in the order of the texts; ids are unique and stable."""
    chunks = list(_policy_chunks(corpus.policy))
    for digest in corpus.digests:
        chunks.extend(_digest_chunks(digest))
    return tuple(chunks)


def _policy_chunks(policy: Policy) -> list[Chunk]:
    founded = _founded(policy)
    chunks: list[Chunk] = []
    for article in policy.document.articles:
        chunks.append(_policy_chunk(policy, article, None, founded))
        chunks.extend(_policy_chunk(policy, article, clause, founded) for clause in article.clauses)
    return chunks


def _policy_chunk(policy: Policy, article: Article, clause: Clause | None, founded: list[_Founded]) -> Chunk:
    part = clause or article
    here = [item for item in founded if any(start < part.end and end > part.start for start, end in item.spans)]
    return Chunk(
        id=f"{policy.document.id}/{article.number}" + (f"/{clause.index}" if clause else ""),
        document=policy.document.id,
        title=policy.document.title,
        kind=ChunkKind.POLICY,
        level=Level.CLAUSE if clause else Level.ARTICLE,
        articles=(article.number,),
        clause=clause.index if clause else None,
        start=part.start,
        end=part.end,
        heading=article.heading,
        text=part.text,
        measures=tuple(item.id for item in here),
        expansion=tuple(dict.fromkeys(word for item in here for word in item.words)),
    )


def _founded(policy: Policy) -> list[_Founded]:
    """Measures and rules by the quotes that found them (a measure's ``also`` quotes count too)."""
    entries = [(m.id, m.article, (m.quote, *m.also), (m.name, *m.terms.search)) for m in policy.measures]
    entries += [(r.id, r.article, (r.quote,), (r.name, *r.terms.search)) for r in policy.rules]
    found: list[_Founded] = []
    for id_, article, quotes, words in entries:
        spans = (policy.document.locate(quote, article) for quote in quotes if quote)
        found.append(_Founded(id_, tuple(span for span in spans if span), words))
    return found


def _digest_chunks(digest: Digest) -> list[Chunk]:
    return [
        Chunk(
            id=f"{digest.id}/{number}",
            document=digest.id,
            title=digest.title,
            kind=ChunkKind.DIGEST,
            level=Level.FACT,
            articles=digest.relates_to,
            clause=number,
            start=fact.start,
            end=fact.end,
            heading=digest.title,
            text=fact.text,
            measures=(),
            expansion=(),
        )
        for number, fact in enumerate(digest.facts)
    ]
