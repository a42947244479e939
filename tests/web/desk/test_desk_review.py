"""待办: from a refusal or a vote down to an answer that is used, to a synonym, to a closed group; who did what."""

from __future__ import annotations

import re

import pytest

from assistant.records import approved, feedback, synonyms
from assistant.records.review import list_groups

from .conftest import Desk, hidden, words

CANTEEN = "食堂几点开门？"


def group_id(desk: Desk) -> int:
    (group,), _ = list_groups(desk.records)
    return group.id


def test_from_a_refusal_to_an_approved_answer_to_its_use(desk: Desk) -> None:
    assert desk.ask(CANTEEN)["status"] == "not_covered"
    desk.ask("食堂几点开门")
    assert "共 1 组" in words(desk.get("/desk/review"))
    number = group_id(desk)
    page = desk.get(f"/desk/review/{number}")
    assert CANTEEN in words(page)
    form = {
        "question": CANTEEN,
        "offered": CANTEEN,
        "wording": "窗口食堂的事请问服务大厅。",
        "group": hidden(page, "group"),
    }
    looked = desk.post("/desk/review/write", **form, deed="check")
    assert "数字核对通过" in looked.text
    assert approved.list_approved(desk.records) == ()
    done = desk.post("/desk/review/write", **form, deed="approve")
    assert done.headers["location"] == "/desk/review?view=answers&done=approved"
    listed = words(desk.get("/desk/review", view="answers", done="approved"))
    assert "已批准" in listed
    assert "窗口食堂的事请问服务大厅" in listed
    body = desk.ask(CANTEEN)
    assert body["text"].startswith("窗口食堂的事请问服务大厅。")
    assert "人工审核" in body["text"]
    assert "没有待处理的问题" in words(desk.get("/desk/review"))
    assert CANTEEN in words(desk.get("/desk/review", view="closed"))


@pytest.mark.parametrize(
    ("wording", "articles", "fault"),
    [("最高300万元", "六", "300万元"), ("概念验证中心最高200万元", "", "200万元"), ("按30%支持", "六", "30%")],
)
def test_an_answer_with_a_figure_of_its_own_is_not_approved(
    desk: Desk, wording: str, articles: str, fault: str
) -> None:
    question = "概念验证中心今年什么时候申报？"
    form = {"question": question, "offered": question, "wording": wording, "articles": articles}
    looked = desk.post("/desk/review/write", **form, deed="check")
    assert looked.status_code == 200
    assert fault in words(looked.text)
    assert 'value="approve"' not in looked.text
    forced = desk.post("/desk/review/write", **form, deed="approve")
    assert forced.status_code == 422
    assert fault in words(forced.text)
    assert wording in forced.text
    assert approved.list_approved(desk.records) == ()


def test_a_figure_of_one_question_does_not_support_the_answer_to_another(desk: Desk) -> None:
    first, second = "我们投了700万，怎么申报？", "怎么申报？"
    form = {"wording": "投入700万元的，请到窗口申报。"}
    both = desk.post("/desk/review/write", question=[first, second], deed="approve", **form)
    assert both.status_code == 422
    assert "700万元" in words(both.text)
    one = desk.post("/desk/review/write", question=first, deed="approve", **form)
    assert one.status_code == 303


def test_a_vote_down_is_worked_off_from_its_record(desk: Desk) -> None:
    answer = desk.ask("算力补贴多少")
    feedback.vote(desk.records, answer["id"], up=False, reason="没说清楚")
    page = words(desk.get(f"/desk/review/{group_id(desk)}"))
    assert "评为没用" in page
    assert "没说清楚" in page
    begun = words(desk.get("/desk/review/write", answer=answer["id"]))
    assert "程序现在的答复" in begun
    assert "算力补贴多少" in begun


def test_the_article_that_the_question_is_near_to_is_proposed(desk: Desk) -> None:
    page = desk.get("/desk/review/write", q="概念验证中心今年什么时候申报？")
    assert re.findall(r'name="articles" value="(.)" checked', page) == ["六"]


