"""Sums of the asker himself are not those of the company that he founds later."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.understanding.query import DialogueState, Query
from assistant.understanding.sums.spent_before import spent_before_the_company


def _turn(text: str, *, was: str = "individual", now: str = "company") -> bool:
    query = Query(question=text, original=text, as_of=date(2025, 3, 1), facts={"applicant": now})
    return spent_before_the_company(query, DialogueState(facts={"applicant": was}))


@pytest.mark.parametrize("text", ["毕业后注册了家公司", "下个月转成有限公司", "公司刚办下来了", "改成公司了"])
def test_founded_later(text: str) -> None:
    assert _turn(text)


@pytest.mark.parametrize("text", ["其实是成立公司以后付的", "发票开的是公司"])
def test_the_company_paid(text: str) -> None:
    assert not _turn(text)


def test_of_one_who_was_no_individual() -> None:
    assert not _turn("又注册了家公司", was="company")
