"""Sums by the month of several years, each year by itself."""

from datetime import date

from assistant.calculator.money import find_money
from assistant.understanding.sums.amounts import place
from assistant.understanding.sums.base_amount import Surroundings
from assistant.understanding.sums.months_of_years import months_of_years, of_the_year_asked
from assistant.understanding.time.dates import find_dates

_DAY = date(2025, 3, 1)


def _read(text: str, months: list[int]) -> dict[str, int]:
    around = Surroundings(text, (), find_dates(text, _DAY), (), ())
    bases = of_the_year_asked(months_of_years(place(text, find_money(text)), months, around), around)
    return {base.label: int(base.amount.minimum) for base in bases}


def test_each_year_by_itself() -> None:
    assert _read("去年9月到12月每月15万,今年1月和2月每月22万", [4, 2]) == {"2024年": 600_000, "2025年": 440_000}


def test_only_the_year_asked_for() -> None:
    assert _read("去年9月到12月每月15万,今年1月和2月每月22万,只想先问去年那四个月的", [4, 2]) == {"2024年": 600_000}


def test_months_of_one_year_stay_together() -> None:
    assert _read("今年1月到3月每月15万,4月到6月每月22万", [3, 3]) == {}
