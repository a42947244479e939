"""How a text is cut: into articles and clauses, and into the passages that the search will find."""

from __future__ import annotations

from markupsafe import Markup

from assistant.policy.document import Article
from assistant.records.documents import Version
from assistant.web.desk.live import digests_of
from assistant.web.desk.wording import say
from assistant.web.documents import preview
from assistant.web.view import figures
from assistant.web.view.html import tag

_SHOWN = 400


def cut_view(version: Version) -> Markup:
    """The articles with their clauses, or the passages of a text without articles. Shows the first 400 passages."""
    cut = preview(version.title, version.text)
    passages = [fact.text for digest in digests_of((version,)) for fact in digest.facts]
    told = (
        say("cut.articles", articles=len(cut.articles), clauses=sum(len(article.clauses) for article in cut.articles))
        if cut.articles
        else say("cut.plain", count=len(passages))
    )
    if cut.articles:
        body = tag("div", [_article(article) for article in cut.articles[:_SHOWN]], class_="cut")
    else:
        body = tag("ol", [tag("li", text) for text in passages[:_SHOWN]], class_="cut passages")
    left = len(passages) - _SHOWN
    return tag(
        "section",
        tag("h2", say("cut.title")),
        tag("p", told, class_="quiet"),
        body,
        tag("p", say("cut.more", count=left), class_="quiet") if left > 0 and not cut.articles else None,
        class_="panel",
    )


def _article(article: Article) -> Markup:
    departments = (
        tag("p", say("cut.departments", names=figures.departments(article.departments)), class_="quiet")
        if article.departments
        else None
    )
    title = f"{article.label} {article.heading}" if article.heading != article.label else article.label
    return tag(
        "details",
        tag("summary", tag("b", title), tag("span", len(article.clauses), class_="count")),
        tag("ol", [tag("li", clause.text) for clause in article.clauses], class_="passages"),
        departments,
        class_="fold",
        open=True,
    )
