"""One opened assistant for all tests here; models are played by a server on loopback."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from assistant.answering.evidence import evidence_of
from assistant.answering.generation.check import SentenceCheck
from assistant.answering.generation.material import Material, material_of
from assistant.answering.pipeline import Work, begin
from assistant.settings import load_settings
from assistant.understanding.query import DialogueState
from eval.generation.evaluate import Bench

DAY = date(2025, 3, 1)


@pytest.fixture(scope="session")
def bench() -> Bench:
    return Bench(load_settings(as_of=DAY))


@pytest.fixture
def work(bench: Bench) -> Callable[..., Work]:
    """A question's finished work."""

    def make(question: str, as_of: date = DAY) -> Work:
        return bench.plain._pipeline.invoke(begin(bench.plain.corpus, question, as_of, DialogueState()))

    return make


@pytest.fixture
def material(bench: Bench, work: Callable[..., Work]) -> Callable[..., Material]:
    return lambda question, as_of=DAY: material_of(bench.plain.corpus, work(question, as_of))


@pytest.fixture
def checker(bench: Bench, work: Callable[..., Work]) -> Callable[..., SentenceCheck]:
    """The sentence check of one question's answer."""

    def make(question: str, as_of: date = DAY, *, adds_up: bool = False) -> SentenceCheck:
        corpus, done = bench.plain.corpus, work(question, as_of)
        evidence = evidence_of(corpus.policy, done.decision, done.draft, (question,))
        return SentenceCheck(material_of(corpus, done), evidence, adds_up=adds_up)

    return make
