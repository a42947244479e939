"""Measures as values: which of them lead to an amount."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, replace

import pytest

from assistant.policy.loader import load_policy
from assistant.policy.measure import Kind
from assistant.settings import PROJECT_ROOT

MEASURE = load_policy(PROJECT_ROOT / "corpus/one-zone-two-centres").measures[0]


@pytest.mark.parametrize("kind", Kind)
def test_an_amount_follows_from_rates_ceilings_and_matching_alone(kind: Kind) -> None:
    assert replace(MEASURE, kind=kind).computable == (kind in {Kind.PROPORTIONAL, Kind.CAPPED, Kind.MATCHED})


def test_measures_are_never_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        MEASURE.name = "别的"  # type: ignore[misc]
