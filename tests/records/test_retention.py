"""Forgetting after a time, and the overview's figures."""

from __future__ import annotations

import threading
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from assistant.errors import InputError
from assistant.records import approved, review, statistics
from assistant.records.answers import get_answer, list_answers
from assistant.records.database import Records
from assistant.records.feedback import vote
from assistant.records.retention import Daily, Purged, purge, purge_expired

from .conftest import Clock, ask


def test_old_answers_go_with_everything_that_hangs_on_them(records: Records, clock: Clock) -> None:
    ask(records, "old", "食堂几点开门", for_review=True, status="not_covered", session="x")
    vote(records, "old", up=False, reason="不对")
    review.list_groups(records)
    approved.approve(records, ["食堂几点开门"], "不在本政策范围", by="li", check=lambda _: ())
    clock.move(days=10)
    ask(records, "new", "算力怎么补")
    assert purge(records, records.now() - timedelta(days=5), by="li") == Purged(1, 1)
    assert [record.id for record in list_answers(records)[0]] == ["new"]
    assert review.list_groups(records, ("open", "assigned", "answered", "dismissed")) == ((), 0)
    assert approved.find(records, "食堂几点开门") is not None
    assert purge(records, records.now() - timedelta(days=5)) == Purged(0, 0)


def test_a_group_with_younger_questions_stays(records: Records, clock: Clock) -> None:
    ask(records, "old", "食堂几点开门", for_review=True)
    review.list_groups(records)
    clock.move(days=10)
    ask(records, "new", "食堂几点开门", for_review=True)
    review.list_groups(records)
    assert purge(records, records.now() - timedelta(days=5)) == Purged(1, 0)
    assert [item.answer_id for item in review.list_groups(records)[0][0].items] == ["new"]


def test_deleted_words_are_not_left_in_the_file(records: Records, clock: Clock) -> None:
    if records.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL vacuums by itself")
    ask(records, "old", "一个很特别的词语组合")
    clock.move(days=10)
    purge(records, records.now())
    file = records.engine.url.database
    assert file is not None
    contents = [path.read_bytes() for path in (Path(file), Path(f"{file}-wal")) if path.exists()]
    assert contents
    assert not any("一个很特别的词语组合".encode() in content for content in contents)


@pytest.mark.parametrize("moment", [datetime(2025, 1, 1), datetime.fromisoformat("2025-03-01T12:00:01+08:00")])
def test_the_future_is_not_purged(records: Records, moment: datetime) -> None:
    ask(records, "a1", "平台")
    with pytest.raises(InputError):
        purge(records, moment)
    assert get_answer(records, "a1") is not None


def test_the_period_is_counted_in_days_and_zero_keeps_all(records: Records, clock: Clock) -> None:
    ask(records, "a1", "平台")
    clock.move(days=180)
    assert purge_expired(records, 0) == Purged(0, 0)
    assert purge_expired(records, 180) == Purged(0, 0)
    clock.move(seconds=1)
    assert purge_expired(records, 180) == Purged(1, 0)


def _finish() -> None:
    for thread in threading.enumerate():
        if thread.name == "retention":
            thread.join(10)


def test_a_long_running_program_forgets_daily(records: Records, clock: Clock) -> None:
    daily = Daily(records, 30)
    daily.tick()
    _finish()
    ask(records, "a1", "平台")
    clock.move(days=31)
    daily.tick()
    _finish()
    assert get_answer(records, "a1") is None
    ask(records, "a2", "平台", as_of="2025-01-01")
    daily.tick()
    _finish()
    assert get_answer(records, "a2") is not None


def test_days_count_what_became_of_questions(records: Records, clock: Clock) -> None:
    for number, (status, milliseconds) in enumerate([("answered", 10.0), ("answered", 20.0), ("not_covered", 90.0)]):
        ask(records, f"a{number}", "平台", status=status, milliseconds=milliseconds)
    vote(records, "a0", up=True)
    vote(records, "a2", up=False)
    clock.move(hours=24)
    ask(records, "b", "平台", status="needs_information", milliseconds=7)
    first, second, third = statistics.days(records, date(2025, 3, 1), date(2025, 3, 3))
    assert (first.questions, first.answered, first.not_covered, first.up, first.down) == (3, 2, 1, 1, 1)
    assert (first.median, first.slow) == (20.0, 90.0)
    assert (second.questions, second.needs_information, second.median, second.slow) == (1, 1, 7, 7)
    assert (third.day, third.questions, third.median) == (date(2025, 3, 3), 0, None)
    assert statistics.days(records, date(2025, 3, 2), date(2025, 3, 1)) == ()


def test_top_measures_and_reasons(records: Records) -> None:
    both = [{"measure": "computing-power"}, {"measure": "event-hosting"}]
    ask(records, "a1", "平台", calculations=both)
    ask(records, "a2", "平台", calculations=[{"measure": "event-hosting"}])
    ask(records, "a3", "平台", calculations=[], eligibility=[{"measure": "computing-power"}], reason="other_place")
    ask(records, "a4", "平台", calculations=[{"measure": "event-hosting"}])
    day = date(2025, 3, 1)
    assert statistics.top_measures(records, day, day) == (("event-hosting", 3), ("computing-power", 2))
    assert statistics.top_measures(records, day, day, limit=1) == (("event-hosting", 3),)
    assert statistics.top_reasons(records, day, day) == (("other_place", 1),)
    assert statistics.top_measures(records, date(2025, 3, 2), date(2025, 3, 2)) == ()
