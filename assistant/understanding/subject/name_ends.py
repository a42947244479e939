"""Measures of one article named by the end of their names before a sum (概念验证中心120万，平台700万，互不相干;
平台和中心一共4000万)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.calculator.money import Money
from assistant.policy.loader import Policy
from assistant.understanding import lexicon
from assistant.understanding.subject.names import Hit, Subject
from assistant.understanding.sums.divided import TOGETHER
from assistant.understanding.sums.match import takes_amounts
from assistant.understanding.sums.shares import counts_whole

_TAIL = 2


def with_name_ends(
    policy: Policy, text: str, named: Sequence[Subject], found: Sequence[Subject], amounts: Sequence[Money]
) -> list[Subject]:
    """``named`` with what is named by the end of a name alone: a measure named before gets the place of it, another one
    of the same article joins it where the two are told apart or have one sum together. So does a hint (``found``) that
    is joined to another measure's name ahead of their one sum (保险和贷款一共花了75万)."""
    if not amounts:
        return list(named)
    named = [*named, *_joined_hints(policy, text[: amounts[0].start], named, found)]
    tails = _tails(policy, [s for s in named if s.strong] or found)
    result = {subject.id: subject for subject in named}
    told_apart = _apart(text)
    for tail, measure in tails.items():
        others = "|".join(other for other in tails if other != tail)
        places = [m.start("tail") for m in re.finditer(_BEFORE_A_SUM.format(tail=tail), text)]
        pairs = (
            _JOINED.format(first=others, second=f"(?P<tail>{tail})"),
            _JOINED.format(first=f"(?P<tail>{tail})", second=others),
        )
        joined = [m.start("tail") for pair in pairs for m in re.finditer(pair, text)]
        hits = tuple(Hit(start, start + _TAIL, tail) for start in (*places, *joined))
        if subject := result.get(measure):
            new = tuple(hit for hit in hits if not any(old.start <= hit.start < old.end for old in subject.hits))
            result[measure] = replace(subject, hits=(*subject.hits, *new))
        elif joined or (hits and told_apart):
            result[measure] = Subject(measure, 1.0, strong=True, hits=hits)
    return list(result.values())


def _joined_hints(policy: Policy, text: str, named: Sequence[Subject], found: Sequence[Subject]) -> Iterator[Subject]:
    """The measures only hinted at in ``text``, which leads up to a sum, whose name is joined to that of another one of
    their article, where the sum is that of both."""
    known = {subject.id for subject in named}
    found = [subject for subject in found if takes_amounts(policy.by_id[subject.id])]
    hits = [(policy.by_id[s.id].article, hit, s.id) for s in found for hit in s.hits if hit.end <= len(text)]
    for subject in found:
        article = policy.by_id[subject.id].article
        others = [hit for other, hit, name in hits if other == article and name != subject.id]
        pairs = [sorted((hit, other), key=lambda h: h.start) for hit in subject.hits for other in others]
        if subject.id not in known and any(
            _AND.fullmatch(text, first.end, second.start) and TOGETHER.search(text, second.end)
            for first, second in pairs
        ):
            yield replace(subject, strong=True)


_AND = re.compile(r"(?:费用?|利息|的)?(?:[和跟与及、]|加上?)(?:科技)?")


def _tails(policy: Policy, named: Sequence[Subject]) -> dict[str, str]:
    """The ends of names of all measures that count what a project costs, in the articles of those ``named``; none where
    no such measure is named, or one end is that of two."""
    articles = {policy.by_id[s.id].article for s in named if counts_whole(policy.by_id[s.id])}
    measures = [m for m in policy.measures if m.article in articles and counts_whole(m)]
    tails = {m.short[-_TAIL:]: m.id for m in measures}
    return tails if len(tails) == len(measures) > 1 else {}


def _apart(text: str) -> bool:
    return bool(lexicon.asks()["different_matters"].search(text) or _EACH.search(text))


_EACH = re.compile(r"各(能|可以|自|补|拿|给|是|有|支持)|分别|两个(都|项目)")
_BEFORE_A_SUM = (
    r"(?:^|[,，。;；])(?:其中|里面|里头|当中|剩下的?|那个?|另(?:外)?一?个?|新建的?|还有)?(?P<tail>{tail})(?:建设)?"
    r"(?:那边|那块|总投资|总共|一共|上|又|是|要|得|投|花|用|砸|了|大概|约)*(?=\d)"
)
_JOINED = r"(?:{first})(?:[和跟与及、]|加上?)(?:{second})(?=[^,，。;；\d]{{0,8}}\d)"
