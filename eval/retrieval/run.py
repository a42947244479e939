"""Measures the search: how often the right article comes first, for the shipped search and its alternatives.

The shipped search is the program's own: a real index, Chroma and BM25. Alternatives that would need another index
(other chunks, other models) are computed in memory from the same encoder and the same BM25.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from time import process_time

import numpy as np
import yaml
from numpy.typing import NDArray

from assistant.policy.loader import Corpus, load_corpus
from assistant.retrieval.chunking import Chunk, ChunkKind, Level, chunks_of
from assistant.retrieval.embedding import TextEncoder, load_encoder
from assistant.retrieval.lexical import LexicalIndex
from assistant.retrieval.scoring import Parts, Weights, relevance, shipped_weights
from assistant.retrieval.search import Filters, SearchIndex, open_index

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
ENCODER = ROOT / "assistant" / "retrieval" / "encoder"
POLICY = "one-zone-two-centres"
Scores = NDArray[np.float64]
Ranker = Callable[[str], Scores]


@dataclass(frozen=True, slots=True)
class Question:
    """A question, the articles that answer it, and the measure, where one is named."""

    text: str
    articles: frozenset[str]
    measure: str | None

    @property
    def held_out(self) -> bool:
        """Half of the questions, by a fixed hash: never looked at while the search was made."""
        return int(hashlib.sha256(self.text.encode()).hexdigest(), 16) % 2 == 1


@dataclass(frozen=True, slots=True)
class Figures:
    """Averages over questions. ``clause_1`` is the share whose best clause founds the measure (None: not labelled)."""

    questions: int
    recall_1: float
    recall_3: float
    reciprocal: float
    gain_10: float
    clause_1: float | None

    def row(self, name: str) -> str:
        """A line of a Markdown table."""
        clause = "" if self.clause_1 is None else f"{self.clause_1:.3f}"
        parts = (self.recall_1, self.recall_3, self.reciprocal, self.gain_10)
        return f"| {name} | " + " | ".join(f"{part:.3f}" for part in parts) + f" | {clause} |"


def own_questions(corpus: Corpus) -> list[Question]:
    """``questions.yaml``: one measure each."""
    articles = {measure.id: measure.article for measure in corpus.policy.measures}
    articles |= {rule.id: rule.article for rule in corpus.policy.rules}
    groups = yaml.safe_load((HERE / "questions.yaml").read_text(encoding="utf-8"))
    return [
        Question(entry["q"], frozenset({articles[entry["measure"]]}), entry["measure"])
        for entries in groups.values()
        for entry in entries
    ]


def questions_of_others(*groups: str) -> list[Question]:
    """First turns of ``eval/questions/<group>.yaml``, written by others, that have an article to cite."""
    found = []
    for group in groups:
        cases = yaml.safe_load((ROOT / "eval" / "questions" / f"{group}.yaml").read_text(encoding="utf-8"))
        for text, wanted in (case[0] for entries in cases.values() for case in entries):
            if wanted.get("art") and "not_covered" not in wanted.get("status", ()):
                found.append(Question(text, frozenset(map(str, wanted["art"])), None))
    return found


def figures(ranker: Ranker, chunks: Sequence[Chunk], questions: Sequence[Question]) -> Figures:
    """Ranks articles by their best chunk, and measures where the first right one stands."""
    ranks: list[int] = []
    clauses: list[bool] = []
    for question in questions:
        scores = ranker(question.text)
        best: dict[str, float] = {}
        for chunk, score in zip(chunks, scores, strict=True):
            best[chunk.articles[0]] = max(best.get(chunk.articles[0], -np.inf), float(score))
        order = sorted(best, key=lambda article: -best[article])
        ranks.append(1 + next(at for at, article in enumerate(order) if article in question.articles))
        if question.measure is not None:
            clauses.append(question.measure in chunks[int(np.argmax(scores))].measures)
    place = np.array(ranks, np.float64)
    return Figures(
        questions=len(ranks),
        recall_1=float((place == 1).mean()),
        recall_3=float((place <= 3).mean()),
        reciprocal=float((1 / place).mean()),
        gain_10=float(np.where(place <= 10, 1 / np.log2(1 + place), 0).mean()),
        clause_1=float(np.mean(clauses)) if clauses else None,
    )


@dataclass(frozen=True)
class Bench:
    """In memory: parts of every chunk for a question, for one way of wording the chunks and one encoder."""

    chunks: tuple[Chunk, ...]
    encoder: TextEncoder
    wording: Callable[[Chunk], str]

    def parts(self) -> Callable[[str], Parts]:
        texts = [self.wording(chunk) for chunk in self.chunks]
        vectors, lexical = self.encoder.encode(texts), LexicalIndex(texts)
        clauses = vectors[[chunk.level is Level.CLAUSE for chunk in self.chunks]].astype(np.float64)
        total = clauses.sum(axis=0)
        background = (total @ total - len(clauses)) / (len(clauses) * (len(clauses) - 1))

        def parts(question: str) -> Parts:
            cosines = vectors @ self.encoder.encode([question])[0]
            likeness = ((cosines - background) / (1 - background)).astype(np.float32)
            return Parts(likeness, lexical.words(question), lexical.pairs(question))

        return parts


def whole(chunk: Chunk) -> str:
    return chunk.search_text


def with_heading(chunk: Chunk) -> str:
    return f"{chunk.heading}。{chunk.text}"


def bare(chunk: Chunk) -> str:
    return chunk.text


def reciprocal_ranks(*scores: NDArray[np.float32]) -> Scores:
    """Reciprocal rank fusion, k = 60."""
    ranks = [np.argsort(np.argsort(-part, kind="stable"), kind="stable") + 1 for part in scores]
    return np.sum([1 / (60 + rank) for rank in ranks], axis=0)


def clause_weights(weights: Weights) -> Weights:
    """The same weights with nothing from the article around."""
    return replace(weights, article_dense=0.0, article_words=0.0, article_pairs=0.0)


class Comparison:
    """The shipped search and its alternatives over the policy's chunks."""

    def __init__(self, corpus: Corpus, index: SearchIndex) -> None:
        self._index = index
        self.chunks = chunks_of(corpus)
        self.clauses = self._rows(Level.CLAUSE)
        self.articles = self._rows(Level.ARTICLE)
        self._encoder = load_encoder(str(ENCODER))

    def _rows(self, level: Level) -> NDArray[np.intp]:
        keep = [r for r, c in enumerate(self.chunks) if c.kind is ChunkKind.POLICY and c.level is level]
        return np.array(keep, np.intp)

    def rankers(self) -> Iterator[tuple[str, Ranker, NDArray[np.intp]]]:
        """Name, scores of every row of interest, and those rows."""
        index, everything, clauses = self._index, Filters(), self.clauses

        def real(score: Callable[[Parts], Scores]) -> Ranker:
            return lambda question: score(index.parts(question, everything))[clauses]

        weights = shipped_weights()
        alone = clause_weights(weights)
        yield "words alone (BM25)", real(lambda p: p.words.astype(np.float64)), clauses
        yield "words and pairs of characters (BM25)", real(lambda p: (p.words + p.pairs).astype(np.float64)), clauses
        yield "dense alone", real(lambda p: p.dense.astype(np.float64)), clauses
        yield "fused by reciprocal rank", real(lambda p: reciprocal_ranks(p.dense, p.words, p.pairs)), clauses
        yield "fused, equal weights", real(lambda p: (p.dense + p.words + p.pairs).astype(np.float64)), clauses
        yield "fused, fitted weights, clause alone", real(lambda p: relevance(p, p, None, alone)), clauses
        yield "**fused, fitted weights, clause and article (shipped)**", self._shipped, clauses
        for name, wording, rows in (
            ("chunks: whole articles", whole, self.articles),
            ("chunks: clauses without heading, without people's words", bare, clauses),
            ("chunks: clauses with heading, without people's words", with_heading, clauses),
            ("chunks: clauses with heading and people's words", whole, clauses),
        ):
            parts = Bench(self.chunks, self._encoder, wording).parts()
            yield name + ", fused", _on(parts, lambda p: relevance(p, p, None, alone), rows), rows

    def _shipped(self, question: str) -> Scores:
        scores = np.zeros(len(self.chunks))
        rows = {chunk.id: row for row, chunk in enumerate(self.chunks)}
        policy = Filters(kinds=frozenset({ChunkKind.POLICY}))
        for hit in self._index.search(question, len(self.chunks), policy):
            scores[rows[hit.chunk.id]] = hit.score  # what is not found stays at zero
        return scores[self.clauses]

    def of_encoder(self, name: str, encoder: TextEncoder) -> Iterator[tuple[str, Ranker, NDArray[np.intp]]]:
        """Dense alone and fused with another encoder."""
        parts = Bench(self.chunks, encoder, whole).parts()
        yield f"{name}, dense alone", _on(parts, lambda p: p.dense.astype(np.float64), self.clauses), self.clauses
        fused = _on(parts, lambda p: (p.dense + p.words + p.pairs).astype(np.float64), self.clauses)
        yield f"{name}, fused, equal weights", fused, self.clauses


