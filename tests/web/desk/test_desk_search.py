"""查询: what is found, with which score, and the answer to be read aloud or pasted."""

from __future__ import annotations

import html
import re

import pytest

from assistant.records import approved
from assistant.web.desk.finding import Wanted, departments, find

from .conftest import Desk, words

SOFTWARE = "首版次软件年销售额900万能补多少"


def copied(page: str) -> list[str]:
    return [html.unescape(text) for text in re.findall(r'data-copy="([^"]*)"', page)]


def test_the_clause_the_measure_and_digests_are_found(desk: Desk) -> None:
    results = find(desk.office, Wanted(SOFTWARE))
    clause, measure = results.of("clause")[0], results.of("measure")[0]
    assert clause.item.chunk.articles == ("八",)  # type: ignore[union-attr]
    assert "首版次" in clause.item.chunk.text  # type: ignore[union-attr]
    assert measure.item.id == "first-version-software"  # type: ignore[union-attr]
    assert measure.score > 0.7
    assert results.of("digest")
    for kind in ("clause", "measure", "question", "digest"):
        scores = [found.score for found in results.of(kind)]  # type: ignore[arg-type]
        assert scores == sorted(scores, reverse=True)
        assert all(0 < score <= 1 for score in scores)


def test_of_the_measures_in_one_clause_the_named_one_comes_first(desk: Desk) -> None:
    for text, expected in (
        ("科技保险费补贴", "technology-insurance"),
        ("科技贷款利息补贴", "technology-loan-interest"),
    ):
        assert find(desk.office, Wanted(text)).of("measure")[0].item.id == expected  # type: ignore[union-attr]


def test_the_answer_is_ready_to_be_read_aloud_and_pasted(desk: Desk) -> None:
    page = desk.get("/desk/search", q=SOFTWARE)
    assert "90万元至180万元" in words(page)
    spoken = next(text for text in copied(page) if "责任单位是" in text and "来源" not in text)
    assert spoken.startswith("首版次")
    assert "90万元至180万元" in spoken
    assert "第八条" in spoken
    assert "市工信局" in spoken
    assert not set(spoken) & set("*>#\n")
    pasted = next(text for text in copied(page) if "来源：《" in text and "90万元" in text)
    assert "第八条" in pasted


def test_after_the_term_the_spoken_answer_says_so_first(open_desk: object, live: object) -> None:
    desk = open_desk(live, as_of="2026-06-01")  # type: ignore[operator]
    page = words(desk.get("/desk/search", q=SOFTWARE))
    assert page.index("届满") < page.index("90万元至180万元")


@pytest.mark.parametrize("text", ["", "   ", "？！", "😀"])
def test_nothing_to_look_for_shows_no_results(desk: Desk, text: str) -> None:
    assert find(desk.office, Wanted(text)).found == ()
    assert 'class="hit"' not in desk.get("/desk/search", q=text)


def test_filters_leave_only_what_fits(desk: Desk) -> None:
    desk.ask("付给苏州算力平台算力费310万，能补贴多少？")
    of_ten = find(desk.office, Wanted("补贴", article="十")).found
    assert {found.kind for found in of_ten} == {"clause", "measure", "question", "digest"}
    for found in of_ten:
        chunk = getattr(found.item, "chunk", None)
        assert "十" in (chunk.articles if chunk else (found.item.article,))  # type: ignore[union-attr]
    only = find(desk.office, Wanted("补贴", kind="measure")).found
    assert {found.kind for found in only} == {"measure"}
    of_office = find(desk.office, Wanted("奖励", department="市工信局", kind="clause")).found
    policy = desk.office.policy
    assert of_office
    for found in of_office:
        article = policy.document.by_number[found.item.chunk.articles[0]]  # type: ignore[union-attr]
        assert "市工信局" in article.departments
    assert find(desk.office, Wanted("奖励", article="十", department="市工信局", kind="clause")).found == ()


def test_all_departments_can_be_chosen(desk: Desk) -> None:
    names = departments(desk.office.policy)
    assert {"市科技局", "市工信局", "市财政局", "市委组织部(人才办)"} <= set(names)
    assert len(names) == len(set(names))


def test_answered_questions_are_found_once_with_their_number(desk: Desk) -> None:
    for _ in range(3):
        desk.ask("建概念验证中心投了600万，补多少")
    (found,) = find(desk.office, Wanted("概念验证中心600万", kind="question")).found
    assert found.item.times == 3  # type: ignore[union-attr]
    page = desk.get("/desk/search", q="概念验证中心600万", kind="question")
    assert "问过 3 次" in words(page)
    assert find(desk.office, Wanted("科技保险费补贴", kind="question")).found == ()


def test_an_approved_answer_is_what_staff_see_too(desk: Desk) -> None:
    question = "概念验证中心今年什么时候申报？"
    approved.approve(desk.records, [question], "今年9月申报。", by="li", check=lambda _: (), articles=("六",))
    results = find(desk.office, Wanted(question))
    assert results.reviewed is not None
    page = words(desk.get("/desk/search", q=question))
    assert "今年9月申报" in page
    assert "人工审核" in page


def test_what_was_typed_is_text(desk: Desk) -> None:
    hostile = '"><script>alert(1)</script><img src=x onerror=alert(1)>算力'
    page = desk.get("/desk/search", q=hostile)
    assert "<script>alert" not in page
    assert "<img" not in page


def test_looking_up_is_not_recorded_as_a_question(desk: Desk) -> None:
    desk.get("/desk/search", q=SOFTWARE)
    assert "还没有问答记录" in words(desk.get("/desk/records"))


def test_the_desk_opens_on_the_search_page(desk: Desk) -> None:
    for path in ("/desk", "/desk/"):
        assert desk.client.get(path).headers["location"] == "/desk/search"


def test_every_page_is_a_standards_page_with_one_heading(desk: Desk) -> None:
    for name in ("search", "records", "review", "corpus", "overview"):
        page = desk.get(f"/desk/{name}")
        assert page.startswith("<!doctype html><html")
        assert page.count("<h1") == 1
        assert 'lang="zh-CN"' in page
        assert 'aria-current="page"' in page
        assert "http://" not in re.sub(r"http://www\.w3\.org[^\"]*", "", page)
        assert "https://" not in page
