"""The calculator's plans: links read back, sums agree with the calculator, comparison, inverse."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.calculator.calculation import calculate
from assistant.calculator.interval import Interval
from assistant.policy.loader import Policy
from assistant.web.plans.plan import MOST_COUNT, MOST_ITEMS, MOST_YEARS, Item, Plans, read_plans
from assistant.web.plans.result import computable, work_out

YI = Decimal(100_000_000)
WAN = Decimal(10_000)

AMOUNTS = st.text(alphabet="0123456789.万亿元到,，-+ &=%#<>'\"约", max_size=20).map(str.strip)
ITEMS = st.builds(
    Item,
    st.sampled_from(["platform-construction", "computing-power", "first-set-equipment"]),
    AMOUNTS,
    st.integers(1, MOST_COUNT),
    st.integers(1, MOST_YEARS),
    st.booleans(),
)


@given(st.lists(ITEMS, max_size=MOST_ITEMS), st.lists(ITEMS, max_size=MOST_ITEMS), AMOUNTS)
def test_a_link_reads_back_to_the_same_plans(first: list[Item], second: list[Item], goal: str) -> None:
    plans = Plans(tuple(first), tuple(second), goal)
    assert read_plans(plans.query()) == plans


@given(st.text(max_size=300))
def test_any_query_is_read(query: str) -> None:
    plans = read_plans(query)
    assert len(plans.first) <= MOST_ITEMS
    assert all(1 <= item.count <= MOST_COUNT and 1 <= item.years <= MOST_YEARS for item in plans.first)


def test_a_link_is_bounded() -> None:
    assert read_plans("a=" + "x" * 5000) == Plans()
    item = read_plans("a=platform-construction~1亿~x999~y999~up~z~x").first[0]
    assert item == Item("platform-construction", "1亿", MOST_COUNT, MOST_YEARS, True)
    assert len(read_plans("&".join(["a=m~1万"] * 30)).first) == MOST_ITEMS


def test_one_platform_against_two(policy: Policy) -> None:
    result = work_out(policy, read_plans("a=platform-construction~1.5亿&b=platform-construction~7500万~x2"))
    assert result.first.total == Interval.exactly(2000 * WAN)
    assert result.second is not None
    assert result.second.total == Interval.exactly(3000 * WAN)
    assert result.second.sums[0].steps[-1] == "1500万元 × 2 = 3000万元"
    assert any("按项目还是按单位" in caveat for caveat in result.second.sums[0].caveats)


def test_years_only_where_the_clause_counts_by_the_year(policy: Policy) -> None:
    result = work_out(policy, read_plans("a=computing-power~1200万~y3&a=event-hosting~100万~y3"))
    power, event = result.first.lines
    assert power.calculation is not None
    assert power.calculation.amount == Interval.exactly(600 * WAN)
    assert event.calculation is None
    assert "年数" in event.fault


def test_different_matters_add_up(policy: Policy) -> None:
    result = work_out(policy, read_plans("a=computing-power~310万&a=event-hosting~400万"))
    assert result.first.total == Interval.exactly(142 * WAN)


@pytest.mark.parametrize("amount", ["", "很多", "-5万", "0", "500万美元", "1万亿亿", "5台"])
def test_an_amount_that_cannot_be_read_is_a_sentence_and_no_sum(policy: Policy, amount: str) -> None:
    line = work_out(policy, Plans((Item("computing-power", amount),))).first.lines[0]
    assert line.calculation is None
    assert bool(line.fault) == bool(amount)
    assert all(ord(char) > 31 for char in line.fault)


def test_a_measure_that_cannot_be_computed_is_left_out(policy: Policy) -> None:
    result = work_out(policy, read_plans("a=talent-team~1亿&a=nothing~1亿&a=../../x~1"))
    assert result.first.lines == ()
    assert {"talent-team", "carrier-funding"}.isdisjoint(measure.id for measure in computable(policy))


def test_every_computable_measure_of_the_policy_is_offered(policy: Policy) -> None:
    assert {m.id for m in computable(policy)} == {m.id for m in policy.measures if m.computable}


def test_inverse_of_the_ceiling_and_of_a_goal(policy: Policy) -> None:
    result = work_out(policy, read_plans("a=platform-construction~1亿&goal=500万"))
    ceiling, goal = result.reaches
    assert ceiling.base == Interval.exactly(YI)
    assert goal.base == Interval.exactly(2500 * WAN)
    assert work_out(policy, read_plans("a=platform-construction~1亿&goal=5000万")).reaches[1].base is None
    assert "负数" in work_out(policy, read_plans("a=platform-construction~1亿&goal=-5")).goal_fault
    assert work_out(policy, read_plans("a=technology-insurance~10万")).reaches == ()


@given(st.integers(1, 10**12), st.integers(1, 5))
def test_so_many_of_one_are_the_sum_of_each(policy: Policy, yuan: int, count: int) -> None:
    measure = policy.by_id["first-set-equipment"]
    each = calculate(measure, Interval.exactly(Decimal(yuan)), uplifted=True).amount
    item = Item(measure.id, f"{yuan}元", count, uplifted=True)
    line = work_out(policy, Plans((item,))).first.lines[0]
    assert line.calculation is not None
    assert line.calculation.amount == Interval(each.minimum * count, each.maximum * count)
    assert line.each is not None
    assert line.each.amount == each


def test_an_approximate_amount_says_so(policy: Policy) -> None:
    line = work_out(policy, Plans((Item("computing-power", "约310万"),))).first.lines[0]
    assert line.calculation is not None
    assert any("约数" in caveat for caveat in line.calculation.caveats)
