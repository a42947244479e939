"""The little Markdown that answers are written in, as HTML: paragraphs, lists, quotes, bold. Everything else is text.

No links, no images, no HTML: nothing in an answer can lead off the page or run on it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup

from assistant.web.view.html import join, tag

_BOLD = re.compile(r"\*\*(.+?)\*\*", re.S)
_ITEM = re.compile(r"[ \t]*(?:[-*+]|\d{1,2}[.、)])[ \t]+(.*)")


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of an answer's text: a paragraph, or an item of a list; ``text`` still carries its ``**``."""

    kind: Literal["paragraph", "item", "quote"]
    text: str


def blocks(text: str) -> tuple[Block, ...]:
    """The blocks of a Markdown text in order."""
    return tuple(_blocks(text))


def inline(text: str) -> Markup:
    """Text with its bold parts as HTML, line ends as breaks."""
    parts: list[Markup] = []
    cursor = 0
    for found in _BOLD.finditer(text):
        parts += [_lines(text[cursor : found.start()]), tag("strong", _lines(found[1]))]
        cursor = found.end()
    parts.append(_lines(text[cursor:]))
    return Markup("").join(parts)


def render(text: str) -> Markup:
    """A whole Markdown text as HTML."""
    out: list[Markup] = []
    items: list[Markup] = []
    for block in blocks(text):
        if block.kind == "item":
            items.append(tag("li", inline(block.text)))
            continue
        if items:
            out.append(tag("ul", items))
            items = []
        out.append(tag("blockquote" if block.kind == "quote" else "p", inline(block.text)))
    if items:
        out.append(tag("ul", items))
    return join(out)


def plain(text: str) -> str:
    """A Markdown text without its marks, for a clipboard."""
    return _BOLD.sub(r"\1", text)


def _lines(text: str) -> Markup:
    return tag("br").join(Markup("{}").format(line) for line in text.split("\n"))


def _blocks(text: str) -> Iterator[Block]:
    paragraph: list[str] = []
    for line in [*text.splitlines(), ""]:
        item = _ITEM.fullmatch(line)
        quote = line.lstrip().startswith(">")
        if paragraph and (item or quote or not line.strip()):
            yield Block("paragraph", "\n".join(paragraph))
            paragraph = []
        if item:
            yield Block("item", item[1].strip())
        elif quote:
            yield Block("quote", line.lstrip().lstrip("> "))
        elif line.strip():
            paragraph.append(line.strip().lstrip("#").strip())
