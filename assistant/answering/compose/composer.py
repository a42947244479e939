"""The composer: one decision in, one draft out. Chooses the kind of answer; the wording is in the modules beside it."""

from __future__ import annotations

import re

from assistant.answering.answer import Status
from assistant.answering.compose.departments import compose_by_department
from assistant.answering.compose.draft import Draft
from assistant.answering.compose.lines import not_stated, open_facts
from assistant.answering.compose.lookups import (
    compose_articles,
    compose_definition,
    compose_issuer,
    compose_rules,
    term_on,
)
from assistant.answering.compose.measures import compose_measures, name_measures
from assistant.answering.compose.notices import add_notices
from assistant.answering.compose.overview import compose_by_figure, compose_ceilings, compose_listing, compose_overview
from assistant.answering.compose.refusals import compose_refusal, compose_small_talk, compose_unclear
from assistant.answering.compose.same_thing import compose_sides
from assistant.answering.decide import Decision
from assistant.answering.wording import say
from assistant.policy.loader import Corpus
from assistant.policy.measure import Measure
from assistant.understanding.query import Query
from assistant.understanding.turns import introduces


def compose(corpus: Corpus, decision: Decision) -> Draft:
    """Writes the answer to a decision."""
    query = decision.query
    draft = Draft(corpus)
    if query.small_talk:
        compose_small_talk(draft, query.small_talk)
        return draft
    if query.scope:
        compose_refusal(draft, query.scope)
        return draft
    add_notices(draft, query)
    if query.premises.giver and not query.carried:
        draft.corrections.append(say("premise.other_level", giver=query.premises.giver))
    figure_measures = _by_figure(corpus, query)
    summed = decision.calculations or any(item.inverse for item in decision.measures)
    if query.sides:
        compose_sides(draft, query)
    elif query.ceilings:
        compose_ceilings(draft, query.ceilings)
    elif query.listing:
        compose_listing(draft, query.listing, [item.measure for item in decision.measures])
    elif decision.measures and "no-duplication" in query.rules and not summed:
        compose_rules(draft, decision)
        name_measures(draft, decision)
    elif decision.measures:
        compose_measures(draft, decision)
        if query.rules:
            compose_rules(draft, decision)
    elif query.rules and not ("issuer" in query.asks and query.rules == ("validity",)):
        compose_rules(draft, decision)
    elif "overview" in query.asks and {"field", "stage", "title"} & set(query.facts) and not query.articles:
        compose_overview(draft, query)
    elif "issuer" in query.asks and not (query.articles and "department" in query.asks):  # 第十条落款是哪几家
        compose_issuer(draft, query)
    elif definition := corpus.policy.definition_of(query.question):
        compose_definition(draft, definition, query.question)
    elif query.articles or query.unknown_articles:
        compose_articles(draft, query)
    elif figure_measures:
        compose_by_figure(draft, figure_measures, query.premises.claims[0].text)
    elif query.premises.departments:
        compose_by_department(draft, query.premises.departments, query)
    elif open_facts(query) or "promise" in query.asks:
        _policy_open_facts(draft, query)
    elif ("overview" in query.asks and _profiled(query)) or introduces(query):
        compose_overview(draft, query)
    else:
        draft.notices.clear()
        compose_unclear(draft, query)
    return draft


def _by_figure(corpus: Corpus, query: Query) -> list[Measure]:
    """The measures that have the figure asked about; none where a measure is named."""
    if query.measures or "promise" in query.asks:  # 写明给足1000万的承诺函: no search for a figure
        return []
    amounts = {claim.maximum for claim in query.premises.claims if claim.kind in ("cap", "award")}
    rates = {end for claim in query.premises.claims if claim.kind == "rate" for end in (claim.minimum, claim.maximum)}
    return corpus.policy.with_figure(amounts, rates)


def _profiled(query: Query) -> bool:
    """Whether the list of measures is an answer: asked about the policy or by somebody with a profile."""
    if {"field", "stage", "title"} & set(query.facts) or query.facts.get("applicant") not in (None, "company"):
        return True
    return "amount" not in query.asks or (
        bool(re.search("政策|文件|哪些|什么", query.question)) and not _ONE_THING.search(query.question)
    )


_ONE_THING = re.compile(r"的(租金|费用|钱|奖励|补贴|工资)[^,，。]{0,6}(按|能|有|补)|专门的")


def _policy_open_facts(draft: Draft, query: Query) -> None:
    policy = draft.corpus.policy
    rule = policy.rule_by_id["interpretation"]
    draft.cite(rule.article, rule.quote)
    opens = open_facts(query)
    draft.conclusion = "；".join(not_stated(opens))
    draft.reason = "not_stated"
    if not opens:
        draft.conclusion = say("measure.no_promise").rstrip("。")
        draft.reason = "promise"
    if "recipients" in opens:
        draft.status = Status.NOT_COVERED
    if "deadline" in opens:  # what is written of time is the policy's own term
        term = policy.rule_by_id["validity"]
        draft.cite(term.article, term.quote)
        draft.lines.append(f"{term_on(policy.validity, query.as_of)}。")
    draft.lines.append(say("open_fact.whom", departments=policy.contact_department, hotline=policy.hotline))
    draft.responsible((policy.contact_department,))
