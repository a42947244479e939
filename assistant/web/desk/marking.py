"""What a text shares with what was looked for, marked."""

from __future__ import annotations

import re

from assistant.web.desk.wording import listing
from assistant.web.view.clauses import marked, merged
from assistant.web.view.html import Content

_RUNS = re.compile(r"[0-9A-Za-z.%]+|[\u4e00-\u9fff]+")
_COMMON = frozenset(listing("search.common"))


def marked_by(text: str, query: str) -> Content:
    """A text with what it shares with the query marked: pairs of Chinese characters, other words and numbers whole."""
    pieces: set[str] = set()
    for run in _RUNS.findall(query):
        if run.isascii():
            pieces.add(rf"(?<![0-9A-Za-z]){re.escape(run)}(?![0-9A-Za-z])")
        else:
            pieces |= {run[place : place + 2] for place in range(len(run) - 1)} - _COMMON
    spans = [found.span() for piece in pieces for found in re.finditer(piece, text, re.I)]
    return marked(text, 0, len(text), merged(spans))
