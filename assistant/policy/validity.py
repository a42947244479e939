"""The period in which a policy is in force."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Validity:
    """``effective`` is the first day; ``last_day`` the last, counted as the Civil Code counts (Articles 201, 202)."""

    effective: date
    years: int
    last_day: date

    def in_force(self, day: date) -> bool:
        return self.effective <= day <= self.last_day

    def ended(self, day: date) -> bool:
        return day > self.last_day


def validity_of(effective: date, years: int) -> Validity:
    """The period of ``years`` years from ``effective``.

    Civil Code of the PRC, Article 201: the day of beginning does not count; Article 202: a period in years ends on the
    day of the last month that corresponds to the day of beginning, or on the month's last day where there is none.
    """
    try:
        last_day = effective.replace(year=effective.year + years)
    except ValueError:  # 29 February
        last_day = effective.replace(year=effective.year + years, day=28)
    return Validity(effective, years, last_day)
