"""A sum that the asker works out with a rate is no base, and a share of his own sum is no working out."""

from __future__ import annotations

from assistant.calculator.money import find_money
from assistant.calculator.rates import find_rates
from assistant.understanding.sums.amounts import place
from assistant.understanding.sums.own_working import own_working


def test_own_working_is_no_share() -> None:
    text = "一共2600万,我算了下两成是520万"
    sums, used = own_working(place(text, find_money(text)), find_rates(text), text)
    assert [item.money.text for item in sums] == ["520万"]
    assert len(used) == 1
    share = "总投资2600万,AI占两成是520万"
    assert own_working(place(share, find_money(share)), find_rates(share), share) == ([], [])
