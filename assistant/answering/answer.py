"""The one type that every path returns: an ``Answer``, record-ready and the same in JSON at every door.

Amounts are strings in yuan, rates strings of ratios, days ISO dates; ``article`` is 一 … 十 or 附 (None for a digest);
``start``/``end`` count characters in the cited document's text. The first citation carries the answer.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class Frozen(BaseModel):
    """An immutable value that refuses unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Status(StrEnum):
    ANSWERED = "answered"
    NEEDS_INFORMATION = "needs_information"
    NOT_COVERED = "not_covered"


class Citation(Frozen):
    """A verbatim passage. ``kind`` tells the policy from a digest 摘编, which is background only."""

    document: str
    title: str
    article: str | None
    quote: str
    start: int
    end: int
    kind: Literal["policy", "digest"] = "policy"


class Interval(Frozen):
    """Two ends of an amount (yuan) or a rate (ratio), equal for a single value."""

    minimum: str
    maximum: str


class NamedInterval(Interval):
    name: str


class CapView(Frozen):
    """The ceiling in yuan and what it is counted by (year, once, or None where the text does not say)."""

    amount: str
    per: str | None = None


class CalculationView(Frozen):
    """One sum: what the calculator returned, with steps that a person can check."""

    measure: str
    article: str
    name: str
    base: NamedInterval | None
    rate: Interval | None
    cap: CapView | None
    minimum: str
    maximum: str
    capped: bool
    steps: tuple[str, ...]
    readings: tuple[NamedInterval, ...] = ()
    caveats: tuple[str, ...] = ()


class CriterionView(Frozen):
    text: str
    verdict: Literal["met", "unmet", "unknown"]
    quote: str


class EligibilityView(Frozen):
    measure: str
    article: str
    verdict: Literal["eligible", "ineligible", "unknown"]
    criteria: tuple[CriterionView, ...]


class ValidityView(Frozen):
    effective: date
    last_day: date
    in_force: bool


class CrosscheckView(Frozen):
    """How many figures of the text were found in the evidence, and those that were not (always empty when shown)."""

    figures: int
    unsupported: tuple[str, ...] = ()


class Answer(Frozen):
    """An answer as shown, recorded and sent. ``choices`` answer a clarifying question with one click,
    ``suggestions`` are follow-up questions that fit; both may be empty."""

    id: str
    question: str
    as_of: date
    status: Status
    reason: str | None = None
    text: str
    citations: tuple[Citation, ...] = ()
    calculations: tuple[CalculationView, ...] = ()
    total: Interval | None = None
    eligibility: tuple[EligibilityView, ...] = ()
    missing: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    validity: ValidityView
    crosscheck: CrosscheckView
    generated: bool = False
    model: str | None = None
    choices: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = Field(default=())
