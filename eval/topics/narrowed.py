"""Questions without a label whose expectation narrows it: those of ``eval/practice`` and of the dev half.

A case tells which article an answer must cite, or that the question is foreign. A first model, trained on the labelled
questions alone, chooses among the labels that this leaves. Nothing is
learned from the held-out half or the exam.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.policy.loader import Policy
from assistant.understanding.normalise import normalise
from eval.answers.cases import QUESTIONS, Case, load_sets

PRACTICE = QUESTIONS.parent / "practice"
_STACKING, _HIGHER = "stacking", "rule:no-duplication"


def looked_at(questions: Path = QUESTIONS, practice: Path = PRACTICE) -> tuple[Case, ...]:
    """The cases that may be looked at while working; a practice question that stands in the held-out half is none."""
    sets = load_sets(questions)
    measuring = {case.turns[0].question for case in sets if case.split == "heldout"}
    practised = (case for case in load_sets(practice) if case.turns[0].question not in measuring)
    return (*practised, *(case for case in sets if case.split == "dev"))


def narrowed(policy: Policy, cases: Sequence[Case], labels: Collection[str]) -> dict[str, tuple[str, ...]]:
    """The first question of each case (normalised) to the labels that its expectation leaves; others are left out."""
    article = {measure.id: measure.article for measure in policy.measures}
    article |= {f"rule:{rule.id}": rule.article for rule in policy.rules}
    allowed = {normalise(case.turns[0].question).text: _allowed(case, article, labels) for case in cases}
    return {question: kept for question, kept in allowed.items() if kept}


def _allowed(case: Case, article: Mapping[str, str], labels: Collection[str]) -> tuple[str, ...]:
    wanted = case.turns[0].expectation
    if wanted.statuses == ("not_covered",):
        return tuple(label for label in labels if label.startswith("out:"))
    if case.group == _STACKING and article[_HIGHER] in wanted.articles:
        return (_HIGHER,)
    if len(wanted.articles) != 1:
        return ()
    return tuple(label for label in labels if article.get(label) in wanted.articles)


def chosen(
    allowed: Mapping[str, Sequence[str]], probabilities: NDArray[np.float64], labels: Sequence[str]
) -> list[str]:
    """For each question (a row of ``probabilities``, a column a label) the most probable label that is allowed."""
    column = {label: number for number, label in enumerate(labels)}
    return [
        max(kept, key=lambda label: row[column[label]])
        for kept, row in zip(allowed.values(), probabilities, strict=True)
    ]
