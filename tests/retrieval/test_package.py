"""Cheap commands stay cheap: importing the package, and searching with the shipped encoder, bring no torch."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import assistant.retrieval

ROOT = Path(__file__).resolve().parents[2]
HEAVY = {"torch", "chromadb", "transformers", "sentence_transformers", "langchain_core", "bm25s", "numpy"}


def loaded_after(code: str) -> set[str]:
    """Top-level modules that are loaded after running the code in a fresh interpreter."""
    code = f"{code}\nimport sys; print(*sorted({{name.partition('.')[0] for name in sys.modules}}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    return set(done.stdout.split("\n")[-2].split())


def test_importing_the_package_imports_nothing_heavy() -> None:
    assert not loaded_after("import assistant.retrieval") & HEAVY


def test_searching_needs_no_torch(built_index: Path, encoder_folder: Path) -> None:
    modules = loaded_after(
        f"""
from pathlib import Path
from assistant.policy.loader import load_corpus
from assistant.retrieval import open_index
index = open_index(load_corpus(Path("corpus"), "one-zone-two-centres"), Path({str(built_index)!r}),
                   {str(encoder_folder)!r})
assert index.search("算力补贴")
index.close()
"""
    )
    assert "chromadb" in modules
    assert not modules & {"torch", "transformers", "sentence_transformers"}


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no_such_name"):
        _ = assistant.retrieval.no_such_name  # type: ignore[attr-defined]
