"""Every Chinese string of the desk's pages, read once from ``wording.yaml`` beside this file."""

from __future__ import annotations

from pathlib import Path

from assistant.web.wording import Wording

_DESK = Wording(Path(__file__).with_name("wording.yaml"))
say, listing, table = _DESK.say, _DESK.listing, _DESK.table


def word(key: str, name: str | None) -> str:
    """What ``name`` is called in the mapping under ``key``; a name that it lacks stays as it is, None is nothing."""
    return str(table(key).get(name, name)) if name else ""
