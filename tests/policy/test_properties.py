"""What measures have in common, on the real policy."""

import pytest

from assistant.policy.measure import Kind
from assistant.policy.properties import PROPERTIES, having


@pytest.mark.parametrize("name", sorted(PROPERTIES))
def test_every_property_is_had_by_some_measures_and_not_by_all(policy, name):
    found = having(policy, name)
    assert found
    assert len(found) < len(policy.measures)


def test_measures_with_and_without_a_sum_are_all_measures(policy):
    assert {m.id for m in (*having(policy, "sum"), *having(policy, "no_sum"))} == {m.id for m in policy.measures}


def test_a_ceiling_without_a_rate(policy):
    assert all(m.kind is Kind.CAPPED and m.rate is None and m.cap for m in having(policy, "ceiling_only"))


def test_highest_and_lowest_ceiling(policy):
    assert [m.id for m in having(policy, "highest")] == ["platform-construction"]
    assert [m.id for m in having(policy, "lowest")] == ["technology-insurance"]


def test_each_year(policy):
    assert {m.id for m in having(policy, "yearly")} == {"platform-performance", "computing-power"}
