"""The answer card shows what the answer holds, and nothing that it does not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from lxml import html as lxml_html
from lxml.html import HtmlElement

from assistant.answering.answer import Answer, Citation, CrosscheckView, Status, ValidityView
from assistant.answering.wording import say as wording
from assistant.policy.loader import Corpus
from assistant.web.view import clauses
from assistant.web.view.card import card
from assistant.web.view.copying import as_copied
from tests.web.selecting import select, text_of

Ask = Callable[..., Answer]
HOSTILE = '<script>alert(1)</script><img src=x onerror=alert(1)>" onmouseover="alert(1)'


def shown(answer: Answer, corpus: Corpus) -> HtmlElement:
    return lxml_html.fromstring(str(card(answer, corpus)))


def simple(corpus: Corpus, **changes: object) -> Answer:
    policy = corpus.policy
    given = {
        "id": "1",
        "question": "?",
        "as_of": date(2025, 3, 1),
        "status": Status.ANSWERED,
        "text": "**一句话。**",
        "validity": ValidityView(effective=policy.validity.effective, last_day=policy.validity.last_day, in_force=True),
        "crosscheck": CrosscheckView(figures=0),
    }
    return Answer.model_validate({**given, **changes})


def test_the_sum_is_a_table_of_base_rate_ceiling_steps_and_result(answered: Ask, corpus: Corpus) -> None:
    card = shown(answered("新建一个科技公共技术服务平台，建设总投资1.5亿，能支持多少？"), corpus)
    rows = [
        (select(row, "th")[0].text_content(), select(row, "td")[0].text_content())
        for row in select(card, "table.sum tr")
    ]
    assert ("建设总投资", "1.5亿元") in rows
    assert ("比例", "20%") in rows
    assert ("上限", "2000万元") in rows
    assert ("测算结果", "2000万元已达上限") in rows
    assert [step.text_content() for step in select(card, ".steps li")] == [
        "1.5亿元 × 20% = 3000万元",
        "3000万元超过上限2000万元，按2000万元计",
    ]


def test_both_readings_of_the_uplift_are_shown(answered: Ask, corpus: Corpus) -> None:
    card = shown(answered("医疗器械首台套单价3000万，苏州市认定，能奖多少"), corpus)
    readings = [row.text_content() for row in select(card, "table.sum tr") if select(row, "b.figure")]
    assert len(readings) == 2
    assert "360万元至1000万元" in readings[0]
    assert "360万元至1080万元" in readings[1]
    assert text_of(card, ".result strong") == "360万元至1080万元"


def test_several_sums_end_in_a_total(answered: Ask, corpus: Corpus) -> None:
    card = shown(answered("付给苏州算力平台310万，办全国性论坛花了400万，一共能补多少"), corpus)
    assert len(select(card, "table.sum")) == 2
    assert text_of(card, ".sum-total strong") == "142万元"


def test_conditions_are_told_apart_by_sign_and_word(answered: Ask, corpus: Corpus) -> None:
    card = shown(answered("无锡的公司租苏州算力平台，付了310万，能补吗"), corpus)
    states = {select(item, ".condition-text")[0].text_content(): item for item in select(card, ".criteria li")}
    assert text_of(states["本市企业"], ".state") == "✗"
    assert text_of(states["本市企业"], ".state-word") == "不符合"
    assert text_of(states["使用苏州算力平台服务"], ".state") == "✓"
    assert "对使用苏州算力平台服务的本市企业" in text_of(states["本市企业"], "q")


def test_what_is_shown_as_a_table_is_not_said_twice(answered: Ask, corpus: Corpus) -> None:
    answer = answered("新建一个科技公共技术服务平台，建设总投资1.5亿，能支持多少？")
    lines = text_of(shown(answer, corpus), ".after, .remarks")
    for label in ("计算：", "依据：", "责任单位："):
        assert label in answer.text
        assert label not in lines


def test_several_sums_are_not_said_again_line_by_line(answered: Ask, corpus: Corpus) -> None:
    answer = answered("付给苏州算力平台310万，办全国性论坛花了400万，一共能补多少")
    assert "310万元 × 20% = 62万元" in answer.text
    assert "× 20%" not in text_of(shown(answer, corpus), ".after")
    assert "还要确认" in text_of(shown(answer, corpus), ".after")


def test_what_the_text_leaves_open_has_a_place_of_its_own(answered: Ask, corpus: Corpus) -> None:
    card = shown(answered("新建一个科技公共技术服务平台，建设总投资1.5亿，能支持多少？"), corpus)
    rows = {
        select(row, "dt")[0].text_content(): select(row, "dd")[0].text_content() for row in select(card, "dl > div")
    }
    assert "新建" in rows["条文没有写明"]
    assert rows["责任单位"].startswith("市科技局")


def test_past_its_term_the_notice_comes_first(answered: Ask, corpus: Corpus) -> None:
    card = shown(answered("概念验证中心补多少", as_of=date(2026, 11, 23)), corpus)
    first = select(card, ".answer-main")[0][0][0]
    assert "notice-ended" in first.get("class")
    assert "2026年5月23日" in first.text_content()
    assert not select(shown(answered("概念验证中心补多少"), corpus), ".notice")


@pytest.mark.parametrize(
    ("question", "chip"),
    [("杭州的首台套奖励多少", "不在本政策范围内"), ("公积金怎么提取", "不在本政策范围内")],
)
def test_a_refusal_is_named_as_one(answered: Ask, corpus: Corpus, question: str, chip: str) -> None:
    card = shown(answered(question), corpus)
    assert text_of(card, ".labels") == chip
    assert not select(card, "table.sum")


def test_words_of_a_model_are_labelled(corpus: Corpus) -> None:
    answer = simple(corpus, generated=True, model="m-1")
    assert "AI生成" in text_of(shown(answer, corpus), ".labels")
    assert "AI生成（m-1）" in as_copied(answer, corpus)
    assert "AI生成" not in as_copied(simple(corpus), corpus)


def test_the_badge_says_what_was_checked(answered: Ask, corpus: Corpus) -> None:
    answer = answered("场景示范项目补贴比例和封顶")
    card = shown(answer, corpus)
    assert f"已核对 {answer.crosscheck.figures} 处数字" in text_of(card, ".badge summary")
    assert "2026年5月23日" in text_of(card, ".badge li")


def test_choices_and_suggestions_can_be_asked(corpus: Corpus) -> None:
    card = shown(simple(corpus, choices=("注册在苏州",), suggestions=("归谁管？",)), corpus)
    assert [button.get("data-ask") for button in select(card, "button.ask")] == ["注册在苏州", "归谁管？"]


def test_hostile_text_stays_text_wherever_it_stands(corpus: Corpus) -> None:
    answer = simple(
        corpus,
        text=f"**{HOSTILE}**\n\n- {HOSTILE}\n- 依据：{HOSTILE}",
        choices=(HOSTILE,),
        suggestions=(HOSTILE,),
        departments=(HOSTILE,),
        model=HOSTILE,
        generated=True,
        citations=(Citation(document="x", title=HOSTILE, article=None, quote=HOSTILE, start=0, end=1, kind="digest"),),
    )
    card = shown(answer, corpus)
    assert not select(card, "script, img, iframe, object")
    assert not [name for element in card.iter() for name in element.attrib if name.startswith("on")]
    assert text_of(card, ".choices .ask") == HOSTILE


def test_the_copy_names_title_article_issuer_and_day(answered: Ask, corpus: Corpus) -> None:
    copied = as_copied(answered("概念验证中心投了600万能补多少"), corpus)
    assert "120万元" in copied
    assert "第六条" in copied
    assert corpus.policy.document.title in copied
    assert "苏州市人民政府办公室" in copied
    assert "2025年3月1日" in copied
    assert "**" not in copied


class TestClauses:
    def test_the_article_is_whole_and_the_quote_is_marked(self, answered: Ask, corpus: Corpus) -> None:
        answer = answered("场景示范项目补贴比例和封顶")
        article = corpus.policy.document.by_number["七"]
        law = select(shown(answer, corpus), ".law")[0]
        assert law.text_content() == article.text
        marked = "".join(mark.text_content() for mark in select(law, "mark"))
        assert answer.citations[0].quote in marked

    def test_every_article_is_cut_without_loss(self, corpus: Corpus) -> None:
        document = corpus.policy.document
        for article in document.articles:
            cut = clauses.pieces(article)
            assert "".join(document.text[start:end] for start, end in cut) == article.text
            assert len(cut) >= len(article.clauses)

    def test_overlapping_quotes_make_one_mark(self) -> None:
        assert clauses.merged([(5, 9), (0, 3), (2, 4), (9, 12)]) == ((0, 4), (5, 12))
        assert str(clauses.marked("abcdefgh", 1, 7, [(0, 3), (5, 20)])) == "<mark>bc</mark>de<mark>fg</mark>"

    def test_one_tab_a_source_and_the_first_is_open(self, answered: Ask, corpus: Corpus) -> None:
        answer = answered("区里给了算力补贴，市里还能再拿一份吗")
        card = shown(answer, corpus)
        labels = [tab.text_content() for tab in select(card, "[role=tab]")]
        assert labels == list(dict.fromkeys(labels))
        assert {"第十条", "附则"} <= set(labels)
        assert [panel.get("hidden") is None for panel in select(card, "[role=tabpanel]")] == [
            index == 0 for index in range(len(labels))
        ]
        for tab in select(card, "[role=tab]"):
            assert card.get_element_by_id(tab.get("aria-controls")).get("aria-labelledby") == tab.get("id")

    def test_a_digest_is_marked_as_background(self, corpus: Corpus) -> None:
        digest = corpus.digests[0]
        fact = digest.facts[0]
        citation = Citation(
            document=digest.id,
            title=digest.title,
            article=None,
            quote=fact.text,
            start=fact.start,
            end=fact.end,
            kind="digest",
        )
        card = shown(simple(corpus, citations=(citation,)), corpus)
        assert text_of(card, "[role=tab]") == "摘编"
        assert "不是本政策" in text_of(card, ".digest-note")
        assert text_of(card, ".law") == fact.text

    def test_the_line_of_background_is_labelled_and_apart(self, answered: Ask, corpus: Corpus) -> None:
        answer = answered("首台套奖励要交哪些材料")
        digest = answer.citations[-1]
        assert digest.kind == "digest"
        card = shown(answer, corpus)
        assert text_of(card, ".background .chip") == "摘编"
        assert "不是本政策" in text_of(card, ".background")
        assert digest.quote.rstrip("。") in text_of(card, ".background")
        assert digest.quote.rstrip("。") not in text_of(card, ".conclusion")
        assert [tab.text_content() for tab in select(card, "[role=tab]")] == ["第八条", "摘编"]
        assert "摘编逐字一致" in text_of(card, ".badge")

    def test_the_copy_shows_it_as_a_digest(self, answered: Ask, corpus: Corpus) -> None:
        answer = answered("首台套奖励要交哪些材料")
        copied = as_copied(answer, corpus)
        assert "背景（相关文件摘编，不是本政策" in copied
        assert f"背景参考（摘编）：{answer.citations[-1].title}" in copied

    def test_markup_in_a_line_of_background_is_text(self, corpus: Corpus) -> None:
        """Such a passage is not chosen; if one came all the same, nothing of it would run."""
        line = f"{wording('background.mark')}{HOSTILE}**粗**"
        card = shown(simple(corpus, text=f"**一句话。**\n\n- {line}"), corpus)
        assert text_of(card, ".background").endswith(f"{HOSTILE}**粗**")
        assert not select(card, "script, img, .background strong")
