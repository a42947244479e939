"""Verdicts from criteria: ineligible by one that fails, eligible by all that are met, unknown otherwise."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.calculator.eligibility import State, Verdict, judge
from assistant.policy.loader import load_policy
from assistant.policy.measure import Measure
from assistant.settings import PROJECT_ROOT

POLICY = load_policy(PROJECT_ROOT / "corpus/one-zone-two-centres")
WITH_CRITERIA = [measure for measure in POLICY.measures if measure.criteria]
FACTS = sorted({criterion.fact for measure in POLICY.measures for criterion in measure.criteria})
VALUES = sorted({v for m in POLICY.measures for c in m.criteria for v in (*c.met, *c.unmet)})
KNOWN = st.dictionaries(st.sampled_from(FACTS), st.sampled_from([*VALUES, "something-else"]))

PAID = {"applicant": "company", "place": "suzhou", "compute-platform": "suzhou", "payment": "paid"}


@pytest.mark.parametrize(
    ("measure", "facts", "verdict"),
    [
        ("computing-power", PAID, "eligible"),
        ("computing-power", {**PAID, "place": "elsewhere"}, "ineligible"),
        ("computing-power", {**PAID, "compute-platform": "other"}, "ineligible"),
        ("computing-power", {**PAID, "payment": "unpaid"}, "ineligible"),
        ("computing-power", {**PAID, "place": "branch"}, "unknown"),
        ("computing-power", {"place": "suzhou"}, "unknown"),
        ("computing-power", {"place": "elsewhere"}, "ineligible"),
        ("first-set-equipment", {"recognition": "suzhou"}, "eligible"),
        ("first-set-equipment", {"recognition": "nation"}, "eligible"),
        ("first-set-equipment", {"recognition": "district"}, "ineligible"),
        ("first-set-equipment", {"recognition": "other-city"}, "ineligible"),
        ("first-version-software", {"recognition": "suzhou", "software": "industrial"}, "ineligible"),
        ("first-version-software", {"recognition": "jiangsu", "software": "ai"}, "eligible"),
        ("first-version-software", {"recognition": "nation", "software": "other"}, "ineligible"),
        ("first-version-software", {"recognition": "jiangsu"}, "unknown"),
        ("bank-risk-compensation", {"applicant": "company", "loan": "technology"}, "ineligible"),
        ("bank-risk-compensation", {"applicant": "bank", "loan": "technology"}, "eligible"),
        ("platform-construction", {"construction": "new"}, "eligible"),
        ("platform-construction", {"construction": "extension"}, "ineligible"),
        ("enterprise-recognition", {"applicant": "company", "title": "specialised-municipal"}, "ineligible"),
        ("enterprise-recognition", {"applicant": "company", "title": "specialised-provincial"}, "eligible"),
        ("event-hosting", {"event-role": "participant"}, "ineligible"),
        ("event-hosting", {"event-role": "host", "event-kind": "qualified", "event-level": "high"}, "eligible"),
        ("open-competition", {"organiser": "other"}, "ineligible"),
        ("technology-insurance", {"applicant": "company", "insurance": "other"}, "ineligible"),
        ("technology-loan-interest", {"applicant": "individual"}, "ineligible"),
    ],
)
def test_verdicts_of_the_policy(measure: str, facts: dict[str, str], verdict: str) -> None:
    assert judge(POLICY.by_id[measure], facts).verdict == verdict


def test_the_criterion_that_decides_is_named() -> None:
    found = judge(POLICY.by_id["computing-power"], {"place": "elsewhere", "payment": "paid"})
    assert [criterion.id for criterion in found.of(State.UNMET)] == ["local"]
    assert "paid" in [criterion.id for criterion in found.of(State.MET)]
    assert "platform" in [criterion.id for criterion in found.of(State.UNKNOWN)]


@pytest.mark.parametrize("measure", [m for m in POLICY.measures if not m.criteria], ids=lambda m: m.id)
def test_without_criteria_nothing_is_promised(measure: Measure) -> None:
    assert judge(measure, PAID).verdict is Verdict.UNKNOWN


@given(st.sampled_from(WITH_CRITERIA), KNOWN)
def test_verdicts_follow_from_the_criteria(measure: Measure, facts: dict[str, str]) -> None:
    found = judge(measure, facts)
    told = [c for c in measure.criteria if not c.presumed or facts.get(c.fact)]
    assert [finding.criterion for finding in found.findings] == told
    states = {finding.state for finding in found.findings}
    assert (found.verdict is Verdict.INELIGIBLE) == (State.UNMET in states)
    assert (found.verdict is Verdict.ELIGIBLE) == (states == {State.MET})


def test_what_a_name_says_counts_only_where_the_asker_tells_otherwise() -> None:
    platform = POLICY.by_id["platform-construction"]
    assert judge(platform, {"construction": "new"}).verdict is Verdict.ELIGIBLE
    assert judge(platform, {"construction": "new", "sharing": "open"}).verdict is Verdict.ELIGIBLE
    assert judge(platform, {"construction": "new", "sharing": "internal"}).verdict is Verdict.INELIGIBLE


@given(st.sampled_from(WITH_CRITERIA), KNOWN, st.data())
def test_knowing_less_never_settles_more(measure: Measure, facts: dict[str, str], data: st.DataObject) -> None:
    """Forgetting a fact leaves a verdict or makes it unknown; it never turns no into yes or yes into no."""
    if facts:
        fewer = {key: value for key, value in facts.items() if key != data.draw(st.sampled_from(sorted(facts)))}
        before, after = judge(measure, facts).verdict, judge(measure, fewer).verdict
        assert after in {before, Verdict.UNKNOWN}


@given(st.sampled_from(WITH_CRITERIA), KNOWN)
def test_facts_that_no_criterion_asks_about_do_not_matter(measure: Measure, facts: dict[str, str]) -> None:
    asked = {criterion.fact for criterion in measure.criteria}
    assert judge(measure, facts) == judge(measure, {key: value for key, value in facts.items() if key in asked})


@given(st.sampled_from(WITH_CRITERIA))
def test_nothing_known_is_never_a_verdict(measure: Measure) -> None:
    assert judge(measure, {}).verdict is Verdict.UNKNOWN
