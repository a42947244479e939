from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.calculator.formatting import format_range, format_rate, format_yuan
from assistant.calculator.money import find_money, parse_amount
from assistant.calculator.rates import find_rates


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        ("0", "0元"),
        ("0.01", "0.01元"),
        ("0.1", "0.10元"),
        ("8000", "8000元"),
        ("9999.99", "9999.99元"),
        ("10000", "1万元"),
        ("12345", "1.2345万元"),
        ("12345.6", "12345.60元"),
        ("864000", "86.4万元"),
        ("8640000.00", "864万元"),
        ("30000000", "3000万元"),
        ("99999999", "9999.9999万元"),
        ("100000000", "1亿元"),
        ("150000000", "1.5亿元"),
        ("123456789", "12345.6789万元"),
        ("123456789.01", "123456789.01元"),
        ("1E+9", "10亿元"),
        ("1000000000000", "10000亿元"),
        ("-50000", "-5万元"),
    ],
)
def test_amounts(amount: str, text: str) -> None:
    assert format_yuan(Decimal(amount)) == text


@given(st.decimals(min_value="0.01", max_value=10**13, places=2))
def test_an_amount_is_one_amount_again(amount: Decimal) -> None:
    text = format_yuan(amount)
    assert parse_amount(text).minimum == amount
    assert "E" not in text


@given(st.decimals(min_value=0, max_value=10**9, places=6))
def test_no_fraction_is_lost(amount: Decimal) -> None:
    (found,) = find_money(format_yuan(amount))
    assert found.minimum == amount


def test_ranges() -> None:
    assert format_range(Decimal(900_000), Decimal(2_700_000)) == "90万元至270万元"
    assert format_range(Decimal(900_000), Decimal("900000.00")) == "90万元"
    with pytest.raises(ValueError, match="out of order"):
        format_range(Decimal(2), Decimal(1))


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [
        ("0.2", "0.20", "20%"),
        ("0.1", "0.3", "10%~30%"),
        ("0.125", "0.125", "12.5%"),
        ("1", "1", "100%"),
        ("0", "0", "0%"),
        ("0.0385", "0.0385", "3.85%"),
    ],
)
def test_rates(low: str, high: str, text: str) -> None:
    assert format_rate(Decimal(low), Decimal(high)) == text


def test_rates_out_of_order_are_refused() -> None:
    with pytest.raises(ValueError, match="out of order"):
        format_rate(Decimal("0.3"), Decimal("0.1"))


@given(st.tuples(*[st.decimals(min_value=0, max_value=2, places=4)] * 2).map(sorted))
def test_rates_read_back(rates: list[Decimal]) -> None:
    (found,) = find_rates(format_rate(*rates))
    assert [found.minimum, found.maximum] == rates
