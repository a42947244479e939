"""Documents: articles and clauses with spans, over the real policy and over texts of other shapes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.policy.document import Document, parse_document
from assistant.settings import PROJECT_ROOT

TEXT = (PROJECT_ROOT / "corpus/one-zone-two-centres/policy.txt").read_bytes().decode("utf-8")
POLICY = parse_document("policy", "标题", TEXT)

# Pieces that documents are made of, marks of articles and clauses among them.
MARKS = (
    "一、",
    "二、",
    "十一、",
    "第一条 ",
    "第二十条",
    "附则",
    "本政策自",
    "(责任单位:市科技局)",
    "（责任单位：甲、乙）",
)
WORDS = ("支持建设", "给予20%。", "1000万元", "a", "「」", "。", ";", "；", " ", "\u3000", "\n", "\r\n")
PIECES = st.lists(st.sampled_from((*MARKS, *WORDS)), max_size=40).map("".join)


def _numbers(document: Document) -> str:
    return "".join(article.number for article in document.articles)


def test_the_policy_has_ten_articles_and_closing_provisions() -> None:
    assert _numbers(POLICY) == "一二三四五六七八九十附"


@pytest.mark.parametrize(
    ("number", "heading", "clauses"),
    [
        ("一", "支持区域协同联动创新", 2),
        ("六", "支持科技公共技术服务平台建设", 3),
        ("九", "强化金融资本支撑保障", 5),
        ("附", "附则", 3),
    ],
)
def test_articles_have_heading_and_clauses(number: str, heading: str, clauses: int) -> None:
    article = POLICY.by_number[number]
    assert (article.heading, len(article.clauses)) == (heading, clauses)
    assert [clause.index for clause in article.clauses] == list(range(clauses))


def test_departments_are_read_in_the_order_of_the_text() -> None:
    assert POLICY.by_number["八"].departments == ("市工信局", "各县级市(区)人民政府<管委会>")
    assert POLICY.by_number["五"].departments[0] == "市委组织部(人才办)"
    assert POLICY.by_number["附"].departments == ()


def test_departments_are_no_clause() -> None:
    assert not any("责任单位" in clause.text for article in POLICY.articles for clause in article.clauses)


def test_articles_are_cited_as_people_cite_them() -> None:
    assert POLICY.by_number["六"].label == "第六条"
    assert POLICY.by_number["附"].label == "附则"


def test_a_quote_is_located_in_its_own_article_only() -> None:
    quote = "给予最高200万元支持"
    start, end = POLICY.locate(quote, "七") or (0, 0)
    assert TEXT[start:end] == quote
    assert POLICY.by_number["七"].start <= start < POLICY.by_number["七"].end
    assert POLICY.locate(quote, "十") is None
    assert POLICY.locate(quote, "十一") is None
    assert POLICY.locate(quote) == (TEXT.find(quote), TEXT.find(quote) + len(quote))
    assert POLICY.locate("没有这句话") is None


def test_a_document_in_numbered_articles_keeps_items_inside_them() -> None:
    text = (
        "办法\n第一章 总则\n第一条 为了支持。\n一、甲项。\n二、乙项。\n第二条 给予10%补贴。\n本办法自发布之日起施行。"
    )
    document = parse_document("d", "办法", text)
    assert _numbers(document) == "一二附"
    assert "乙项" in document.by_number["一"].text


def test_more_than_ten_articles_are_told_apart() -> None:
    numerals = ["一", "二", "十", "十一", "十二", "二十"]
    document = parse_document("d", "", "\n".join(f"{numeral}、支持某事。给予支持。" for numeral in numerals))
    assert [article.number for article in document.articles] == numerals


def test_a_text_without_articles_has_none() -> None:
    document = parse_document("d", "通知", "各单位:\n现将名单公布。")
    assert document.articles == ()
    assert document.locate("名单") == (7, 9)


@given(PIECES)
def test_spans_are_verbatim_ordered_and_inside_their_article(text: str) -> None:
    document = parse_document("d", "", text)
    end = 0
    for article in document.articles:
        assert end <= article.start <= article.end
        end = article.end
        assert text[article.start : article.end] == article.text
        inner = article.start
        for clause in article.clauses:
            assert inner <= clause.start < clause.end <= article.end
            inner = clause.end
            assert text[clause.start : clause.end] == clause.text == clause.text.strip()


@given(PIECES)
def test_no_figure_of_an_article_is_lost(text: str) -> None:
    """Heading and clauses carry every figure; only the list of departments stands outside them."""
    for article in parse_document("d", "", text).articles:
        if "责任" not in article.text:
            kept = (article.heading if article.number != "附" else "") + "".join(c.text for c in article.clauses)
            for mark in ("20%", "1000万元"):
                assert kept.count(mark) == article.text.count(mark)
