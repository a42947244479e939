"""Amounts listed beside one that is given, each with nothing but its matter's name: awards as well."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from assistant.policy.loader import Policy
from assistant.policy.measure import Kind
from assistant.understanding import lexicon
from assistant.understanding.subject.names import Subject
from assistant.understanding.subject.other_awards import given_by_another, tells_of_another_award
from assistant.understanding.sums.amounts import Award, Placed, Roles, before_their_sum

_OF_ALL_LEVELS = frozenset({"named", "city"})
_LISTED = re.compile(r"元?[、,，;；和及 ][^,，、。;；\d]{1,12}")
_COST = re.compile(r"[付花投交缴卖砸买租]|单价|售价|价格|总?投资|投入|预算|合同|销售|损失|成本|支出")


def with_listed_awards(
    policy: Policy, roles: Roles, placed: Sequence[Placed], subjects: Sequence[Subject], text: str
) -> Roles:
    """场景示范120万、揭榜挂帅市里给300万、保险费30万，都不相干: what stands in a list of awards is one too, unless its
    words tell a cost or it is more than its matter gives."""
    levels = {award.level for award in roles.awards}
    if not levels or not levels <= _OF_ALL_LEVELS or not lexicon.asks()["different_matters"].search(text):
        return roles
    in_a_row = all(_LISTED.fullmatch(text[a.money.end : b.money.start]) for a, b in pairwise(placed))
    listed = [item for item in roles.candidates if _may_be_given(policy, item, subjects)]
    if not in_a_row or len(listed) < len(roles.candidates):
        return _with_base_of_matched(policy, roles, placed, subjects)
    awards = (*roles.awards, *(Award("named", item.amount) for item in listed))
    told = [item.amount for item in placed]
    in_order = sorted(awards, key=lambda award: told.index(award.amount) if award.amount in told else len(told))
    return replace(roles, candidates=(), awards=tuple(in_order))


def told_to_add_up(placed: Sequence[Placed], text: str) -> tuple[Award, ...]:
    """一款算下来90万，一款60万，一共150万对吗: awards for several things, told with the sum that is hoped for or asked
    for (合计多少); none where another level gives, one matter is meant, or what they cost is told."""
    parts = before_their_sum(placed)
    if parts:
        awarded = any(_AWARDED.search(f"{part.left}|{part.right}") for part in parts)
        cost = _COST_IN_ALL.search(placed[-1].left)
    else:
        parts = placed if lexicon.asks()["add_up"].search(text) and len(placed) >= _FEWEST else ()
        named = [bool(_AWARD_NAMED.search(part.left)) for part in parts]
        awarded = any(_WORKED_OUT.search(part.left) for part in parts) or (bool(named) and all(named))
        cost = None
    by_others = any(given_by_another(part.left) for part in parts)
    if not awarded or by_others or cost or any(_COST.search(part.left) for part in parts):
        return ()
    if tells_of_another_award(text) or lexicon.asks()["same_matter"].search(text):
        return ()
    return tuple(Award("named", part.amount) for part in parts)


_FEWEST = 2
_AWARDED = re.compile(r"[测算](下来|出来|得|出)|[补贴]|奖(?!金)|支持|资助|(拿|领|批|给)(了|到)")
_COST_IN_ALL = re.compile(r"费用|开销|开支|花|付|成本|投")
_WORKED_OUT = re.compile(
    r"(奖励|补贴|补助|支持|绩效|奖|补|贴息)(款|金|资金)?(是|能|可以|按条文|按政策)?[测核]?[算定批核](下来|出来|得|出|了)?(是|有|大概|约)*$"
    r"|按(最高|最低|上限|下限|高|低|顶格|上浮)(的)?(那|一)?(档|头|端|限|比例|以后|之后|后)?[测核]?算(下来|出来|得|出|是|有|能|到|大概|约|分别|依次|各)*$"
)
_AWARD_NAMED = re.compile(r"(奖励|补贴|补助|支持|绩效|贴息|奖补)(款|资金)?(是|有|大概|约)*$|(?<![一-鿿]按)[奖补]了?$")


def _with_base_of_matched(policy: Policy, roles: Roles, placed: Sequence[Placed], subjects: Sequence[Subject]) -> Roles:
    """Beside what others cost, the single sum that the city gives for a 1:1 measure is that measure's base."""
    told = [
        item
        for item in placed
        if any(policy.by_id[name].kind is Kind.MATCHED for name in _named_with(item, subjects))
        and any(item.amount == award.amount for award in roles.awards)
    ]
    if len(roles.awards) != 1 or len(told) != 1:
        return roles
    candidates = tuple(sorted((*roles.candidates, told[0]), key=lambda item: item.money.start))
    return replace(roles, candidates=candidates, awards=())


def _named_with(item: Placed, subjects: Sequence[Subject]) -> set[str]:
    """The measures named in an amount's own clause before it."""
    since = item.money.start - len(item.left)
    return {s.id for s in subjects for hit in s.hits if since <= hit.start < item.money.start}


def _may_be_given(policy: Policy, item: Placed, subjects: Sequence[Subject]) -> bool:
    named = _named_with(item, subjects)
    caps = [cap.amount for name in named if (cap := policy.by_id[name].cap)]
    return bool(named) and not _COST.search(item.left) and all(item.money.maximum <= cap for cap in caps)
