"""适用政策: verdicts from the form's facts, the total, and 就高不重复."""

from __future__ import annotations

from decimal import Decimal
from urllib.parse import urlencode

from hypothesis import given
from hypothesis import strategies as st

from assistant.calculator.interval import Interval
from assistant.policy.loader import Policy
from assistant.web.plans.fitting import Fits, asked, fit, unmet
from assistant.web.plans.profile import COMMON, questions, read_profile

WAN = Decimal(10_000)
POWER = {
    "plan": "computing-power",
    "computing-power.compute-platform": "suzhou",
    "computing-power.payment": "paid",
    "computing-power.amount": "310万",
}


def fitted(policy: Policy, **given: str) -> Fits:
    return fit(policy, read_profile(urlencode(given), policy))


def test_all_conditions_met(policy: Policy) -> None:
    found = fitted(policy, place="suzhou", applicant="company", **POWER)
    assert [item.measure.id for item in found.fitting] == ["computing-power"]
    assert found.total == Interval.exactly(62 * WAN)


def test_one_more_fact_is_asked_for(policy: Policy) -> None:
    found = fitted(policy, applicant="company", **POWER)
    assert [item.measure.id for item in found.open] == ["computing-power"]
    assert asked(found.open[0].eligibility) == ("公司注册在苏州（含各县级市、区）吗？",)
    assert found.total == Interval.exactly(62 * WAN)


def test_a_condition_that_fails_rules_out_and_counts_nothing(policy: Policy) -> None:
    found = fitted(policy, place="elsewhere", applicant="company", **POWER)
    assert [item.measure.id for item in found.ruled_out] == ["computing-power"]
    assert found.ruled_out[0].calculation is None
    assert "本市企业" in unmet(found.ruled_out[0].eligibility)[0]
    assert found.total is None


def test_the_same_matter_under_two_policies_counts_once_and_higher(policy: Policy) -> None:
    lower = fitted(policy, place="suzhou", applicant="company", **POWER, **{"computing-power.other": "50万"})
    higher = fitted(policy, place="suzhou", applicant="company", **POWER, **{"computing-power.other": "80万"})
    assert lower.total == Interval.exactly(62 * WAN)
    assert higher.total == Interval.exactly(80 * WAN)


def test_different_matters_add_up(policy: Policy) -> None:
    query = urlencode(
        [
            ("plan", "platform-construction"),
            ("platform-construction.amount", "1亿"),
            ("platform-construction.construction", "new"),
            ("plan", "event-hosting"),
            ("event-hosting.amount", "400万"),
        ]
    )
    found = fit(policy, read_profile(query, policy))
    assert found.total == Interval.exactly(2080 * WAN)


def test_the_uplift_needs_its_fact(policy: Policy) -> None:
    base = {
        "plan": "first-set-equipment",
        "first-set-equipment.amount": "3000万",
        "first-set-equipment.recognition": "suzhou",
    }
    plain = fitted(policy, **base)
    raised = fitted(policy, **base, **{"first-set-equipment.industry": "medical"})
    assert plain.total == Interval(300 * WAN, 900 * WAN)
    assert raised.total == Interval(360 * WAN, 1080 * WAN)
    assert raised.fitting[0].calculation is not None
    assert len(raised.fitting[0].calculation.readings) == 2


def test_a_district_award_is_not_enough_for_the_software_but_each_is_judged_by_itself(policy: Policy) -> None:
    query = urlencode(
        [
            ("plan", "first-set-equipment"),
            ("first-set-equipment.recognition", "suzhou"),
            ("plan", "first-version-software"),
            ("first-version-software.recognition", "suzhou"),
            ("first-version-software.software", "ai"),
        ]
    )
    found = fit(policy, read_profile(query, policy))
    assert [item.measure.id for item in found.fitting] == ["first-set-equipment"]
    assert [item.measure.id for item in found.ruled_out] == ["first-version-software"]


def test_of_several_titles_the_one_that_counts_is_taken(policy: Policy) -> None:
    query = "applicant=company&title=gazelle&title=high-tech&plan=enterprise-recognition"
    assert [i.measure.id for i in fit(policy, read_profile(query, policy)).fitting] == ["enterprise-recognition"]
    query = "applicant=company&title=gazelle&plan=enterprise-recognition"
    assert [i.measure.id for i in fit(policy, read_profile(query, policy)).ruled_out] == ["enterprise-recognition"]


def test_a_bank_is_shown_what_is_for_banks(policy: Policy) -> None:
    found = fitted(policy, applicant="bank")
    suggested = {measure.id for measure in found.suggested}
    unsuited = {item.measure.id for item in found.unsuited}
    assert "bank-risk-compensation" in suggested
    assert "technology-loan-interest" in unsuited
    company = fitted(policy, applicant="company")
    assert "bank-risk-compensation" in {item.measure.id for item in company.unsuited}


def test_an_unreadable_amount_is_said_and_not_counted(policy: Policy) -> None:
    found = fitted(policy, place="suzhou", **{**POWER, "computing-power.amount": "许多"})
    assert found.open[0].fault
    assert found.total is None


def test_every_fact_of_every_condition_can_be_given(policy: Policy) -> None:
    for measure in policy.measures:
        facts = {criterion.fact for criterion in measure.criteria if not criterion.presumed}
        assert facts <= {name for name, _ in questions(measure)} | set(COMMON)


@given(st.text(max_size=200))
def test_any_query_is_read(policy: Policy, query: str) -> None:
    fit(policy, read_profile(query, policy))
