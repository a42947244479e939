"""Approved answers and synonyms of the desk: first, marked, checked, and only where the question means the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from assistant.answering.events import Composed, Event, Finished, Sentence
from assistant.answering.service import Assistant
from assistant.errors import InputError
from assistant.records import approved, synonyms
from assistant.records.answers import get_answer
from assistant.records.review import list_groups
from assistant.records.tables import AnswerRow
from assistant.web.api.recorded import Recorded, RecordedConsultation
from assistant.web.api.reviewed import check_for

from .conftest import Site

DEADLINE = "概念验证中心今年什么时候申报？"
WORDING = "今年申报在**9月1日至9月30日**，概念验证中心最高200万元，请登录系统申报，电话65241234。"


def approve(site: Site, assistant: Assistant, question: str, wording: str, *articles: str) -> approved.Approved:
    check = check_for(assistant.corpus.policy, question, articles)
    return approved.approve(site.records, [question], wording, by="li", check=check, articles=articles)[0]


def test_from_refusal_to_reuse(site: Site, assistant: Assistant) -> None:
    refused = site.ask("食堂几点开门？")
    assert refused["status"] == "not_covered"
    (group,), _ = list_groups(site.records)
    made = approved.approve(
        site.records,
        group.questions,
        "窗口食堂的事请问服务大厅。",
        by="li",
        check=check_for(assistant.corpus.policy, group.question, ()),
        group_id=group.id,
    )[0]
    body = site.ask("食堂几点开门")
    assert body["status"] == "answered"
    assert body["text"].startswith("窗口食堂的事请问服务大厅。")
    assert "人工审核" in body["text"]
    assert body["reviewed"]["at"].startswith(f"{made.approved_at:%Y-%m-%dT%H:%M}")
    assert body["question"] == "食堂几点开门"
    record = get_answer(site.records, body["id"])
    assert record is not None
    assert record.reviewed == made.id
    assert list_groups(site.records) == ((), 0)


def test_an_approved_answer_carries_its_clause_and_departments(site: Site, assistant: Assistant) -> None:
    approve(site, assistant, DEADLINE, WORDING, "六")
    body = site.ask(DEADLINE)
    document = assistant.corpus.policy.document
    (citation,) = body["citations"]
    assert document.text[citation["start"] : citation["end"]] == citation["quote"]
    assert citation["article"] == "六"
    assert body["departments"][0] == "市科技局"
    assert body["crosscheck"]["unsupported"] == []


def test_after_the_term_the_notice_comes_first(site: Site, assistant: Assistant) -> None:
    approve(site, assistant, DEADLINE, WORDING, "六")
    answer = site.client.post("/api/v1/ask", json={"question": DEADLINE, "as_of": "2026-06-01"}).json()
    assert answer["text"].index("届满") < answer["text"].index("9月1日")
    assert "届满" not in site.ask(DEADLINE)["text"]


def test_withdrawn_the_program_answers_again(site: Site, assistant: Assistant) -> None:
    made = approve(site, assistant, DEADLINE, WORDING, "六")
    approved.withdraw(site.records, made.id, by="li")
    assert site.ask(DEADLINE)["reviewed"] is None


@pytest.mark.parametrize(
    ("wording", "articles", "fault"),
    [
        ("最高300万元", ("六",), "300万元"),
        ("按建设总投资30%给予支持", ("六",), "30%"),
        ("见第九条", ("六",), "第九条"),
        ("概念验证中心最高200万元", (), "200万元"),
        ("每年最高200万元", ("八",), "每年"),
        ("1000万元 × 20% = 300万元", ("六",), "300万元"),
        ("市、区按1:2支持", ("四",), "1:2"),
    ],
)
def test_figures_without_support_cannot_be_approved(
    site: Site, assistant: Assistant, wording: str, articles: tuple[str, ...], fault: str
) -> None:
    with pytest.raises(InputError) as caught:
        approve(site, assistant, DEADLINE, wording, *articles)
    assert fault in caught.value.user_message
    assert approved.list_approved(site.records) == ()


def test_an_answer_whose_clause_is_gone_is_not_shown(site: Site) -> None:
    approved.approve(site.records, [DEADLINE], "最高999万元", by="li", check=lambda _: (), articles=("六",))
    body = site.ask(DEADLINE)
    assert "999万元" not in body["text"]
    assert body["reviewed"] is None


def test_in_a_dialogue_the_same_words_may_mean_something_else(site: Site, assistant: Assistant) -> None:
    approve(site, assistant, "最高多少？", "请说明是哪一项。")
    assert site.ask("最高多少？")["reviewed"] is not None
    state = site.ask("概念验证中心怎么支持？")["state"]
    body = site.ask("最高多少？", state=state)
    assert body["reviewed"] is None
    assert "200万元" in body["text"]


def test_in_a_dialogue_a_complete_question_gets_the_approved_answer(site: Site, assistant: Assistant) -> None:
    approve(site, assistant, DEADLINE, WORDING, "六")
    state = site.ask("苏州算力平台的算力费用怎么补？")["state"]
    body = site.ask(DEADLINE, state=state)
    assert body["reviewed"] is not None
    assert "200万元" in site.ask("最高多少？", state=body["state"])["text"]


def test_an_accepted_synonym_is_understood_and_the_question_stays_as_it_was(site: Site) -> None:
    question = "我们付了灵境银100万元，能补多少？"
    before = site.ask(question)
    assert [sum_["measure"] for sum_ in before["calculations"]] != ["computing-power"]
    made = synonyms.propose(site.records, "灵境银", "苏州算力平台的算力费用", by="li")
    assert site.ask(question)["calculations"] == before["calculations"]
    synonyms.decide(site.records, made.id, accept=True, by="li")
    body = site.ask(question)
    assert [sum_["measure"] for sum_ in body["calculations"]] == ["computing-power"]
    assert body["calculations"][0]["maximum"] == "200000"
    assert body["question"] == question


def test_what_a_model_had_to_do_with_an_answer_is_recorded(site: Site, assistant: Assistant) -> None:
    generation = {
        "prompts": {"version": 3, "hash": "abc123"},
        "tokens": {"prompt": 900, "completion": 120},
        "outcome": "worded",
    }

    class Worded(Assistant):
        """The assistant as it answers with a language model."""

        reworded = True

        def __init__(self) -> None:
            self.corpus = assistant.corpus

        def ask_stream(self, question: str, **more: Any) -> Iterator[Event]:
            reply = assistant.ask(question, **more)
            answer = reply.answer.model_copy(update={"generated": True, "model": "played"})
            yield Composed(reply.answer)
            yield Sentence("概念验证中心按总投资的一定比例支持。")
            yield Finished(replace(reply, answer=answer, trace=replace(reply.trace, generation=generation)))

    consultation = RecordedConsultation(Worded(), site.records, site.settings)
    composed, sentence, given = consultation.stream("概念验证中心怎么支持？", "", session=None)
    assert isinstance(composed, Composed)
    assert isinstance(sentence, Sentence)
    assert isinstance(given, Recorded)
    with site.records.reading() as session:
        row = session.get_one(AnswerRow, given.answer.id)
    assert (row.generated, row.model, row.prompt_hash, row.tokens_in, row.tokens_out) == (
        True,
        "played",
        "abc123",
        900,
        120,
    )
    assert row.trace is not None
    assert row.trace["generation"] == generation


def test_an_approved_answer_costs_no_call_of_a_model(site: Site, assistant: Assistant) -> None:
    calls: list[str] = []

    class Costly(Assistant):
        """The assistant; asking it with a language model is counted."""

        reworded = True

        def __init__(self) -> None:
            self.corpus = assistant.corpus

        def ask_stream(self, question: str, *, reworded: bool = True, **more: Any) -> Iterator[Event]:
            if reworded:
                calls.append(question)
            return assistant.ask_stream(question, reworded=False, **more)

    approve(site, assistant, DEADLINE, WORDING, "六")
    consultation = RecordedConsultation(Costly(), site.records, site.settings)
    before = consultation.ask("算力怎么补贴？", "", session=None)
    assert calls == ["算力怎么补贴？"]
    given = consultation.ask(DEADLINE, before.state, session=None)
    assert given.reviewed is not None
    assert calls == ["算力怎么补贴？"]
