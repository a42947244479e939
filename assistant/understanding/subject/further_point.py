"""What a turn asks of the measure under discussion that its sum does not answer: 外资企业行吗, 二手的算吗, 谁来审.

Without this the sum worked out before would only be said again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.policy.loader import Policy
from assistant.policy.measure import Measure
from assistant.understanding.query import DialogueState, Premises, Query
from assistant.understanding.scope.foreign import asks_something, left_of
from assistant.understanding.subject.names import Subject
from assistant.understanding.turns import OF_AN_AMOUNT

_NO_POINT_OF_ITS_OWN = frozenset({"eligibility", "stated", "award_order"})
_NO_PREMISES = Premises()
_SHORTEST = 2
_LEFT_OPEN = "branch"
_SUPPOSES = re.compile(r"(那|那么)?(要是|如果|假如|假设|等)[^,，。;?？]{0,6}了(的话)?呢?[?？]?$")
"""要是认了呢: the sum, should it be so."""
_WHO = re.compile(
    r"([子分母总]公司|关联公司|兄弟公司|控股公司|集团|合作社|个体户?|团队|老师|工作室)(的|也|都|来|去)*(行|可以|能|报|申请|呢|算|[付交出买投缴][^,，。;?？]{0,6}(呢|行|可以|算))"
)
_REQUIRED = re.compile(r"才(行|能|可以|算|给)|必须|一定要|非得|要求|没有[^,，。;?？]{1,8}(行|可以)")
_COUNTS = re.compile(
    r"[^,，。;?？\d]{2,12}(也|都|还|能|可以)*(?<!总)(?<!测)(?<!估)(算(?!力|法)|计入|计进|认(?!定))[^,，。;?？]{0,3}(吗|么|不|嘛|[?？]|$)"
    r"|包[括含](?!我)|[按以看](什么|啥|哪)(价|数|口径|金额)"
)
_SAME_THING = re.compile(
    r"这样|那样|这么|那么|照(这|此|你)|按(这|此|你)|确定|真的?|肯定|准不准|对不对|没错|没问题|再|重新|说|讲|看|明白|懂|意思|合适|划算|好|刚才|上面|前面|全部?|拿满|到顶|为什么|为啥|怎么会"
)


def further_point(policy: Policy, query: Query, found: Sequence[Subject], state: DialogueState) -> str | None:
    """The ask that stands for the point: "counted" (what the sum is reckoned by), "conditions" (who may apply), or
    "open_fact_unnamed" (a point of which the clause says nothing); None where the turn goes on about the sum."""
    measures = [policy.by_id[m] for m in query.measures if m in policy.by_id]
    same = set(query.measures) <= set(state.measures) if query.carried else query.measures == state.measures
    if not measures or not same:
        return None
    if not query.asks <= _NO_POINT_OF_ITS_OWN or not asks_something(query.question) or _SUPPOSES.match(query.question):
        return None
    if query.bases or query.target or replace(query.premises, alike=False) != _NO_PREMISES:  # 那410万也能算吗
        return None
    if query.rules or query.articles or query.dates or query.years > 1 or _told(query, measures, state):
        return None
    text = _SAME_THING.sub("", _without_names(query.question, found, measures))
    if _asks_who(query, state) or _WHO.search(text):
        return "conditions"
    if _COUNTS.search(text) and any(measure.base for measure in measures):
        return "counted"
    if len(left_of(text)) < _SHORTEST:
        return None
    return "conditions" if len(measures) == 1 and _REQUIRED.search(text) else "open_fact_unnamed"


def _asks_who(query: Query, state: DialogueState) -> bool:
    """Whether another applicant or place is put in (个体户呢, 无锡的公司呢) than the one told before."""
    return any(query.facts.get(fact, before) != before for fact, before in _asker(state))


def _asker(state: DialogueState) -> Iterator[tuple[str, str]]:
    yield "applicant", state.facts.get("applicant", "company")
    yield "place", state.facts.get("place", "suzhou")


def _told(query: Query, measures: Sequence[Measure], state: DialogueState) -> bool:
    """Whether the turn tells something new on which the sum or the verdict depends; a branch leaves it open."""
    if query.facts.get("place") == _LEFT_OPEN:
        return False
    deciding = {criterion.fact for measure in measures for criterion in measure.criteria}
    deciding |= set(OF_AN_AMOUNT)
    if any(measure.uplift and measure.uplift.fact in query.facts for measure in measures):
        return True  # 它是按医疗器械管的，能多给吗
    new = {fact: query.facts[fact] for fact in deciding & query.facts.keys()}
    return any(value != state.facts.get(fact) for fact, value in new.items())


def _without_names(text: str, found: Sequence[Subject], measures: Sequence[Measure]) -> str:
    """``text`` without the words for the measures under discussion and their bases."""
    ids = {measure.id for measure in measures}
    spans = [(hit.start, hit.end) for subject in found if subject.id in ids for hit in subject.hits]
    for start, end in sorted(spans, reverse=True):
        text = text[:start] + text[end:]
    for name in (measure.base.name for measure in measures if measure.base):
        text = text.replace(name, "")
    return text