def _on(parts: Callable[[str], Parts], score: Callable[[Parts], Scores], rows: NDArray[np.intp]) -> Ranker:
    return lambda question: score(parts(question))[rows]


def milliseconds(index: SearchIndex, questions: Sequence[Question]) -> NDArray[np.float64]:
    """Processor time of each warm search, all threads together: what a busy machine does besides is not counted."""
    times = []
    for question in [*questions[:20], *questions]:
        start = process_time()
        index.search(question.text)
        times.append((process_time() - start) * 1000)
    return np.array(times[20:])


def report(encoders: dict[str, TextEncoder]) -> str:
    """All tables, as Markdown; ``encoders`` are further models to compare, by name."""
    corpus = load_corpus(ROOT / "corpus", POLICY)
    own = own_questions(corpus)
    halves = {
        "held-out half": [question for question in own if question.held_out],
        "dev half": [question for question in own if not question.held_out],
        "look-ups of eval/questions, by other authors": questions_of_others("lookup"),
        "amounts, figures, eligibility, premises of eval/questions, by other authors, many of them long": (
            questions_of_others("amounts", "figures", "eligibility", "premises")
        ),
    }
    lines: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        index = open_index(corpus, Path(folder), str(ENCODER))
        comparison = Comparison(corpus, index)
        rankers = list(comparison.rankers())
        for name, encoder in encoders.items():
            rankers += comparison.of_encoder(name, encoder)
        for title, questions in halves.items():
            lines += [f"### {title}: {len(questions)} questions", ""]
            lines += ["| search | R@1 | R@3 | MRR | nDCG@10 | clause first |", "|---|---|---|---|---|---|"]
            for name, ranker, rows in rankers:
                chunks = [comparison.chunks[row] for row in rows]
                lines.append(figures(ranker, chunks, questions).row(name))
            lines.append("")
        times = milliseconds(index, own)
        middle, late = np.percentile(times, [50, 95])
        lines.append(
            f"A warm search takes {middle:.1f} ms of processor time in the median, {late:.1f} ms at the 95th "
            f"percentile, over {len(comparison.chunks)} passages."
        )
        index.close()
    return "\n".join(lines) + "\n"
