"""政策原文: nothing of the text lost, an anchor for each clause, each measure beside its clause."""

from __future__ import annotations

from lxml import html as lxml_html
from markupsafe import Markup

from assistant.policy.loader import Policy
from assistant.web.view.clauses import anchor
from assistant.web.view.policy import policy_page
from tests.web.selecting import select, text_of


def test_every_article_stands_there_verbatim(policy: Policy) -> None:
    page = lxml_html.fromstring(str(policy_page(policy, Markup())))
    for article in policy.document.articles:
        shown = page.get_element_by_id(anchor(article.number))
        assert text_of(shown, "[data-text]") == article.text


def test_every_clause_has_an_address_of_its_own(policy: Policy) -> None:
    page = lxml_html.fromstring(str(policy_page(policy, Markup())))
    ids = [element.get("id") for element in page.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    links = [link.get("href") for link in select(page, "a.clause-link")]
    assert links
    assert all(link.removeprefix("/policy#") in ids for link in links)
    assert [link.get("href") for link in select(page, "nav a")] == [
        f"/policy#{anchor(a.number)}" for a in policy.document.articles
    ]


def test_each_measure_stands_beside_the_clause_that_it_comes_from(policy: Policy) -> None:
    page = lxml_html.fromstring(str(policy_page(policy, Markup())))
    rows = select(page, ".clause-row")
    seen: list[str] = []
    for measure in policy.measures:
        (row,) = [row for row in rows if any(note.text_content() == measure.short for note in select(row, ".note b"))]
        seen.append(measure.id)
        start = policy.document.text.index(text_of(row, "[data-text]"))
        found = policy.document.locate(measure.quote, measure.article)
        assert found is not None
        assert start <= found[0] < start + len(text_of(row, "[data-text]"))
    assert len(seen) == len(policy.measures)


def test_figures_are_those_of_the_clause(policy: Policy) -> None:
    page = lxml_html.fromstring(str(policy_page(policy, Markup())))
    stated = {text_of(note, "b"): text_of(note, ".stated") for note in select(page, ".note")}
    assert stated["新建科技公共技术服务平台"] == "20%，最高2000万元"
    assert stated["苏州算力平台人工智能算力费用"] == "20%，每年最高200万元"
    assert stated["“揭榜挂帅”重大项目"] == "市、区1:1"
    assert stated["首批次关键材料"] == "没有写金额"
