"""Answers about measures: amounts, figures, conditions, verdicts, departments, and what the text does not say."""

from __future__ import annotations

from assistant.answering.answer import Status
from assistant.answering.compose import asked, sums
from assistant.answering.compose.clause import (
    add_counted,
    add_meaning,
    add_mentioned,
    add_not_stated,
    add_open_point,
)
from assistant.answering.compose.draft import Draft, department_names, label_of
from assistant.answering.compose.lines import (
    MOST_POINTS,
    add_basis,
    add_conditions,
    add_departments,
    add_open_points,
    not_stated,
    open_facts,
)
from assistant.answering.compose.outcomes import add_comparison, add_outcomes
from assistant.answering.compose.premises import add_premises
from assistant.answering.compose.several import compose_several
from assistant.answering.compose.verdicts import add_ineligible, add_place_notes, add_verdict, clause_alone
from assistant.answering.decide import Decision, MeasureDecision
from assistant.answering.views import years_view
from assistant.answering.wording import say
from assistant.calculator.calculation import Calculation
from assistant.calculator.eligibility import Verdict
from assistant.calculator.formatting import format_yuan
from assistant.calculator.interval import Interval
from assistant.calculator.steps import show
from assistant.policy.measure import Kind, Measure, Per
from assistant.understanding.query import Query

_ORDER = (
    ("department", "department"),
    ("conditions", "conditions"),
    ("inverse", "inverse"),
    ("article", "article"),
)


def compose_measures(draft: Draft, decision: Decision) -> None:
    """Writes an answer about the decision's measures into ``draft``."""
    query = decision.query
    measures = tuple(item.measure for item in decision.measures)
    for measure in measures:
        draft.rest_on(measure, query.question)
    add_premises(draft, query, measures)
    if len(measures) == 1:
        _single(draft, decision, decision.measures[0])
    else:
        compose_several(draft, decision)
    _cautions(draft, query)
    _suggest(draft, query, measures[0])


def name_measures(draft: Draft, decision: Decision) -> None:
    """The measures of a question that is about something else: cited, and one line each."""
    add_premises(draft, decision.query, tuple(item.measure for item in decision.measures))
    if not decision.query.premises.asserted:  # a right figure told by the way is no 对 to what is asked
        draft.corrections[:] = [said for said in draft.corrections if not said.startswith(say("premise.yes"))]
    for item in decision.measures:
        draft.rest_on(item.measure, decision.query.question)
        draft.lines.append(f"{label_of(draft.corpus, item.measure.article)}：{item.measure.statement}")


