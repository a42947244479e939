"""``python -m eval.topics``: trains the subject model, cross-validates it and writes model and README.

Needs scikit-learn (it comes with sentence-transformers). The same training questions give the same file.
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict

from assistant.policy.loader import load_policy
from assistant.retrieval.embedding import load_encoder
from assistant.settings import PROJECT_ROOT, load_settings
from assistant.understanding.normalise import normalise
from assistant.understanding.scope.topics import MODEL_FILE, masked, ngram_features, ngrams
from eval.topics.narrowed import chosen, looked_at, narrowed

TRAINING = MODEL_FILE.parent / "training"
README = Path(__file__).with_name("README.md")
_RARE, _STRENGTH, _STEPS, _FOLDS = 2, 30.0, 300, 4


def load_questions() -> tuple[list[str], NDArray[np.str_]]:
    """The normalised training questions and their labels, in the order of the files."""
    rows = [row for path in sorted(TRAINING.glob("*.yaml")) for row in yaml.safe_load(path.read_text("utf-8")) or []]
    return [normalise(row["q"]).text for row in rows], np.array([row["label"] for row in rows])


def vocabulary_of(texts: list[str]) -> tuple[dict[str, int], NDArray[np.float32]]:
    """n-grams that stand in at least two questions, with their inverse document frequencies."""
    frequency: Counter[str] = Counter()
    for text in texts:
        frequency.update(set(ngrams(text)))
    grams = sorted(gram for gram, count in frequency.items() if count >= _RARE and "\n" not in gram)
    counts = np.array([frequency[gram] for gram in grams], np.float32)
    return {gram: row for row, gram in enumerate(grams)}, np.log((1 + len(texts)) / (1 + counts)).astype(np.float32) + 1


def features_of(texts: list[str], vocabulary: dict[str, int], idf: NDArray[np.float32]) -> csr_matrix:
    """One row a question: n-grams, then the sentence vector."""
    rows, columns, values = [], [], []
    for number, text in enumerate(texts):
        found, weights = ngram_features(text, vocabulary, idf)
        rows += [number] * len(found)
        columns += found.tolist()
        values += weights.tolist()
    encoder = load_encoder(str(PROJECT_ROOT / "assistant" / "retrieval" / "encoder"))
    dense = np.vstack([encoder.encode([masked(text)]) for text in texts])
    grams = csr_matrix((values, (rows, columns)), shape=(len(texts), len(idf)), dtype=np.float64)
    return hstack([grams, csr_matrix(dense.astype(np.float64))]).tocsr()


def report(
    labels: NDArray[np.str_], probabilities: NDArray[np.float64], classes: NDArray[np.str_], narrowed_too: int
) -> str:
    """The cross-validated figures as Markdown; ``narrowed_too``: how many questions without a label train as well."""
    best = classes[probabilities.argmax(1)]
    sure = probabilities.max(1) > 0.5
    foreign = np.array([label.startswith("out:") for label in labels])
    mass = probabilities[:, [name.startswith("out:") for name in classes]].sum(1)
    lines = [
        "# Subject model",
        "",
        f"{len(labels)} labelled questions, {len(classes)} labels, {_FOLDS}-fold cross-validation",
        "(`python -m eval.topics`). The model that is shipped is trained on these and on the first questions of",
        f"{narrowed_too} cases of `practice` and of the dev half: their expectation narrows the label, a first model",
        "chooses among what is left (`narrowed.py`).",
        "",
        "| figure | value |",
        "|---|---:|",
        f"| label right | {np.mean(best == labels):.1%} |",
        f"| sure (probability above one half) | {sure.mean():.1%} |",
        f"| label right where sure | {np.mean((best == labels)[sure]):.1%} |",
    ]
    for bound in (0.5, 0.7, 0.9):
        recalled, wrong = (mass[foreign] > bound).mean(), (mass[~foreign] > bound).mean()
        lines.append(
            f"| foreign mass above {bound}: foreign questions / own questions | {recalled:.1%} / {wrong:.1%} |"
        )
    return "\n".join(lines) + "\n"


def main() -> None:
    """Trains, evaluates, writes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--no-evaluation", action="store_true", help="train only")
    options = parser.parse_args()
    labelled, labels = load_questions()
    vocabulary, idf = vocabulary_of(labelled)
    features = features_of(labelled, vocabulary, idf)
    first = LogisticRegression(C=_STRENGTH, max_iter=_STEPS).fit(features, labels)
    allowed = narrowed(load_policy(load_settings().policy_dir), looked_at(), first.classes_)
    allowed = {question: kept for question, kept in allowed.items() if question not in set(labelled)}
    added = list(allowed)
    probable = first.predict_proba(features_of(added, vocabulary, idf))
    if not options.no_evaluation:
        folds = StratifiedKFold(_FOLDS, shuffle=True, random_state=0)
        model = LogisticRegression(C=_STRENGTH, max_iter=_STEPS)
        probabilities = cross_val_predict(model, features, labels, cv=folds, method="predict_proba")
        text = report(labels, probabilities, first.classes_, len(added))
        README.write_text(text, "utf-8")
        print(text)
    texts, labels = labelled + added, np.append(labels, chosen(allowed, probable, first.classes_))
    vocabulary, idf = vocabulary_of(texts)
    model = LogisticRegression(C=_STRENGTH, max_iter=_STEPS).fit(features_of(texts, vocabulary, idf), labels)
    np.savez_compressed(
        MODEL_FILE,
        labels="\n".join(model.classes_),
        vocabulary="\n".join(vocabulary),
        idf=idf.astype(np.float16),
        weights=model.coef_.T.astype(np.float16),
        bias=model.intercept_.astype(np.float32),
    )
    print(f"{MODEL_FILE.name}: {MODEL_FILE.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
