"""政策原文: article by article, the measures beside the clauses they come from, an anchor for each clause."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from assistant.policy.document import Article
from assistant.policy.loader import Policy
from assistant.policy.measure import Measure, Rule
from assistant.web.view.calculator import figure
from assistant.web.view.clauses import Span, address, anchor, pieces
from assistant.web.view.figures import article as article_label
from assistant.web.view.figures import day
from assistant.web.view.html import tag
from assistant.web.wording import say


def policy_page(policy: Policy, notice: Markup) -> Markup:
    """The whole page's content."""
    document = policy.document
    content = tag(
        "div",
        tag("h1", document.title),
        tag("p", say("policy.issued", issuer=policy.issuer, day=day(policy.issued)), class_="quiet"),
        notice,
        _search(),
        _contents(policy),
        tag("div", [_article(policy, article) for article in document.articles], class_="policy-articles"),
        id="policy-page",
        class_="policy-page",
    )
    return tag("div", content, id="content", class_="page")


def _search() -> Markup:
    return tag(
        "form",
        tag("label", say("policy.search"), for_="policy-search", class_="unseen"),
        tag("input", type="search", id="policy-search", placeholder=say("policy.search_hint"), autocomplete="off"),
        tag("p", id="policy-count", class_="quiet", role="status", aria_live="polite"),
        class_="policy-search",
        role="search",
    )


def _contents(policy: Policy) -> Markup:
    links = [
        tag(
            "li",
            tag("a", article_label(article.number), tag("span", _heading(article)), href=address(article.number)),
        )
        for article in policy.document.articles
    ]
    return tag("nav", tag("ol", links), aria_label=say("policy.contents"), class_="policy-contents")


def _article(policy: Policy, article: Article) -> Markup:
    clauses = pieces(article)
    rules = [rule for rule in policy.rules if rule.article == article.number]
    beside: list[Measure | Rule] = [*policy.of_article(article.number), *rules]
    places = {item.id: _place(policy, clauses, item.quote, article.number) for item in beside}
    rows = []
    for index, span in enumerate(clauses):
        notes = [_note(item) for item in beside if places[item.id] == index]
        rows.append(_row(policy, article, span, index, notes))
    return tag(
        "article",
        tag("h2", tag("a", article_label(article.number), href=address(article.number)), _heading(article)),
        rows,
        id=anchor(article.number),
        class_="policy-article",
    )


def _heading(article: Article) -> str:
    return "" if article.heading == article_label(article.number) else article.heading


def _place(policy: Policy, clauses: tuple[Span, ...], quote: str, number: str) -> int:
    """Which piece of the article a quote begins in."""
    found = policy.document.locate(quote, number)
    if found is None:
        return 0
    return next(index for index, (start, end) in enumerate(clauses) if start <= found[0] < end)


def _row(policy: Policy, article: Article, span: Span, index: int, notes: list[Markup]) -> Markup:
    target = anchor(article.number, index)
    label = say("policy.link", article=article_label(article.number), clause=index + 1)
    return tag(
        "div",
        tag(
            "div",
            tag("p", policy.document.text[slice(*span)], data_text=True),
            tag("a", "#", href=address(article.number, index), class_="clause-link", aria_label=label, title=label),
            class_="clause-text",
        ),
        tag("div", notes, class_="clause-notes") if notes else None,
        id=target,
        class_="clause-row",
    )


def _note(item: Measure | Rule) -> Markup:
    if isinstance(item, Rule):
        return tag("div", tag("p", tag("b", item.name)), class_="note")
    measure = item
    stated = figure(measure)
    return tag(
        "div",
        tag("p", tag("b", measure.short)),
        tag("p", stated or say(f"policy.kind.{measure.kind.value}"), class_="stated"),
        tag("p", list(_note_links(measure)), class_="links"),
        class_="note",
    )


def _note_links(measure: Measure) -> Iterator[Markup]:
    if measure.computable and measure.base:
        yield tag("a", say("fits.calculate"), href=f"/calculator?a={measure.id}~")
    yield tag("a", say("policy.check"), href=f"/fits?plan={measure.id}")