def _single(draft: Draft, decision: Decision, item: MeasureDecision) -> None:
    query, measure = decision.query, item.measure
    label = label_of(draft.corpus, measure.article)
    opens = open_facts(query)
    named = item.bases[0].amount if item.bases else query.target
    goal = named.maximum if named else None
    if add_open_point(draft, item, query):
        pass
    elif query.premises.mentioned and not asked.of_own(query):
        add_mentioned(draft, item, query.premises.mentioned)
    elif item.ineligible and not (query.carried and query.asks & {"department", "article"}):
        add_ineligible(draft, item, query)
    elif "years_to" in query.asks and goal and sums.add_years_to(draft, measure, goal):
        add_basis(draft, measure)
    elif item.calculations:
        _sums(draft, decision, item)
    elif opens and (
        measure.kind is not Kind.PROPORTIONAL
        or "rate_choice" in opens
        or not query.asks & (asked.FIGURES | {"inverse"})
    ):
        add_not_stated(draft, measure, query)
        return
    elif "inverse" in query.asks and measure.computable and measure.kind is not Kind.MATCHED:
        sums.add_inverse(draft, item, query)
        add_basis(draft, measure)
    elif "department" in query.asks:
        draft.conclusion = say("article.departments", label=label, departments=department_names(measure.departments))
        draft.lines.append(f"{label}：{measure.statement}")
        draft.lines += not_stated(opens)
        return
    elif "article" in query.asks and not (measure.kind is Kind.CAPPED and "rate" in query.asks):
        draft.conclusion = say("article.where", subject=measure.short, label=label)
        if measure.kind is Kind.IN_KIND:
            draft.lines.append(f"{label}：{measure.statement}")
        add_basis(draft, measure)
    elif (
        "period" in query.asks
        and "conditions" not in query.asks
        and measure.cap
        and not _believes(query, measure)
        and not (query.years > 1 and measure.cap.per is Per.YEAR)
        and not (asked.asks_counting(query, measure) and asked.names_base(query, measure))
    ):
        draft.corrections.clear()
        key = {Per.YEAR: "year", Per.ONCE: "once", None: "unstated"}[measure.cap.per]
        draft.conclusion = say(f"period.{key}", label=label, cap_text=sums.cap_text(measure))
        add_basis(draft, measure)
        if measure.cap.per is Per.ONCE:
            add_open_points(draft, measure, 1)
    elif asked.asks_counting(query, measure):
        add_counted(draft, measure)
    elif "meaning" in query.asks and not asked.wants_money(query):
        add_meaning(draft, measure)
    elif query.asks & {"conditions", "eligibility", "counted"} and (
        not asked.wants_money(query) or (item.eligibility.verdict is Verdict.ELIGIBLE and asked.is_yes_or_no(query))
    ):
        _statement(draft, item, query) if clause_alone(draft, item, query) else add_verdict(draft, item, query)
    else:
        add_place_notes(draft, item, query)
        _statement(draft, item, query)
    add_departments(draft, measure)


def _believes(query: Query, measure: Measure) -> bool:
    """Whether a belief is to be put right or confirmed (绩效500万是一次性给完的吧), and not only the ceiling named."""
    claims = query.premises.claims
    only_named = all(c.kind == "cap" and measure.cap and c.maximum == measure.cap.amount for c in claims)
    return not only_named or (query.premises.asserted and bool(claims or query.premises.per))


def _sums(draft: Draft, decision: Decision, item: MeasureDecision) -> None:
    measure, query = item.measure, decision.query
    several = len(item.calculations) > 1
    if several:
        for calculation in item.calculations:
            draft.lines.append(sums.one_of_several(calculation))
        add_comparison(draft, decision) if decision.compared else sums.add_total(draft, decision)
    else:
        calculation = item.calculations[0]
        draft.conclusion = sums.headline(calculation)
        draft.lines.append(sums.steps_line(calculation))
        draft.lines += sums.reading_lines(calculation)
        _believed_sum(draft, calculation, query)
        draft.lines += sums.at_supposed_rates(draft, calculation, query)
        sums.add_ceiling_asked(draft, measure, query)
    add_outcomes(draft, decision)
    if query.set_aside and measure.base:
        shown = {"base_name": measure.base.name, "amount": show(query.set_aside)}
        draft.corrections[:] = [say("measure.set_aside", label=label_of(draft.corpus, measure.article), **shown)]
    if asked.asks_counting(query, measure):
        draft.lines.append(say("measure.no_finer"))
    sums.add_years_alike(draft, item, query)
    if rough := [show(base.amount) for base in item.bases if base.approximation]:
        draft.lines.append(say("measure.approximate", base="、".join(rough)))
    if elsewhere := next((base.elsewhere for base in item.bases if base.elsewhere), ()):
        companies = (place if place.endswith("公司") else f"{place}的公司" for place in elsewhere)
        draft.lines.append(say("measure.elsewhere", places="、".join(companies)))
    if any(base.planned for base in item.bases):
        draft.lines.append(say("measure.planned"))
    if query.left_over and measure.base:
        told = "、".join(map(show, query.left_over))
        draft.lines.append(say("measure.left_over", told=told, base_name=measure.base.name))
    add_place_notes(draft, item, query)
    add_conditions(draft, item)
    add_basis(draft, measure)
    add_open_points(draft, measure, 1)


