"""Where the text names an office, and what it asks of one that it does not name."""

from __future__ import annotations

import pytest

from assistant.understanding.mentioned import thing_asked
from assistant.understanding.reader import Reader
from assistant.understanding.subject.departments import asks_where_named


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("市财政局的名字出现在哪条", True),
        ("公安局列在第几条", True),
        ("市财政局在哪条写了科技保险的补贴比例", False),
        ("算力补贴写在哪条", False),
    ],
)
def test_where_a_department_is_named(reader: Reader, text: str, asked: bool) -> None:
    assert asks_where_named(reader.policy, text) is asked


@pytest.mark.parametrize(
    ("text", "office"),
    [("教育局出现在哪条", "教育局"), ("市税务局是哪条的责任单位", "税务局"), ("文件里有没有写到住建局", "住建局")],
)
def test_an_office_is_looked_for_by_its_name(text: str, office: str) -> None:
    assert thing_asked(text) == office
