"""The other way round: which base gives an amount, and how many years or parts it takes."""

from __future__ import annotations

from decimal import ROUND_CEILING, Decimal

from assistant.calculator.interval import Interval
from assistant.policy.measure import Measure

_GRAIN = Decimal(100)


def base_for(measure: Measure, amount: Decimal) -> Interval | None:
    """The bases from which ``amount`` (yuan) can be reached (at the highest rate) and surely is (at the lowest).

    None when the measure has no rate, or when the amount lies above the ceiling. Rounded up to 0.01万元 (100 yuan), as
    amounts are shown, so that the base really suffices.
    """
    if measure.rate is None or measure.cap is None or amount > measure.cap.amount:
        return None
    return Interval(_up(amount / measure.rate.maximum), _up(amount / measure.rate.minimum))


def base_for_cap(measure: Measure) -> Interval | None:
    """The bases from which the ceiling can be reached and surely is; None for a measure with no rate."""
    return base_for(measure, measure.cap.amount) if measure.cap else None


def _up(value: Decimal) -> Decimal:
    return (value / _GRAIN).to_integral_value(rounding=ROUND_CEILING) * _GRAIN
