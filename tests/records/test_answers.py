"""Answers stored masked, listed with filters, read with their trace, exported; votes."""

from __future__ import annotations

import csv
import io
import json
from datetime import date

import pytest

from assistant.errors import InputError
from assistant.records.answers import AnswerFilter, get_answer, list_answers
from assistant.records.database import Records
from assistant.records.export import answers_csv, safe_cell
from assistant.records.feedback import REASON_LIMIT, vote
from assistant.records.review import list_groups

from .conftest import Clock, answer_json, ask


def test_an_answer_comes_back_as_it_was_stored(records: Records) -> None:
    trace = {"understood": {"measure": "platform-construction"}, "milliseconds": {"total": 4.2}}
    assert ask(records, "a1", "新建平台投资1500万元", trace=trace, session="tab-1", milliseconds=4.2)
    found = get_answer(records, "a1")
    assert found is not None
    assert found.answer == answer_json("a1", "新建平台投资1500万元")
    assert found.trace == trace
    assert (found.status, found.article, found.measures) == ("answered", "六", ("platform-construction",))
    assert (found.asked_at.isoformat(), found.as_of) == ("2025-03-01T12:00:00+08:00", date(2025, 3, 1))
    assert (found.channel, found.milliseconds, found.vote) == ("api", 4.2, None)


def test_an_unknown_id_is_none(records: Records) -> None:
    assert get_answer(records, "nobody") is None


def test_nothing_personal_is_in_the_database(records: Records) -> None:
    question = "我是13812345678,身份证11010519491231002X,投资13800000000元"
    ask(records, "a1", question, trace={"tokens": ["13812345678"]}, session="browser-tab", text=f"您问:{question}")
    vote(records, "a1", up=False, reason="打我电话0512-65215555")
    with records.engine.connect() as connection:
        from assistant.records.tables import Base

        dump = "".join(
            str(tuple(row)) for table in Base.metadata.sorted_tables for row in connection.execute(table.select())
        )
    for secret in ("13812345678", "11010519491231002X", "65215555", "browser-tab"):
        assert secret not in dump
    assert "13800000000元" in dump
    found = get_answer(records, "a1")
    assert found is not None
    assert found.question == "我是〔手机号〕,身份证〔身份证号〕,投资13800000000元"
    assert found.vote_reason == "打我电话〔固定电话〕"


def test_one_conversation_has_one_mark(records: Records) -> None:
    for number, session in enumerate(["x", "x", "y", None]):
        ask(records, f"a{number}", "平台", session=session)
    marks = [getattr(get_answer(records, f"a{number}"), "session", "") for number in range(4)]
    assert marks[0] == marks[1] != marks[2]
    assert marks[3] is None


def test_switched_off_nothing_is_stored(records: Records) -> None:
    off = Records(records.engine, records.keys, enabled=False)
    assert not ask(off, "a1", "平台", for_review=True)
    assert not vote(off, "a1", up=False)
    assert list_answers(off) == ((), 0)
    assert list_groups(off) == ((), 0)


@pytest.mark.parametrize(
    "text", ["\0\ud800", "'; DROP TABLE answers; --", "<script>alert(1)</script>", "😀" * 50, "a" * 10_000]
)
def test_any_text_can_be_stored(records: Records, text: str) -> None:
    ask(records, "a1", f"平台{text}", trace={"key\0": text})
    assert list_answers(records)[1] == 1


@pytest.fixture
def several(records: Records, clock: Clock) -> Records:
    """Five answers on three days."""
    none: list[object] = []
    ask(records, "a1", "平台投资1500万元补多少")
    ask(records, "a2", "无锡首台套", status="not_covered", reason="other_place", citations=none, calculations=none)
    clock.move(hours=12)  # midnight in China: the next day
    ask(records, "a3", "100% 保证吗_", status="needs_information", calculations=none)
    clock.move(days=1)
    ask(records, "a4", "平台补多少", generated=True, model="m")
    ask(records, "a5", "算力", calculations=[{"measure": "computing-power"}, {"measure": "platform-construction"}])
    vote(records, "a1", up=True)
    vote(records, "a4", up=False, reason="金额不对")
    return records


