"""The clause beside the answer: the whole article with the cited passages marked, a digest only as its passage."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup

from assistant.answering.answer import Citation
from assistant.policy.document import Article, Document
from assistant.policy.loader import Corpus
from assistant.web.view.html import Content, join, tag
from assistant.web.wording import say

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Source:
    """What is shown under one tab: an article with its cited spans, or a digest's passages."""

    label: str
    heading: str
    body: Markup
    link: str | None
    digest: bool


def anchor(number: str, clause: int | None = None) -> str:
    """The fragment of an article or of one clause on the policy page: article-六, article-六-2."""
    return f"article-{number}" if clause is None else f"article-{number}-{clause + 1}"


def address(number: str, clause: int | None = None) -> str:
    """Where an article or a clause is read: the page named in full, since Gradio sets a base address."""
    return f"/policy#{anchor(number, clause)}"


def sources(citations: Sequence[Citation], corpus: Corpus) -> tuple[Source, ...]:
    """The cited articles and digests, each once, in the order of the citations."""
    groups: dict[tuple[str, str | None], list[Citation]] = {}
    for citation in citations:
        groups.setdefault((citation.document, citation.article), []).append(citation)
    return tuple(_source(group, corpus) for group in groups.values())


def panel(found: Sequence[Source], key: str) -> Markup | None:
    """The sources as tabs over panels, the first one open. ``key`` makes the ids of one answer its own."""
    if not found:
        return None
    tabs = [
        tag(
            "button",
            source.label,
            type="button",
            role="tab",
            id=f"{key}-tab-{index}",
            aria_controls=f"{key}-clause-{index}",
            aria_selected="true" if index == 0 else "false",
            tabindex=0 if index == 0 else -1,
            class_="clause-tab",
        )
        for index, source in enumerate(found)
    ]
    bodies = [
        tag(
            "div",
            tag("h4", source.heading),
            tag("p", say("clause.digest"), class_="digest-note") if source.digest else None,
            tag("div", source.body, class_="law", tabindex=0, role="group", aria_label=source.heading),
            tag("a", say("clause.whole"), href=source.link, class_="quiet") if source.link else None,
            id=f"{key}-clause-{index}",
            role="tabpanel",
            aria_labelledby=f"{key}-tab-{index}",
            hidden=index > 0,
            class_="clause",
        )
        for index, source in enumerate(found)
    ]
    return tag(
        "aside",
        tag("h3", say("clause.title"), class_="section-title"),
        tag("div", tabs, role="tablist", aria_label=say("clause.title"), class_="clause-tabs"),
        bodies,
        class_="clauses",
    )


def article_body(document: Document, article: Article, spans: Iterable[Span] = ()) -> Markup:
    """An article's text clause by clause, its cited spans marked; nothing left out, nothing changed."""
    marks = merged(spans)
    return join(
        tag("p", marked(document.text, start, end, marks), class_="law-clause") for start, end in pieces(article)
    )


def pieces(article: Article) -> tuple[Span, ...]:
    """An article cut after its heading and after each clause, marks and spaces kept with what goes before."""
    starts = [article.start, *(clause.start for clause in article.clauses)]
    if article.departments and article.clauses:
        last = article.clauses[-1].end
        opening = article.text.find("(责任", last - article.start)
        opening = opening if opening >= 0 else article.text.find("（责任", last - article.start)
        if opening >= 0:
            starts.append(article.start + opening)
    cuts = sorted({*starts, article.end})
    return tuple(pairwise(cuts))


def marked(text: str, start: int, end: int, spans: Sequence[Span]) -> Markup:
    """``text[start:end]`` with the parts inside of ``spans`` (ordered, apart) in <mark>."""
    out: list[Content] = []
    cursor = start
    for left, right in spans:
        low, high = max(left, start), min(right, end)
        if low >= high:
            continue
        out += [text[cursor:low], tag("mark", text[low:high])]
        cursor = high
    return join(*out, text[cursor:end])


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Spans in order, those that touch or overlap made one."""
    result: list[Span] = []
    for start, end in sorted(spans):
        if result and start <= result[-1][1]:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        else:
            result.append((start, end))
    return tuple(result)


def _source(group: Sequence[Citation], corpus: Corpus) -> Source:
    first = group[0]
    document = corpus.policy.document
    article = document.by_number.get(first.article or "")
    if first.kind == "digest" or first.document != document.id or article is None:
        body = join(tag("p", tag("mark", citation.quote), class_="law-clause") for citation in group)
        return Source(say("clause.digest_label"), first.title, body, None, digest=first.kind == "digest")
    heading = f"{article.label} {article.heading}" if article.heading != article.label else article.label
    body = article_body(document, article, [(citation.start, citation.end) for citation in group])
    return Source(article.label, heading, body, address(article.number), digest=False)
