"""What follows from a sum: distances, what is left to pay, shares; each with a step that multiplies out."""

from __future__ import annotations

from decimal import Decimal

from assistant.calculator.calculation import calculate
from assistant.calculator.interval import Interval
from assistant.calculator.inverse import base_for_cap
from assistant.calculator.outcome import difference, left_to_pay, more_base, share_of_base, short_of, spread
from assistant.policy.loader import load_policy
from assistant.settings import PROJECT_ROOT

POLICY = load_policy(PROJECT_ROOT / "corpus/one-zone-two-centres")
WAN = 10_000


def amount(low: float, high: float | None = None) -> Interval:
    """In 万元."""
    return Interval(Decimal(str(low)) * WAN, Decimal(str(low if high is None else high)) * WAN)


def test_the_distance_to_the_ceiling() -> None:
    gap = short_of(Decimal(200 * WAN), amount(128))
    assert (gap.amount, gap.steps) == (amount(72), ("200万元 - 128万元 = 72万元",))
    assert short_of(Decimal(200 * WAN), amount(200)).amount == amount(0)
    assert short_of(Decimal(200 * WAN), amount(150, 200)).steps == ("200万元 - 150万元 = 50万元",)


def test_the_base_still_missing_at_the_highest_and_at_the_lowest_rate() -> None:
    needed = base_for_cap(POLICY.by_id["first-version-software"])
    assert needed
    more = more_base(needed, amount(400))
    assert more.amount == amount(600, 1600)
    assert more.steps == ("1000万元 - 400万元 = 600万元", "2000万元 - 400万元 = 1600万元")
    assert more_base(needed, amount(1500)).amount == amount(0, 500)


def test_what_is_left_to_pay() -> None:
    events = [calculate(POLICY.by_id["event-hosting"], amount(base)) for base in (200, 300)]
    left = left_to_pay(events)
    assert left
    assert left.amount == amount(400)
    assert left.steps == ("200万元 + 300万元 = 500万元", "500万元 - 100万元 = 400万元")
    insurance = left_to_pay([calculate(POLICY.by_id["technology-insurance"], amount(60))])
    assert insurance
    assert insurance.amount == amount(10, 60)
    assert left_to_pay([calculate(POLICY.by_id["first-set-equipment"], amount(600))]) is None  # earned, not paid


def test_the_share_of_the_base() -> None:
    exact = share_of_base(calculate(POLICY.by_id["platform-construction"], amount(16_000)))
    assert exact
    assert (exact.text, exact.rounded, exact.steps) == ("12.5%", False, ("2000万元 ÷ 1.6亿元 = 12.5%",))
    rounded = share_of_base(calculate(POLICY.by_id["computing-power"], amount(1700)))
    assert rounded
    assert (rounded.text, rounded.rounded) == ("11.76%", True)
    ends = share_of_base(calculate(POLICY.by_id["first-set-equipment"], amount(600)))
    assert ends
    assert ends.text == "10%~30%"


def test_how_far_apart() -> None:
    apart = difference(amount(120), amount(180))
    assert apart
    assert apart.amount == amount(60)
    assert difference(amount(100), amount(100)) is None
    assert spread(amount(100)) is None
    ends = spread(amount(60, 180))
    assert ends
    assert ends.steps == ("180万元 - 60万元 = 120万元",)
