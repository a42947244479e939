"""Answers from the clause alone: what counts in its base, what its words mean, what it leaves unsaid."""

from __future__ import annotations

from assistant.answering.compose import asked
from assistant.answering.compose.draft import Draft, department_names, label_of
from assistant.answering.compose.lines import add_basis, not_stated, open_facts
from assistant.answering.wording import say
from assistant.policy.measure import Measure
from assistant.understanding.query import Query


def add_counted(draft: Draft, measure: Measure) -> None:
    """What the sum is reckoned by: the base as the clause has it; the text goes into no more detail."""
    label = label_of(draft.corpus, measure.article)
    counts = measure.base.counts.removeprefix("条文") if measure.base else ""
    draft.conclusion = say("measure.counted", label=label, counts=counts)
    draft.lines.append(say("measure.no_finer"))
    add_basis(draft, measure)


def add_meaning(draft: Draft, measure: Measure) -> None:
    """What a name stands for: the text defines it no further than what it says of it."""
    label = label_of(draft.corpus, measure.article)
    draft.conclusion = say("measure.meaning", label=label, statement=measure.statement)
    add_basis(draft, measure)


def add_not_stated(draft: Draft, measure: Measure, query: Query) -> None:
    policy = draft.corpus.policy
    label = label_of(draft.corpus, measure.article)
    draft.conclusion = "；".join(not_stated(open_facts(query)))
    draft.reason = "not_stated"
    whom = say("open_fact.whom", departments=department_names(measure.departments), hotline=policy.hotline)
    draft.lines += [whom, f"{label}写明的是：{measure.statement}"]
    if asked.wants_money(query) and not (measure.cap or measure.rate or measure.matching):
        draft.lines.append(say("measure.no_amount", label=label, short=measure.short))
