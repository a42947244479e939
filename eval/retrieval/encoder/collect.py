"""Collects what the encoder is trained on into ``training.yaml``: ``python -m eval.retrieval.encoder.collect``.

Passages are the clauses as the search reads them; questions are ``own_questions.yaml`` and the labelled questions of
``assistant/understanding/data/training``. It is a snapshot, kept in the repository, so that editing a measure or a
training question does not silently change what ``build.py`` gives. Questions that stand in an evaluation set, or are
close to one that does, are left out.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from assistant.policy.loader import load_corpus
from assistant.retrieval.chunking import ChunkKind, Level, chunks_of

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]
LABELLED = ROOT / "assistant" / "understanding" / "data" / "training"
EVALUATION = (
    *sorted((ROOT / "eval" / "questions").glob("*.yaml")),
    ROOT / "eval" / "retrieval" / "questions.yaml",
    ROOT / "eval" / "answers" / "sample_cases.yaml",
)
TOO_CLOSE = 0.6


def strings(value: Any) -> Iterator[str]:
    """Every string in a YAML value: more than the questions of an evaluation file, never fewer."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from strings(part)
    elif isinstance(value, list):
        for part in value:
            yield from strings(part)


def pairs(text: str) -> frozenset[str]:
    """Neighbouring characters, punctuation and spaces apart."""
    plain = "".join(char for char in text.lower() if char.isalnum())
    return frozenset(plain[at : at + 2] for at in range(len(plain) - 1)) or frozenset({plain})


def evaluation_questions() -> list[str]:
    """All strings of the evaluation sets."""
    return [text for path in EVALUATION for text in strings(yaml.safe_load(path.read_text(encoding="utf-8")))]


def too_close(question: str, others: list[frozenset[str]]) -> bool:
    """Whether it shares more than ``TOO_CLOSE`` of its character pairs with one of the others."""
    own = pairs(question)
    return any(len(own & other) > TOO_CLOSE * len(own | other) for other in others)


def labelled_questions(ids: set[str]) -> Iterator[tuple[str, str]]:
    """(measure or rule, question) of both sources; every label that is neither counts as out of the policy: ""."""
    for label, questions in yaml.safe_load((HERE / "own_questions.yaml").read_text(encoding="utf-8")).items():
        yield from ((label, question) for question in questions)
    for path in sorted(LABELLED.glob("*.yaml")):
        for entry in yaml.safe_load(path.read_text(encoding="utf-8")):
            label = str(entry["label"]).removeprefix("rule:")
            if label in ids:
                yield label, str(entry["q"])
            elif label.startswith("out:"):
                yield "", str(entry["q"])


def main() -> None:
    corpus = load_corpus(ROOT / "corpus", "one-zone-two-centres")
    ids = {measure.id for measure in corpus.policy.measures} | {rule.id for rule in corpus.policy.rules}
    reserved = [pairs(text) for text in evaluation_questions()]
    passages = [
        {"measures": list(chunk.measures), "text": chunk.search_text}
        for chunk in chunks_of(corpus)
        if chunk.kind is ChunkKind.POLICY and chunk.level is Level.CLAUSE and chunk.measures
    ]
    questions: dict[str, list[str]] = {}
    for label, question in labelled_questions(ids):
        if not too_close(question, reserved):
            questions.setdefault(label, []).append(question)
    lines = [
        "# Written by collect.py: what build.py trains on. Do not edit; edit its sources and collect again.",
        "passages:",
    ]
    lines += ["- " + json.dumps(passage, ensure_ascii=False) for passage in passages]
    for name, labels in (("questions", sorted(set(questions) - {""})), ("outside", [""])):
        lines.append(f"{name}:")
        for label in labels:
            if label:
                lines.append(f"  {label}:")
            indent = "  - " if label else "- "
            lines += [indent + json.dumps(text, ensure_ascii=False) for text in dict.fromkeys(questions.get(label, []))]
    (HERE / "training.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    counts = {label or "(outside)": len(found) for label, found in questions.items()}
    print(f"{len(passages)} passages, {sum(counts.values())} questions: {counts}")


if __name__ == "__main__":
    main()
