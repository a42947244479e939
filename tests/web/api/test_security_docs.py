"""The security document names only tests that exist."""

from __future__ import annotations

import re

import pytest

from assistant.settings import PROJECT_ROOT

NAMED = sorted(
    set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", (PROJECT_ROOT / "docs/security.md").read_text(encoding="utf-8")))
)


def test_there_are_many() -> None:
    assert len(NAMED) > 40


@pytest.mark.parametrize(("file", "name"), NAMED)
def test_the_named_test_exists(file: str, name: str) -> None:
    assert f"def {name}(" in (PROJECT_ROOT / file).read_text(encoding="utf-8")
