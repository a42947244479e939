"""Of several amounts the one that the asker says to reckon with is the base, and nothing else is added to it."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.calculator.interval import Interval
from assistant.understanding.query import DialogueState
from assistant.understanding.reader import Reader

_PLATFORM, _SCENARIO, _EVENT, _COMPUTE = (
    "platform-construction",
    "scenario-demonstration",
    "event-hosting",
    "computing-power",
)


@pytest.mark.parametrize(
    ("question", "measure", "base"),
    [
        # told to reckon with
        ("新建公共技术服务平台，账上6000万，事务所审下来只认4800万，能支持多少", _PLATFORM, 48_000_000),
        ("新建公共技术服务平台，预算8000万，砍掉三成，就按剩下的5600万报，能拿多少", _PLATFORM, 56_000_000),
        ("场景示范项目AI部分含税678万，税78万，先按不含税600万报，补多少", _SCENARIO, 6_000_000),
        ("国际论坛一共花500万，我们出六成就是300万，只按我们出的算能补多少", _EVENT, 3_000_000),
        # asked, alternatives, or against what the article counts
        ("苏州算力平台开票380万，实际付了300万，先按380万算能补多少", _COMPUTE, 3_000_000),
        ("场景示范项目总投资1800万，AI部分500万，能按1800万算吗", _SCENARIO, 5_000_000),
        ("场景示范项目总投资1800万，AI部分500万，是按1800万算还是按500万算", _SCENARIO, 5_000_000),
        ("苏州算力平台的费用补三成，我们付了150万，我就按45万报给老板了，没问题吧", _COMPUTE, 1_500_000),
        # no sums: rates, counts, periods
        ("新建公共技术服务平台，总投资4200万，按20%算是多少", _PLATFORM, 42_000_000),
        ("苏州算力平台每月20万，按一年算能补多少", _COMPUTE, 2_400_000),
        # a sum of the list before it
        ("办全国性大赛：场地40万、奖金50万、差旅10万，就这三块一百万，补多少", _EVENT, 1_000_000),
    ],
)
def test_what_the_asker_reckons_with(reader: Reader, question: str, measure: str, base: int) -> None:
    query = reader.read(question, DialogueState(), date(2025, 3, 1))
    assert [one.amount for one in query.bases[measure]] == [Interval.exactly(base)]


def test_of_a_whole_told_to_count_the_part_is_still_asked_for(reader: Reader) -> None:
    question = "场景示范项目总投资1200万，审计只认1000万，补多少"
    query = reader.read(question, DialogueState(), date(2025, 3, 1))
    assert [one.whole_only for one in query.bases[_SCENARIO]] == [True]
