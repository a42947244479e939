"""Steps as text: each line can be checked with a pocket calculator, and ends at the amount that is answered."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.calculator.calculation import calculate, over_years
from assistant.calculator.formatting import format_yuan
from assistant.calculator.interval import Interval
from assistant.calculator.money import find_money
from assistant.calculator.rates import find_rates
from assistant.calculator.steps import show
from assistant.policy.loader import load_policy
from assistant.policy.measure import Measure
from assistant.settings import PROJECT_ROOT

POLICY = load_policy(PROJECT_ROOT / "corpus/one-zone-two-centres")
COMPUTABLE = [measure for measure in POLICY.measures if measure.computable]
AMOUNTS = st.decimals("0.01", "1e15", places=2) | st.decimals("1", "2e8", places=0)
BASES = st.tuples(AMOUNTS, AMOUNTS).map(lambda ends: Interval(min(ends), max(ends)))
PRODUCT = re.compile(r"(\S+) × (\S+%) = (\S+)")
LIFT = re.compile(r"(\S+)上浮(\S+%) = (\S+)")


def _yuan(text: str) -> Decimal:
    (money,) = find_money(text)
    assert not money.is_range
    return money.minimum


def _rate(text: str) -> Decimal:
    (rate,) = find_rates(text)
    assert rate.minimum == rate.maximum
    return rate.minimum


def _steps(measure: str, low: str, high: str | None = None, *, uplifted: bool = False) -> tuple[str, ...]:
    base = Interval(_yuan(low), _yuan(high or low))
    return calculate(POLICY.by_id[measure], base, uplifted=uplifted).steps


def test_below_the_ceiling() -> None:
    assert _steps("platform-construction", "2500万元") == ("2500万元 × 20% = 500万元", "未超过上限2000万元")


def test_above_the_ceiling() -> None:
    steps = _steps("platform-construction", "1.5亿元")
    assert steps == ("1.5亿元 × 20% = 3000万元", "3000万元超过上限2000万元，按2000万元计")


def test_the_ceiling_is_named_by_what_it_is_counted_by() -> None:
    assert _steps("computing-power", "1500万元")[-1] == "300万元超过每年上限200万元，按200万元计"
    assert _steps("event-hosting", "100万元")[-1] == "未超过一次性上限100万元"


def test_a_range_of_rates_shows_both_ends() -> None:
    assert _steps("first-set-equipment", "5000万元") == (
        "5000万元 × 10% = 500万元",
        "5000万元 × 30% = 1500万元",
        "1500万元超过上限1000万元，按1000万元计",
    )


def test_both_ends_above_the_ceiling() -> None:
    assert _steps("first-set-equipment", "2亿元")[-1] == "2000万元至6000万元超过上限1000万元，按1000万元计"


def test_a_ceiling_without_a_rate() -> None:
    assert _steps("technology-loan-interest", "70万元") == (
        "条文只写上限100万元，没有写比例",
        "70万元不超过上限100万元，最多不会超过70万元",
    )
    assert _steps("technology-loan-interest", "180万元")[-1] == "180万元超过上限100万元，最多不会超过100万元"


def test_matching_adds_both_sides() -> None:
    sides, both = _steps("open-competition", "300万元")
    assert sides.startswith("市、区按1:1")
    assert sides.endswith("一方300万元，另一方300万元")
    assert both == "两级合计：300万元 + 300万元 = 600万元"


def test_an_uplift_shows_both_ceilings_where_they_cut() -> None:
    assert _steps("first-set-equipment", "4000万元", uplifted=True) == (
        "4000万元 × 10% = 400万元",
        "400万元上浮20% = 480万元",
        "4000万元 × 30% = 1200万元",
        "1200万元上浮20% = 1440万元",
        "上限按1000万元：480万元至1000万元",
        "上限按1200万元：480万元至1200万元",
    )


@given(st.sampled_from(COMPUTABLE), BASES, st.booleans(), st.integers(1, 5))
def test_every_product_multiplies_out(measure: Measure, base: Interval, uplifted: bool, years: int) -> None:
    found = over_years(calculate(measure, base, uplifted=uplifted), years)
    products = [PRODUCT.fullmatch(step) for step in found.steps]
    lifts = [LIFT.fullmatch(step) for step in found.steps]
    assert not measure.rate or any(products)
    for match in filter(None, products):
        assert _yuan(match[1]) * _rate(match[2]) == _yuan(match[3])
    for match in filter(None, lifts):
        assert _yuan(match[1]) * (1 + _rate(match[2])) == _yuan(match[3])


@given(st.sampled_from([m for m in COMPUTABLE if m.rate]), BASES)
def test_the_steps_lead_to_the_amount(measure: Measure, base: Interval) -> None:
    """Both ends of the amount stand in the steps."""
    found = calculate(measure, base)
    text = "；".join(found.steps)
    assert format_yuan(found.amount.minimum) in text
    assert format_yuan(found.amount.maximum) in text


@given(BASES)
def test_a_shown_amount_can_be_read_back(amount: Interval) -> None:
    read = find_money(show(amount))
    ends = {end for money in read for end in (money.minimum, money.maximum)}
    assert ends == {amount.minimum, amount.maximum}


@pytest.mark.parametrize("measure", COMPUTABLE, ids=lambda m: m.id)
def test_no_step_promises(measure: Measure) -> None:
    text = "".join(calculate(measure, Interval.exactly(Decimal(4_000_000)), uplifted=True).steps)
    assert not re.search("一定|保证|可以获得|将获得|能拿到", text)
