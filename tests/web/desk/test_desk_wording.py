"""Every text that the pages ask for is in the wording file, and every text of the file is asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from assistant.web.desk import frame

FOLDER = Path(frame.__file__).parent
TREE = yaml.safe_load((FOLDER / "wording.yaml").read_text(encoding="utf-8"))
CODE = "\n".join(path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.py")))
_TOP = "|".join(TREE)
_KEY = rf"(?:{_TOP})(?:\.(?:[a-z_]+|{{[^\"'}}]+}}))*"
ASKED = {key for key in re.findall(rf"[\"']({_KEY})[\"']", CODE) if not (FOLDER / "static" / key).exists()}


def branches(node: Any, above: str = "") -> Iterator[str]:
    """All keys, dotted; a mapping's own and its texts'."""
    for key, below in node.items():
        assert isinstance(key, str), f"{above}{key}: YAML takes this key for no text; quote it or rename it"
        yield f"{above}{key}"
        if isinstance(below, dict):
            yield from branches(below, f"{above}{key}.")


def test_what_is_asked_for_is_there() -> None:
    known = set(branches(TREE))
    fixed = {key for key in ASKED if "{" not in key and "." in key}
    assert len(fixed) > 100
    assert fixed <= known
    for key in (key for key in ASKED if "{" in key):
        pattern = re.compile(re.sub(r"\\\{.*?\\\}", "[a-z_]+", re.escape(key)))
        assert any(pattern.fullmatch(name) for name in known), key


def test_what_is_there_is_asked_for() -> None:
    patterns = [re.compile(re.sub(r"\\\{.*?\\\}", "[a-z_]+", re.escape(key))) for key in ASKED]

    def used(name: str) -> bool:
        parts = name.split(".")
        return any(pattern.fullmatch(".".join(parts[:end])) for pattern in patterns for end in range(1, len(parts) + 1))

    leaves = [key for key in branches(TREE) if not any(other.startswith(f"{key}.") for other in branches(TREE))]
    assert [name for name in leaves if not used(name)] == []