def test_without_words_or_question_nothing_is_approved(desk: Desk) -> None:
    for form in ({"question": CANTEEN, "wording": ""}, {"wording": "请到窗口。"}):
        answer = desk.post("/desk/review/write", deed="approve", **form)
        assert answer.status_code == 422
    assert approved.list_approved(desk.records) == ()


def test_an_approved_answer_is_withdrawn(desk: Desk) -> None:
    desk.post("/desk/review/write", question=CANTEEN, wording="请问服务大厅。", deed="approve")
    (made,) = approved.list_approved(desk.records)
    desk.post(f"/desk/review/answers/{made.id}")
    assert approved.list_approved(desk.records) == ()
    assert desk.post(f"/desk/review/answers/{made.id}").status_code == 422
    assert desk.ask(CANTEEN)["reviewed"] is None


def test_a_synonym_is_proposed_accepted_and_understood(desk: Desk) -> None:
    question = "我们付了灵境银100万元，能补多少？"
    assert [one["measure"] for one in desk.ask(question)["calculations"]] != ["computing-power"]
    desk.post("/desk/review/synonyms", word="灵境银", meaning="苏州算力平台的算力费用")
    (made,) = synonyms.list_synonyms(desk.records)
    assert made.state == "proposed"
    assert "待确认" in words(desk.get("/desk/review", view="synonyms"))
    desk.post(f"/desk/review/synonyms/{made.id}", deed="accept")
    assert [one["measure"] for one in desk.ask(question)["calculations"]] == ["computing-power"]
    desk.post(f"/desk/review/synonyms/{made.id}", deed="reject")
    assert [one["measure"] for one in desk.ask(question)["calculations"]] != ["computing-power"]


def test_a_synonym_that_is_no_word_is_refused_with_the_reason(desk: Desk) -> None:
    answer = desk.post("/desk/review/synonyms", word="补，贴", meaning="算力")
    assert answer.status_code == 422
    assert "同义词须为" in answer.text
    assert synonyms.list_synonyms(desk.records) == ()


def test_taking_giving_back_closing_reopening(desk: Desk) -> None:
    desk.ask(CANTEEN)
    number = group_id(desk)
    for deed, state in (("assign", "assigned"), ("release", "open"), ("dismiss", "dismissed"), ("reopen", "open")):
        assert desk.post(f"/desk/review/{number}", deed=deed, note="与政策无关").status_code == 303
        (group,), _ = list_groups(desk.records, ("open", "assigned", "dismissed"))
        assert group.state == state
        assert group.assigned_to == ("admin" if deed == "assign" else None)
    assert desk.post(f"/desk/review/{number}", deed="burn").status_code == 404
    assert desk.client.get("/desk/review/999").status_code == 404


def test_who_did_what_when_is_told(desk: Desk) -> None:
    desk.ask(CANTEEN)
    desk.post(f"/desk/review/{group_id(desk)}", deed="assign")
    desk.post("/desk/review/write", question=CANTEEN, wording="请问服务大厅。", deed="approve")
    page = words(desk.get("/desk/review", view="deeds"))
    assert page.index("批准人工答复") < page.index("分派待办") < page.index("登录")
    assert "admin" in page
    assert "请问服务大厅。" in page


@pytest.mark.parametrize(
    "path",
    ["/desk/review/write", "/desk/review/synonyms", "/desk/review/1", "/desk/review/answers/1", "/desk/corpus/upload"],
)
def test_a_form_without_its_token_changes_nothing(desk: Desk, path: str) -> None:
    for token in ("", "0" * 32):
        answer = desk.client.post(path, data={"token": token, "word": "甲乙丙", "meaning": "算力", "deed": "approve"})
        assert answer.status_code == 403
    assert synonyms.list_synonyms(desk.records) == ()


def test_what_officers_write_is_text(desk: Desk) -> None:
    hostile = "<script>alert(1)</script>**好**"
    looked = desk.post(
        "/desk/review/write",
        question=f"{CANTEEN}<img src=x>",
        offered=f"{CANTEEN}<img src=x>",
        wording=hostile,
        deed="check",
    )
    assert "<script>alert" not in looked.text
    assert "<img" not in looked.text
    assert "<strong>好</strong>" in looked.text
