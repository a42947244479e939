"""Intervals of amounts: ordered ends, sums, and the higher of two."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.calculator.interval import ZERO, Interval, add_up, higher

AMOUNTS = st.decimals("0", "1e15", places=2)
INTERVALS = st.tuples(AMOUNTS, AMOUNTS).map(lambda ends: Interval(min(ends), max(ends)))


@pytest.mark.parametrize(("minimum", "maximum"), [("2", "1"), ("-1", "1"), ("-2", "-1"), ("0", "-0.01")])
def test_ends_out_of_order_and_negative_ones_are_refused(minimum: str, maximum: str) -> None:
    with pytest.raises(ValueError, match="not an interval of amounts"):
        Interval(Decimal(minimum), Decimal(maximum))


@given(AMOUNTS)
def test_a_single_value_has_equal_ends(value: Decimal) -> None:
    interval = Interval.exactly(value)
    assert interval.single
    assert (interval.minimum, interval.maximum) == (value, value)


@given(st.lists(INTERVALS, max_size=6))
def test_the_parts_add_up_to_the_whole_end_by_end(parts: list[Interval]) -> None:
    whole = add_up(parts)
    assert whole.minimum == sum((part.minimum for part in parts), ZERO)
    assert whole.maximum == sum((part.maximum for part in parts), ZERO)


@given(INTERVALS, INTERVALS)
def test_the_order_of_a_sum_does_not_matter(first: Interval, second: Interval) -> None:
    assert first + second == second + first == add_up([first, second])


@given(INTERVALS, INTERVALS)
def test_the_higher_is_never_the_sum_and_never_below_either(first: Interval, second: Interval) -> None:
    found = higher(first, second)
    assert found == higher(second, first)
    assert found.minimum in {first.minimum, second.minimum}
    assert found.maximum in {first.maximum, second.maximum}
    assert found.minimum >= max(first.minimum, second.minimum)
    assert found.maximum >= max(first.maximum, second.maximum)


@given(INTERVALS)
def test_the_higher_of_an_award_and_itself_or_nothing_is_the_award(award: Interval) -> None:
    assert higher(award, award) == award == higher(award, Interval(ZERO, ZERO))


def test_the_higher_of_90_and_140_is_140_in_all() -> None:
    assert higher(Interval.exactly(Decimal(900_000)), Interval.exactly(Decimal(1_400_000))).minimum == 1_400_000
