"""The search over the real corpus with the shipped encoder."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.policy.loader import Corpus
from assistant.retrieval.chunking import ChunkKind, Level
from assistant.retrieval.search import Filters, SearchIndex, open_index

QUESTIONS = {
    "跑大模型租机器的账单能不能报一点": "computing-power",
    "公司向银行借钱搞研发,利息太重": "technology-loan-interest",
    "放给小科技公司的款收不回来,财政兜底吗": "bank-risk-compensation",
    "想办一场世界级的机器人比赛": "event-hosting",
    "外籍工程师的居留手续": "talent-convenience",
    "区里发过同样的钱,市里还发吗": "no-duplication",
    "the GPU bill for training our model": "computing-power",
}


@pytest.mark.parametrize(("question", "measure"), QUESTIONS.items())
def test_colloquial_questions_find_their_clause(index: SearchIndex, question: str, measure: str) -> None:
    best = index.search(question, 1, Filters(kinds=frozenset({ChunkKind.POLICY})))[0]
    assert measure in best.chunk.measures
    assert best.score > 0.5


@pytest.mark.parametrize("form", ["第{}条写了什么", "请把第 {} 条念一下", "第{}条归谁管"])
def test_an_articles_number_finds_the_article(index: SearchIndex, form: str) -> None:
    for place, number in enumerate("一二三四五六七八九十", start=1):
        for name in (number, str(place)):
            assert index.search(form.format(name), 1)[0].chunk.articles == (number,)
    assert index.search("附则讲什么", 1)[0].chunk.articles == ("附",)


def test_hits_are_ranked_and_scored(index: SearchIndex) -> None:
    hits = index.search("算力补贴", 10)
    assert [hit.rank for hit in hits] == list(range(1, 11))
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= hit.score <= 1 and 0 <= hit.lexical <= 1 and hit.dense <= 1 for hit in hits)
    assert len({hit.chunk.id for hit in hits}) == 10


def test_a_foreign_question_scores_lower_than_a_good_one(index: SearchIndex) -> None:
    foreign = index.search("明天会下雨吗,要不要带伞", 1)
    assert not foreign or foreign[0].score < 0.4 < index.search("算力费用补贴", 1)[0].score


@pytest.mark.parametrize("query", ["", "   ", "😀😀", "\u200b", "?!"])
def test_nothing_asked_finds_nothing(index: SearchIndex, query: str) -> None:
    assert index.search(query) == ()


def test_the_law_stands_before_background_that_says_the_same(index: SearchIndex) -> None:
    for question in ("科技贷款的利息补多少", "首台套奖励多少", "算力费用补多少", "办论坛补多少"):
        assert index.search(question, 1)[0].chunk.kind is ChunkKind.POLICY


def test_k_bounds_the_hits(index: SearchIndex) -> None:
    assert index.search("补贴", 0) == ()
    assert len(index.search("补贴", 3)) == 3
    assert len(index.search("补贴", 10_000)) <= len(index.chunks)


def test_a_very_long_question_is_read_in_part(index: SearchIndex) -> None:
    assert index.search("算力补贴" + "啊" * 100_000, 1) == index.search("算力补贴" + "啊" * 1_996, 1)


def test_whole_articles_only_when_asked_for(index: SearchIndex) -> None:
    assert all(hit.chunk.level is not Level.ARTICLE for hit in index.search("算力补贴", 100))
    hits = index.search("算力补贴", 100, Filters(levels=frozenset({Level.ARTICLE})))
    assert hits[0].chunk.articles == ("十",)
    assert {hit.chunk.level for hit in hits} == {Level.ARTICLE}


def test_filter_by_kind(index: SearchIndex) -> None:
    for kind in ChunkKind:
        hits = index.search("首台套奖励", 50, Filters(kinds=frozenset({kind})))
        assert hits
        assert {hit.chunk.kind for hit in hits} == {kind}


def test_filter_by_document(index: SearchIndex) -> None:
    hits = index.search("首台套", 50, Filters(documents=frozenset({"jiangsu-first-set-equipment"})))
    assert {hit.chunk.document for hit in hits} == {"jiangsu-first-set-equipment"}


def test_filter_by_article_takes_digests_about_it_too(index: SearchIndex) -> None:
    hits = index.search("保险费和贷款", 200, Filters(articles=frozenset({"九"})))
    assert all("九" in hit.chunk.articles for hit in hits)
    assert {hit.chunk.kind for hit in hits} == set(ChunkKind)


def test_filters_combine(index: SearchIndex) -> None:
    filters = Filters(articles=frozenset({"六", "七"}), kinds=frozenset({ChunkKind.POLICY}))
    hits = index.search("平台和场景的投资", 50, filters)
    assert {hit.chunk.articles[0] for hit in hits} == {"六", "七"}


def test_a_filter_does_not_change_the_score(index: SearchIndex) -> None:
    free = {hit.chunk.id: hit.score for hit in index.search("平台建设投资", 400)}
    narrow = index.search("平台建设投资", 400, Filters(articles=frozenset({"六"}), kinds=frozenset({ChunkKind.POLICY})))
    assert {hit.chunk.id: hit.score for hit in narrow} == {hit.chunk.id: free[hit.chunk.id] for hit in narrow}


def test_a_filter_that_admits_nothing_finds_nothing(index: SearchIndex) -> None:
    assert index.search("算力", 5, Filters(documents=frozenset({"no-such-document"}))) == ()
    assert index.search("算力", 5, Filters(articles=frozenset({"百"}))) == ()


def test_several_threads_get_what_one_gets(index: SearchIndex) -> None:
    questions = list(QUESTIONS) * 8
    alone = [index.search(question) for question in questions]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(index.search, questions)) == alone


@settings(max_examples=60)
@given(st.text(max_size=200))
def test_any_text_gives_ordered_hits(index: SearchIndex, query: str) -> None:
    hits = index.search(query, 5)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_a_second_build_gives_the_same_hits(
    index: SearchIndex, corpus: Corpus, encoder_folder: Path, tmp_path: Path
) -> None:
    again = open_index(corpus, tmp_path / "again", str(encoder_folder))
    for question in QUESTIONS:
        first, second = index.search(question, 20), again.search(question, 20)
        assert [hit.chunk.id for hit in first] == [hit.chunk.id for hit in second]
        assert [hit.score for hit in first] == pytest.approx([hit.score for hit in second], abs=1e-3)
    again.close()
