"""A measure 扶持措施: one kind of support in one article, as data that the program computes and talks with."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Kind(StrEnum):
    """How a measure states its support."""

    PROPORTIONAL = "proportional"  # rate x base, under a ceiling
    CAPPED = "capped"  # a ceiling and no rate
    MATCHED = "matched"  # city and district 1:1
    NEGOTIATED = "negotiated"  # 一事一议
    REFERRED = "referred"  # 按对应政策
    IN_KIND = "in-kind"  # no money stated: preference, nomination, convenience, funds, layout


class Per(StrEnum):
    """What the ceiling is counted by, where the text says so."""

    YEAR = "year"
    ONCE = "once"


@dataclass(frozen=True, slots=True)
class Rates:
    """A rate as an interval of ratios (0.10 … 0.30); both ends equal for a single rate."""

    minimum: Decimal
    maximum: Decimal


@dataclass(frozen=True, slots=True)
class Cap:
    """The ceiling 上限 in yuan; ``per`` is None where the text does not say what it is counted by."""

    amount: Decimal
    per: Per | None
    text: str


@dataclass(frozen=True, slots=True)
class Base:
    """The sum that the rate applies to.

    ``name`` as the clause has it; ``words`` how people call it (a number next to one of them is the base);
    ``not_words`` mark numbers that look like it and are not; ``counts`` says in Chinese what counts and what does not.
    ``part``: where the rate applies to a part of a whole, patterns that tell that an amount is this part itself: over
    the words left of the amount, ``|`` for the amount, and the words right of it.
    """

    name: str
    words: tuple[str, ...]
    not_words: tuple[str, ...]
    part: tuple[str, ...]
    counts: str
    unit: str | None
    yearly: bool


@dataclass(frozen=True, slots=True)
class Uplift:
    """上浮: the support rises by ``rate`` when ``fact`` has ``value``; what exactly rises the text leaves open."""

    rate: Decimal
    fact: str
    value: str
    quote: str


@dataclass(frozen=True, slots=True)
class Criterion:
    """One condition. ``fact`` has one of ``met`` values: met; one of ``unmet``: unmet; otherwise unknown.

    ``unmet_text`` is the reason in Chinese, ``ask`` the question that would settle it (empty: never asked).
    ``presumed``: said by the measure's own name, so it only matters where the asker tells otherwise.
    """

    id: str
    text: str
    quote: str
    fact: str
    met: tuple[str, ...]
    unmet: tuple[str, ...]
    unmet_text: str
    ask: str
    presumed: bool = False


@dataclass(frozen=True, slots=True)
class Terms:
    """How people talk about a measure. Patterns are regular expressions over normalised text."""

    strong: tuple[str, ...]
    weak: tuple[str, ...]
    unless: tuple[str, ...]
    search: tuple[str, ...]


ANY_FIELD = "any"
REGIONS = "regions"
"""Among a measure's fields: made for districts and centres, nothing that a company could ask for itself."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure. ``quote`` and each of ``also`` are verbatim in its article; ``fields`` holds values of the fact
    ``field``, ``ANY_FIELD`` or ``REGIONS``."""

    id: str
    article: str
    name: str
    short: str
    award: str
    kind: Kind
    quote: str
    also: tuple[str, ...]
    beneficiary: str
    fields: tuple[str, ...]
    base: Base | None
    rate: Rates | None
    cap: Cap | None
    uplift: Uplift | None
    matching: tuple[int, int] | None
    criteria: tuple[Criterion, ...]
    departments: tuple[str, ...]
    statement: str
    open_points: tuple[str, ...]
    digests: tuple[str, ...]
    terms: Terms

    @property
    def computable(self) -> bool:
        """Whether an amount can follow from a sum that the user names."""
        return self.kind in (Kind.PROPORTIONAL, Kind.CAPPED, Kind.MATCHED)


@dataclass(frozen=True, slots=True)
class Rule:
    """A closing provision (有效期, 解释, 就高不重复) or the policy as a whole, with the words that ask for it."""

    id: str
    article: str
    name: str
    quote: str
    statement: str
    terms: Terms