@pytest.mark.parametrize(
    ("wanted", "ids"),
    [
        (AnswerFilter(), ["a4", "a5", "a3", "a1", "a2"]),
        (AnswerFilter(since=date(2025, 3, 2)), ["a4", "a5", "a3"]),
        (AnswerFilter(until=date(2025, 3, 1)), ["a1", "a2"]),
        (AnswerFilter(status="not_covered"), ["a2"]),
        (AnswerFilter(reason="other_place"), ["a2"]),
        (AnswerFilter(article="六", until=date(2025, 3, 1)), ["a1"]),
        (AnswerFilter(measure="platform-construction"), ["a4", "a5", "a1"]),
        (AnswerFilter(measure="platform"), []),
        (AnswerFilter(vote="up"), ["a1"]),
        (AnswerFilter(vote="down"), ["a4"]),
        (AnswerFilter(vote="none"), ["a5", "a3", "a2"]),
        (AnswerFilter(generated=True), ["a4"]),
        (AnswerFilter(reviewed=True), []),
        (AnswerFilter(channel="desk"), []),
        (AnswerFilter(text="平台 补"), ["a4", "a1"]),
        (AnswerFilter(text="0%"), ["a3"]),
        (AnswerFilter(text="吗_"), ["a3"]),
    ],
)
def test_filters(several: Records, wanted: AnswerFilter, ids: list[str]) -> None:
    found, total = list_answers(several, wanted)
    assert [record.id for record in found] == ids
    assert total == len(ids)


def test_pages(several: Records) -> None:
    first, total = list_answers(several, limit=2)
    second, _ = list_answers(several, limit=2, offset=2)
    assert total == 5
    assert [record.id for record in (*first, *second)] == ["a4", "a5", "a3", "a1"]


def test_the_last_vote_counts(records: Records) -> None:
    ask(records, "a1", "平台")
    assert vote(records, "a1", up=False, reason="不对")
    assert vote(records, "a1", up=False, reason="还是不对")
    assert vote(records, "a1", up=True)
    found = get_answer(records, "a1")
    assert found is not None
    assert (found.vote, found.vote_reason) == ("up", "")


def test_votes_on_nothing_and_long_reasons(records: Records) -> None:
    assert not vote(records, "nobody", up=True)
    ask(records, "a1", "平台")
    with pytest.raises(InputError) as caught:
        vote(records, "a1", up=False, reason="长" * (REASON_LIMIT + 1))
    assert str(REASON_LIMIT) in caught.value.user_message


def test_the_export_is_csv_with_every_answer(several: Records) -> None:
    text = "".join(answers_csv(several, AnswerFilter(since=date(2025, 3, 2))))
    assert text.startswith("\ufeff")
    head, *rows = csv.reader(io.StringIO(text.removeprefix("\ufeff")))
    assert [row[head.index("编号")] for row in rows] == ["a4", "a5", "a3"]
    assert rows[0][head.index("评价说明")] == "金额不对"
    assert rows[0][head.index("合计上限(元)")] == "3000000"
    assert {len(row) for row in rows} == {len(head)}


def test_more_answers_than_a_page_are_exported(records: Records) -> None:
    for number in range(501):
        ask(records, f"a{number}", "平台")
    assert len("".join(answers_csv(records)).splitlines()) == 502


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1", "  =1", "\r=1"])
def test_cells_are_no_formulas(records: Records, text: str) -> None:
    assert safe_cell(text).startswith("'")
    ask(records, "a1", text)
    row = list(csv.reader(io.StringIO("".join(answers_csv(records)))))[1]
    assert row[1].startswith("'")


def test_the_trace_is_left_out_of_lists(records: Records) -> None:
    ask(records, "a1", "平台", trace={"a": 1})
    assert list_answers(records)[0][0].trace is None
    assert json.dumps(getattr(get_answer(records, "a1"), "trace", None)) == '{"a": 1}'
