"""Amounts that stand together: items of one enumeration, one more of a kind, the same again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from assistant.policy.measure import Measure
from assistant.understanding.sums.amounts import words
from assistant.understanding.sums.base_amount import Surroundings
from assistant.understanding.sums.match import Scored

_TWO = 2


def with_list(measure: Measure, near: Sequence[Scored], scored: Sequence[Scored], around: Surroundings) -> list[Scored]:
    """Items enumerated with one that counts count too (场地158万、搭建126万、宣传40万)."""
    ordered = sorted(scored, key=lambda s: s.item.money.start)
    chosen = set(map(id, near))
    listed = _listed(measure, ordered, around)
    for one, other in [*pairwise(ordered), *pairwise(ordered[::-1])]:
        first, second = sorted((one.item.money, other.item.money), key=lambda m: m.start)
        gap = around.text[first.end : second.start]
        joined = listed.fullmatch(gap) or (all_costs(measure) and _PLUS.fullmatch(gap))
        if id(one) in chosen and not other.excluded and joined:
            chosen.add(id(other))
    return [s for s in ordered if id(s) in chosen]


def enumerated(measure: Measure, items: Sequence[Scored], around: Surroundings) -> bool:
    """Whether all items stand in one enumeration (设备410万、改造95万、信息化65万)."""
    ordered = sorted(items, key=lambda s: s.item.money.start)
    gaps = (around.text[a.item.money.end : b.item.money.start] for a, b in pairwise(ordered))
    listed = _listed(measure, ordered, around)
    return len(ordered) > 1 and all(listed.fullmatch(gap) for gap in gaps)


def all_costs(measure: Measure) -> bool:
    """Whether all that a project costs is the base."""
    base = measure.base
    return bool(measure.rate and base and not (base.yearly or base.unit or base.part))


_PLUS = re.compile(r"元?[,，;；]?(再|另|又|还)?(加上?|外加|还有|另外|其他|其余|别的)[^,，。;；\d]{0,8}")


def _listed(measure: Measure, ordered: Sequence[Scored], around: Surroundings) -> re.Pattern[str]:
    """What may stand between two items of one list: looser where they are added up, or where all that a project costs
    is the base and at least three things are named that it was spent on (设备4200万厂房1600万软件300万), or two that
    are known as such (装修300万，设备700万)."""
    if _ADDED_UP.search(around.text):
        return _LISTED_LOOSELY
    gaps = [around.text[a.item.money.end : b.item.money.start] for a, b in pairwise(ordered)]
    costs = sum(bool(_COSTS.fullmatch(gap)) for gap in gaps)
    known = [s for s in ordered if s.item.steps or words()["spent_on"].search(s.item.left)]
    if all_costs(measure) and (costs >= _TWO or (costs and len(known) >= _TWO)):
        return _LISTED_COSTS
    return _paid_to() if words()["payees"].search(ordered[0].item.left) else _LISTED


@lru_cache(maxsize=1)
def _paid_to() -> re.Pattern[str]:
    """Between two items of a list by whom each was paid to (苏州银行28.6万，中行41.2万)."""
    return re.compile(
        rf"{_LISTED.pattern}|元?[,，;； ]?({words()['payees'].pattern})(那边|这边|是|有|又?[付交还]了|大概|约)*"
    )


def with_parallel(
    measure: Measure, kept: Sequence[Scored], scored: Sequence[Scored], around: Surroundings
) -> list[Scored]:
    """Items that stand beside a kept one as another of its kind (一张保费18万一张25万) count as it does."""
    chosen = set(map(id, kept))
    ordered = sorted(scored, key=lambda s: s.item.money.start)
    for one, other in pairwise(ordered):
        kinds = [_PARALLEL.search(around.text[: s.item.money.start]) for s in (one, other)]
        alike = kinds[0] and kinds[1] and kinds[0]["kind"] == kinds[1]["kind"]
        near = other.item.money.start - one.item.money.end <= _NEAR_BY
        again = _AGAIN.search(other.item.ahead)
        yearly = all(_OF_A_YEAR.search(s.item.ahead) for s in (one, other))
        if id(one) in chosen and ((alike and near) or again or yearly) and not _left_out(measure, other):
            chosen.add(id(other))
    return [s for s in ordered if id(s) in chosen]


def _left_out(measure: Measure, later: Scored) -> bool:
    """Whether a sum is none of the base; what is put on top of all that a project costs is (再追加75万的设备投资)."""
    return later.excluded and not (all_costs(measure) and put_on_top(later))


def put_on_top(scored: Scored) -> bool:
    """Whether a sum is told as one put on top of another (再追加75万的设备投资)."""
    return bool(_PUT_ON_TOP.search(scored.item.ahead))


_PUT_ON_TOP = re.compile(r"(?<!其中)(?<!包括)(?<![含与和])(追加|增投|加投|补投|增资)[^,，。;；\d到至成为]{0,6}$")
_OF_A_YEAR = re.compile(
    r"([去今前明]年|20\d\d年)(又|也|再)?([付花投交缴支用][^,，。;；\d]{0,4}|(大概|约|估计|预计|是|要|保费|利息)*)$"
)
_AGAIN = re.compile(
    r"[,，。;；][^,，。]{0,6}(又|再|续费|接着|另外|第二(次|回|笔))[^,，。]{0,6}(付|用|充|扣|打|交|花|缴|投|支|还|给|加)[了上]?$"
    r"|[,，。;；][^,，。;；\d]{0,6}(追加|增投|加投|补投|增资)[^,，。;；\d到至成为]{0,6}$"
    r"|[,，。;；][^,，。]{0,6}(外加|另加|加上|(少|漏|忘了?)(算|报|加|记|列)?了?)(一笔|一张)?$"
)
_PARALLEL = re.compile(
    r"(一|二|两|另|另外|第[一二三四]|首|那|这)(一)?(?P<kind>张|个|笔|期|家|项|台|套|场|份|次|款|批)[^,，。;；\d]{0,8}$"
)
_NEAR_BY = 12
_ADDED_UP = re.compile(
    r"合起来|加起来|合计|总共|一共|[全都]部?(都)?(算|认|计|当)(作|成|为|进|入)?|构成|组成|分别是|包括|[三四五两]块|就(是|这)*[两三四五六几](项|样|笔)(?!政策|补贴|奖励|支持)|明细|各项|:|：|——"
)
_LISTED_LOOSELY = re.compile(r"元?[,，、;；和及与加+ ][^,，。;；、\d]{0,8}")
_COSTS = re.compile(
    r"元?[,，、;； ]?"
    r"(?![一-鿿]*(年|区|省|国|补|奖|另|其中|里面|只|才|出|投|花|算|就|要|是|给|对|了|总|共|约|到|实际|预算|最))"
    r"[一-鿿]{2,6}"
)


_LISTED = re.compile(r"元?[、和及与加+ ][^,，。;；、\d]{0,8}")
_LISTED_COSTS = re.compile(rf"{_LISTED.pattern}|{_COSTS.pattern}")
