"""From a refusal to an approved answer: grouping, working off, approving, synonyms."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest

from assistant.errors import InputError
from assistant.records import approved, review, synonyms
from assistant.records.answers import AnswerFilter, list_answers
from assistant.records.audit import list_deeds
from assistant.records.database import Records
from assistant.records.feedback import vote

from .conftest import Clock, ask


def supported(text: str) -> Sequence[str]:
    """A check that knows one figure."""
    return [figure for figure in ("300万元", "1200万元") if figure in text]


def refuse(records: Records, answer_id: str, question: str) -> None:
    ask(records, answer_id, question, status="not_covered", reason="other", for_review=True)


def test_refusals_and_votes_down_come_in_groups(records: Records, clock: Clock) -> None:
    refuse(records, "a1", "无锡的首台套能拿多少奖励?")
    ask(records, "a2", "平台补多少")
    clock.move(minutes=1)
    refuse(records, "a3", "无锡首台套可以拿多少奖励")
    clock.move(minutes=1)
    ask(records, "a4", "算力怎么补")
    vote(records, "a4", up=False, reason="没说清楚")
    groups, total = review.list_groups(records)
    assert total == 2
    assert [(group.question, group.refused, group.voted_down) for group in groups] == [
        ("算力怎么补", 0, 1),
        ("无锡的首台套能拿多少奖励?", 2, 0),
    ]
    assert groups[0].items[0].vote_reason == "没说清楚"
    assert groups[1].items[0].reason == "other"
    assert groups[1].questions == ("无锡的首台套能拿多少奖励?", "无锡首台套可以拿多少奖励")
    assert (groups[1].last_at - groups[1].opened_at).total_seconds() == 60
    assert review.get_group(records, groups[1].id) == groups[1]
    assert review.get_group(records, 999) is None


def test_later_questions_join_their_group_while_it_is_open(records: Records) -> None:
    refuse(records, "a1", "食堂几点开门")
    (first,), _ = review.list_groups(records)
    refuse(records, "a2", "食堂几点开门?")
    (again,), _ = review.list_groups(records)
    assert (again.id, again.refused) == (first.id, 2)
    review.dismiss(records, first.id, note="与政策无关", by="li")
    refuse(records, "a3", "食堂几点开门")
    (other,), _ = review.list_groups(records)
    assert other.id != first.id
    (closed,), _ = review.list_groups(records, ("dismissed",))
    assert (closed.id, closed.note) == (first.id, "与政策无关")


def test_an_answer_both_refused_and_voted_down_counts_once_each(records: Records) -> None:
    refuse(records, "a1", "食堂几点开门")
    vote(records, "a1", up=False)
    vote(records, "a1", up=False)
    (group,), _ = review.list_groups(records)
    assert (group.refused, group.voted_down, group.questions) == (1, 1, ("食堂几点开门",))


def test_two_officers_look_at_once(records: Records) -> None:
    for number in range(12):
        refuse(records, f"a{number}", f"{'食堂' * 3}几点开门{number}")
    with ThreadPoolExecutor(4) as pool:
        totals = list(pool.map(lambda _: review.list_groups(records)[1], range(4)))
    (group,), total = review.list_groups(records)
    assert (total, group.refused) == (1, 12)
    assert set(totals) == {1}


def test_a_group_is_assigned_dismissed_and_reopened(records: Records) -> None:
    refuse(records, "a1", "食堂几点开门")
    (group,), _ = review.list_groups(records)
    review.assign(records, group.id, to="li", by="wang")
    assert review.list_groups(records)[0][0].assigned_to == "li"
    review.assign(records, group.id, to=None, by="wang")
    assert review.list_groups(records)[0][0].state == "open"
    review.dismiss(records, group.id, note="我的电话13812345678", by="li")
    for deed in (
        lambda: review.assign(records, group.id, to="li", by="li"),
        lambda: review.dismiss(records, group.id, note="", by="li"),
    ):
        with pytest.raises(InputError):
            deed()
    review.reopen(records, group.id, by="wang")
    assert review.list_groups(records)[1] == 1
    with pytest.raises(InputError):
        review.reopen(records, 999, by="li")
    deeds, total = list_deeds(records)
    assert [(deed.actor, deed.action) for deed in deeds] == [
        ("wang", "review.reopen"),
        ("li", "review.dismiss"),
        ("wang", "review.assign"),
        ("wang", "review.assign"),
    ]
    assert total == 4
    assert deeds[1].detail == {"note": "我的电话〔手机号〕"}
    assert [deed.action for deed in list_deeds(records, actor="li")[0]] == ["review.dismiss"]
    assert list_deeds(records, action="review.assign", limit=1)[1] == 2


def test_an_approved_answer_is_found_for_the_same_question(records: Records, clock: Clock) -> None:
    refuse(records, "a1", "概念验证中心在哪里申报?")
    (group,), _ = review.list_groups(records)
    clock.move(hours=1)
    (made,) = approved.approve(
        records,
        group.questions,
        "请向**市科技局**申报。",
        by="li",
        check=supported,
        articles=("六",),
        group_id=group.id,
    )
    found = approved.find(records, "概念验证中心 在哪里申报")
    assert found == made
    assert (found.wording, found.articles, found.approved_by) == ("请向**市科技局**申报。", ("六",), "li")
    assert found.approved_at.isoformat() == "2025-03-01T13:00:00+08:00"
    assert approved.find(records, "概念验证中心在哪里") is None
    assert review.list_groups(records) == ((), 0)
    (closed,), _ = review.list_groups(records, ("answered",))
    assert closed.assigned_to == "li"
    ask(records, "a2", "概念验证中心在哪里申报?", reviewed=made.id)
    assert list_answers(records, AnswerFilter(reviewed=True))[0][0].reviewed == made.id


def test_an_answer_without_support_is_not_taken(records: Records) -> None:
    refuse(records, "a1", "概念验证中心给多少")
    (group,), _ = review.list_groups(records)
    with pytest.raises(InputError) as caught:
        approved.approve(records, group.questions, "给300万元", by="li", check=supported, group_id=group.id)
    assert "300万元" in caught.value.user_message
    assert approved.list_approved(records) == ()
    assert review.list_groups(records)[0][0].state == "open"


@pytest.mark.parametrize(
    ("questions", "wording"), [([], "答复"), (["?!"], "答复"), (["问"], " \u200b"), (["问"], "字" * 4001)]
)
def test_an_answer_needs_a_question_and_words(records: Records, questions: list[str], wording: str) -> None:
    with pytest.raises(InputError):
        approved.approve(records, questions, wording, by="li", check=supported)


def test_a_later_answer_replaces_the_earlier_and_can_be_withdrawn(records: Records) -> None:
    approved.approve(records, ["一问", "二问", "一问?"], "第一版", by="li", check=supported)
    approved.approve(records, ["一问"], "第二版", by="wang", check=supported)
    assert {(row.question, row.wording) for row in approved.list_approved(records)} == {
        ("一问", "第二版"),
        ("二问", "第一版"),
    }
    found = approved.find(records, "一问")
    assert found is not None
    approved.withdraw(records, found.id, by="li")
    assert approved.find(records, "一问") is None
    with pytest.raises(InputError):
        approved.withdraw(records, found.id, by="li")


def test_a_group_that_is_gone_keeps_the_answer_out(records: Records) -> None:
    with pytest.raises(InputError):
        approved.approve(records, ["一问"], "答复", by="li", check=supported, group_id=999)
    assert approved.find(records, "一问") is None
    assert list_deeds(records) == ((), 0)


def test_personal_numbers_in_a_question_do_not_stand_in_the_way(records: Records) -> None:
    approved.approve(records, ["我电话13812345678,怎么申报"], "向市科技局申报", by="li", check=supported)
    assert approved.find(records, "我电话13999999999,怎么申报?") is not None


def test_synonyms_are_proposed_decided_and_used(records: Records) -> None:
    proposed = synonyms.propose(records, "显卡钱", "算力费用", by="li")
    assert synonyms.apply("显卡钱补多少", synonyms.list_synonyms(records, "accepted")) == "显卡钱补多少"
    synonyms.decide(records, proposed.id, accept=True, by="wang")
    accepted = synonyms.list_synonyms(records, "accepted")
    assert [(row.word, row.meaning, row.decided_by) for row in accepted] == [("显卡钱", "算力费用", "wang")]
    assert synonyms.apply("我们显卡钱花了100万,显卡钱补多少", accepted) == "我们算力费用花了100万,算力费用补多少"
    synonyms.decide(records, proposed.id, accept=False, by="wang")
    assert synonyms.list_synonyms(records, "accepted") == ()
    synonyms.propose(records, "显卡钱", "算力", by="li")
    assert [(row.meaning, row.state) for row in synonyms.list_synonyms(records)] == [("算力", "proposed")]


@pytest.mark.parametrize(
    ("word", "meaning"),
    [
        ("", "算力"),
        ("显", "算力"),
        ("100万", "200万"),
        ("显卡", "20%"),
        ("显卡", "最高500万"),
        ("显卡,元", "算力"),
        ("显" * 21, "算力"),
        ("算力费", "算力费用"),
        ("<b>显</b>", "算力"),
    ],
)
def test_a_synonym_is_a_word(records: Records, word: str, meaning: str) -> None:
    with pytest.raises(InputError):
        synonyms.propose(records, word, meaning, by="li")


def test_longer_synonyms_go_first_and_none_twice(records: Records) -> None:
    for word, meaning in [("GPU", "算力服务"), ("GPU卡", "首台套装备"), ("首台套装备", "别的词")]:
        synonyms.decide(records, synonyms.propose(records, word, meaning, by="li").id, accept=True, by="li")
    accepted = synonyms.list_synonyms(records, "accepted")
    assert synonyms.apply("gpu卡和Gpu", accepted) == "首台套装备和算力服务"


def test_an_unknown_synonym_cannot_be_decided(records: Records) -> None:
    with pytest.raises(InputError):
        synonyms.decide(records, 999, accept=True, by="li")
