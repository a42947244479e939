"""The real policy, and answers of the real assistant."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest

from assistant.answering.answer import Answer
from assistant.answering.service import Assistant, open_assistant
from assistant.policy.loader import Corpus, Policy, load_corpus
from assistant.settings import load_settings

DAY = date(2025, 3, 1)


@pytest.fixture(scope="session")
def corpus() -> Corpus:
    settings = load_settings()
    return load_corpus(settings.corpus_dir, settings.policy_id)


@pytest.fixture(scope="session")
def policy(corpus: Corpus) -> Policy:
    return corpus.policy


@pytest.fixture(scope="session")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    opened = open_assistant(load_settings(data_dir=tmp_path_factory.mktemp("web-data")))
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def answered(assistant: Assistant) -> Callable[..., Answer]:
    """Ask the assistant, on a day inside of the policy's term unless another is given."""

    def ask(question: str, as_of: date = DAY) -> Answer:
        return assistant.ask(question, as_of=as_of).answer

    return ask
