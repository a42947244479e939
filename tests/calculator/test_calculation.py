"""Sums under ceilings: the worked examples of the design, and what holds for every base."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.calculator.calculation import (
    Calculation,
    calculate,
    of_both_sides,
    over_years,
    still_owed,
    total,
    with_own_funds,
)
from assistant.calculator.interval import Interval
from assistant.calculator.money import find_money
from assistant.policy.loader import load_policy
from assistant.policy.measure import Kind, Measure
from assistant.settings import PROJECT_ROOT

POLICY = load_policy(PROJECT_ROOT / "corpus/one-zone-two-centres")
COMPUTABLE = [measure for measure in POLICY.measures if measure.computable]
CAPPED = [measure for measure in COMPUTABLE if measure.cap]
FIRST_SET = POLICY.by_id["first-set-equipment"]

AMOUNTS = st.decimals("0.01", "1e15", places=2)
# Around the knees of all the ceilings, where mistakes would be.
NEAR = st.decimals("1", "2e8", places=0)
BASES = st.tuples(AMOUNTS | NEAR, AMOUNTS | NEAR).map(lambda ends: Interval(min(ends), max(ends)))
MEASURES = st.sampled_from(COMPUTABLE)


def _wan(text: str) -> Interval:
    (money,) = find_money(text)
    return Interval(money.minimum, money.maximum)


@pytest.mark.parametrize(
    ("measure", "base", "amount", "capped"),
    [
        ("platform-construction", "1.5亿元", "2000万元", True),
        ("platform-construction", "两个亿", "2000万元", True),
        ("platform-construction", "2500万元", "500万元", False),
        ("platform-construction", "1亿元", "2000万元", False),
        ("platform-construction", "300到500万", "60万-100万", False),
        ("platform-construction", "9000万到1.2亿", "1800万-2000万", True),
        ("proof-of-concept-centre", "600万元", "120万元", False),
        ("proof-of-concept-centre", "1000万元", "200万元", False),
        ("proof-of-concept-centre", "1000.01万元", "200万元", True),
        ("scenario-demonstration", "1100万元", "200万元", True),
        ("computing-power", "310万元", "62万元", False),
        ("computing-power", "720万元", "144万元", False),
        ("computing-power", "240万元", "48万元", False),
        ("event-hosting", "250万元", "50万元", False),
        ("event-hosting", "800万元", "100万元", True),
        ("first-set-equipment", "900万元", "90万-270万", False),
        ("first-set-equipment", "410万元", "41万-123万", False),
        ("first-set-equipment", "5000万元", "500万-1000万", True),
        ("first-set-equipment", "2亿元", "1000万元", True),
        ("first-version-software", "1500万元", "150万-200万", True),
        ("first-version-software", "300万元", "30万-60万", False),
    ],
)
def test_rate_times_base_under_the_ceiling(measure: str, base: str, amount: str, capped: bool) -> None:
    found = calculate(POLICY.by_id[measure], _wan(base))
    assert (found.amount, found.capped) == (_wan(amount), capped)


@pytest.mark.parametrize(
    ("measure", "base", "maximum", "capped"),
    [
        ("technology-loan-interest", "70万元", "70万元", False),
        ("technology-loan-interest", "180万元", "100万元", True),
        ("technology-insurance", "50万元", "50万元", False),
        ("bank-risk-compensation", "1.2亿元", "1000万元", True),
        ("open-innovation-platform", "3000万元", "1000万元", True),
        ("key-technology-project", "400万到2000万", "1000万元", True),
        ("platform-performance", "120万元", "120万元", False),
    ],
)
def test_a_ceiling_without_a_rate_gives_at_most_the_expense(
    measure: str, base: str, maximum: str, capped: bool
) -> None:
    found = calculate(POLICY.by_id[measure], _wan(base))
    assert found.amount == Interval(Decimal(0), _wan(maximum).maximum)
    assert found.capped is capped
    assert any("没有写比例" in caveat for caveat in found.caveats)


def test_matching_doubles_what_one_side_gives() -> None:
    found = calculate(POLICY.by_id["open-competition"], _wan("300万元"))
    assert found.amount == _wan("300万元")
    assert [reading.amount for reading in found.readings] == [_wan("600万元")]


@pytest.mark.parametrize(
    ("price", "kept", "raised"),
    [
        ("3000万元", "360万-1000万", "360万-1080万"),
        ("2000万元", "240万-720万", None),
        ("1亿元", "1000万元", "1200万元"),
        ("4000万元", "480万-1000万", "480万-1200万"),
        ("9000万元", "1000万元", "1080万-1200万"),
    ],
)
def test_an_uplift_has_two_readings_and_the_headline_spans_both(price: str, kept: str, raised: str | None) -> None:
    found = calculate(FIRST_SET, _wan(price), uplifted=True)
    expected = [_wan(kept)] if raised is None else [_wan(kept), _wan(raised)]
    assert [reading.amount for reading in found.readings] == expected
    assert found.amount == Interval(expected[0].minimum, expected[-1].maximum)
    assert found.capped == (raised is not None)
    assert any("没有写明" in caveat for caveat in found.caveats)


def test_an_uplift_is_of_no_effect_where_the_policy_states_none() -> None:
    measure = POLICY.by_id["platform-construction"]
    assert calculate(measure, _wan("900万元"), uplifted=True) == calculate(measure, _wan("900万元"))


@pytest.mark.parametrize("measure", [m for m in POLICY.measures if not m.computable], ids=lambda m: m.id)
def test_no_amount_is_invented_where_the_policy_states_none(measure: Measure) -> None:
    with pytest.raises(ValueError, match="no amount follows"):
        calculate(measure, _wan("1000万元"))


@given(st.sampled_from(CAPPED), BASES, st.booleans())
def test_never_above_the_ceiling_and_never_negative(measure: Measure, base: Interval, uplifted: bool) -> None:
    assert measure.cap
    found = calculate(measure, base, uplifted=uplifted)
    raised = measure.cap.amount * (1 + measure.uplift.rate) if uplifted and measure.uplift else measure.cap.amount
    assert 0 <= found.amount.minimum <= found.amount.maximum <= raised
    for reading in found.readings:
        assert found.amount.minimum <= reading.amount.minimum <= reading.amount.maximum <= found.amount.maximum
    if uplifted and measure.uplift:
        assert found.readings[0].amount.maximum <= measure.cap.amount


@given(st.sampled_from(CAPPED), BASES, st.booleans())
def test_never_above_the_expense(measure: Measure, base: Interval, uplifted: bool) -> None:
    assert calculate(measure, base, uplifted=uplifted).amount.maximum <= base.maximum


@given(MEASURES, BASES, AMOUNTS, st.booleans())
def test_a_larger_base_never_gives_less(measure: Measure, base: Interval, more: Decimal, uplifted: bool) -> None:
    larger = Interval(base.minimum + more, base.maximum + more)
    before, after = (calculate(measure, one, uplifted=uplifted).amount for one in (base, larger))
    assert before.minimum <= after.minimum
    assert before.maximum <= after.maximum


@given(MEASURES, BASES, st.booleans())
def test_a_range_is_the_hull_of_its_ends(measure: Measure, base: Interval, uplifted: bool) -> None:
    """Each end is capped by itself."""
    low, high = (
        calculate(measure, Interval.exactly(end), uplifted=uplifted).amount for end in (base.minimum, base.maximum)
    )
    found = calculate(measure, base, uplifted=uplifted).amount
    assert (found.minimum, found.maximum) == (low.minimum, high.maximum)


@given(st.sampled_from(CAPPED), AMOUNTS | NEAR, st.booleans())
def test_the_result_is_exact(measure: Measure, base: Decimal, uplifted: bool) -> None:
    """Checked with whole cents, in another order of operations."""
    assert measure.cap
    found = calculate(measure, Interval.exactly(base), uplifted=uplifted)
    if measure.rate is None:
        assert found.amount.maximum == min(base, measure.cap.amount)
        return
    per_cent = [int(rate * 100) for rate in (measure.rate.minimum, measure.rate.maximum)]
    lift = 120 if uplifted and measure.uplift else 100
    cents = int(base * 100)
    exact = [Decimal(cents * rate * lift) / 1_000_000 for rate in per_cent]
    ceilings = (measure.cap.amount, measure.cap.amount * lift / 100)
    assert found.amount.minimum == min(exact[0], ceilings[0])
    assert found.amount.maximum == min(exact[1], ceilings[1])


@given(MEASURES, BASES, st.booleans())
def test_it_says_when_the_ceiling_cuts(measure: Measure, base: Interval, uplifted: bool) -> None:
    found = calculate(measure, base, uplifted=uplifted)
    highest = measure.rate.maximum if measure.rate else Decimal(1)
    lift = 1 + measure.uplift.rate if uplifted and measure.uplift else 1
    over = bool(measure.cap) and measure.cap is not None and base.maximum * highest * lift > measure.cap.amount
    assert found.capped == over


@given(MEASURES, BASES, st.integers(1, 10))
def test_years_add_up_each_under_its_own_ceiling(measure: Measure, base: Interval, years: int) -> None:
    one = calculate(measure, base)
    all_of_them = over_years(one, years)
    assert all_of_them.amount == Interval(one.amount.minimum * years, one.amount.maximum * years)
    assert all_of_them.years == years
    if measure.cap:
        assert all_of_them.amount.maximum <= measure.cap.amount * years
    if years > 1:
        assert all_of_them.readings[-1].amount == one.amount
        assert f"× {years}年" in all_of_them.steps[-1]
    else:
        assert all_of_them == one


def test_three_years_of_computing_power_have_three_ceilings() -> None:
    found = over_years(calculate(POLICY.by_id["computing-power"], _wan("1500万元")), 3)
    assert found.amount == _wan("600万元")
    assert found.steps[-1] == "200万元 × 3年 = 600万元"


@given(st.lists(st.tuples(MEASURES, BASES), min_size=2, max_size=5))
def test_the_total_is_the_sum_of_its_parts(parts: list[tuple[Measure, Interval]]) -> None:
    found = [calculate(measure, base) for measure, base in parts]
    whole = total(found)
    assert whole is not None
    assert whole.minimum == sum(calculation.amount.minimum for calculation in found)
    assert whole.maximum == sum(calculation.amount.maximum for calculation in found)


def test_of_a_matched_measure_both_sides_may_count_in_a_total() -> None:
    matched = calculate(POLICY.by_id["open-competition"], _wan("300万元"))
    computing = calculate(POLICY.by_id["computing-power"], _wan("500万元"))
    assert total([matched, computing]) == _wan("400万元")
    assert total([of_both_sides(matched), computing]) == _wan("700万元")


def test_of_a_matched_measure_what_is_owed_and_all_sources_are_told() -> None:
    matched = calculate(POLICY.by_id["open-competition"], _wan("620万元"))
    assert still_owed(matched, _wan("155万元")).readings[-1].amount == _wan("465万元")
    assert with_own_funds(matched, _wan("900万元")).readings[-1].amount == _wan("2140万元")


def test_fewer_than_two_sums_have_no_total() -> None:
    assert total([]) is None
    assert total([calculate(FIRST_SET, _wan("900万元"))]) is None


def test_the_label_and_the_base_are_kept() -> None:
    found: Calculation = calculate(POLICY.by_id["computing-power"], _wan("240万元"), label="2024年")
    assert (found.label, found.base, found.years) == ("2024年", _wan("240万元"), 1)
    assert found.measure.kind is Kind.PROPORTIONAL
