"""Changing a copied corpus for a test: by its text where the text is fixed, by its entries where wording moves."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
Dumper: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


def change(path: Path, before: str, after: str) -> None:
    """Puts ``after`` where ``before`` first stands; it must stand there."""
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")


def read_entries(path: Path) -> dict[str, Any]:
    """The file's YAML."""
    data: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=Loader)
    return data


def write_entries(path: Path, data: dict[str, Any]) -> None:
    """Writes the file anew from ``data``."""
    path.write_text(yaml.dump(data, Dumper=Dumper, allow_unicode=True, sort_keys=False), encoding="utf-8")


def set_value(path: Path, entry: str, key: str, value: object) -> None:
    """Sets ``key`` (dotted; a number picks from a list) of the measure or rule ``entry``; None takes it out."""
    data = read_entries(path)
    place: Any = next(item for item in [*data["measures"], *data["rules"]] if item["id"] == entry)
    *parts, last = [int(part) if part.isdigit() else part for part in key.split(".")]
    for part in parts:
        place = place[part]
    if value is None:
        del place[last]
    else:
        place[last] = value
    write_entries(path, data)
