"""What measures have in common, on the real policy."""

import pytest

from assistant.policy.loader import load_policy
from assistant.policy.measure import Kind
from assistant.policy.properties import PROPERTIES, having
from assistant.settings import load_settings

POLICY = load_policy(load_settings().policy_dir)


@pytest.mark.parametrize("name", sorted(PROPERTIES))
def test_every_property_is_had_by_some_measures_and_not_by_all(name):
    found = having(POLICY.measures, name)
    assert found
    assert len(found) < len(POLICY.measures)


def test_measures_with_and_without_a_sum_are_all_measures():
    assert {m.id for m in (*having(POLICY.measures, "sum"), *having(POLICY.measures, "no_sum"))} == {
        m.id for m in POLICY.measures
    }


def test_a_ceiling_without_a_rate():
    assert all(m.kind is Kind.CAPPED and m.rate is None and m.cap for m in having(POLICY.measures, "ceiling_only"))


def test_highest_and_lowest_ceiling():
    assert [m.id for m in having(POLICY.measures, "highest")] == ["platform-construction"]
    assert [m.id for m in having(POLICY.measures, "lowest")] == ["technology-insurance"]


def test_each_year():
    assert {m.id for m in having(POLICY.measures, "yearly")} == {"platform-performance", "computing-power"}
