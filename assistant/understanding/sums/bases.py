"""From amounts with roles to the bases of measures: parts and wholes, shares, unit prices, months, years, exclusions.

Every derived base carries its derivation as Chinese steps (``280万元 − 30万元 = 250万元``), so that the figure can be
checked and nothing is computed in the dark.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.policy.measure import Kind, Measure
from assistant.understanding import lexicon
from assistant.understanding.sums.amounts import Placed, words
from assistant.understanding.sums.base_amount import BaseAmount, Surroundings, plain, summed
from assistant.understanding.sums.by_year import by_year
from assistant.understanding.sums.carried_out import paid_share, share_done
from assistant.understanding.sums.corrections import STAGE
from assistant.understanding.sums.counted_list import counted_list
from assistant.understanding.sums.counted_shares import chained, counted_share
from assistant.understanding.sums.enumerations import all_costs, enumerated, put_on_top, with_list, with_parallel
from assistant.understanding.sums.listed_parts import listed_beside_rest
from assistant.understanding.sums.loan_interest import interest
from assistant.understanding.sums.match import Scored, is_part, none_of_it
from assistant.understanding.sums.months import by_months
from assistant.understanding.sums.priced_things import worked_out
from assistant.understanding.sums.relations import is_one_cost
from assistant.understanding.sums.shares import (
    counts_a_part,
    counts_whole,
    less,
    named_share,
    of_a_split,
    part_that_counts,
    reduced,
    remainder,
    rest_that_counts,
    selective,
    shared,
)
from assistant.understanding.sums.told_alike import (
    of_each,
    of_so_many,
    put_up_jointly,
    shares_of_several,
    whole_of_share,
)
from assistant.understanding.sums.two_sides import of_two_sides
from assistant.understanding.sums.unit_prices import unit_prices
from assistant.understanding.sums.units import (
    apart,
    by_count,
    by_period,
    by_rate,
    by_usage,
    labelled_items,
    parts_of_a_year,
    periodic,
)

_LABELLED = 1.0


def bases_of(measure: Measure, scored: Sequence[Scored], around: Surroundings) -> tuple[BaseAmount, ...]:
    """The bases of one measure among the amounts held against it."""
    scored = worked_out(measure, scored)
    if counts_whole(measure) and (stages := _stages(scored)):
        return (summed([s.item for s in stages]),)
    if listed := counted_list(measure, scored, around):
        return (summed([s.item for s in listed]),)
    usage = by_usage(scored, around.text) or by_rate(measure, scored, around)
    usage = (
        by_period(measure, scored, around.text)
        or by_months(measure, scored, around)
        or usage
        or by_count(measure, scored, around.text)
    )
    if usage:
        return usage
    if each := of_each(measure, scored, around) or of_so_many(measure, scored, around):
        return each
    if counts_whole(measure) and (whole := whole_of_share(scored, around)):
        return (whole,)
    if counts_whole(measure) and (theirs := put_up_jointly(scored, around)):
        return (summed([s.item for s in theirs]),)
    if paid := paid_share(measure, scored, around) or interest(measure, scored, around):
        return (paid,)
    if done := share_done(scored, around):
        return (done,)
    if measure.kind is Kind.MATCHED:
        return of_two_sides(scored, around.text)
    if part := chained(measure, scored, around):
        return (part,)
    if not counts_a_part(measure) and (part := named_share(measure, scored, around)):
        return (part,)
    kept = _beside_the_part(measure, [s for s in scored if not s.excluded and s.score > 0])
    if measure.base and measure.base.unit:
        return unit_prices(scored, kept, around)
    if by_parts := parts_of_a_year(measure, scored):
        return (summed([s.item for s in by_parts]),)
    if not counts_whole(measure) and not counts_a_part(measure) and (split := of_a_split(measure, scored)):
        return (summed([s.item for s in split]),)
    if years := by_year(measure, [s.item for s in kept], around):
        return years
    if listed := listed_beside_rest(measure, scored):
        return (summed([s.item for s in listed]),)
    if rest := rest_that_counts(measure, scored, around):
        return (rest,)
    if not counts_whole(measure) and (counting := part_that_counts(measure, scored, around)):
        return (summed([s.item for s in counting]),)
    before, kept = kept, _settled(measure, kept)
    scored = [s for s in scored if s in kept or s not in before or not (s.planned or s.settled)]
    if not selective(measure) and (made_up := [s for s in kept if s.whole and s.item.has_parts]):
        return (reduced(max(made_up, key=lambda s: s.item.money.minimum), scored, measure, around),)
    labelled = [s for s in kept if s.score >= _LABELLED]
    kept = with_parallel(measure, labelled or kept, scored, around)
    if not kept and not counts_a_part(measure):
        return ()
    wholes, parts = [s for s in kept if s.whole], [s for s in kept if not s.whole]
    if counts_a_part(measure):
        return _partial(measure, wholes, parts, scored, around)
    surest = max((s.score for s in parts), default=0.0)
    if wholes and surest > max(s.score for s in wholes) + 0.15:
        wholes, kept = [], parts
    if len(wholes) == 1 and all_costs(measure) and (more := [s for s in kept if put_on_top(s)]):
        return (summed([wholes[0].item, *(s.item for s in more)]),)
    if wholes and not (_projects(measure) and apart(around.text, kept)):
        return (reduced(max(wholes, key=lambda s: s.score), scored, measure, around),)
    return _several(measure, parts if parts and not wholes else kept, scored, around)


def _stages(scored: Sequence[Scored]) -> list[Scored]:
    """The stages of one thing, where one of them has parts of its own (一期2000万，二期4000万，其中土地500万)."""
    stages = [s for s in scored if STAGE.search(s.item.left) and not s.excluded]
    several = len(stages) > 1 and not any(s.whole and s not in stages for s in scored)
    return stages if several and any(s.item.has_parts for s in stages) else []


def _beside_the_part(measure: Measure, kept: list[Scored]) -> list[Scored]:
    """Without what is larger than the part that counts and told as no part of its kind (全盘900万，AI那摊210万)."""
    parts = [s for s in kept if is_part(measure, s.item, before=True)]
    within = sum(s.item.money.maximum for s in parts)
    return [s for s in kept if not parts or s in parts or s.own >= _PART_WORD or s.item.money.minimum <= within]


def _settled(measure: Measure, kept: list[Scored]) -> list[Scored]:
    """Of a planned and a settled sum the settled one; of an invoice and a payment the payment, where that counts."""
    if not any(s.settled for s in kept):
        return kept
    paid = bool(measure.base and "实际" in measure.base.name)
    surest = next((p for p in (_TRULY, _TRANSFERRED) if any(p.search(s.item.left[-10:]) for s in kept)), None)
    if paid and surest:
        truly = [s for s in kept if surest.search(s.item.left[-10:])]
        return [s for s in kept if s in truly or (_SPENT.search(s.item.left) and not s.whole)]
    return [s for s in kept if s.settled or not (s.planned or (paid and not _SPENT.search(s.item.left)))]


_TRULY = re.compile(r"实际|实付|结算|决算|付清|只付|真正|真金白银|自(己|家)(掏|付|出)|现金付")
_TRANSFERRED = re.compile(r"(转账|打款|银行|流水)[^,，。;；\d]{0,4}$|(?<!预)付了$")


_SPENT = re.compile(r"花了|用了|花掉|用掉|(?<![预应未待])付(?!款|的)(了|给|掉)*(?![了给掉])[^,，。;；\d预合订]{2,10}$")
"""付了苏州算力平台200万: spent, whatever is told of another sum (又付了50万)."""


def _projects(measure: Measure) -> bool:
    """Whether several amounts can be several projects, each by itself (not costs of one company's year)."""
    return bool(measure.rate and measure.base and not (measure.base.yearly and "销售" not in measure.base.name))


def _partial(
    measure: Measure,
    wholes: Sequence[Scored],
    parts: Sequence[Scored],
    scored: Sequence[Scored],
    around: Surroundings,
) -> tuple[BaseAmount, ...]:
    if not wholes and not parts:
        wholes = [s for s in scored if s.whole]
    named = sum(s.item.money.maximum for s in parts if is_part(measure, s.item, before=True))
    surer = [s for s in wholes if s.own >= _PART_WORD and not (s.item.has_parts or 0 < named <= s.item.money.minimum)]
    if surer and len(wholes) + len(parts) > len(surer):
        wholes, parts = [s for s in wholes if s not in surer], [*parts, *surer]
    if wholes and (several := shares_of_several(measure, scored, around)):
        return several
    if wholes and (found := counted_share(measure, around)):
        whole = max(wholes, key=lambda s: s.score).item
        return (shared(whole, found),)
    if wholes and (rest := remainder(wholes[0].item, [s for s in scored if s.item is not wholes[0].item], around)):
        return (rest,)
    if parts and not wholes and (found := counted_share(measure, around)) and len(parts) == 1:
        return (shared(parts[0].item, found),)
    others = _without_those_joined(scored, around.text)
    if parts and not wholes and any(s.excluded and _NOT_OF_IT.match(s.item.right) for s in scored):
        # 算法95万，盒子60万，机械臂310万不属于人工智能: of a list the rest counts.
        return (
            labelled_items([s.item for s in others], around)
            if apart(around.text, others)
            else (summed([s.item for s in others]),)
        )
    if parts:
        # 1200万全是人工智能的，里面300万其实是装修: what is told within a sum wholly of it is taken off.
        wholly = len(parts) == 1 and _WHOLLY.match(parts[0].item.after)
        return _several(measure, parts, scored if wholly else parts, around)
    if wholes and any(none_of_it(s.item) for s in scored if s.excluded):
        return (less(wholes[0].item, [s.item for s in scored if none_of_it(s.item)]),)
    return tuple(plain(s.item, whole_only=True) for s in wholes[:1])


def _without_those_joined(scored: Sequence[Scored], text: str) -> list[Scored]:
    """What is neither left out nor joined to it (软件210万，电脑40万、装修70万不算AI); of one list the last alone."""
    ordered = sorted(scored, key=lambda s: s.item.money.start)
    kept: list[Scored] = []
    run: list[Scored] = []
    for n, one in enumerate(ordered):
        joined = n > 0 and _JOINED.match(text, ordered[n - 1].item.money.end)
        if not joined:
            kept, run = [*kept, *run], []
        out = one.excluded and _NOT_OF_IT.match(one.item.right)
        run = (run if not kept else []) if out else [*run, one]
    return [s for s in (*kept, *run) if not s.excluded and not s.whole]


_JOINED = re.compile(r"元?[、和与及跟]")
_PART_WORD = 1.8
_NOT_OF_IT = re.compile(
    r"元?(的)?(这块|那块)?(可|都|也|就|并)?(不属于|不算(?!多|高|贵|大|少)|算不上|不能算|不是|不计|没算(?!进|上|到))"
)
_WHOLLY = re.compile(r"元?[,，]?(全|都|均)")


def _several(
    measure: Measure, kept: Sequence[Scored], scored: Sequence[Scored], around: Surroundings
) -> tuple[BaseAmount, ...]:
    best = max(s.score for s in kept)
    near = [s for s in kept if s.score >= best - 1.6] if best >= _LABELLED else list(kept)
    near = with_list(measure, with_parallel(measure, near, scored, around), scored, around)
    if len(near) == 1:
        year = _year_near(near[0].item, around) if measure.base and measure.base.yearly else ""
        return (periodic(replace(reduced(near[0], scored, measure, around), label=year), near[0].item, measure),)
    if (_projects(measure) and apart(around.text, near)) or (len(near) > 1 and _COMPANIES.search(around.text)):
        return labelled_items([s.item for s in near], around)
    if (
        best < _LABELLED
        and (wholes := [s for s in kept if not words()["part"].search(s.item.left)])
        and len(wholes) == 1
    ):
        return (reduced(wholes[0], scored, measure, around),)
    if best < _LABELLED and enumerated(measure, near, around):
        return (summed([s.item for s in near]),)
    if best < _LABELLED and not (_TOGETHER.search(around.text) or lexicon.asks()["add_up"].search(around.text)):
        return ()
    if whole := _sum_among(near):
        return (plain(whole.item),)
    return (summed([s.item for s in near]),)


_TOGETHER = re.compile(r"[全都]算|共|分.{1,2}期|[一首头]期[\s\S]*二期")
_COMPANIES = re.compile(r"(两|三|2|3)家(公司|企业|子公司)[\s\S]*(各|分别|分开)")


def _year_near(item: Placed, around: Surroundings) -> str:
    """The single year in whose clause an amount stands (去年花了1300万)."""
    start = item.money.start - len(item.left)
    near = [d for d in around.dates if start <= d.start < item.money.start and d.first.year == d.last.year]
    return f"{near[-1].first.year}年" if near else ""


def _sum_among(items: Sequence[Scored]) -> Scored | None:
    """One amount that equals the sum of the others is their whole."""
    everything = sum((s.item.money.maximum for s in items), Decimal(0))
    wholes = (s for s in items if len(items) > 2 and s.item.money.maximum * 2 == everything)
    return next((s for s in wholes if not is_one_cost(s.item)), None)
