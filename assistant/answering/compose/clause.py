"""Answers from the clause alone: what counts in its base, what its words mean, what it leaves unsaid."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answering.compose import asked
from assistant.answering.compose.draft import Draft, department_names, label_of
from assistant.answering.compose.lines import add_basis, not_stated, open_facts
from assistant.answering.decide import MeasureDecision
from assistant.answering.wording import say
from assistant.policy.measure import Measure
from assistant.understanding.query import Query


def add_counted(draft: Draft, measure: Measure) -> None:
    """What the sum is reckoned by: the base as the clause has it; the text goes into no more detail."""
    draft.conclusion = _counts(draft, measure)
    draft.lines.append(say("measure.no_finer"))
    add_basis(draft, measure)


def add_counted_of_several(draft: Draft, measures: Sequence[Measure]) -> None:
    """The same of several measures; one sentence where they are reckoned alike."""
    draft.conclusion = "；".join(dict.fromkeys(_counts(draft, measure) for measure in measures))
    draft.lines.append(say("measure.no_finer"))
    for measure in measures:
        add_basis(draft, measure)


def add_open_point(draft: Draft, item: MeasureDecision, query: Query) -> bool:
    """What the text is asked to state and leaves open comes first, then what it does say; False where it is no such
    question."""
    measure = item.measure
    point = None if item.calculations or asked.wants_money(query) else _open_point_asked(measure, query)
    plain = not (item.calculations or item.ineligible or asked.asks_counting(query, measure))
    if point is None and plain and asked.asks_finer(query):
        point = say("measure.no_finer").rstrip("。")
    if point is None:
        return False
    draft.conclusion = point
    draft.reason = "not_stated"
    draft.lines.append(f"{label_of(draft.corpus, measure.article)}：{measure.statement}")
    return True


def _open_point_asked(measure: Measure, query: Query) -> str | None:
    """The open point of the measure that a question whether something is stated asks for (基金规模写没写)."""
    if not query.asks & _WHETHER_STATED:
        return None
    for point in measure.open_points:
        things = _AND.split(point.partition("没有写")[2])
        ends = {thing[-2:] for thing in things if len(thing) > 1}
        if any(end in query.question for end in ends) or (_SCALE & ends and "open_fact_scale" in query.asks):
            return point
    return None


_WHETHER_STATED = frozenset({"stated", "open_fact_scale"})
_SCALE = frozenset({"规模", "额度"})
_AND = re.compile(r"[、，]|和|也没有写")


def _counts(draft: Draft, measure: Measure) -> str:
    counts = measure.base.counts.removeprefix("条文") if measure.base else ""
    return say("measure.counted", label=label_of(draft.corpus, measure.article), counts=counts)


def add_meaning(draft: Draft, measure: Measure) -> None:
    """What a name stands for: the text defines it no further than what it says of it."""
    label = label_of(draft.corpus, measure.article)
    draft.conclusion = say("measure.meaning", label=label, statement=measure.statement)
    add_basis(draft, measure)


def add_mentioned(draft: Draft, item: MeasureDecision, thing: str) -> None:
    """Whether the text mentions a thing (瞪羚企业提了没): where it stands; what the clause lists instead of it."""
    measure = item.measure
    label = label_of(draft.corpus, measure.article)
    line = f"{label}：{measure.statement}"
    if draft.corpus.policy.document.has_word(thing):
        draft.conclusion = say("article.mentioned", subject=measure.short, label=label)
        draft.lines.append(line)
    elif item.ineligible:
        add_not_mentioned(draft, thing)
        draft.lines.append(line)
    else:  # 高企, 小巨人: the same thing under another name
        draft.conclusion = line
    add_basis(draft, measure)


def add_not_mentioned(draft: Draft, thing: str) -> None:
    draft.derived.append(thing)
    draft.conclusion = say("article.not_mentioned", thing=thing)


def add_not_stated(draft: Draft, measure: Measure, query: Query) -> None:
    policy = draft.corpus.policy
    label = label_of(draft.corpus, measure.article)
    draft.conclusion = "；".join(not_stated(open_facts(query)))
    draft.reason = "not_stated"
    whom = say("open_fact.whom", departments=department_names(measure.departments), hotline=policy.hotline)
    draft.lines += [whom, f"{label}写明的是：{measure.statement}"]
    if asked.wants_money(query) and not (measure.cap or measure.rate or measure.matching):
        draft.lines.append(say("measure.no_amount", label=label, short=measure.short))
