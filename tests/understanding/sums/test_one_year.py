from __future__ import annotations

from assistant.calculator.money import find_money
from assistant.understanding.sums.one_year import of_year_asked, told_of_one_year

TOLD = "去年10月到12月每个月付12万，今年1月和2月每个月付21万"


def test_only_the_sums_of_the_year_asked_of() -> None:
    text = f"{TOLD}，只想问去年那三个月的"
    assert [money.text for money in of_year_asked(text, find_money(text))] == ["12万"]


def test_all_sums_where_no_year_alone_is_asked_of() -> None:
    text = f"{TOLD}，能补多少"
    assert len(of_year_asked(text, find_money(text))) == 2


def test_the_year_asked_of_later_takes_the_place_of_the_first() -> None:
    told = told_of_one_year("只看今年这两个月的呢", f"{TOLD}，只想问去年那三个月的")
    assert told == f"{TOLD}，只看今年这两个月的呢"
    assert told_of_one_year("再付30万呢", TOLD) is None
    assert told_of_one_year("只看今年的呢", "去年付了100万，今年80万") is None
