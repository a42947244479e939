"""Fits the weights of the search's score: ``python -m eval.retrieval.calibrate`` (extra ``encoder``; some minutes).

The encoder has seen the training questions, so their likeness to the clauses is flattered. Hence cross-fitting: the
training questions are split in five, and each fifth is scored by an encoder trained on the other four. Two fits
follow: the weights of the parts, so that the right clause comes first (cross-entropy over the clauses); then slope
and bias, so that the best hit's score is the probability that it is right, questions foreign to the policy included.
Writes ``assistant/retrieval/weights.yaml``. No evaluation question is looked at.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from assistant.policy.loader import load_corpus
from assistant.retrieval.chunking import Chunk, Level, chunks_of
from assistant.retrieval.lexical import LexicalIndex
from assistant.retrieval.scoring import WEIGHTS_FILE
from eval.retrieval.encoder.build import distil, make_tokenizer
from eval.retrieval.encoder.training import Question, Recipe, Training, embed, fine_tune, read_training

ROOT = Path(__file__).resolve().parents[2]
FOLDS = 5
NAMES = ("dense", "words", "pairs", "article_dense", "article_words", "article_pairs")
SCALES = (8.0, 4.0, 4.0, 8.0, 4.0, 4.0)
SHRINK = 2e-3
Features = NDArray[np.float64]


def fold_of(text: str) -> int:
    """The fifth that a question belongs to, by its hash."""
    return int(hashlib.sha256(text.encode()).hexdigest(), 16) % FOLDS


def likeness(passages: NDArray[np.float32], questions: NDArray[np.float32], clauses: list[int]) -> NDArray[np.float64]:
    """Questions x passages, measured from the clauses' mean cosine, as the search does it."""
    total = passages[clauses].astype(np.float64).sum(axis=0)
    background = min(max((total @ total - len(clauses)) / (len(clauses) * (len(clauses) - 1)), 0.0), 0.99)
    return (questions.astype(np.float64) @ passages.T.astype(np.float64) - background) / (1 - background)


def features(chunks: tuple[Chunk, ...], asked: list[Question]) -> Features:
    """Questions x clauses x parts, every question scored by an encoder that has not seen it."""
    distilled, training = distil(), read_training()
    tokenizer = make_tokenizer(distilled.tokens)
    lexical = LexicalIndex([chunk.search_text for chunk in chunks])
    articles = {c.articles: row for row, c in enumerate(chunks) if c.level is Level.ARTICLE}
    clauses = [row for row, c in enumerate(chunks) if c.level is Level.CLAUSE]
    dense = np.zeros((len(asked), len(chunks)))
    for fold in range(FOLDS):
        rows = [row for row, question in enumerate(asked) if fold_of(question.text) == fold]
        seen = tuple(question for question in training.questions if fold_of(question.text) != fold)
        table = fine_tune(
            distilled.centred, distilled.weights, distilled.axes, tokenizer, Training(training.passages, seen), Recipe()
        )
        passages = embed(table, tokenizer, [chunk.search_text for chunk in chunks])
        dense[rows] = likeness(passages, embed(table, tokenizer, [asked[row].text for row in rows]), clauses)
        print(f"fold {fold + 1} of {FOLDS}", flush=True)
    words = np.stack([lexical.words(question.text) for question in asked])
    pairs = np.stack([lexical.pairs(question.text) for question in asked])
    around = [articles[chunks[row].articles] for row in clauses]
    own = [part[:, clauses] for part in (dense, words, pairs)]
    whole = [part[:, around] for part in (dense, words, pairs)]
    return np.stack([*own, *whole], axis=2)


def fit_parts(data: Features, right: NDArray[np.bool_]) -> torch.Tensor:
    """Weights, none below zero, by which the right clause comes first."""
    inputs = torch.tensor(data) * torch.tensor(SCALES)
    wanted = torch.tensor(right)
    free = torch.zeros(len(NAMES), dtype=torch.float64, requires_grad=True)
    optimiser = torch.optim.LBFGS([free], max_iter=200, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimiser.zero_grad()
        weights = torch.nn.functional.softplus(free)
        logits = inputs @ weights
        best = torch.logsumexp(logits.masked_fill(~wanted, -1e9), dim=1)
        value: torch.Tensor = (torch.logsumexp(logits, dim=1) - best).mean() + SHRINK * weights.square().sum()
        value.backward()
        return value

    optimiser.step(loss)
    return torch.nn.functional.softplus(free).detach() * torch.tensor(SCALES, dtype=torch.float64)


def fit_probability(best: torch.Tensor, right: torch.Tensor) -> tuple[float, float]:
    """Slope and bias of the logistic from the best hit's total to the share of right ones."""
    line = torch.tensor([0.5, -1.0], dtype=torch.float64, requires_grad=True)
    optimiser = torch.optim.LBFGS([line], max_iter=200, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimiser.zero_grad()
        value = torch.nn.functional.binary_cross_entropy_with_logits(line[0] * best + line[1], right)
        value.backward()
        return value

    optimiser.step(loss)
    return float(line[0].detach()), float(line[1].detach())


def main() -> None:
    torch.set_num_threads(1)
    chunks = chunks_of(load_corpus(ROOT / "corpus", "one-zone-two-centres"))
    clauses = [c for c in chunks if c.level is Level.CLAUSE]
    asked = list(read_training().questions)
    data = features(chunks, asked)
    inside = np.array([bool(question.label) for question in asked])
    right = np.array([[question.label in clause.measures for clause in clauses] for question in asked])
    parts = fit_parts(data[inside], right[inside])
    totals = torch.tensor(data) @ parts
    best = totals.argmax(dim=1)
    hit = torch.tensor(right)[torch.arange(len(asked)), best]
    slope, bias = fit_probability(totals.amax(dim=1), hit.double())
    print(f"clause first, cross-fitted: {hit[torch.tensor(inside)].double().mean():.3f}; slope {slope:.3f}")
    lines = ["# Written by eval/retrieval/calibrate.py: the logistic model of the search's score.", f"bias: {bias:.3f}"]
    lines += [f"{name}: {slope * float(weight):.3f}" for name, weight in zip(NAMES, parts, strict=True)]
    WEIGHTS_FILE.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))
    probability = torch.sigmoid(slope * totals.amax(dim=1) + bias)
    for low in (0.0, 0.2, 0.4, 0.6, 0.8, 0.9):
        chosen = (probability >= low) & (probability < (low + 0.2 if low < 0.8 else low + 0.1001))
        if chosen.any():
            print(f"score {low:.1f}…: {int(chosen.sum())} questions, right {hit[chosen].double().mean():.2f}")


if __name__ == "__main__":
    main()
