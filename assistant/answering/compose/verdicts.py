"""Verdicts: whether what was told meets the conditions of a measure, and what the clause leaves open of the place."""

from __future__ import annotations

import re

from assistant.answering.answer import Status
from assistant.answering.compose import asked
from assistant.answering.compose.draft import Draft, label_of
from assistant.answering.compose.lines import add_basis, add_conditions
from assistant.answering.decide import MeasureDecision
from assistant.answering.wording import say
from assistant.calculator.eligibility import State, Verdict
from assistant.understanding.query import Query


def clause_alone(draft: Draft, item: MeasureDecision, query: Query) -> bool:
    """Whether what the clause gives is the answer: a belief put right or confirmed is what was asked, the clause itself
    follows it."""
    plainly = (
        not item.eligibility.findings
        or asked.asks_whether_any(query)
        or asked.asks_what_counts(query)
        or query.premises.claims
        or draft.corrections
    )
    return item.eligibility.verdict is Verdict.UNKNOWN and "conditions" not in query.asks and bool(plainly)


def add_verdict(draft: Draft, item: MeasureDecision, query: Query) -> None:
    """Whether the conditions are met by what was told, or which they are."""
    measure, eligibility = item.measure, item.eligibility
    label = label_of(draft.corpus, measure.article)
    # 公示期, 材料刚递: something is told of a condition, and it is not settled yet.
    unsettled = "eligibility" in query.asks and any(c.fact in query.facts for c in eligibility.of(State.UNKNOWN))
    if not eligibility.findings:
        draft.conclusion = say("eligibility.no_criteria", label=label, beneficiary=measure.beneficiary)
        draft.lines.append(f"{label}：{measure.statement}")
    elif eligibility.verdict is Verdict.ELIGIBLE and not (
        "conditions" in query.asks and ("eligibility" not in query.asks or asked.asks_requirement(query))
    ):
        met = eligibility.of(State.MET)
        if all(criterion.presumed for criterion in met):  # 兼职算引进吗: of the rest nothing was told
            draft.conclusion = say("eligibility.eligible_on", label=label, criteria="；".join(c.text for c in met))
            draft.lines.append(say("measure.statement", statement=measure.statement))
        else:
            draft.conclusion = say("eligibility.eligible", label=label, short=measure.short)
        _agree(draft, query, agrees=not _NEGATIVE.search(query.question))
        draft.lines.append(say("eligibility.eligible_note"))
    elif ("conditions" in query.asks or not asked.applies(query)) and not unsettled:
        criteria = "；".join(c.criterion.text for c in eligibility.findings)
        draft.conclusion = say("eligibility.criteria", label=label, criteria=criteria)
        if not eligibility.of(State.MET) or not asked.of_own(query):
            add_place_notes(draft, item, query)
            add_basis(draft, measure)
            return
    else:
        draft.conclusion = say("eligibility.unknown", short=measure.short)
        draft.status = Status.NEEDS_INFORMATION
    add_place_notes(draft, item, query)
    add_conditions(draft, item)
    if draft.status is Status.NEEDS_INFORMATION:
        draft.lines.append(say("eligibility.no_more"))
    add_basis(draft, measure)


def add_ineligible(draft: Draft, item: MeasureDecision, query: Query) -> None:
    """Which conditions are not met."""
    measure = item.measure
    draft.conclusion = say("eligibility.ineligible", short=measure.short)
    _agree(draft, query, agrees=bool(_NEGATIVE.search(query.question)))
    for criterion in item.eligibility.of(State.UNMET):
        draft.lines.append(say("eligibility.ineligible_reason", reason=criterion.unmet_text))
        draft.cite(measure.article, criterion.quote)
    add_basis(draft, measure)


def add_place_notes(draft: Draft, item: MeasureDecision, query: Query) -> None:
    """What the clause leaves open about where the asker sits."""
    judged_by_place = any(f.criterion.fact == "place" for f in item.eligibility.findings)
    if query.facts.get("place") == "branch":
        draft.lines.append(say("eligibility.branch"))
    elif query.facts.get("place") == "elsewhere" and not judged_by_place:
        label = label_of(draft.corpus, item.measure.article)
        draft.lines.append(say("eligibility.outside_unstated", label=label))


def _agree(draft: Draft, query: Query, *, agrees: bool) -> None:
    """A belief about who qualifies (企业拿不到，对吧) is confirmed or corrected in a word."""
    if _TAIL.search(query.question) and not draft.corrections:
        draft.corrections.append(say("premise.yes" if agrees else "premise.no"))


_NEGATIVE = re.compile(r"拿不到|不能|不给|没有?份|不行|不算|不可以|不包括|轮不到|无法|不补|没资格|不符合|享受不了")
_TAIL = re.compile(r"(吧|对吧|对吗|对不对|是吗|是吧|是不是|没错吧)[?？。!！]*$")
