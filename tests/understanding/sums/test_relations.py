"""How amounts stand to each other, before any measure is looked at."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.calculator.money import find_money
from assistant.calculator.rates import find_rates
from assistant.understanding.places.roles import find_places
from assistant.understanding.sums.amounts import Placed, place
from assistant.understanding.sums.owners import find_owners
from assistant.understanding.sums.relations import settle


def _settled(text: str) -> tuple[Placed, ...]:
    return settle(text, place(text, find_money(text)), find_rates(text))


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("去年付了160万,今年比去年多付了80万", [240]),
        ("今年付了240万,比去年多了80万", [240]),
        ("去年160万,今年比去年多80万,两年一共补多少", [160, 240]),
        ("付了300万,后来退回来50万", [250]),
        ("预算700万,实际比预算省了60万", [640]),
        ("去年付了200万,今年比去年涨了三成", [260]),
        ("计划投500万,完工省了8%", [460]),
        ("上届花的280万不谈,这届花了350万", [350]),
        ("比去年多付了80万", []),
        ("设备300万,又付了80万", [300, 80]),
        ("AI投资比土建多200万,土建300万", [300, 500]),
        ("预算700万,超支了15%", [805]),
    ],
)
def test_changes(text: str, left: list[int]) -> None:
    assert [item.amount.minimum for item in _settled(text)] == [Decimal(n) * 10_000 for n in left]


@pytest.mark.parametrize(
    ("text", "wholes"),
    [
        ("总投资2400万,其中AI系统450万", [2400]),
        ("场地90万搭建60万嘉宾30万加一块180万", [180]),
        ("学校400万、企业260万、园区140万", []),
        ("设备500万,装修300万", []),
    ],
)
def test_wholes(text: str, wholes: list[int]) -> None:
    found = [item.amount.minimum for item in _settled(text) if item.has_parts]
    assert found == [Decimal(n) * 10_000 for n in wholes]


@pytest.mark.parametrize(
    ("text", "owners"),
    [
        ("昆山那家付了450万,南京那家付了300万", [("昆山", "suzhou"), ("南京", "foreign")]),
        ("母公司付700万,子公司付400万", [("母公司", None), ("子公司", None)]),
        ("甲公司90万,乙公司60万", [("甲", None), ("乙", None)]),
        ("我们昆山公司付给苏州算力平台300万", []),
    ],
)
def test_owners(text: str, owners: list[tuple[str, str | None]]) -> None:
    assert [(owner.label, owner.side) for owner in find_owners(text, find_places(text))] == owners
