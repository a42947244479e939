"""Talk beside a turn of a dialogue is left out; whatever tells, asks, changes or comes back to something stays."""

from __future__ import annotations

import pytest

from assistant.understanding.empty_talk import without_empty_talk
from assistant.understanding.reader import Reader
from assistant.understanding.scope.topic_view import Topic

BEFORE = ("新建科技公共技术服务平台,厂房3000万,分析仪器2600万,能补多少",)


def kept(reader: Reader, turn: str) -> str:
    return without_empty_talk(turn, BEFORE, reader.lexicon, lambda text: Topic.of(reader.suggest(text)))


@pytest.mark.parametrize(
    ("turn", "expected"),
    [
        ("我手机快没电了,那上限是多少", "那上限是多少"),
        ("外面下大雨,上限是多少", "上限是多少"),
        ("改成4200万,隔壁桌的小李弄过", "改成4200万,"),
        ("孩子放学我得去接,能补几成?", "能补几成?"),
    ],
)
def test_left_out(reader: Reader, turn: str, expected: str) -> None:
    assert kept(reader, turn) == expected


@pytest.mark.parametrize(
    "turn",
    [
        "外面下大雨",  # nothing else is told
        "说错了,是4200万",
        "老板嫌多,砍一半",
        "分析仪器招标下来便宜了,2400万",  # comes back to what was told
        "回到甲,要是做到1500万",
        "属于医药制造,能补多少",
        "公司注册在南京,还能报吗",
        "如果翻倍,能拿多少",
        "外面下大雨?能补多少",
        "健身中心关门了,卡里的钱找谁要",  # of another matter, which the first clause names
    ],
)
def test_stays(reader: Reader, turn: str) -> None:
    assert kept(reader, turn) == turn
