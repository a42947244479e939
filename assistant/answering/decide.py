"""Decisions: what holds for a query, before a word is written. Verdicts, sums, totals, comparisons; all typed.

The composer words a ``Decision`` and adds nothing to it; the cross-check holds the words against it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import reduce

from assistant.answering.wording import say
from assistant.calculator.calculation import (
    Calculation,
    already_received,
    at_ceiling,
    calculate,
    of_both_sides,
    over_years,
    still_owed,
    total,
    with_own_funds,
)
from assistant.calculator.eligibility import Eligibility, Verdict, judge
from assistant.calculator.interval import Interval, add_up, higher
from assistant.calculator.inverse import base_for, base_for_cap
from assistant.policy.loader import Policy
from assistant.policy.measure import Kind, Measure, Per
from assistant.understanding.query import Query
from assistant.understanding.sums.base_amount import BaseAmount

_SUMS = frozenset({Kind.PROPORTIONAL, Kind.CAPPED, Kind.MATCHED})


@dataclass(frozen=True)
class MeasureDecision:
    """One measure of the answer: the verdict, the sums for the named bases, the base that reaches an amount."""

    measure: Measure
    eligibility: Eligibility
    calculations: tuple[Calculation, ...]
    bases: tuple[BaseAmount, ...]
    inverse: Interval | None = None

    @property
    def ineligible(self) -> bool:
        return self.eligibility.verdict is Verdict.INELIGIBLE


@dataclass(frozen=True)
class Comparison:
    """The same matter under several policies: the highest, never the sum.

    ``sides``: level of government ("" where none is named) and amount in yuan, this policy's ("city") first.
    """

    sides: tuple[tuple[str, Interval], ...]

    @property
    def result(self) -> Interval:
        return reduce(higher, (amount for _, amount in self.sides))


@dataclass(frozen=True)
class AwardSum:
    """Awards that the asker names for different matters, added up (yuan)."""

    awards: tuple[Interval, ...]
    result: Interval


@dataclass(frozen=True)
class Decision:
    """Everything that an answer may say. ``compared``: the sums are set against each other, there is no total."""

    query: Query
    measures: tuple[MeasureDecision, ...] = ()
    total: Interval | None = None
    compared: bool = False
    comparison: Comparison | None = None
    award_sum: AwardSum | None = None

    @property
    def one_matter(self) -> bool:
        """Whether the awards spoken of are told to be for one and the same matter."""
        return _for_one_matter(self.query, [item.measure for item in self.measures])

    @property
    def calculations(self) -> tuple[Calculation, ...]:
        return tuple(calculation for item in self.measures for calculation in item.calculations)


def decide(policy: Policy, query: Query) -> Decision:
    """Verdicts and sums for a query about measures; empty for any other."""
    if query.scope or query.small_talk:
        return Decision(query)
    items = tuple(_decide(policy.by_id[measure], query) for measure in query.measures if measure in policy.by_id)
    sums = [calculation for item in items for calculation in item.calculations]
    if summed := _sum_of_awards(query, sums):
        return Decision(query, items, award_sum=summed)
    query = _with_results_known(query, sums)
    one_matter = _for_one_matter(query, [item.measure for item in items])
    compared = (query.compared or one_matter) and len(sums) > 1
    whole = total(sums) if len(sums) > 1 and not compared else None
    return Decision(query, items, whole, compared, _compare(items, query))


def _with_results_known(query: Query, sums: Sequence[Calculation]) -> Query:
    """``query`` where what is named as the most (投6000万，最高能拿1200万吗) is the very sum worked out: not a ceiling
    believed in, but the award reckoned with."""
    ends = {end for calculation in sums for end in (calculation.amount.minimum, calculation.amount.maximum)}
    if _THE_CEILING.search(query.question) or not any(claim.maximum in ends for claim in query.premises.claims):
        return query
    claims = (
        replace(claim, kind="award") if claim.kind == "cap" and claim.maximum in ends else claim
        for claim in query.premises.claims
    )
    return replace(query, premises=replace(query.premises, claims=tuple(claims)))


_THE_CEILING = re.compile(r"封顶|上限|顶格|天花板|为限")


def _for_one_matter(query: Query, measures: Sequence[Measure]) -> bool:
    """Whether the awards are told to be for the same costs (同一笔设备款).

    Never of two measures where one is no share of its costs (绩效, 保险费), whoever gets both (同一个平台拿了建设支持，
    绩效还能拿吗).
    """
    several = len(measures) > 1
    return "same_matter" in query.asks and not (several and any(m.kind is Kind.CAPPED for m in measures))


def _sum_of_awards(query: Query, sums: Sequence[Calculation]) -> AwardSum | None:
    """Awards for different matters add up, with what is worked out for others; for one matter they never do."""
    other = any(award.level not in ("named", "city") for award in query.awards)
    if other and not query.asks >= _TOLD_APART:
        return None
    awards = [award.amount for award in query.awards]
    if len(awards) < 2 or "different_matters" not in query.asks or "same_matter" in query.asks:
        return None
    awards += [calculation.amount for calculation in sums]
    return AwardSum(tuple(awards), add_up(awards))


_TOLD_APART = frozenset({"different_matters", "add_up"})
"""一笔区里拿了50万,另一笔市里30万,不是同一笔,一共多少: the asker tells the matters apart and wants them added."""


def _decide(measure: Measure, query: Query) -> MeasureDecision:
    facts = {**query.facts, **query.facts_of.get(measure.id, {})}
    eligibility = judge(measure, facts)
    bases = query.bases.get(measure.id, ())
    ineligible = eligibility.verdict is Verdict.INELIGIBLE
    calculations = () if ineligible or "years_to" in query.asks else tuple(_sums(measure, bases, query))
    if measure.id in query.at_cap and not calculations and not ineligible and len(query.measures) > 1:
        yearly = measure.cap is not None and measure.cap.per is Per.YEAR
        calculations = (over_years(at_ceiling(measure), query.years if yearly else 1),)
    inverse = None
    if query.asks & {"inverse", "shortfall"}:
        inverse = base_for(measure, query.target.maximum) if query.target else base_for_cap(measure)
    return MeasureDecision(measure, eligibility, calculations, bases, inverse)


def _sums(measure: Measure, bases: Sequence[BaseAmount], query: Query) -> list[Calculation]:
    if measure.kind not in _SUMS:
        return []
    sums = []
    for base in bases:
        if base.whole_only or base.amount.maximum <= 0:
            continue
        if base.at_cap:
            sums.append(replace(at_ceiling(measure), label=base.label))
            continue
        if base.received:
            sums.append(replace(already_received(measure, base.amount), label=base.label))
            continue
        facts = {**query.facts, **query.facts_of.get(measure.id, {}), **dict(base.facts)}
        uplifted = bool(measure.uplift and facts.get(measure.uplift.fact) == measure.uplift.value)
        without = uplifted and "without_uplift" in query.asks
        label = base.label or (say("measure.without_uplift") if without else "")
        found = calculate(measure, base.amount, uplifted=uplifted and not without, label=label)
        found = replace(found, steps=(*base.derivation, *found.steps))
        if base.paid:
            found = still_owed(found, base.paid)
        if base.both:
            found = of_both_sides(found)
        if base.own:
            found = with_own_funds(found, base.own)
        yearly = bool(measure.base and measure.base.yearly)
        sums.append(over_years(found, query.years) if yearly and len(bases) == 1 else found)
    return sums


def _compare(items: Sequence[MeasureDecision], query: Query) -> Comparison | None:
    """Holds awards of other levels against this policy's: the sum done here, or the city's award as named."""
    if "no-duplication" not in query.rules and not query.awards:
        return None
    one_matter = _for_one_matter(query, [item.measure for item in items])
    if "different_matters" in query.asks and not one_matter:
        return None
    if query.awards and _halves_only(items, query):
        return None
    others = [award for award in query.awards if award.level not in ("city", "named")]
    own = [award.amount for award in query.awards if award.level == "city"]
    named = [award for award in query.awards if award.level == "named"]
    if len(named) == 1 and len(others) == 1 and not own:
        own = [named[0].amount]
    sums = [calculation.amount for item in items for calculation in item.calculations]
    if len(sums) == 1:
        own = sums
    if not (own or named) and len(items) == len(others) == 1:
        own = _surely_less(items[0].measure, others[0].amount)
    if len(items) > 1 and not others and not one_matter:
        return None  # of several measures nobody has said that they are for one matter
    sides = [(award.level, award.amount) for award in others]
    if not others and "different_matters" not in query.asks and (not own or len(named) == 1):
        sides = [("other" if own else "", award.amount) for award in named]
    if len(own) > 1 or len(own) + len(sides) < _FEWEST_SIDES:
        return None
    if not any(amount.minimum > 0 for amount in (*own, *(amount for _, amount in sides))):
        return None  # of ceilings alone nothing can be said
    return Comparison((*(("city", amount) for amount in own), *sides))


_FEWEST_SIDES = 2


def _halves_only(items: Sequence[MeasureDecision], query: Query) -> bool:
    """Whether the awards told are the halves of a 1:1 measure: what city and district give is no repetition."""
    levels = {award.level for award in query.awards}
    return bool(items) and all(item.measure.kind is Kind.MATCHED for item in items) and levels <= _HALVES


_HALVES = frozenset({"city", "district", "named"})


def _surely_less(measure: Measure, other: Interval) -> list[Interval]:
    """What this policy gives at most, where another's award reaches its ceiling (园区给了150万,市里最高100万)."""
    if measure.cap is None or measure.uplift or other.minimum < measure.cap.amount:
        return []
    return [Interval(Decimal(0), measure.cap.amount)]
