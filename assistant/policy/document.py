"""A normative document as data: articles and clauses, each with its character span in the text.

The text is never changed: every span satisfies ``document.text[start:end] == text``. Works for a policy whose
articles open with 一、 (as the one-zone-two-centres policy), with 第一条, and for plain text with neither.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

CLOSING = "附"
"""The number under which closing provisions (附则) are cited."""

_ARTICLE = re.compile(
    r"^[ \t\u3000]*(?:第(?P<a>[一二三四五六七八九十百]+)条[ \t\u3000]*|(?P<b>[一二三四五六七八九十]+)、)", re.M
)
_CLOSING = re.compile(r"^[ \t\u3000]*(?:附则|本(?:政策|办法|意见|措施|规定|细则|通知)自)", re.M)
_DEPARTMENTS = re.compile(r"[(\uff08]责任(?:单位|部门)[:\uff1a](?P<names>.*)[)\uff09]\s*$", re.S)
_CLAUSE_END = re.compile(r"[。;\uff1b!\uff01?\uff1f]|\n+")
_HEADING_LIMIT = 40


_OWN_RUN = 6
"""So many characters in a row are no chance."""


@dataclass(frozen=True, slots=True)
class Clause:
    """One sentence of an article (ended by 。 or ;), without its closing mark."""

    index: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Article:
    """One article. ``number`` is 一 … 十 or 附; ``departments`` are the responsible units, in the text's order."""

    number: str
    heading: str
    start: int
    end: int
    text: str
    clauses: tuple[Clause, ...]
    departments: tuple[str, ...]

    @property
    def label(self) -> str:
        """How people cite it: 第六条, 附则."""
        return "附则" if self.number == CLOSING else f"第{self.number}条"


@dataclass(frozen=True)
class Document:
    """A whole document; ``text`` is verbatim."""

    id: str
    title: str
    text: str
    articles: tuple[Article, ...]

    @cached_property
    def by_number(self) -> dict[str, Article]:
        return {article.number: article for article in self.articles}

    def has_word(self, word: str) -> bool:
        """Whether ``word`` stands in the text, whatever the punctuation (首台套 for 首台(套)); AI is 人工智能."""
        return _plain(word) in _plain(self.text)

    def quoted_in(self, text: str) -> bool:
        """Whether a run of ``text`` is the document's own (全市创新工作例会)."""
        runs = (text[i : i + _OWN_RUN] for i in range(len(text) - _OWN_RUN + 1))
        return any(run in self.text for run in runs if run.isalpha())

    def locate(self, quote: str, article: str | None = None) -> tuple[int, int] | None:
        """The span of a verbatim quote, inside one article when it is named; None when it does not stand there."""
        if article is None:
            start = self.text.find(quote)
            return None if start < 0 else (start, start + len(quote))
        home = self.by_number.get(article)
        if home is None:
            return None
        offset = home.text.find(quote)
        return None if offset < 0 else (home.start + offset, home.start + offset + len(quote))


def _plain(text: str) -> str:
    return re.sub(r"[\W_]", "", text).upper().replace("AI", "人工智能")


def parse_document(document_id: str, title: str, text: str) -> Document:
    """Cuts a text into articles and closing provisions; a text with no article marks has no articles."""
    found = list(_ARTICLE.finditer(text))
    if any(m["a"] for m in found):  # a text in 第一条 … may number parts or items 一、 …, which are no articles
        found = [m for m in found if m["a"]]
    marks = [(m.start(), m.end(), m["a"] or m["b"]) for m in found]
    if not marks:
        return Document(document_id, title, text, ())
    closing = next((m.start() for m in _CLOSING.finditer(text, marks[-1][1])), None)
    ends = [start for start, _, _ in marks[1:]] + [closing if closing is not None else len(text)]
    articles = [
        _article(text, number, start, body, end) for (start, body, number), end in zip(marks, ends, strict=True)
    ]
    if closing is not None:
        articles.append(_article(text, CLOSING, closing, closing, len(text)))
    return Document(document_id, title, text, tuple(articles))


def _article(text: str, number: str, start: int, body: int, end: int) -> Article:
    end = start + len(text[start:end].rstrip())
    found = _DEPARTMENTS.search(text, body, end)
    departments = _split_departments(found["names"]) if found else ()
    clauses = _clauses(text, body, found.start() if found else end)
    heading = ""
    if number != CLOSING and len(clauses) > 1 and len(clauses[0].text) <= _HEADING_LIMIT:
        heading = clauses[0].text
        clauses = tuple(Clause(i, c.start, c.end, c.text) for i, c in enumerate(clauses[1:]))
    if number == CLOSING:
        heading = "附则"
    return Article(number, heading, start, end, text[start:end], clauses, departments)


def _clauses(text: str, start: int, end: int) -> tuple[Clause, ...]:
    spans: list[tuple[int, int]] = []
    cursor = start
    for mark in [*_CLAUSE_END.finditer(text, start, end), None]:
        stop = mark.start() if mark else end
        piece = text[cursor:stop]
        if piece.strip():
            left = cursor + len(piece) - len(piece.lstrip())
            spans.append((left, cursor + len(piece.rstrip())))
        cursor = mark.end() if mark else end
    return tuple(Clause(i, a, b, text[a:b]) for i, (a, b) in enumerate(spans))


def _split_departments(names: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in re.split(r"[、,\uff0c;\uff1b]", names) if name.strip())
