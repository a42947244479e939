"""What one side of a 1:1 measure gives: instalments, what is still owed, what the applicant puts up."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from assistant.understanding.query import DialogueState
from assistant.understanding.reader import Reader
from assistant.understanding.sums.base_amount import BaseAmount


def base_of(reader: Reader, question: str) -> BaseAmount:
    (base,) = reader.read(question, DialogueState(), date(2025, 3, 1)).bases["open-competition"]
    return base


@pytest.mark.parametrize(
    ("question", "side"),
    [
        ("揭榜挂帅项目，市里分两次拨款，第一次180万，第二次220万，区里对应多少", 4_000_000),
        ("揭榜挂帅，市财政去年拨了300万今年再拨150万，吴江这边总共该配多少", 4_500_000),
        ("揭榜挂帅市里批了500万，先到账200万，区里按比例出多少", 5_000_000),
        ("揭榜挂帅总盘子6000万，企业自己出4400万，剩下的市里和区里1比1摊，各是多少", 8_000_000),
        ("揭榜挂帅市、区两级一共给了我们900万，市里那份是多少", 4_500_000),
    ],
)
def test_side(reader: Reader, question: str, side: int) -> None:
    base = base_of(reader, question)
    assert base.amount.minimum == base.amount.maximum == side
    assert base.paid is None
    assert base.own is None


@pytest.mark.parametrize(
    ("question", "side", "paid"),
    [
        ("揭榜挂帅，区里先打了90万过来，市里是400万，区里还应该再补多少", 4_000_000, 900_000),
        ("揭榜挂帅园区给了500万，市里到了350万，市里还缺多少", 5_000_000, 3_500_000),
        ("揭榜挂帅，市里定了480万，现在到账180万，还差多少没给", 4_800_000, 1_800_000),
        ("揭榜挂帅市里给了400万，区里给了400万，区里还欠我们多少", 4_000_000, 4_000_000),
    ],
)
def test_paid(reader: Reader, question: str, side: int, paid: int) -> None:
    base = base_of(reader, question)
    assert base.amount.minimum == side
    assert base.paid
    assert base.paid.minimum == paid


def test_all_sources(reader: Reader) -> None:
    base = base_of(reader, "揭榜挂帅，企业自己出1200万，市里支持600万，区里照配，这个项目资金总共多少")
    assert base.own
    assert base.own.minimum == Decimal(12_000_000)


def test_what_both_levels_give_is_without_the_applicants_share(reader: Reader) -> None:
    base = base_of(reader, "揭榜挂帅总预算2700万，自筹900万，市里支持900万，市和区两级合起来给我们多少")
    assert base.own is None
