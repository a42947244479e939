"""The base of a measure as a value, and what surrounds the amounts of a question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from assistant.calculator.formatting import format_rate
from assistant.calculator.interval import Interval
from assistant.calculator.rates import Rate
from assistant.calculator.steps import show
from assistant.understanding.subject.names import Subject
from assistant.understanding.sums.amounts import Placed
from assistant.understanding.sums.owners import Owner
from assistant.understanding.time.dates import DateMention


@dataclass(frozen=True, slots=True)
class BaseAmount:
    """The base of one measure. ``label`` tells several apart (2023年, 第2项); ``approximation`` as money has it."""

    amount: Interval
    label: str = ""
    derivation: tuple[str, ...] = ()
    approximation: str | None = None
    whole_only: bool = False  # a whole of which only a part counts, the part not named
    planned: bool = False  # a contract or budget sum, where the article counts what was paid or settled
    elsewhere: tuple[str, ...] = ()  # where companies are whose sums were left out
    at_cap: bool = False  # no sum is told of this year, only that it reaches the ceiling
    received: bool = False  # the support of this year itself, told as received (今年拿了120万)
    facts: tuple[tuple[str, str], ...] = ()  # what holds for this one of several things only
    paid: Interval | None = None  # of a 1:1 measure: what a side has given so far, where the rest is asked for
    both: bool = False  # of a 1:1 measure: the other side is told to give its part as well
    own: Interval | None = None  # of a 1:1 measure: what the applicant puts up, where all sources are asked for


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What else the question says: its text, shares, dates, named subjects and companies told apart; whether sums are
    ``compared``."""

    text: str
    rates: Sequence[Rate]
    dates: Sequence[DateMention]
    subjects: Sequence[Subject]
    owners: Sequence[Owner] = ()
    compared: bool = False


def summed(items: Sequence[Placed]) -> BaseAmount:
    """One amount as it stands; several added up."""
    if len(items) == 1:
        return plain(items[0])
    amount = items[0].amount
    for item in items[1:]:
        amount = amount + item.amount
    terms = " + ".join(show(item.amount) for item in items)
    before = (step for item in items for step in item.steps)
    return BaseAmount(amount, derivation=(*before, f"{terms} = {show(amount)}"))


def plain(item: Placed, *, label: str = "", whole_only: bool = False, planned: bool = False) -> BaseAmount:
    return BaseAmount(item.amount, label, item.steps, item.money.approximation, whole_only, planned)


def times(base: BaseAmount, factor: Decimal) -> BaseAmount:
    """A base multiplied, with the step that says so."""
    return _multiplied(base, factor, factor, str(factor))


_LARGEST_PART = 12
_LONGEST = 6
"""So many decimals a share may have that somebody told as one; more come of thirds and sevenths."""
_YUAN = Decimal(1)


def share_of(base: BaseAmount, share: Rate) -> BaseAmount:
    """The share of a base, with the step that says so; a third is reckoned and shown as 1/3."""
    if share.minimum == share.maximum and -int(share.minimum.normalize().as_tuple().exponent) > _LONGEST:
        part = Fraction(share.minimum).limit_denominator(_LARGEST_PART)
        return part_of(base, part.numerator, part.denominator)
    return _multiplied(base, share.minimum, share.maximum, format_rate(share.minimum, share.maximum))


def part_of(base: BaseAmount, parts: int, of: int) -> BaseAmount:
    """So many equal parts of a base (1/3; 8/12 of a year's), to the yuan, with the step that says so."""
    exact = [end * parts / of for end in (base.amount.minimum, base.amount.maximum)]
    whole = [end.quantize(_YUAN).normalize() + 0 for end in exact]
    amount = Interval(whole[0], whole[1])
    step = f"{show(base.amount)} × {parts}/{of} {'=' if exact == whole else '≈'} {show(amount)}"
    return replace(base, amount=amount, derivation=(*base.derivation, step))


def _multiplied(base: BaseAmount, low: Decimal, high: Decimal, shown: str) -> BaseAmount:
    amount = Interval(base.amount.minimum * low, base.amount.maximum * high)
    step = f"{show(base.amount)} × {shown} = {show(amount)}"
    return replace(base, amount=amount, derivation=(*base.derivation, step))