def _believed_sum(draft: Draft, calculation: Calculation, query: Query) -> None:
    """我说100万，对不对: what somebody made of the base, against the sum."""
    believed = [claim for claim in query.premises.claims if claim.kind == "award"]
    if not believed or not query.premises.asserted or draft.corrections or not calculation.amount.single:
        return
    right = believed[-1].maximum == calculation.amount.maximum
    draft.corrections.append(say("premise.yes") if right else say("premise.not_so", claim=believed[-1].text))


def _statement(draft: Draft, item: MeasureDecision, query: Query) -> None:
    """What the clause gives, and which fact would let the sum be done."""
    measure = item.measure
    label = label_of(draft.corpus, measure.article)
    wants_amount = bool(query.asks & {"amount"})
    if measure.kind in (Kind.REFERRED, Kind.NEGOTIATED, Kind.IN_KIND) and (
        asked.wants_money(query) or asked.asks_stated_sum(query)
    ):
        draft.conclusion = say("measure.no_amount", label=label, short=measure.short)
        draft.lines.append(say("measure.statement", statement=measure.statement))
    elif measure.kind is Kind.CAPPED and "rate" in query.asks:
        draft.conclusion = say("measure.no_rate", label=label, short=measure.short, cap_text=sums.cap_text(measure))
    else:
        draft.conclusion = f"{label}：{measure.statement}"
    whole = next((base for base in item.bases if base.whole_only), None)
    if whole and measure.base:
        draft.lines.append(
            say("measure.whole_only", label=label, base_name=measure.base.name, amount=show(whole.amount))
        )
        _ask(draft, measure.base.name)
    elif query.unit_missing:
        draft.lines.append(say("measure.unit_missing"))
        _ask(draft, "单位")
    elif query.zero_money:
        draft.lines.append(say("measure.zero"))
        _ask(draft, measure.base.name if measure.base else "金额")
    elif query.foreign_money and measure.computable:
        draft.lines.append(say("measure.foreign"))
        _ask(draft, "人民币金额")
    elif measure.base and measure.computable and ((wants_amount and not query.asks & asked.FIGURES) or query.carried):
        draft.lines.append(say("measure.need_base", base_name=measure.base.name))
        if wants_amount and not asked.looks_up(query):
            _ask(draft, measure.base.name)
    draft.lines += [f"{sentence}。" for sentence in not_stated(open_facts(query))]
    if asked.of_own(query) or not query.asks or (wants_amount and not query.asks & asked.FIGURES):
        add_conditions(draft, item)
    if query.years > 1 and measure.cap and measure.cap.per is Per.YEAR:
        most = Interval.exactly(measure.cap.amount * query.years)
        draft.amounts.append(most)
        draft.derived.append(f"{query.years}年")
        each = format_yuan(measure.cap.amount)
        draft.lines.append(say("measure.years_cap", years=str(query.years), each=each, whole=show(most)))
        draft.views.append(years_view(measure, query.years, most, f"{each} × {query.years} = {show(most)}"))
    add_open_points(draft, measure, MOST_POINTS)
    if not draft.conclusion.startswith(label) or not asked.wants_money(query):
        add_basis(draft, measure)


def _ask(draft: Draft, what: str) -> None:
    draft.status = Status.NEEDS_INFORMATION
    draft.missing.append(what)


def _cautions(draft: Draft, query: Query) -> None:
    if "promise" in query.asks:
        draft.lines.append(say("measure.no_promise"))


def _suggest(draft: Draft, query: Query, measure: Measure) -> None:
    wanted = [key for ask, key in _ORDER if ask not in query.asks and (key != "inverse" or measure.rate)]
    draft.suggestions += [say(f"suggestions.{key}") for key in wanted[:3]]
