"""What measures have in common, for questions after all that share something (哪些是每年给的, 上限最低的是哪项)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType

from assistant.policy.measure import Kind, Measure, Per

_Choice = Callable[[Sequence[Measure]], tuple[Measure, ...]]


def having(measures: Sequence[Measure], name: str) -> tuple[Measure, ...]:
    """Those of ``measures`` with the property ``name`` (a key of ``PROPERTIES``), in their order."""
    return PROPERTIES[name](measures)


def _each(test: Callable[[Measure], bool]) -> _Choice:
    return lambda measures: tuple(measure for measure in measures if test(measure))


def _per(per: Per) -> _Choice:
    return _each(lambda measure: measure.cap is not None and measure.cap.per is per)


def _kind(kind: Kind) -> _Choice:
    return _each(lambda measure: measure.kind is kind)


def _ceiling(measure: Measure) -> Decimal | None:
    return measure.cap.amount if measure.cap else None


def _rate(measure: Measure) -> Decimal | None:
    return measure.rate.maximum if measure.rate else None


def _lowest_rate(measure: Measure) -> Decimal | None:
    return measure.rate.minimum if measure.rate else None


def _at(figure: Callable[[Measure], Decimal | None], place: int) -> _Choice:
    """The measures whose ``figure`` stands at ``place`` among the different ones of all, the lowest first."""

    def found(measures: Sequence[Measure]) -> tuple[Measure, ...]:
        figures = sorted({value for measure in measures if (value := figure(measure)) is not None})
        if not -len(figures) <= place < len(figures):
            return ()
        return tuple(measure for measure in measures if figure(measure) == figures[place])

    return found


def _by_ceiling(measures: Sequence[Measure]) -> tuple[Measure, ...]:
    """The measures with a ceiling, the highest first."""
    return tuple(sorted((m for m in measures if m.cap), key=lambda m: m.cap.amount if m.cap else 0, reverse=True))


def _of_applicant(value: str) -> _Choice:
    return _each(lambda m: any(c.fact == "applicant" and c.met == (value,) for c in m.criteria))


def _states_sum(measure: Measure) -> bool:
    return bool(measure.cap or measure.rate or measure.matching)


PROPERTIES: Mapping[str, _Choice] = MappingProxyType(
    {
        "yearly": _per(Per.YEAR),
        "once": _per(Per.ONCE),
        "ceiling_only": _kind(Kind.CAPPED),
        "rate_range": _each(lambda m: m.rate is not None and m.rate.minimum < m.rate.maximum),
        "no_ceiling": _each(lambda measure: measure.cap is None),
        "capped": _each(lambda measure: measure.cap is not None),
        "rates": _each(lambda measure: measure.rate is not None),
        "referred": _kind(Kind.REFERRED),
        "negotiated": _kind(Kind.NEGOTIATED),
        "matched": _kind(Kind.MATCHED),
        "sum": _each(_states_sum),
        "no_sum": _each(lambda measure: not _states_sum(measure)),
        "recognition": _each(lambda m: any(c.fact == "recognition" for c in m.criteria)),
        "others": _each(lambda m: _states_sum(m) and not any(c.fact == "applicant" for c in m.criteria)),
        "companies": _of_applicant("company"),
        "banks": _of_applicant("bank"),
        "highest": _at(_ceiling, -1),
        "second": _at(_ceiling, -2),
        "lowest": _at(_ceiling, 0),
        "ordered": _by_ceiling,
        "highest_rate": _at(_rate, -1),
        "lowest_rate": _at(_lowest_rate, 0),
    }
)
"""Property → those of some measures that have it. The words that ask for it: ``understanding/data/listings.yaml``."""
