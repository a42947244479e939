"""Every Chinese string of the pages, read once from ``wording.yaml``: ``say("chat.send")``."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

FILE = Path(__file__).with_name("wording.yaml")


@lru_cache(maxsize=1)
def _tree() -> dict[str, Any]:
    tree: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return tree


def _find(key: str) -> Any:
    node: Any = _tree()
    for part in key.split("."):
        node = node[part]
    return node


def say(key: str, /, **values: object) -> str:
    """The text under a dotted key, its {names} filled in. Raises KeyError for a key or a name that is not there."""
    text = _find(key)
    if not isinstance(text, str):
        raise KeyError(f"{key} is no text")
    return text.format(**values) if values else text


def listing(key: str) -> tuple[str, ...]:
    """The list of texts under a dotted key."""
    return tuple(str(item) for item in _find(key))


def table(key: str) -> dict[str, Any]:
    """The mapping under a dotted key, in the file's order."""
    return dict(_find(key))
