"""Answers over all measures: the policy at a glance, what fits a profile, and the measures that share a figure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answering.answer import Status
from assistant.answering.compose import sums
from assistant.answering.compose.draft import Draft, label_of
from assistant.answering.compose.lookups import day
from assistant.answering.wording import say
from assistant.calculator.eligibility import Verdict, judge
from assistant.calculator.formatting import format_yuan
from assistant.policy.document import CLOSING
from assistant.policy.measure import ANY_FIELD, REGIONS, Kind, Measure
from assistant.policy.properties import having
from assistant.understanding.articles import numeral
from assistant.understanding.query import CeilingRange, Query
from assistant.understanding.turns import introduces


def compose_overview(draft: Draft, query: Query) -> None:
    """What the policy holds, article by article; or which measures fit a profile, the closest first."""
    if ("overview" in query.asks or introduces(query)) and {"field", "applicant", "stage", "title"} & set(query.facts):
        _profile(draft, query)
        return
    policy = draft.corpus.policy
    _believed_count(draft, query)
    draft.conclusion = say("overview.policy", short_title=policy.short_title, effective=day(policy.validity.effective))
    for article in policy.document.articles:
        if article.number != CLOSING:
            draft.cite(article.number, article.clauses[0].text)
            draft.lines.append(say("overview.article", label=article.label, heading=article.heading))
    draft.lines.append(say("overview.ask"))
    draft.suggestions += [f"{m.short}{say('suggestions.amount')}" for m in policy.measures if m.rate][:3]


def _believed_count(draft: Draft, query: Query) -> None:
    """这政策一共十二条，对吗: how many articles there are believed to be."""
    found = _ARTICLES.search(query.question)
    if found is None or not (query.premises.asserted or "eligibility" in query.asks):
        return
    articles = sum(article.number != CLOSING for article in draft.corpus.policy.document.articles)
    right = found["n"] in (str(articles), numeral(articles))
    draft.derived.append(found.group())
    draft.corrections.append(say("premise.yes") if right else say("premise.articles_wrong", claim=found.group()))


_ARTICLES = re.compile(r"(?<!第)(?P<n>\d{1,2}|[一二三四五六七八九十]{1,3})(个)?条(款)?(?![件里那中])")


def _profile(draft: Draft, query: Query) -> None:
    policy = draft.corpus.policy
    fitting = [m for m in policy.measures if _fits(m, query)]
    if not fitting:
        draft.status = Status.NOT_COVERED
        draft.reason = "applicant"
        draft.conclusion = say("overview.none")
        return
    draft.conclusion = say("overview.profile")
    if query.facts.get("applicant") == "individual":
        draft.lines.append(f"{say('overview.individual')}。")
    close = _closest(fitting, query)
    for measure in close:
        draft.cite(measure.article, measure.quote)
        needs = "；".join(c.text for c in measure.criteria if not c.presumed) or measure.beneficiary
        draft.lines.append(say("overview.close", item=_items(draft, [measure]), needs=needs))
    near = {measure.article for measure in close}
    # Named without their articles: what fits is answered, the rest is only offered.
    others = [a.heading for a in policy.document.articles if a.number in {m.article for m in fitting} - near]
    if others:
        draft.lines.append(say("overview.other", items="；".join(others)))
    draft.lines.append(say("overview.ask"))
    draft.suggestions += [f"{m.short}{say('suggestions.amount')}" for m in close[:3]]


_MOST_CLOSE = 6
_ENOUGH = 3
"""With so many closer ones, what somebody would have to build anew is only offered."""


def _closest(fitting: Sequence[Measure], query: Query) -> list[Measure]:
    """The measures made for this profile, the closest first and at most ``_MOST_CLOSE`` of them."""
    near = sorted(((d, m) for m in fitting if (d := _distance(m, query)) is not None), key=lambda pair: pair[0])
    named = [measure for distance, measure in near if distance < _TO_BUILD]
    return (named if len(named) >= _ENOUGH else [measure for _, measure in near])[:_MOST_CLOSE]


_TO_BUILD = 4


def _distance(measure: Measure, query: Query) -> int | None:
    """How far a measure is from what was told: 0 made for it, 1 names its field, 2 its kind of applicant, 3 any
    product of its own, 4 something to be built first; None for what is not worth naming."""
    told = query.facts
    field, applicant = told.get("field"), told.get("applicant")
    facts = {criterion.fact for criterion in measure.criteria}
    if ("trade" in facts and applicant in _NO_SELLERS) or facts & _ONLY_IF_TOLD - set(told):
        return None
    if applicant == "bank" or REGIONS in measure.fields or facts & _MADE_FOR & set(told):
        return 0
    if told.get("stage") == "seed" and any(word in measure.quote for word in ("初创期", "首贷")):
        return 0
    if field and field in measure.fields:
        return 1
    if measure.kind not in _MONEY or ANY_FIELD not in measure.fields:
        return None
    elsewhere = bool(field) and set(measure.fields) != {ANY_FIELD}  # made for another field, open to this one
    if not elsewhere and any(c.fact == "applicant" and (applicant or "company") in c.met for c in measure.criteria):
        return 2
    if not measure.rate:
        return None
    return _TO_BUILD if "construction" in facts else 3


_MONEY = frozenset({Kind.PROPORTIONAL, Kind.CAPPED, Kind.MATCHED})
_MADE_FOR = frozenset({"title", "research-project"})
_ONLY_IF_TOLD = frozenset({"ai-platform", "event-role"})
"""Approved by the state, or an event to be held: only for who tells of one."""


_NO_SELLERS = frozenset({"university", "hospital", "individual"})


def _fits(measure: Measure, query: Query) -> bool:
    facts = query.facts
    field = facts.get("field")
    if REGIONS in measure.fields and facts.get("applicant") != "government":
        return False
    if field and not {field, ANY_FIELD} & set(measure.fields):
        return False
    applicant = facts.get("applicant")
    if applicant == "bank":
        return any(c.fact == "applicant" and "bank" in c.met for c in measure.criteria) or "银行" in measure.quote
    if applicant and any(c.fact == "applicant" and applicant in c.unmet for c in measure.criteria):
        return False
    if not applicant and any(c.fact == "applicant" and "bank" in c.met for c in measure.criteria) and field:
        return False
    return judge(measure, {k: v for k, v in facts.items() if k == "place"}).verdict is not Verdict.INELIGIBLE


def _items(draft: Draft, measures: Sequence[Measure]) -> str:
    parts = []
    for measure in measures:
        label = label_of(draft.corpus, measure.article)
        figure = sums.figure_text(measure)
        key = "overview.item" if figure else "overview.item_plain"
        parts.append(say(key, label=label, short=measure.short, figure=figure))
    return "；".join(parts)


def compose_by_figure(draft: Draft, measures: Sequence[Measure], figure: str) -> None:
    """Which measures carry a figure that was asked for (封顶2000万的是哪一项)."""
    for measure in measures:
        draft.rest_on(measure)
    draft.conclusion = say("overview.by_figure", figure=figure, items=_items(draft, measures))
    draft.lines += [say("measure.basis", label=label_of(draft.corpus, m.article), quote=m.quote) for m in measures[:2]]


def compose_listing(draft: Draft, shared: str, among: Sequence[Measure] = ()) -> None:
    """All measures that share something (``policy.properties``): every year, no rate, the lowest ceiling; or those of
    the measures ``among`` which it is asked."""
    measures = having(among or draft.corpus.policy.measures, shared)
    if among and not measures:
        draft.conclusion = say("listing.none_of_them")
        measures = tuple(among)
    else:
        draft.conclusion = say(f"listing.{shared}")
    _list(draft, measures, shared)


def compose_ceilings(draft: Draft, asked: CeilingRange) -> None:
    """The measures whose ceiling is of the size asked for (超过1000万的上限有几个)."""
    measures = tuple(m for m in draft.corpus.policy.measures if m.cap and asked.has(m.cap.amount))
    count = f"{len(measures)}项"
    draft.derived += [asked.text, count]
    if not measures:
        rule = draft.corpus.policy.rule_by_id["interpretation"]
        draft.cite(rule.article, rule.quote)
    draft.conclusion = say("listing.ceilings" if measures else "listing.no_ceilings", text=asked.text, count=count)
    _list(draft, measures)


def _list(draft: Draft, measures: Sequence[Measure], shared: str = "") -> None:
    for measure in measures:
        draft.rest_on(measure)
    if shared == "ordered":
        for ceiling in dict.fromkeys(measure.cap.amount for measure in measures if measure.cap):
            items = _items(draft, [m for m in measures if m.cap and m.cap.amount == ceiling])
            draft.lines.append(say("listing.line", label=format_yuan(ceiling), items=items))
        return
    for number in dict.fromkeys(measure.article for measure in measures):
        label = label_of(draft.corpus, number)
        draft.lines.append(say("listing.line", label=label, items=_shown(measures, number, shared)))
    if len(measures) <= _QUOTED:
        draft.lines += [say("measure.basis", label=label_of(draft.corpus, m.article), quote=m.quote) for m in measures]


_QUOTED = 2
"""So many measures are quoted; a longer list would be no list any more."""


def _shown(measures: Sequence[Measure], number: str, shared: str) -> str:
    """The measures of one article, each with its figure, or with the recognition it asks for."""
    parts = []
    for measure in measures:
        if measure.article != number:
            continue
        needs = [c.text for c in measure.criteria if c.fact == "recognition"] if shared == "recognition" else []
        figures = [sums.figure_text(measure)]
        if shared == "rates" and measure.uplift:
            figures.append(measure.uplift.quote)
        detail = "；".join(needs or filter(None, figures))
        parts.append(say("listing.item", short=measure.short, detail=detail) if detail else measure.short)
    return "；".join(parts)
