"""An amount known exactly or between two ends, in yuan."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Interval:
    """``minimum`` ≤ ``maximum``, both ≥ 0; equal for a single value. Raises ValueError otherwise."""

    minimum: Decimal
    maximum: Decimal

    def __post_init__(self) -> None:
        if not ZERO <= self.minimum <= self.maximum:
            raise ValueError(f"not an interval of amounts: {self.minimum} … {self.maximum}")

    @classmethod
    def exactly(cls, value: Decimal) -> Interval:
        return cls(value, value)

    @property
    def single(self) -> bool:
        return self.minimum == self.maximum

    def __add__(self, other: Interval) -> Interval:
        return Interval(self.minimum + other.minimum, self.maximum + other.maximum)


def add_up(intervals: Iterable[Interval]) -> Interval:
    """The sum of intervals; zero for none."""
    return sum(intervals, Interval(ZERO, ZERO))


def higher(first: Interval, second: Interval) -> Interval:
    """End by end the higher of two (就高): the award when only the higher of two is given."""
    return Interval(max(first.minimum, second.minimum), max(first.maximum, second.maximum))
