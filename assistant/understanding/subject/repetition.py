"""Whether a question is about the rule on the same matter under two policies, and what it asks then."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.policy.loader import Policy
from assistant.policy.measure import Kind
from assistant.understanding.query import Query
from assistant.understanding.subject.by_dialogue import APPLYING_NOW
from assistant.understanding.subject.other_awards import (
    NO_DUPLICATION,
    of_an_earlier_year,
    own_facts,
    tells_of_another_award,
)
from assistant.understanding.subject.with_figures_told import STACKED
from assistant.understanding.sums.received import EARLIER_AWARD

_NO_REPETITION = frozenset({"open_fact_again", "open_fact_sharing"})
_ONE_BILL = re.compile(r"同一(笔|张|份|批)")
"""去年拿过今年还能报吗 asks of another year; the same bill twice is a repetition."""


def of_the_term(query: Query, rules: Sequence[str]) -> tuple[Query, tuple[str, ...]]:
    """The query and its rules without the policy's term, where the asker's own application is meant."""
    if "open_fact_deadline" in query.asks and APPLYING_NOW.search(query.question):
        rules = [rule for rule in rules if rule != "validity"]
    asks = query.asks
    if query.years > 1:  # 连着三年都拿最高,加起来多少: a sum over years
        asks = asks - {"open_fact_again"}
    if "open_fact_again" in asks:  # 今年还能报吗: of the asker, not of the policy's term
        asks = asks - {"validity_now"}
    return replace(query, asks=asks), tuple(rules)


def of_repetition(
    policy: Policy,
    query: Query,
    rules: Sequence[str],
    discussed: Sequence[str],
    *,
    named: int,
    amounts: bool,
    told: str,
) -> tuple[Query, tuple[str, ...]]:
    """The query and its rules with the rule against repetition where it is meant, and without it where it is not.

    ``discussed``: the measures named, else those of the dialogue; ``named``: how many the turn names; ``told``: the
    text without what is set aside.
    """
    text, other = query.question, tells_of_another_award(told)
    kept = [rule for rule in rules if rule != NO_DUPLICATION]
    if (
        query.asks & _NO_REPETITION
        and (not amounts or of_an_earlier_year(text))
        and not _ONE_BILL.search(text)
        and not other
    ):
        rules = kept
        query = replace(query, asks=query.asks | ({EARLIER_AWARD} if amounts else set()))
    if discussed and other:
        rules = tuple(dict.fromkeys((*rules, NO_DUPLICATION)))
        query = replace(query, facts=own_facts(text, query.facts))
    if any(policy.by_id[m].kind is Kind.MATCHED for m in discussed) and not STACKED.search(text):
        rules = kept
    set_against = {"compare", "difference"} <= query.asks and "same_matter" not in query.asks
    if named > 1 and not amounts and set_against:
        rules = kept  # 国家平台的绩效跟公共平台的哪个高
    if any(_period_stated(policy, measure) for measure in discussed) and of_an_earlier_year(text):
        rules = kept
        query = replace(query, asks=query.asks - {"open_fact_again"} | {"period", EARLIER_AWARD})
    return query, tuple(rules)


def _period_stated(policy: Policy, measure: str) -> bool:
    cap = policy.by_id[measure].cap
    return cap is not None and cap.per is not None
