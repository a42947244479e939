"""A reader of questions as the program has it: the shipped policy, vocabulary and subject model."""

from __future__ import annotations

import pytest

from assistant.answering.service import SHIPPED_ENCODER
from assistant.policy.loader import load_corpus
from assistant.retrieval.embedding import load_encoder
from assistant.settings import Settings
from assistant.understanding.reader import Reader, open_reader
from assistant.understanding.scope.topics import open_topic_model


@pytest.fixture(scope="session")
def reader() -> Reader:
    settings = Settings()
    corpus = load_corpus(settings.corpus_dir, settings.policy_id)
    return open_reader(corpus.policy, open_topic_model(load_encoder(str(SHIPPED_ENCODER)).encode).suggest)
