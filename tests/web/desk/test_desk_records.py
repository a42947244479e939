"""问答记录: list, filters, one answer with its trace, export."""

from __future__ import annotations

import csv
import io

import pytest

from assistant.records import feedback
from assistant.records.answers import NewAnswer, save
from assistant.web.desk.live import LiveAssistant

from .conftest import Desk, Open, words

PLATFORM = "新建一个科技公共技术服务平台，建设总投资1.5亿，能支持多少？"
WUXI = "无锡的首台套能拿多少奖励？"


def test_the_list_shows_question_answer_and_check(desk: Desk) -> None:
    desk.ask(PLATFORM)
    desk.ask(WUXI)
    page = words(desk.get("/desk/records"))
    assert "共 2 条" in page
    assert page.index(WUXI) < page.index(PLATFORM)
    assert "2000万元" in page
    assert "处已核对" in page
    assert "未答复" in page


def test_the_list_shows_conclusions_not_the_notice_that_all_answers_have(open_desk: Open, live: LiveAssistant) -> None:
    desk = open_desk(live, as_of="2026-11-23")
    answer = desk.ask(PLATFORM, as_of="2026-11-23")
    assert answer["text"].startswith("提示：")
    page = desk.get("/desk/records")
    gist = page[page.index("gist") :]
    assert "提示" not in gist[:60]
    assert "2000万元" in gist[:60]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"status": "not_covered"}, WUXI),
        ({"status": "answered"}, PLATFORM),
        ({"article": "六"}, PLATFORM),
        ({"measure": "platform-construction"}, PLATFORM),
        ({"text": "无锡"}, WUXI),
        ({"reason": "place"}, WUXI),
        ({"vote": "down"}, PLATFORM),
        ({"since": "2000-01-01", "vote": "none"}, WUXI),
    ],
)
def test_filters(desk: Desk, query: dict[str, str], expected: str) -> None:
    first = desk.ask(PLATFORM)
    desk.ask(WUXI)
    feedback.vote(desk.records, first["id"], up=False, reason="金额不对")
    page = words(desk.get("/desk/records", **query))
    assert "共 1 条" in page
    assert expected in page
    exported = desk.client.get("/desk/answers.csv", params=query).text
    rows = list(csv.reader(io.StringIO(exported.removeprefix("\ufeff"))))
    assert len(rows) == 2
    assert rows[1][1] == expected


def test_blank_fields_of_the_form_filter_nothing(desk: Desk) -> None:
    desk.ask(PLATFORM)
    assert "共 1 条" in words(desk.get("/desk/records", status="", since="", text="", reviewed=""))


def test_a_filter_that_cannot_be_is_told(desk: Desk) -> None:
    desk.ask(PLATFORM)
    page = words(desk.get("/desk/records", since="2025-13-40", text="无锡"))
    assert "筛选条件有误" in page
    assert "共 1 条" in page


def test_one_answer_shows_what_the_company_saw_and_how_it_came_about(desk: Desk) -> None:
    answer = desk.ask(PLATFORM)
    page = words(desk.get(f"/desk/records/{answer['id']}"))
    assert "1.5亿元 × 20% = 3000万元" in page
    for part in ("理解", "检索", "计算", "核对", "处数字都有依据"):
        assert part in page
    assert "1.5亿元" in page[page.index("处理过程") :]
    assert "第六条" in page


def test_an_answer_that_is_not_there_is_a_page_that_says_so(desk: Desk) -> None:
    gone = desk.client.get("/desk/records/none")
    assert gone.status_code == 404
    assert gone.headers["content-type"].startswith("text/html")
    assert "没有这条记录" in gone.text


def test_a_record_whose_amounts_were_masked_is_still_shown(desk: Desk) -> None:
    shown = desk.ask(PLATFORM)
    del shown["state"], shown["reviewed"], shown["recorded"]
    for sum_ in shown["calculations"]:
        sum_["minimum"] = sum_["maximum"] = "〔号码〕"
    shown["id"] = "masked"
    save(desk.records, NewAnswer(shown, None, "api", None, 5.0))
    page = words(desk.get("/desk/records/masked"))
    assert "2000万元" in page
    assert "没有保存处理过程" in page


def test_personal_numbers_are_masked_on_the_desk_too(desk: Desk) -> None:
    desk.ask("我电话13812345678，建概念验证中心投了600万补多少")
    page = desk.get("/desk/records")
    assert "13812345678" not in page
    assert "〔手机号〕" in page


def test_questions_are_text(desk: Desk) -> None:
    answer = desk.ask("<img src=x onerror=alert(1)>算力补贴</script><script>alert(1)</script>")
    for page in (desk.get("/desk/records"), desk.get(f"/desk/records/{answer['id']}")):
        assert "<img" not in page
        assert "<script>alert" not in page


def test_long_lists_come_in_pages(desk: Desk) -> None:
    for count in range(52):
        desk.ask(f"建概念验证中心投了{600 + count}万，补多少")
    first, second = words(desk.get("/desk/records")), words(desk.get("/desk/records", page="2"))
    assert "第 1 页，共 2 页" in first
    assert "投了651万" in first
    assert "投了600万" in second
    assert "投了651万" not in second


def test_switched_off_records_are_told(open_desk: object, live: object) -> None:
    desk = open_desk(live, records_enabled=False)  # type: ignore[operator]
    assert "记录功能已关闭" in words(desk.get("/desk/records"))
