"""What measures have in common, for questions after all that share something (哪些是每年给的, 上限最低的是哪项)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from assistant.policy.loader import Policy
from assistant.policy.measure import Kind, Measure, Per


def having(policy: Policy, name: str) -> tuple[Measure, ...]:
    """The measures of ``policy`` with the property ``name`` (a key of ``PROPERTIES``), in the order of the text."""
    return PROPERTIES[name](policy)


def _each(test: Callable[[Measure], bool]) -> Callable[[Policy], tuple[Measure, ...]]:
    return lambda policy: tuple(measure for measure in policy.measures if test(measure))


def _per(per: Per) -> Callable[[Policy], tuple[Measure, ...]]:
    return _each(lambda measure: measure.cap is not None and measure.cap.per is per)


def _by_ceiling(chosen: Callable[..., object]) -> Callable[[Policy], tuple[Measure, ...]]:
    """The measures whose ceiling is the ``chosen`` (max or min) of all."""

    def found(policy: Policy) -> tuple[Measure, ...]:
        limit = chosen(measure.cap.amount for measure in policy.measures if measure.cap)
        return tuple(measure for measure in policy.measures if measure.cap and measure.cap.amount == limit)

    return found


def _of_applicant(value: str) -> Callable[[Policy], tuple[Measure, ...]]:
    return _each(lambda m: any(c.fact == "applicant" and c.met == (value,) for c in m.criteria))


def _states_sum(measure: Measure) -> bool:
    return bool(measure.cap or measure.rate or measure.matching)


PROPERTIES: Mapping[str, Callable[[Policy], tuple[Measure, ...]]] = MappingProxyType(
    {
        "yearly": _per(Per.YEAR),
        "once": _per(Per.ONCE),
        "ceiling_only": _each(lambda measure: measure.kind is Kind.CAPPED),
        "rate_range": _each(lambda m: m.rate is not None and m.rate.minimum < m.rate.maximum),
        "no_ceiling": _each(lambda measure: measure.cap is None),
        "referred": _each(lambda measure: measure.kind is Kind.REFERRED),
        "sum": _each(_states_sum),
        "no_sum": _each(lambda measure: not _states_sum(measure)),
        "recognition": _each(lambda m: any(c.fact == "recognition" for c in m.criteria)),
        "others": _each(lambda m: _states_sum(m) and not any(c.fact == "applicant" for c in m.criteria)),
        "companies": _of_applicant("company"),
        "highest": _by_ceiling(max),
        "lowest": _by_ceiling(min),
    }
)
"""Property → the measures of a policy that have it. The words that ask for it: ``understanding/data/listings.yaml``."""
