"""The composer: one decision in, one draft out. Chooses the kind of answer; the wording is in the modules beside it."""

from __future__ import annotations

import re

from assistant.answering.answer import Status
from assistant.answering.compose.draft import Draft
from assistant.answering.compose.lines import not_stated, open_facts
from assistant.answering.compose.lookups import (
    compose_articles,
    compose_by_department,
    compose_definition,
    compose_issuer,
    compose_rules,
    day,
    term_on,
)
from assistant.answering.compose.measures import compose_measures, name_measures
from assistant.answering.compose.overview import compose_by_figure, compose_ceilings, compose_listing, compose_overview
from assistant.answering.compose.refusals import compose_refusal, compose_small_talk, compose_unclear
from assistant.answering.compose.same_thing import compose_sides
from assistant.answering.decide import Decision
from assistant.answering.wording import say
from assistant.policy.loader import Corpus
from assistant.policy.measure import Measure
from assistant.understanding.query import Query
from assistant.understanding.time.dates import DateMention
from assistant.understanding.turns import introduces

_BACKGROUND_DATE = (
    "成立",
    "注册",
    "创办",
    "设立",
    "毕业",
    "入职",
    "营收",
    "利润",
    "创立",
    "落户",
    "上市",
    "证书",
    "高企",
    "取得",
    "授权",
    "融资",
    "租",
    "拿的",
    "到期",
    "失效",
    "届满",
    "作废",
)


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
    _notices(draft, query)
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
        compose_by_department(draft, query.premises.departments, query.asks)
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


def _notices(draft: Draft, query: Query) -> None:
    policy = draft.corpus.policy
    period = policy.validity
    shown = {
        "effective": day(period.effective),
        "last_day": day(period.last_day),
        "contact": policy.contact_department,
    }
    if query.language == "en":
        draft.notices.append(say("labels.english"))
    if period.ended(query.as_of):
        draft.notices.append(say("notice.ended", **shown))
    elif query.as_of < period.effective:
        draft.notices.append(say("notice.before", **shown))
    for mention in () if "issuer" in query.asks else query.dates:
        if sentence := _matter(query, mention, draft):
            draft.notices.append(sentence)
            break


def _matter(query: Query, mention: DateMention, draft: Draft) -> str | None:
    """A dated matter before or after the period is told so."""
    period = draft.corpus.policy.validity
    near = query.question[max(0, mention.start - 6) : mention.end + 8]
    if any(word in near for word in _BACKGROUND_DATE) and not _BY_THEN.search(query.question[mention.end :]):
        return None
    shown = {"date": mention.text, "effective": day(period.effective), "last_day": day(period.last_day)}
    if mention.last < period.effective and mention.bound != "after":
        return say("notice.matter_before", **shown)
    if mention.first > period.last_day and mention.bound != "before" and mention.first > query.as_of:
        return say("notice.matter_after", **shown)
    inside = mention.first >= period.effective and mention.last <= period.last_day
    return say("notice.matter_inside", **shown) if inside and _COUNTS.search(query.question) else None


_BY_THEN = re.compile(r"到时候?|届时|那时候?|那会儿?|那个时候|还(能|可以|来得及|赶得上|管用|有效|算)|来不来得及")
"""证书七月才下来，到时候还能报吗: the date is when somebody wants to apply, whatever else it is the date of."""
_COUNTS = re.compile(r"算进|算在|(能不能|可以|能|还)算(?=[^力]|$)|算不算|期限|有效期(里|内)|在不在|赶得?上|来得及")
