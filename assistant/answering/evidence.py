"""What an answer rests on (quotes, the user's words, metadata, the calculator), as the cross-check reads it."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answering.compose.draft import Draft
from assistant.answering.compose.lookups import day
from assistant.answering.crosscheck import Evidence
from assistant.answering.decide import Decision
from assistant.answering.wording import say
from assistant.policy.loader import Policy
from assistant.understanding.articles import numeral

_SHORT_BRACKETS = str.maketrans({"<": "（", ">": "）"})


def evidence_of(policy: Policy, decision: Decision, draft: Draft, words: Sequence[str]) -> Evidence:
    """The evidence of one draft; ``words`` are the user's, this turn's and the earlier ones' (as typed)."""
    query = decision.query
    cited = [c.article for c in draft.citations if c.article]
    return Evidence(
        quotes=tuple(citation.quote for citation in draft.citations if citation.kind == "policy"),
        background=tuple(citation.quote for citation in draft.citations if citation.kind == "digest"),
        words=(*words, query.question),
        metadata=_metadata(policy, decision),
        calculations=decision.calculations,
        derived=tuple(draft.derived),
        amounts=tuple(draft.amounts),
        articles=frozenset(cited),
        departments=_departments(policy, cited),
    )


def _metadata(policy: Policy, decision: Decision) -> tuple[str, ...]:
    period = policy.validity
    rates = []
    for item in decision.measures:
        if rate := item.measure.rate:
            rates += [f"{rate.minimum:%}", f"{rate.maximum:%}"]
    return (
        day(period.effective),
        day(period.last_day),
        day(decision.query.as_of),
        policy.hotline,
        f"{period.years}年",
        f"有效期{numeral(period.years)}年",
        say("labels.english"),
        *rates,
    )


def _departments(policy: Policy, articles: Sequence[str]) -> frozenset[str]:
    """Departments of the cited articles, with the policy's own contact and interpreter."""
    names = {name for number in articles for name in policy.document.by_number[number].departments}
    return frozenset(
        {policy.contact_department, policy.interpreter, *names, *(n.translate(_SHORT_BRACKETS) for n in names)}
    )
