"""Sums that one amount stands for: n things each of it (两场各300万), or a whole told by a share (六成也就是2400万)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from assistant.calculator.formatting import format_rate
from assistant.calculator.interval import Interval
from assistant.calculator.rates import Rate
from assistant.calculator.steps import show
from assistant.policy.measure import Measure
from assistant.understanding.articles import numeral as article_numeral
from assistant.understanding.sums.amounts import Placed, words
from assistant.understanding.sums.base_amount import BaseAmount, Surroundings, plain, share_of
from assistant.understanding.sums.counted_shares import counted_share
from assistant.understanding.sums.match import Scored, is_part
from assistant.understanding.sums.owners import elsewhere_of
from assistant.understanding.sums.unit_prices import parts_of_a_set
from assistant.understanding.sums.units import apart, labelled_items
from assistant.understanding.time.periods import numeral


def of_each(measure: Measure, scored: Sequence[Scored], around: Surroundings) -> tuple[BaseAmount, ...]:
    """n equal sums told once: each by itself where each has its own ceiling, else their total as one base."""
    if len(scored) != 1 or scored[0].excluded or measure.base is None:
        return ()
    item = scored[0].item
    if item.steps:
        return ()  # multiplied already (分四年付，每年450万)
    if years := _years_alike(measure, item, around):
        return years
    start = item.money.start
    before = around.text[max(0, start - _REACH) : start]
    found = _EACH.search(before) or _OF_THEM_EACH.search(before)
    count = numeral(found["n"]) if found else None
    if not found or not count or count > _MOST or (measure.base.unit and found["unit"] in "台套件"):
        return ()  # 三台各卖900万: the price of one unit of one product
    if measure.base.unit and parts_of_a_set(around.text, item):
        return ()
    unit = found["unit"]
    if not _apart(measure, unit, around.text):
        whole = Interval(item.amount.minimum * count, item.amount.maximum * count)
        step = f"{show(item.amount)} × {count} = {show(whole)}"
        return (replace(plain(item), amount=whole, derivation=(*item.steps, step)),)
    if len(around.owners) == count:
        out = elsewhere_of(measure, around.owners)
        here = [owner.label for owner in around.owners if owner.label not in out]
        return tuple(replace(plain(item, label=label), elsewhere=out) for label in here)
    return tuple(plain(item, label=f"第{article_numeral(n)}{unit}") for n in range(1, count + 1))


def _years_alike(measure: Measure, item: Placed, around: Surroundings) -> tuple[BaseAmount, ...]:
    """The same sum in each of the years listed before it (2023、2024、2025年，每年都付1100万)."""
    start = item.money.start
    named = [d for d in around.dates if start - _REACH <= d.start < d.end <= start and d.first.year == d.last.year]
    years = list(dict.fromkeys(d.first.year for d in named))
    if not (measure.base and measure.base.yearly) or len(years) < _SEVERAL:
        return ()
    if not _IN_EACH.fullmatch(around.text, named[-1].end, start):
        return ()
    return tuple(plain(item, label=f"{year}年") for year in years)


_SEVERAL = 2
_IN_EACH = re.compile(
    r"(这?[两二三四五]年|度)?[,，]?[^,，。;；\d]{0,4}(每(一)?(年|段|个|期)|都|均|各自?|分别)[^,，。;；\d]{0,14}"
)


def _apart(measure: Measure, unit: str, text: str) -> bool:
    """Whether each of the things has a sum of its own: companies and years by a yearly base, projects by any other."""
    if _JOINTLY.search(text) or unit in _OF_ONE:
        return False
    yearly = bool(measure.base and measure.base.yearly)
    if unit == "年":
        return yearly
    if unit == "家":
        return True
    return not yearly or bool(measure.base and "销售" in measure.base.name)


_COUNT = r"(?<![\d一二三四五六七八九十百第])(1[0-2]|[2-9]|十[一二]?|[二两三四五六七八九])"
_EACH = re.compile(
    rf"(?P<n>{_COUNT})(?P<unit>场|家|个|款|项|次|届|笔|期|张|批|年|份|台|套|件)(?!月)"
    r"[^,，。;；\d]{0,12}[,，]?(各自?|都|均|分别|每(场|家|个|款|项|次|届|笔|期|张|批|年|份))(都|是|要)?"
    r"[^,，。;；?？\d]{0,8}$"
)
_OF_THEM_EACH = re.compile(
    rf"(?P<n>{_COUNT})(?P<unit>家|个)[^,，。;；\d一每]{{0,6}}(公司|企业|单位|院所|厂)[^。;；?？\d]{{0,30}}"
    r"[,，](各自?|每(家|个))(都|要)?[^,，。;；?？\d]{0,8}$"
)
"""三家子公司各自新建一个平台，每个都投1.1亿: companies counted in the clause before."""
_JOINTLY = re.compile(
    r"一起|一道|共同|联合|合作(?!企业|单位|高校|方|伙伴|银行|院)|合[建办资]|共建|合起来|这几笔|几家|平摊|分摊|凑"
)
_OF_ONE = frozenset("笔期张批份次")
_REACH = 48
_MOST = 12


def whole_of_share(scored: Sequence[Scored], around: Surroundings) -> BaseAmount | None:
    """The whole cost where only a share is told with its sum: the asker's (我们出六成也就是2400万), or that of one
    thing it was spent on (设备占七成，设备一共2100万; 设备1800万占总投资的60%)."""
    for rate in around.rates:
        if rate.minimum != rate.maximum or not 0 < rate.minimum < 1:
            continue
        part = next((s.item for s in scored if _is_share(s.item, rate, around.text)), None)
        if part is None:
            continue
        told = next((s.item for s in scored if s.item.amount.minimum * rate.minimum == part.amount.minimum), None)
        if told:
            return plain(told)
        whole = Interval(part.amount.minimum / rate.minimum, part.amount.maximum / rate.minimum)
        step = f"{show(part.amount)} ÷ {format_rate(rate.minimum, rate.minimum)} = {show(whole)}"
        return replace(plain(part), amount=whole, derivation=(*part.steps, step))
    return None


def _is_share(item: Placed, rate: Rate, text: str) -> bool:
    """Whether an amount is told as what a share comes to."""
    before = text[max(0, rate.start - _NEAR) : rate.start]
    if _THAT_IS.fullmatch(text[rate.end : item.money.start]) and _OUR_SHARE.search(before):
        return True
    if _OF_THE_WHOLE.fullmatch(text[item.money.end : rate.start]):
        return True
    told = _ONE_THING.search(before)
    again = text[rate.end : item.money.start]
    return bool(told and re.fullmatch(rf"[,，]?{re.escape(told['thing'])}[^,，。;；\d]{{0,6}}", again))


_OF_THE_WHOLE = re.compile(
    r"元?[,，(（]?(大概|约|刚好|正好|差不多)*占(了|到)?(建设|项目|整个(项目|平台)?)?(的)?(计划的?|全部的?)?(总?投资(总?额)?|总额|总盘子|总数|全部|整体|总造价|总预算|计划|总量)(的|大概|约)*"
)
_ONE_THING = re.compile(r"(?<![一-鿿])(?P<thing>[一-鿿]{2,4}?)(要|就|大概|约)?占(了|到|比|大概|约)*$")


def put_up_jointly(scored: Sequence[Scored], around: Surroundings) -> list[Scored]:
    """What each of several partners puts up for one matter (三家联合新建，研究所出1500万，我们出900万，厂商出600万)."""
    theirs = [s for s in scored if _PUTS_UP.search(s.item.left)]
    if any(words()["whole"].search(s.item.left) for s in scored):  # 总投资850万，里面高校掏了250万
        return []
    return theirs if len(theirs) >= _TWO and _JOINTLY.search(around.text) else []


_PUTS_UP = re.compile(r"(?<!支)(出资?|投资?|承担|负担|拿|掏|认|捐)(了|是|大概|约|各)*$")
_NEAR = 10
_OUR_SHARE = re.compile(r"(出资?|占股?|投|承担|负担|付|掏)(了|的是|大概|约|其中的?)?$")
_THAT_IS = re.compile(r"[,，、(（]?(也就是|就是|也即|即|合|折合|等于|相当于|计|是|也是)(了|大概|约|说)?")


def of_so_many(measure: Measure, scored: Sequence[Scored], around: Surroundings) -> tuple[BaseAmount, ...]:
    """As many sums listed as things were counted (两个平台总投资分别3000万和6000万): each the base of its own thing."""
    base = measure.base
    if base is None or base.unit or not measure.rate or (base.yearly and "销售" not in base.name):
        return ()
    ordered = sorted(scored, key=lambda s: s.item.money.start)
    for index, first in enumerate(ordered):
        before = around.text[: first.item.money.start]
        counted = [numeral(found["n"]) for found in _COUNTED.finditer(before)]
        if first.excluded or (base.part and first.whole) or not _IN_TURN.search(before):
            continue
        for count in {n for n in counted if n and _TWO <= n <= len(ordered) - index}:
            listed = ordered[index : index + count]
            gaps = (around.text[a.item.money.end : b.item.money.start] for a, b in pairwise(listed))
            if all(map(_LISTED.fullmatch, gaps)):
                return labelled_items([s.item for s in listed], around)
    return ()


_TWO = 2
_COUNTED = re.compile(r"(?P<n>[二两三四五六七八]|[2-8])(个|座|场|届|套|款|项|期|处)")
_IN_TURN = re.compile(r"(分别|依次)(是|为|要|有|投|花|用)?(了)?(大概|约|差不多)?$")
_LISTED = re.compile(r"元?[、,，和跟与及 ]{1,2}")


def shares_of_several(measure: Measure, scored: Sequence[Scored], around: Surroundings) -> tuple[BaseAmount, ...]:
    """The share of each of several wholes told apart (两个项目分别800万和1000万，AI占一半; AI分别占三成和五成)."""
    share = counted_share(measure, around)
    if share is None:
        return ()
    wholes = [s for s in sorted(scored, key=lambda s: s.item.money.start) if not s.excluded]
    wholes = [s for s in wholes if s.item.money.end <= share.start]
    if not apart(around.text, wholes) or any(s.item.has_parts or is_part(measure, s.item) for s in wholes):
        return ()
    told = [rate for rate in around.rates if rate.start >= share.start]
    shares = [share] * len(wholes) if len(told) != len(wholes) else told
    bases = labelled_items([s.item for s in wholes], around)
    return tuple(share_of(base, of_it) for base, of_it in zip(bases, shares, strict=True))
