"""Fine-tuning: moves the distilled token vectors so that questions lie near the clauses that answer them.

Two things are learned by gradient descent on the cross-entropy of a question's cosines to all clauses: the projection
from the teacher's 384 dimensions (it changes every token's vector, also of words that no training question has), and
a small correction of the single tokens that occur. Tokens of a question are left out at random, so that no single
word carries a clause; several runs with different seeds are averaged. Questions that the policy does not answer are
trained to lie near no clause. One thread and fixed seeds: the same inputs give the same numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
import yaml
from numpy.typing import NDArray

Floats = NDArray[np.float32]
TRAINING = Path(__file__).resolve().parent / "training.yaml"


@dataclass(frozen=True, slots=True)
class Question:
    """A training question and the measure or rule that answers it; "" for none."""

    text: str
    label: str


@dataclass(frozen=True, slots=True)
class Training:
    """Clauses (text and the measures founded on each) and questions."""

    passages: tuple[tuple[str, frozenset[str]], ...]
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Recipe:
    """How the training goes; chosen by cross-validation over the training questions."""

    epochs: int = 80
    seeds: int = 4
    token_rate: float = 2e-3
    projection_rate: float = 1e-3
    correction_cost: float = 30.0
    sharpness: float = 8.0
    left_out: float = 0.3
    outside_weight: float = 0.5
    outside_level: float = 0.35


def read_training(path: Path = TRAINING) -> Training:
    """The snapshot that ``collect.py`` wrote."""
    data = yaml.load(path.read_text(encoding="utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    passages = tuple((entry["text"], frozenset(entry["measures"])) for entry in data["passages"])
    inside = [Question(text, label) for label, texts in data["questions"].items() for text in texts]
    return Training(passages, (*inside, *(Question(text, "") for text in data["outside"])))


def fine_tune(
    centred: Floats, weights: Floats, axes: Floats, tokenizer: Any, training: Training, recipe: Recipe
) -> Floats:
    """The token table: teacher vectors (centred) times a learned projection, weighted, plus corrections.

    ``axes`` is the projection to start from, ``tokenizer`` the one whose token 0 is unknown and i+1 is row i.
    """
    torch.set_num_threads(1)
    runs = [_run(centred, weights, axes, tokenizer, training, recipe, seed) for seed in range(recipe.seeds)]
    return np.mean(np.stack(runs), axis=0, dtype=np.float64).astype(np.float32)


def rows_of(tokenizer: Any, texts: list[str]) -> list[list[int]]:
    """The table's rows of each text's known tokens."""
    encodings = tokenizer.encode_batch(texts, add_special_tokens=False)
    return [[token - 1 for token in encoding.ids if token > 0] for encoding in encodings]


def embed(table: Floats, tokenizer: Any, texts: list[str]) -> Floats:
    """Unit vectors of texts by a token table."""
    vectors = np.zeros((len(texts), table.shape[1]), np.float32)
    for vector, rows in zip(vectors, rows_of(tokenizer, texts), strict=True):
        if rows:
            vector[:] = table[rows].mean(axis=0)
    return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)


class _Bags:
    """Texts as token rows, summed into one unit vector each."""

    def __init__(self, texts: list[list[int]], position: dict[int, int]) -> None:
        self._tokens = torch.tensor([position[row] for text in texts for row in text])
        self._owner = torch.tensor([number for number, text in enumerate(texts) for _ in text])
        self._count = len(texts)

    def unit(self, table: torch.Tensor, left_out: float, random: torch.Generator) -> torch.Tensor:
        vectors = table[self._tokens]
        if left_out:
            kept = torch.rand(len(self._tokens), generator=random) > left_out
            vectors = vectors * kept.unsqueeze(1)
        sums = torch.zeros(self._count, table.shape[1]).index_add(0, self._owner, vectors)
        return torch.nn.functional.normalize(sums, dim=1, eps=1e-6)


def _run(
    centred: Floats, weights: Floats, axes: Floats, tokenizer: Any, training: Training, recipe: Recipe, seed: int
) -> Floats:
    random = torch.Generator().manual_seed(seed)
    passages = rows_of(tokenizer, [text for text, _ in training.passages])
    inside = [question for question in training.questions if question.label]
    asked = rows_of(tokenizer, [question.text for question in inside])
    foreign = rows_of(tokenizer, [question.text for question in training.questions if not question.label])
    used = sorted({row for text in (*passages, *asked, *foreign) for row in text})
    position = {row: number for number, row in enumerate(used)}
    right = torch.tensor([[question.label in labels for _, labels in training.passages] for question in inside])
    clauses, questions, outside = (_Bags(texts, position) for texts in (passages, asked, foreign))

    teacher, weight = torch.tensor(centred[used]), torch.tensor(weights[used]).unsqueeze(1)
    projection = torch.tensor(axes, requires_grad=True)
    correction = torch.zeros(len(used), axes.shape[1], requires_grad=True)
    optimiser = torch.optim.Adam(
        [{"params": [correction], "lr": recipe.token_rate}, {"params": [projection], "lr": recipe.projection_rate}]
    )
    for _ in range(recipe.epochs):
        table = weight * (teacher @ projection) + correction
        targets = clauses.unit(table, 0.0, random)
        cosines = recipe.sharpness * questions.unit(table, recipe.left_out, random) @ targets.T
        wanted = torch.logsumexp(cosines.masked_fill(~right, -1e9), dim=1)
        loss = (torch.logsumexp(cosines, dim=1) - wanted).mean()
        if recipe.outside_weight:
            near = (outside.unit(table, recipe.left_out, random) @ targets.T).amax(dim=1)
            loss = loss + recipe.outside_weight * torch.relu(near - recipe.outside_level).mean()
        loss = loss + recipe.correction_cost * correction.square().sum(dim=1).mean()
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    table = weights[:, None] * (centred @ projection.detach().numpy())
    table[used] += correction.detach().numpy()
    return table.astype(np.float32)
