"""The period in which a policy is in force."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from assistant.policy.validity import validity_of

DAYS = st.dates(date(1950, 1, 1), date(2300, 12, 31))


def test_three_years_end_on_the_corresponding_day() -> None:
    period = validity_of(date(2023, 5, 23), 3)
    assert period.last_day == date(2026, 5, 23)
    assert not period.in_force(date(2023, 5, 22))
    assert period.in_force(date(2023, 5, 23))
    assert period.in_force(date(2026, 5, 23))
    assert not period.in_force(date(2026, 5, 24))


def test_before_it_begins_it_has_not_ended() -> None:
    assert not validity_of(date(2023, 5, 23), 3).ended(date(2020, 1, 1))


def test_a_leap_day_ends_on_the_last_of_february() -> None:
    assert validity_of(date(2024, 2, 29), 1).last_day == date(2025, 2, 28)
    assert validity_of(date(2024, 2, 29), 4).last_day == date(2028, 2, 29)


@given(DAYS, st.integers(1, 20))
def test_in_force_from_the_first_day_to_the_last_and_no_longer(first: date, years: int) -> None:
    period = validity_of(first, years)
    day = timedelta(days=1)
    assert period.in_force(first)
    assert period.in_force(period.last_day)
    assert not period.in_force(first - day)
    assert not period.in_force(period.last_day + day)
    assert period.ended(period.last_day + day)
    assert not period.ended(period.last_day)


@given(DAYS, st.integers(1, 20), st.integers(0, 5000))
def test_a_day_is_before_or_in_or_after(first: date, years: int, distance: int) -> None:
    period = validity_of(first, years)
    day = first + timedelta(days=distance)
    assert period.in_force(day) != period.ended(day)


@given(DAYS, st.integers(1, 20))
def test_the_last_day_is_the_same_day_or_the_end_of_the_month(first: date, years: int) -> None:
    last = validity_of(first, years).last_day
    assert (last.year, last.month) == (first.year + years, first.month)
    assert last.day == first.day or (first.day == 29 and last.day == 28)
