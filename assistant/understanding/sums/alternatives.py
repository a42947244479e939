"""Amounts that are set against each other (投600万跟投900万差多少): one sum for each, never their total."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from assistant.calculator.steps import show
from assistant.policy.measure import Measure
from assistant.understanding.sums.amounts import Placed
from assistant.understanding.sums.base_amount import BaseAmount, Surroundings, plain, share_of, summed
from assistant.understanding.sums.bases import bases_of
from assistant.understanding.sums.counted_shares import told_in_turn
from assistant.understanding.sums.match import Scored
from assistant.understanding.sums.shares import counts_a_part
from assistant.understanding.sums.taxes import EACH_WAY, told_both_ways
from assistant.understanding.sums.units import years_of


def of_alternatives(measure: Measure, scored: Sequence[Scored], around: Surroundings) -> tuple[BaseAmount, ...]:
    """A base for each amount, labelled by itself, where the asker compares; none where nothing is compared."""
    if told_both_ways([s.item for s in scored], around.text) and not any(s.excluded for s in scored):
        ways = ((s.item, "不含税" if "不含" in s.item.left else "含税") for s in scored)
        return tuple(plain(item, label=label) for item, label in ways)
    if both := _with_and_without([s.item for s in scored], around):
        return both
    if not around.compared:
        return ()
    ordered = sorted((s for s in scored if not s.excluded), key=lambda s: s.item.money.start)
    if shares := _by_share(measure, ordered, around):
        return shares
    if schemes := _by_scheme(measure, ordered, around):
        return schemes
    if counts_a_part(measure) and (parts := [s for s in ordered if not s.whole]):
        ordered = parts
    years = years_of([s.item for s in ordered], around) if ordered else []
    if all(years) and len(set(years)) == len(years) > 1:
        return ()  # told year by year, each by itself as it is
    if len(ordered) == _TWO and (more := _with_what_is_added(measure, ordered, around)):
        return more
    joined: list[Scored] = []
    for one, other in pairwise(ordered):
        between = around.text[one.item.money.end : other.item.money.start]
        plans = one.own > 0 and other.own > 0 and _IN_TURN.fullmatch(between)
        changed = bool(other.item.steps) and other.item.steps[-1].startswith(show(one.item.amount))  # 再追加2000万
        if plans or changed or _AGAINST.fullmatch(between):
            joined += [s for s in (one, other) if s not in joined]
    found = [base for s in joined for base in bases_of(measure, [s], around)]
    if len(found) < _TWO or len({base.amount for base in found}) < len(found):
        return ()
    named = [base.label for base in found]
    labels = named if all(named) and len(set(named)) == len(named) else [show(base.amount) for base in found]
    return tuple(replace(base, label=label) for base, label in zip(found, labels, strict=True))


def _with_and_without(items: Sequence[Placed], around: Surroundings) -> tuple[BaseAmount, ...]:
    """One sum told with a part of it and without, where both are asked (含土地4100万，不含3200万，两种都算)."""
    if len(items) != _TWO or not EACH_WAY.search(around.text):
        return ()
    without = [(item, found) for item in items if (found := _WITHOUT.search(item.left))]
    whole = [(item, found) for item in items if (found := _WITH.search(item.left)) and not _WITHOUT.search(item.left)]
    if len(without) != 1 or len(whole) != 1:
        return ()
    (all_of_it, named), (rest, left_out) = whole[0], without[0]
    part = left_out["part"] or named["part"]
    return plain(all_of_it, label=named.group()), plain(rest, label=f"{left_out['word']}{part}")


_WITHOUT = re.compile(r"(?P<word>不(含|带|包括|包含|算|计|连)|去掉|除去|扣掉|剔除)(?P<part>[^,，。;；|\d]{0,6})$")
_WITH = re.compile(r"(含|带|包括|包含|算上|连(同|着|带)?|加上)(?P<part>[^,，。;；|\d]{0,6})$")


def _by_share(measure: Measure, ordered: Sequence[Scored], around: Surroundings) -> tuple[BaseAmount, ...]:
    """A base for each share of the one sum (原来人工智能占三成，现在提到五成，能多拿多少)."""
    shares = told_in_turn(measure, around)
    if len(ordered) != 1 or len(shares) < _TWO:
        return ()
    return tuple(share_of(plain(ordered[0].item, label=share.text), share) for share in shares)


def _with_what_is_added(measure: Measure, ordered: Sequence[Scored], around: Surroundings) -> tuple[BaseAmount, ...]:
    """A base as it is and with what is added to it (预算8500万，再追加2000万能多拿多少)."""
    one, other = (s.item for s in ordered)
    if not _ADDED.search(around.text[one.money.end : other.money.start]):
        return ()
    before, both = bases_of(measure, [ordered[0]], around), summed([one, other])
    return (replace(before[0], label=show(one.amount)), replace(both, label=show(both.amount))) if before else ()


_ADDED = re.compile(r"[,，。;；][^,，。;；\d]{0,8}(追加|增加|增投|加投|再投|再加)(投资|投入|了|个)*$")


def _by_scheme(measure: Measure, ordered: Sequence[Scored], around: Surroundings) -> tuple[BaseAmount, ...]:
    """A base for each scheme named (方案一办大的，花900万；方案二办小的，450万), from the amounts told of it."""
    names = [found for found in _SCHEME.finditer(around.text) if not _ASKED_OF.match(around.text, found.end())]
    ends = [*(found.start() for found in names[1:]), len(around.text)]
    bases: dict[str, BaseAmount] = {}
    for name, end in zip(names, ends, strict=False):
        group = [s for s in ordered if name.start() <= s.item.money.start < end]
        found = bases_of(measure, group, around) if group else ()
        if len(found) == 1 and name.group() not in bases:
            bases[name.group()] = replace(found[0], label=name.group())
    return tuple(bases.values()) if len(bases) >= _TWO else ()


_SCHEME = re.compile(
    r"(方案|选项|计划|版本)[一二三四甲乙丙1-4A-Da-d](?![\d.]*万)|[甲乙丙A-Da-d](方案|计划|版|套方案)|第[一二三]种|另一种|一种(?!是不|不)"
)
_ASKED_OF = re.compile(r"[^,，。;；\d]{0,6}(多少|哪|吗|呢|和|跟|与|比|、)")


def set_against(before: tuple[BaseAmount, ...], now: tuple[BaseAmount, ...]) -> tuple[BaseAmount, ...]:
    """A base told before beside the one that a turn compares it with (如果投到900万能多拿多少)."""
    if not (len(before) == len(now) == 1) or before[0].amount == now[0].amount:
        return now
    return tuple(replace(base, label=show(base.amount)) for base in (*before, *now))


_TWO = 2
_AGAINST = re.compile(
    r"元?的?[^,，。;；\d]{0,6}[,，]?(和|跟|与|同|还是|比|或者?|、|(加|涨|提|升|增|减|降|改|变|压|砍)(到|成|至))[^,，。;；\d]{0,8}"
    r"|元?[,，](现在|如今|后来|眼下)[^,，。;；\d]{0,6}"
)
_IN_TURN = re.compile(r"元?[^,，。;；\d]{0,4}[,，;；][^,，。;；\d]{0,10}")
"""A方案投6000万，B方案投1.1亿: one after the other, each told as a base."""
