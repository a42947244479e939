"""Every Chinese string of the pages, read once from ``wording.yaml``: ``say("chat.send")``."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

FILE = Path(__file__).with_name("wording.yaml")


class Wording:
    """The texts of one YAML file under dotted keys."""

    def __init__(self, file: Path) -> None:
        self._file = file

    @cached_property
    def _tree(self) -> dict[str, Any]:
        tree: dict[str, Any] = yaml.safe_load(self._file.read_text(encoding="utf-8"))
        return tree

    def _find(self, key: str) -> Any:
        node: Any = self._tree
        for part in key.split("."):
            node = node[part]
        return node

    def say(self, key: str, /, **values: object) -> str:
        """The text under a dotted key, its {names} filled in. Raises KeyError for a key or name that is not there."""
        text = self._find(key)
        if not isinstance(text, str):
            raise KeyError(f"{key} is no text")
        return text.format(**values) if values else text

    def listing(self, key: str) -> tuple[str, ...]:
        """The list of texts under a dotted key."""
        return tuple(str(item) for item in self._find(key))

    def table(self, key: str) -> dict[str, Any]:
        """The mapping under a dotted key, in the file's order."""
        return dict(self._find(key))


_PAGES = Wording(FILE)
say, listing, table = _PAGES.say, _PAGES.listing, _PAGES.table
