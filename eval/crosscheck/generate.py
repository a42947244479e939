"""Correct answers with the evidence that the pipeline's own cross-check was given, each with its mutants."""

from __future__ import annotations

import random
from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields
from unittest.mock import patch

from assistant.answering import pipeline
from assistant.answering.crosscheck import CheckResult, Evidence, check_text
from assistant.policy.loader import load_corpus
from assistant.settings import Settings
from eval.answers.cases import Case
from eval.answers.evaluate import evaluate
from eval.answers.generate import in_process
from eval.crosscheck.evaluate import Check, Subject
from eval.crosscheck.mutate import mutants

SEED = 20230523

Records = defaultdict[str, deque[Evidence]]
"""A checked text to its evidence; the same text may have been checked several times, in the order of asking."""


def subjects(cases: Sequence[Case]) -> Iterator[Subject]:
    """Asks the cases and gives every answer that the scorer finds right, in the order of the cases."""
    settings = Settings()
    policy = load_corpus(settings.corpus_dir, settings.policy_id).policy
    departments = sorted({name for article in policy.document.articles for name in article.departments})
    with _recorded() as records:
        outputs = in_process(cases)
    chance = random.Random(SEED)
    for result in evaluate(cases, outputs).cases:
        for turn in result.turns:
            if turn.answer is None or not records[turn.answer.text]:
                continue
            evidence = records[turn.answer.text].popleft()
            if turn.right and not turn.unsupported and not turn.withheld:
                text, context = turn.answer.text, _words(evidence)
                changed = mutants(text, departments, chance, context)
                yield Subject(result.case.id, text, _check(evidence), tuple(changed))


def _check(evidence: Evidence) -> Check:
    return lambda text: check_text(text, evidence).unsupported


@contextmanager
def _recorded() -> Iterator[Records]:
    """Notes what the pipeline hands to its cross-check, while it works as always."""
    records: Records = defaultdict(deque)

    def check(text: str, evidence: Evidence) -> CheckResult:
        records[text].append(evidence)
        return check_text(text, evidence)

    with patch.object(pipeline, "check_text", check):
        yield records


def _words(evidence: Evidence) -> str:
    """Everything in words that the evidence holds."""
    found: list[str] = []
    for field in fields(evidence):
        value = getattr(evidence, field.name)
        found += [f"第{item}条" if field.name == "articles" else str(item) for item in value if isinstance(item, str)]
    return "\n".join(found)
