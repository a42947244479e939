from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from assistant.calculator.money import Money, find_money

TABLE = yaml.safe_load((Path(__file__).parent / "money_phrases.yaml").read_text("utf-8"))
PHRASES = [(group, str(row[0]), [str(one) for one in row[1:]]) for group, rows in TABLE.items() for row in rows]


def expected_amount(words: str) -> tuple[Decimal, Decimal, str, str | None]:
    """"about 3000000~5000000 USD" as (minimum, maximum, currency, approximation)."""
    kind, currency, ends = None, "CNY", ""
    for word in words.split():
        if word in ("nearly", "about", "below", "above"):
            kind = word
        elif word.isupper():
            currency = word
        else:
            ends = word
    low, _, high = ends.partition("~")
    return Decimal(low), Decimal(high or low), currency, kind


def read(money: Money) -> tuple[Decimal, Decimal, str, str | None]:
    return money.minimum, money.maximum, money.currency, money.approximation


@pytest.mark.parametrize(("group", "text", "expected"), PHRASES, ids=[f"{g}-{t!r}" for g, t, _ in PHRASES])
def test_phrase(group, text, expected):
    found = find_money(text, bare=group == "bare")
    assert [read(one) for one in found] == [expected_amount(words) for words in expected]
    assert all(text[one.start : one.end] == one.text for one in found)
