"""Verdicts: which criteria of a measure the known facts meet, fail or leave open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from assistant.policy.measure import Criterion, Measure


class State(StrEnum):
    MET = "met"
    UNMET = "unmet"
    UNKNOWN = "unknown"


class Verdict(StrEnum):
    ELIGIBLE = "eligible"
    INELIGIBLE = "ineligible"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Finding:
    """One criterion and how the facts stand to it."""

    criterion: Criterion
    state: State


@dataclass(frozen=True, slots=True)
class Eligibility:
    """The verdict on one measure: ineligible when a criterion fails, eligible when all are met, else unknown."""

    measure: Measure
    verdict: Verdict
    findings: tuple[Finding, ...]

    def of(self, state: State) -> tuple[Criterion, ...]:
        return tuple(finding.criterion for finding in self.findings if finding.state is state)


def judge(measure: Measure, facts: Mapping[str, str]) -> Eligibility:
    """Holds the facts (fact name → value, as in facts.yaml) against the measure's criteria.

    What is presumed is left out where nothing is told of it.
    """
    told = (c for c in measure.criteria if not c.presumed or facts.get(c.fact))
    findings = tuple(Finding(criterion, _state(criterion, facts.get(criterion.fact))) for criterion in told)
    states = {finding.state for finding in findings}
    if State.UNMET in states:
        verdict = Verdict.INELIGIBLE
    elif not findings or State.UNKNOWN in states:
        verdict = Verdict.UNKNOWN
    else:
        verdict = Verdict.ELIGIBLE
    return Eligibility(measure, verdict, findings)


def _state(criterion: Criterion, value: str | None) -> State:
    if value in criterion.met:
        return State.MET
    return State.UNMET if value in criterion.unmet else State.UNKNOWN
