"""Answers about several measures at once: one line each, the total, what is still needed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answering.answer import Status
from assistant.answering.compose import sums
from assistant.answering.compose.asked import asks_stated_sum, looks_up, of_own
from assistant.answering.compose.clause import add_counted_of_several
from assistant.answering.compose.draft import Draft, department_names, label_of
from assistant.answering.compose.lines import add_conditions, not_stated, open_facts
from assistant.answering.compose.outcomes import add_caps, add_comparison, add_outcomes, add_sum_of_caps
from assistant.answering.decide import Decision, MeasureDecision
from assistant.answering.wording import say
from assistant.calculator.eligibility import State
from assistant.calculator.formatting import format_rate
from assistant.calculator.interval import Interval
from assistant.calculator.steps import show
from assistant.policy.measure import Measure
from assistant.understanding.query import Query


def compose_several(draft: Draft, decision: Decision) -> None:
    query = decision.query
    several = len(decision.calculations) > 1
    if "counted" in query.asks and not decision.calculations and all(m.base for m in _measures(decision)):
        add_counted_of_several(draft, _measures(decision))
        return
    if query.undivided and not decision.calculations and not query.asks & _NOT_OF_SUMS:
        _add_undivided(draft, decision, query.undivided)
        return
    if (opens := open_facts(query)) and not decision.calculations and not query.asks & _ASKED_BESIDE:
        _not_stated(draft, decision, opens)
        return
    if decision.calculations and not several:
        draft.conclusion = sums.headline(decision.calculations[0])
        draft.lines.append(sums.steps_line(decision.calculations[0]))
        add_outcomes(draft, decision)
    for item in decision.measures:
        draft.lines.append(_line(draft, item, query, alone=not several))
    if several:
        add_comparison(draft, decision) if decision.compared else sums.add_total(draft, decision)
        add_outcomes(draft, decision)
    elif not draft.conclusion and "difference" in query.asks and _ALIKE.search(query.question):
        draft.conclusion = _alike_or_not(_measures(decision), query.question)
    elif (
        not draft.conclusion
        and query.asks & {"difference", "shortfall", "ratio"}
        and add_caps(draft, _measures(decision), query.asks)
    ) or (not draft.conclusion and query.asks >= {"add_up", "cap"} and add_sum_of_caps(draft, _measures(decision))):
        return
    elif not draft.conclusion and "meaning" in query.asks and not _SUMS & query.asks:
        draft.conclusion = say("multiple.meaning")
    elif not draft.conclusion and "department" in query.asks:
        draft.conclusion = "；".join(_departments(draft, decision))
    elif not draft.conclusion and "period" in query.asks and all(m.cap for m in _measures(decision)):
        draft.conclusion = "；".join(map(_how_often, _measures(decision)))
    elif (
        not draft.conclusion
        and (_SUMS & query.asks or asks_stated_sum(query))
        and not any(m.cap or m.rate or m.matching for m in _measures(decision))
    ):
        draft.conclusion = "；".join(
            say("measure.no_amount", label=label_of(draft.corpus, m.article), short=m.short)
            for m in _measures(decision)[:3]
        )
    elif not draft.conclusion and _FIGURES_ASKED & query.asks:
        draft.conclusion = _figures(_measures(decision))
    elif not draft.conclusion:
        draft.conclusion = "；".join(
            say("article.where", subject=item.measure.short, label=label_of(draft.corpus, item.measure.article))
            for item in decision.measures[:3]
        )
    if decision.calculations or of_own(query) or not query.asks & _FIGURES_ASKED:
        for item in decision.measures:
            add_conditions(draft, item, name=True)
    if "department" in query.asks and decision.calculations:
        draft.lines += _departments(draft, decision)
    draft.lines += not_stated(open_facts(query))
    missing = [
        item.measure.base.name
        for item in decision.measures
        if item.measure.base and item.measure.computable and not item.calculations and not item.ineligible
    ]
    if "amount" in query.asks and missing and not looks_up(query):
        draft.lines.append(say("measure.need_base", base_name="、".join(dict.fromkeys(missing))))
        draft.missing += list(dict.fromkeys(missing))
        if not decision.calculations:
            draft.status = Status.NEEDS_INFORMATION


def _add_undivided(draft: Draft, decision: Decision, whole: Interval) -> None:
    """One sum told for two measures together: what each clause gives, and the parts asked for."""
    draft.conclusion = say("measure.undivided", amount=show(whole)).rstrip("。")
    draft.lines += [_line(draft, item, decision.query, alone=True) for item in decision.measures]
    names = list(dict.fromkeys(m.base.name for m in _measures(decision) if m.base))
    if len(names) == 1:
        names = [f"{measure.short}的{names[0]}" for measure in _measures(decision)]
    draft.lines.append(say("measure.need_base", base_name="、".join(names)))
    draft.missing += names
    draft.status = Status.NEEDS_INFORMATION


def _not_stated(draft: Draft, decision: Decision, opens: Sequence[str]) -> None:
    """What is asked of several measures and stands in no clause: who would know, and what the clauses say."""
    draft.conclusion = "；".join(not_stated(opens))
    draft.lines += _departments(draft, decision)
    draft.lines += [_line(draft, item, decision.query, alone=True) for item in decision.measures]


def _figures(measures: Sequence[Measure]) -> str:
    return "；".join(f"{m.short}：{sums.figure_text(m) or say('multiple.no_figure')}" for m in measures[:3])


def _alike_or_not(measures: Sequence[Measure], question: str) -> str:
    """首批次材料跟首台套待遇一样吗: what the clauses give for each, and whether that is the same."""
    if _RATE.search(question):
        given = {format_rate(m.rate.minimum, m.rate.maximum) if m.rate else "" for m in measures}
    elif _CAP.search(question):
        given = {sums.cap_text(measure) if measure.cap else "" for measure in measures}
    else:
        given = {sums.figure_text(measure) for measure in measures}
    return say("multiple.alike" if len(given) == 1 else "multiple.differ", items=_figures(measures))


_RATE = re.compile(r"比例|百分|[几多]成")
_CAP = re.compile(r"上限|封顶|最高|最多|顶格|天花板")


_ALIKE = re.compile(r"一样|相同|同样|同等|一致|等同|一码事|一回事")
_SUMS = frozenset({"amount", "rate", "cap"})
_ASKED_BESIDE = _SUMS | {"compare", "eligibility", "conditions", "department", "inverse", "shortfall", "difference"}
_NOT_OF_SUMS = frozenset({"inverse", "shortfall", "department", "meaning"})
_FIGURES_ASKED = _SUMS | {"compare"}


def _measures(decision: Decision) -> list[Measure]:
    return [item.measure for item in decision.measures]


def _how_often(measure: Measure) -> str:
    key = "period.several" if measure.cap and measure.cap.per else "period.several_unstated"
    return say(key, short=measure.short, cap_text=sums.cap_text(measure))


def _departments(draft: Draft, decision: Decision) -> list[str]:
    """Who is responsible, article by article."""
    sentences = []
    for article in dict.fromkeys(item.measure.article for item in decision.measures):
        names = department_names(draft.corpus.policy.document.by_number[article].departments)
        sentences.append(say("article.departments", label=label_of(draft.corpus, article), departments=names))
    return sentences


def _line(draft: Draft, item: MeasureDecision, query: Query, *, alone: bool) -> str:
    measure = item.measure
    label = label_of(draft.corpus, measure.article)
    if item.ineligible:
        reasons = "；".join(criterion.unmet_text for criterion in item.eligibility.of(State.UNMET))
        return f"{label}：{say('eligibility.ineligible', short=measure.short)}，{reasons}"
    if item.calculations and not alone:
        return f"{label}：{'；'.join(map(sums.one_of_several, item.calculations))}"
    if "inverse" in query.asks and (inverse := sums.inverse_of_several(draft, item, query)):
        return f"{label}{inverse}"
    return f"{label}：{measure.statement}"
