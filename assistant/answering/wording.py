"""The sentences of wording.yaml, by dotted key."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from assistant.errors import CorpusError
from assistant.policy.entry import load_yaml

_FILE = Path(__file__).with_name("wording.yaml")


@lru_cache(maxsize=1)
def _sentences() -> dict[str, object]:
    return load_yaml(_FILE)


def _find(key: str) -> object:
    found: object = _sentences()
    for part in key.split("."):
        if not isinstance(found, dict) or part not in found:
            raise CorpusError(f"{_FILE}: {key}: is missing; add the sentence")
        found = found[part]
    return found


def say(key: str, **values: str) -> str:
    """The sentence ``key`` with its places filled. Raises CorpusError when it is missing."""
    found = _find(key)
    if not isinstance(found, str):
        raise CorpusError(f"{_FILE}: {key}: must be text")
    return found.format(**values) if values else found


def options(key: str) -> tuple[str, ...]:
    """The list ``key``; empty when there is none."""
    try:
        found = _find(key)
    except CorpusError:
        return ()
    return tuple(str(item) for item in found) if isinstance(found, list) else ()
