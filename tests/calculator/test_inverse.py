"""Which base gives an amount: the other way round of the calculation, to 0.01万元, never too little."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.calculator.calculation import calculate
from assistant.calculator.formatting import format_yuan
from assistant.calculator.interval import Interval
from assistant.calculator.inverse import base_for, base_for_cap
from assistant.policy.loader import load_policy
from assistant.policy.measure import Measure
from assistant.settings import PROJECT_ROOT

POLICY = load_policy(PROJECT_ROOT / "corpus/one-zone-two-centres")
WITH_RATE = [measure for measure in POLICY.measures if measure.rate]
GRAIN = Decimal(100)
AMOUNTS = st.decimals("0.01", "1e6", places=2)


@pytest.mark.parametrize(
    ("measure", "minimum", "maximum"),
    [
        ("platform-construction", "100000000", "100000000"),
        ("proof-of-concept-centre", "10000000", "10000000"),
        ("scenario-demonstration", "10000000", "10000000"),
        ("computing-power", "10000000", "10000000"),
        ("event-hosting", "5000000", "5000000"),
        ("first-set-equipment", "33333400", "100000000"),
        ("first-version-software", "10000000", "20000000"),
    ],
)
def test_the_base_that_reaches_the_ceiling(measure: str, minimum: str, maximum: str) -> None:
    assert base_for_cap(POLICY.by_id[measure]) == Interval(Decimal(minimum), Decimal(maximum))


def test_every_measure_with_a_rate_is_among_the_examples_above() -> None:
    assert len(WITH_RATE) == 7


@pytest.mark.parametrize("measure", [m for m in POLICY.measures if not m.rate], ids=lambda m: m.id)
def test_without_a_rate_nothing_can_be_said(measure: Measure) -> None:
    assert base_for_cap(measure) is None
    assert base_for(measure, Decimal(100)) is None


@given(st.sampled_from(WITH_RATE), st.decimals("0.01", "2.1e7", places=2))
def test_the_base_suffices_and_a_little_less_does_not(measure: Measure, amount: Decimal) -> None:
    assert measure.cap
    found = base_for(measure, amount)
    if amount > measure.cap.amount:
        assert found is None
        return
    assert found
    assert found.minimum <= found.maximum
    reached = calculate(measure, Interval.exactly(found.minimum)).amount.maximum
    sure = calculate(measure, Interval.exactly(found.maximum)).amount.minimum
    assert reached >= amount
    assert sure >= amount
    assert found.minimum % GRAIN == found.maximum % GRAIN == 0
    if found.minimum > GRAIN:
        assert calculate(measure, Interval.exactly(found.minimum - GRAIN)).amount.maximum < amount
        assert calculate(measure, Interval.exactly(found.maximum - GRAIN)).amount.minimum < amount


@given(st.sampled_from(WITH_RATE), st.integers(1, 1_000_000))
def test_the_inverse_of_the_inverse_is_the_base(measure: Measure, hundreds: int) -> None:
    base = hundreds * GRAIN
    assert measure.cap
    assert measure.rate
    amount = calculate(measure, Interval.exactly(base)).amount
    if amount.maximum < measure.cap.amount:
        there = base_for(measure, amount.maximum)
        assert there
        assert there.minimum == base
    if amount.minimum < measure.cap.amount:
        back = base_for(measure, amount.minimum)
        assert back
        assert back.maximum == base


@given(st.sampled_from(WITH_RATE), AMOUNTS, AMOUNTS)
def test_a_higher_amount_never_takes_a_smaller_base(measure: Measure, first: Decimal, second: Decimal) -> None:
    low, high = (base_for(measure, amount) for amount in sorted((first, second)))
    if high:
        assert low
        assert (low.minimum, low.maximum) <= (high.minimum, high.maximum)


@pytest.mark.parametrize("measure", WITH_RATE, ids=lambda m: m.id)
def test_bases_are_shown_in_short(measure: Measure) -> None:
    found = base_for_cap(measure)
    assert found
    assert re.fullmatch(r"\d{1,4}(\.\d{1,2})?[万亿]元", format_yuan(found.minimum))
    assert re.fullmatch(r"\d{1,4}(\.\d{1,2})?[万亿]元", format_yuan(found.maximum))
