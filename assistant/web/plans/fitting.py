"""Which measures fit a profile: those that do, those that need one more fact, those that don't, and the total."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.calculator.calculation import Calculation, calculate
from assistant.calculator.eligibility import Eligibility, State, Verdict, judge
from assistant.calculator.interval import Interval, add_up, higher
from assistant.calculator.money import parse_amount
from assistant.errors import InputError
from assistant.policy.loader import Policy
from assistant.policy.measure import ANY_FIELD, Measure
from assistant.web.plans.profile import Planned, Profile


@dataclass(frozen=True, slots=True)
class Fit:
    """A planned measure: verdict, sum (when an amount was given and nothing speaks against it), and what of it counts.

    ``other`` is what another policy gives for the same matter; ``counted`` then is the higher of both (就高不重复).
    ``fault`` says in Chinese what is wrong with an amount.
    """

    measure: Measure
    eligibility: Eligibility
    calculation: Calculation | None = None
    other: Interval | None = None
    counted: Interval | None = None
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Fits:
    """The planned measures by verdict, the total of those that are not ruled out, and measures worth a look."""

    fitting: tuple[Fit, ...] = ()
    open: tuple[Fit, ...] = ()
    ruled_out: tuple[Fit, ...] = ()
    total: Interval | None = None
    suggested: tuple[Measure, ...] = ()
    unsuited: tuple[Eligibility, ...] = ()


def fit(policy: Policy, profile: Profile) -> Fits:
    """Judges and computes what is planned, and looks through the other measures for this organisation."""
    found = [_fit(planned, profile) for planned in profile.planned]
    counted = [item.counted for item in found if item.counted is not None]
    chosen = {item.measure.id for item in found}
    others = [judge(measure, profile.facts_for(measure)) for measure in policy.measures if measure.id not in chosen]
    return Fits(
        fitting=tuple(item for item in found if item.eligibility.verdict is Verdict.ELIGIBLE),
        open=tuple(item for item in found if item.eligibility.verdict is Verdict.UNKNOWN),
        ruled_out=tuple(item for item in found if item.eligibility.verdict is Verdict.INELIGIBLE),
        total=add_up(counted) if counted else None,
        suggested=tuple(item.measure for item in others if _suggested(item, profile)),
        unsuited=tuple(item for item in others if item.verdict is Verdict.INELIGIBLE),
    )


def _suggested(item: Eligibility, profile: Profile) -> bool:
    fields = set(item.measure.fields)
    fits_field = not profile.fields or ANY_FIELD in fields or bool(fields & set(profile.fields))
    return item.verdict is not Verdict.INELIGIBLE and fits_field


def _fit(planned: Planned, profile: Profile) -> Fit:
    measure = planned.measure
    facts = profile.facts_for(measure)
    eligibility = judge(measure, facts)
    if not measure.criteria:  # nothing is asked for in the clause, so nothing speaks against it
        eligibility = Eligibility(measure, Verdict.ELIGIBLE, ())
    if eligibility.verdict is Verdict.INELIGIBLE:
        return Fit(measure, eligibility)
    try:
        base, other = _amount(planned.amount), _amount(planned.other)
    except InputError as error:
        return Fit(measure, eligibility, fault=error.user_message)
    sums = _sum(measure, base, facts) if base else None
    counted = sums.amount if sums else None
    if counted is not None and other is not None:
        counted = higher(counted, other)
    return Fit(measure, eligibility, sums, other, counted)


def _sum(measure: Measure, base: Interval, facts: dict[str, str]) -> Calculation | None:
    if not measure.computable:
        return None
    uplift = measure.uplift
    return calculate(measure, base, uplifted=uplift is not None and facts.get(uplift.fact) == uplift.value)


def _amount(text: str) -> Interval | None:
    if not text:
        return None
    money = parse_amount(text)
    return Interval(money.minimum, money.maximum)


def unmet(eligibility: Eligibility) -> tuple[str, ...]:
    """Why a measure is ruled out, in the officer's words."""
    return tuple(criterion.unmet_text for criterion in eligibility.of(State.UNMET))


def asked(eligibility: Eligibility) -> tuple[str, ...]:
    """The questions whose answers would settle an open verdict."""
    return tuple(criterion.ask or criterion.text for criterion in eligibility.of(State.UNKNOWN))
