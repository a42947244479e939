"""查询: one search box; the answer ready to be read aloud or pasted, and everything that it could rest on."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup
from starlette.responses import Response

from assistant.answering.answer import Answer
from assistant.policy.digest import Digest
from assistant.policy.loader import Policy
from assistant.policy.measure import Measure
from assistant.records.approved import Approved
from assistant.retrieval.search import Hit
from assistant.web.desk import speech
from assistant.web.desk.fields import choice, labelled
from assistant.web.desk.finding import KINDS, QUERY_LIMIT, Asked, Found, Results, Wanted, departments, find
from assistant.web.desk.frame import PATHS, page
from assistant.web.desk.marking import marked_by
from assistant.web.desk.office import Office
from assistant.web.desk.routing import Asked as Call
from assistant.web.desk.routing import Pages
from assistant.web.desk.wording import say, table, word
from assistant.web.view import clauses, figures
from assistant.web.view.calculator import figure
from assistant.web.view.html import Content, tag
from assistant.web.view.markdown import render
from assistant.web.view.sums import tables

_LIKELY, _POSSIBLE = 0.7, 0.35


def add(pages: Pages, office: Office) -> None:
    """Puts the page up."""

    @pages.show("/search")
    def show(call: Call) -> Response:
        wanted = Wanted(call.text("q")[:QUERY_LIMIT], call.text("article"), call.text("department"), call.text("kind"))
        results = find(office, wanted)
        content = _results(office, wanted, results) if wanted.text else _invitation()
        return page("search", call.login, say("search.title"), _form(office.policy, wanted), content)


def _form(policy: Policy, wanted: Wanted) -> Markup:
    articles = {article.number: f"{article.label} {article.heading}" for article in policy.document.articles}
    box = tag(
        "div",
        tag("label", say("search.box"), for_="q", class_="unseen"),
        tag(
            "input",
            type="search",
            id="q",
            name="q",
            value=wanted.text,
            placeholder=say("search.hint"),
            maxlength=QUERY_LIMIT,
            autocomplete="off",
            autofocus=not wanted.text,
        ),
        tag("button", say("search.go"), type="submit", class_="action strong"),
        class_="search-box",
    )
    filters = tag(
        "div",
        labelled(say("search.article"), choice("article", articles, wanted.article)),
        labelled(
            say("search.department"),
            choice("department", {name: name for name in departments(policy)}, wanted.department),
        ),
        labelled(
            say("search.kind"), choice("kind", {kind: say(f"search.kinds.{kind}") for kind in KINDS}, wanted.kind)
        ),
        class_="filters",
    )
    return tag("form", box, filters, method="get", action=PATHS["search"], role="search", class_="search-form")


def _invitation() -> Markup:
    keys = [tag("div", tag("dt", tag("kbd", key)), tag("dd", text)) for key, text in table("search.keys").items()]
    return tag(
        "section",
        tag("p", say("search.intro")),
        tag("h2", say("search.keys_title"), class_="section-title"),
        tag("dl", keys, class_="keys"),
        class_="invitation",
    )


def _results(office: Office, wanted: Wanted, results: Results) -> Markup:
    sections = [_section(office, wanted, kind, results.of(kind)) for kind in KINDS if wanted.kind in ("", kind)]
    answer = _answer(office, results.answer, results.reviewed) if results.answer else None
    if not results.found and answer is None:
        return tag("p", say("search.nothing"), class_="empty")
    return tag("div", answer, tag("div", sections, class_="found"), class_="results")


def _answer(office: Office, answer: Answer, officer: Approved | None) -> Markup:
    """What a company would be told, as text to read and as text to paste."""
    spoken, pasted = speech.spoken(answer, office.policy), speech.pasted(answer, office.corpus)
    chips = [
        tag("span", say("search.reviewed", name=officer.approved_by), class_="chip verdict-eligible")
        if officer
        else None,
        tag("span", word("statuses", answer.status.value), class_=f"chip chip-{answer.status.value}"),
    ]
    sources = clauses.sources(answer.citations, office.corpus)
    return tag(
        "section",
        tag("h2", say("search.answer"), chips, class_="answer-title"),
        tag(
            "div",
            tag("p", spoken, class_="spoken-text"),
            _copy(say("search.copy_spoken"), spoken, "s"),
            class_="spoken",
        ),
        tag(
            "details",
            tag("summary", say("search.whole")),
            tag("div", render(answer.text), class_="whole-text"),
            tables(answer.calculations, answer.total),
            class_="fold",
        ),
        tag(
            "div",
            _copy(say("search.copy"), pasted, "c"),
            [
                tag("a", source.label, href=source.link, target="_blank", class_="action")
                for source in sources
                if source.link
            ],
            class_="actions",
        ),
        class_="ready",
        aria_label=say("search.answer"),
    )


def _section(office: Office, wanted: Wanted, kind: str, found: Sequence[Found]) -> Markup | None:
    if not found:
        return None
    return tag(
        "section",
        tag("h2", say(f"search.kinds.{kind}"), tag("span", len(found), class_="count"), class_="answer-title"),
        tag("p", say(f"search.meaning.{kind}"), class_="quiet"),
        tag("ol", [tag("li", _item(office, wanted, one)) for one in found], class_="hits"),
        class_=f"hit-group hits-{kind}",
    )


def _item(office: Office, wanted: Wanted, found: Found) -> Markup:
    item = found.item
    if isinstance(item, Measure):
        return _measure(office.policy, found, item)
    if isinstance(item, Hit):
        digest = office.corpus.digest_by_id.get(item.chunk.document)
        return _digest(found, item, digest, wanted) if digest else _clause(office.policy, found, item, wanted)
    if isinstance(item, Approved):
        return _approved(office.policy, found, item, wanted)
    return _question(found, item, wanted)


def _clause(policy: Policy, found: Found, hit: Hit, wanted: Wanted) -> Markup:
    article = policy.document.by_number[hit.chunk.articles[0]]
    body = clauses.article_body(policy.document, article, [(hit.chunk.start, hit.chunk.end)])
    said = speech.clause(policy, article, hit.chunk.text)
    links = tag(
        "a",
        say("search.open_clause"),
        href=f"/policy#{clauses.anchor(article.number)}",
        target="_blank",
        class_="action",
    )
    return _hit(
        found,
        article.label,
        article.heading if article.heading != article.label else "",
        marked_by(hit.chunk.text, wanted.text),
        said,
        tag("div", body, class_="law", tabindex=0, role="group", aria_label=article.label),
        _departments(article.departments),
        links=links,
    )


def _measure(policy: Policy, found: Found, measure: Measure) -> Markup:
    rows: dict[str, Content] = {
        "figure": figure(measure),
        "base": measure.base.name if measure.base else None,
        "counts": measure.base.counts if measure.base else None,
        "beneficiary": measure.beneficiary,
        "criteria": [tag("p", criterion.text) for criterion in measure.criteria],
        "open": [tag("p", point) for point in measure.open_points],
    }
    article = policy.document.by_number[measure.article]
    said = speech.measure(policy, article, measure)
    links: list[Content] = [
        tag(
            "a",
            say("search.open_clause"),
            href=f"/policy#{clauses.anchor(measure.article)}",
            target="_blank",
            class_="action",
        )
    ]
    if measure.computable and measure.base:
        links.insert(
            0, tag("a", say("search.calculate"), href=f"/calculator?a={measure.id}~", target="_blank", class_="action")
        )
    return _hit(
        found,
        article.label,
        measure.name,
        measure.statement,
        said,
        tag("dl", [_row(say(f"search.measure.{name}"), text) for name, text in rows.items() if text], class_="rows"),
        tag("blockquote", measure.quote, class_="law"),
        _departments(measure.departments),
        links=links,
    )


def _digest(found: Found, hit: Hit, digest: Digest, wanted: Wanted) -> Markup:
    rows = {"issued": digest.issued_on, "status": digest.status, "confidence": word("confidence", digest.confidence)}
    return _hit(
        found,
        say("search.digest_label"),
        digest.title,
        marked_by(hit.chunk.text, wanted.text),
        speech.digest(digest, hit.chunk.text),
        tag("p", say("search.digest_note"), class_="notice"),
        tag("p", hit.chunk.text, class_="law"),
        tag("dl", [_row(say(f"search.digest.{name}"), text) for name, text in rows.items() if text], class_="rows"),
    )


def _approved(policy: Policy, found: Found, officer: Approved, wanted: Wanted) -> Markup:
    articles = "、".join(figures.article(number) for number in officer.articles)
    return _hit(
        found,
        say("search.approved_label"),
        articles,
        marked_by(officer.question, wanted.text),
        speech.approved(policy, officer),
        tag("div", render(officer.wording), class_="whole-text"),
        tag(
            "p",
            say("search.approved_by", name=officer.approved_by, day=figures.day(officer.approved_at.date())),
            class_="quiet",
        ),
    )


def _question(found: Found, asked: Asked, wanted: Wanted) -> Markup:
    where = figures.article(asked.article) if asked.article else ""
    times = say("search.times", count=asked.times, day=figures.day(asked.at.date()))
    link = tag("a", say("search.open_record"), href=f"{PATHS['records']}/{asked.id}", class_="action")
    return _hit(
        found, where, "", marked_by(asked.question, wanted.text), "", tag("p", times, class_="quiet"), links=link
    )


def _hit(
    found: Found, where: str, title: str, text: Content, said: str, *body: Content, links: Content = None
) -> Markup:
    """One line with its score, which opens to all that is to say of it."""
    head = tag(
        "p", tag("span", where, class_="chip") if where else None, tag("b", title) if title else None, class_="hit-head"
    )
    copy = _copy(say("search.copy"), said) if said else None
    return tag(
        "details",
        tag("summary", tag("div", head, tag("p", text, class_="hit-text")), _score(found)),
        tag("div", *body, tag("div", copy, links, class_="actions"), class_="hit-body"),
        class_="hit",
    )


def _score(found: Found) -> Markup:
    share = min(1.0, found.score)
    level = "likely" if share >= _LIKELY else "possible" if share >= _POSSIBLE else "unlikely"
    scale = "shared" if found.kind == "question" else "score"
    label = say(f"search.{scale}", percent=f"{share:.0%}")
    bar = tag("span", tag("span", style=f"width:{max(4, round(share * 100))}%"), class_="score-bar", aria_hidden="true")
    return tag(
        "span",
        bar,
        tag("span", f"{share:.0%}", class_="figure"),
        class_=f"score score-{level}",
        title=label,
        aria_label=label,
        role="img",
    )


def _departments(names: Sequence[str]) -> Markup | None:
    return tag("dl", _row(say("search.departments"), figures.departments(names)), class_="rows") if names else None


def _row(label: str, content: Content) -> Markup:
    return tag("div", tag("dt", label), tag("dd", content))


def _copy(label: str, text: str, key: str | None = None) -> Markup:
    return tag("button", label, type="button", class_="action", data_action="copy", data_copy=text, data_key=key)
