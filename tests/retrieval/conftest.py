"""The real corpus, the shipped encoder and one real index, built once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.policy.loader import Corpus, load_corpus
from assistant.retrieval.search import SearchIndex, open_index

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def encoder_folder() -> Path:
    return ROOT / "assistant" / "retrieval" / "encoder"


@pytest.fixture(scope="session")
def corpus() -> Corpus:
    return load_corpus(ROOT / "corpus", "one-zone-two-centres")


@pytest.fixture(scope="session")
def built_index(corpus: Corpus, encoder_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index folder with a sound build; tests copy it before they harm it."""
    folder = tmp_path_factory.mktemp("built") / "index"
    open_index(corpus, folder, str(encoder_folder)).close()
    return folder


@pytest.fixture(scope="session")
def index(corpus: Corpus, encoder_folder: Path, built_index: Path) -> Iterator[SearchIndex]:
    opened = open_index(corpus, built_index, str(encoder_folder))
    yield opened
    opened.close()
