"""Background: where the policy leaves something open, one marked line from a digest, last, and never the policy's."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from assistant.answering.answer import Answer, Status
from assistant.answering.service import Assistant, open_assistant
from assistant.answering.wording import say
from assistant.settings import load_settings
from assistant.understanding.query import DialogueState
from eval.generation.documents import published_document, reader_of, with_document
from eval.generation.evaluate import Bench

DAY = date(2025, 3, 1)
MARK = say("background.mark")
MATERIALS = "算力补贴要准备哪些申报材料？"
HONEST = "算力补贴的申报材料包括营业执照、付款凭证和发票复印件"


@pytest.fixture(scope="module")
def bench() -> Bench:
    return Bench(load_settings(as_of=DAY))


@pytest.fixture(scope="module")
def assistant() -> Iterator[Assistant]:
    opened = open_assistant(load_settings(as_of=DAY))
    yield opened
    opened.close()


def lines(answer: Answer) -> list[str]:
    return [line.removeprefix("- ").removeprefix(MARK) for line in answer.text.split("\n") if MARK in line]


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("首台套奖励要交哪些材料", "检测报告"),  # documents
        ("首台套怎么认定", "形式审查"),  # procedure
        ("独角兽培育企业要什么条件", "实缴到位"),  # conditions of a title that is referred to
        ("建省重点实验室给多少钱", "最高资助2000万元"),  # the amount of another document
        ("高新技术企业奖励多少", "成林计划"),
    ],
)
def test_an_open_point_gets_one_line_last_with_its_citation(assistant: Assistant, question: str, told: str) -> None:
    answer = assistant.ask(question).answer
    (line,) = lines(answer)
    assert told in line
    assert answer.text.split("\n")[-1].endswith(line)
    assert told not in answer.text.split("\n")[0]
    assert answer.citations[0].kind == "policy"
    (cited,) = (citation for citation in answer.citations if citation.kind == "digest")
    digest = assistant.corpus.digest_by_id[cited.document]
    assert digest.text[cited.start : cited.end] == cited.quote
    assert cited.article is None
    assert cited.title == digest.title
    assert cited.quote.startswith(line.removesuffix("。"))


@pytest.mark.parametrize(
    "question",
    [
        "新建平台投资1500万元补多少",  # the policy says it
        "科技保险最高补多少",  # and no old amount beside it
        "科技保险补贴要什么材料",
        "首台套奖励归哪个部门管",
        "首台套的咨询电话是多少",
        "市重点实验室有多少补助",  # only amounts of other levels are at hand
        "领军人才给多少钱",  # the digest is not sure of its amount
        "无锡首台套怎么认定",
        "个人所得税怎么申报要什么材料",
        "今天天气怎么样",
        "怎么申请",
        "",
    ],
)
def test_what_gets_none(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question).answer
    assert lines(answer) == []
    assert {citation.kind for citation in answer.citations} <= {"policy"}


def test_a_refused_question_gets_none_even_where_a_passage_would_be_near(bench: Bench) -> None:
    asked = with_document(bench, reader_of(bench), published_document(f"{HONEST}。"))
    answer = asked.ask("上海的算力补贴要准备哪些申报材料").answer
    assert answer.status is Status.NOT_COVERED
    assert lines(answer) == []


def test_a_question_that_lives_on_the_dialogue_keeps_its_subject(assistant: Assistant) -> None:
    state = assistant.ask("首台套最高奖多少").state
    assert "检测报告" in lines(assistant.ask("那要交哪些材料", state=state).answer)[0]
    assert lines(assistant.ask("那要交哪些材料", state=DialogueState()).answer) == []


class TestPublished:
    """Documents that staff publish."""

    def test_a_passage_on_the_article_is_offered(self, bench: Bench) -> None:
        asked = with_document(bench, reader_of(bench), published_document(f"第一条 材料。{HONEST}。"))
        answer = asked.ask(MATERIALS).answer
        assert lines(answer) == [f"{HONEST}。"]
        assert answer.reason == "not_stated"
        assert answer.citations[0].article == "十"

    def test_not_on_another_article(self, bench: Bench) -> None:
        asked = with_document(bench, reader_of(bench), published_document(f"{HONEST}。"))
        assert lines(asked.ask("场景示范项目要准备哪些申报材料").answer) == []

    def test_html_is_passed_over_and_a_title_with_html_is_only_a_title(self, bench: Bench) -> None:
        text = f"<img src=x onerror=alert(1)>{HONEST}。\n{HONEST}。"
        asked = with_document(bench, reader_of(bench), published_document(text, "<script>alert(1)</script>材料"))
        answer = asked.ask(MATERIALS).answer
        assert lines(answer) == [f"{HONEST}。"]
        assert "<" not in answer.text
        assert answer.citations[-1].title == "<script>alert(1)</script>材料"

    def test_its_amounts_do_not_stand_beside_the_policy_s_own(self, bench: Bench) -> None:
        text = "算力补贴的申报材料包括付款凭证，每家最高500万元。"
        asked = with_document(bench, reader_of(bench), published_document(text))
        assert lines(asked.ask(MATERIALS).answer) == []


def test_single_answers_with_background_stay_readable(assistant: Assistant) -> None:
    for question in ("首台套奖励要交哪些材料", "首台套怎么认定", "独角兽培育企业要什么条件", "建省重点实验室给多少钱"):
        assert len(assistant.ask(question).answer.text) <= 300
