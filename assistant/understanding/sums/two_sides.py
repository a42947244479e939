"""What one side of a 1:1 measure gives, from the sums told of city, district and the applicant.

Instalments of one side add up; what a side has given so far is no second base, and what the applicant puts up is no
side's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.calculator.interval import Interval, add_up
from assistant.calculator.steps import show
from assistant.understanding.sums.amounts import Placed, words
from assistant.understanding.sums.base_amount import BaseAmount, plain, summed, times
from assistant.understanding.sums.match import Scored
from assistant.understanding.sums.shares import less
from assistant.understanding.sums.sides import SPENT, SUPPORT, side_of
from assistant.understanding.time.durations import span_of_years

_CITY, _DISTRICT = "city", "district"


def of_two_sides(scored: Sequence[Scored], text: str) -> tuple[BaseAmount, ...]:
    """What one side gives; of a sum of both sides, its half. With what is paid, and with the applicant's own share,
    where the text asks for what is left or for all of it together."""
    if rest := _left_to_both(scored, text):
        return (rest,)
    items = sorted((s.item for s in scored if s.own or side_of(s.item) != SPENT), key=lambda item: item.money.start)
    given = [item for item in items if side_of(item) == SUPPORT] or items
    if not given:
        return ()
    levels = _levels(items)
    told = {level: [item for item, of in zip(items, levels, strict=True) if of == level] for level in levels}
    base = _owed(told, text) or _instalments(told.get(levels[items.index(given[0])], []))
    base = base or _of_one(given[0], text)
    base = replace(base, both=bool(_BOTH_GIVE.search(text)))
    own = [s.item for s in scored if _OWN.search(s.item.left)]
    return (replace(base, own=add_up([item.amount for item in own])) if own and _all_sources(text) else base,)


def _levels(items: Sequence[Placed]) -> list[str]:
    """Who gives each amount: the level named nearest before it, or the one before where none is."""
    found: list[str] = []
    for item in items:
        found.append(_level(item.left) or (found[-1] if found else _CITY))
    return found


def _level(text: str) -> str:
    """The level of government named last in a text; empty where none is."""
    ends = {
        level: max((m.end() for m in words()[f"award_levels.{level}"].finditer(text)), default=-1)
        for level in (_DISTRICT, _CITY)  # 昆山市里: the district where both end alike
    }
    return max(ends, key=lambda level: ends[level]) if max(ends.values()) >= 0 else ""


def _instalments(items: Sequence[Placed]) -> BaseAmount | None:
    """What one side gives in parts told one by one (第一笔260万，第二笔340万)."""
    parts = [item for item in items if item is items[0] or _ONE_MORE.search(item.ahead)]
    whole = any(item.has_parts for item in parts) or len(parts) != len(items)
    return None if whole or len(parts) < _SEVERAL else summed(parts)


def _owed(told: dict[str, list[Placed]], text: str) -> BaseAmount | None:
    """The share of a side that has given only a part of it, where what is missing is asked for (区里还欠多少)."""
    asked = _STILL.search(text)
    if asked is None:
        return None
    if len(told) == 1:  # 市里定了480万，到账180万
        whole, *rest = next(iter(told.values()))
        arrived = bool(rest) and all(_ARRIVED.search(item.left) for item in rest)
        return _with_paid(plain(whole), [item.amount for item in rest]) if arrived else None
    sides = {level: _instalments(items) or plain(items[0]) for level, items in told.items()}
    of = _level(text[: asked.start()])
    full = max(sides, key=lambda level: (sides[level].amount.minimum, level != of))
    if full == of or not _ARRIVED.search(told[_other(full)][-1].around):
        return None
    return _with_paid(sides[full], [sides[_other(full)].amount])


def _other(level: str) -> str:
    return _DISTRICT if level == _CITY else _CITY


def _with_paid(base: BaseAmount, paid: Sequence[Interval]) -> BaseAmount | None:
    together = add_up(paid)
    return replace(base, paid=together) if together.maximum <= base.amount.minimum else None


_SEVERAL = 2
_ONE_MORE = re.compile(
    r"^元?[、和加+跟与及]\D{0,3}$|又|再|追加|后来|接着|另外?|尾款|"
    r"(第[一二三四五]|[一二]|下一|后一?|末)(笔|期|批|次|拨|年|回)|[今明后]年"
)
_STILL = re.compile(
    r"(还|总共|一共)?(欠|差|缺|短)(着|了|我们?|咱们?|你们?|企业|公司|单位|的)*(多少|几)"
    r"|还(有|要|该|得|应|应该|需|需要|能|可以|会|没|剩)[^,，。;；?？\d]{0,10}(多少|几)"
    r"|(剩下?|余下|没到|未到|没给|没拨|缺口)[^,，。;；?？\d]{0,8}(多少|几)"
)
_ARRIVED = re.compile(r"到(了|账|位|手)?|给|拨|付|打|发|出|拿|收|来|划|兑现|落实")
_OWN = re.compile(r"(自筹|自有|自己|自掏|企业|公司|单位|我们|我方|我司)[^,，。;；\d]{0,6}$")


def _all_sources(text: str) -> bool:
    """Whether what everybody puts up is asked for together, and not what both levels give."""
    asking = re.split(r"[,，。;；]", text.rstrip("?？。!！ "))[-1]
    return bool(_EVERYBODY.search(asking)) and not _ONLY_BOTH.search(asking)


_EVERYBODY = re.compile(
    r"三(头|方|家|块|笔|边|份|者|处)|盘子|[连算加包][同上括]?[^,，。]{0,4}(自筹|自己|自有|企业|公司)"
    r"|(项目|资金|经费)[^,，。]{0,6}(一共|总共|合计|总|多少)|(一共|总共|合计|总)的?[^,，。]{0,4}(项目|资金|经费|投入)|全部|所有"
)
_BOTH_GIVE = re.compile(
    r"[市区县园](里|级|财政|上|这边|那边)?(再|也|同样|照样|跟着|按比例|按|照|1[:：比]1)*(配|跟|照给|照出|照拿|来一份|出一份|出同样)"
    r"|1[:：∶比]1|一比一|两级|市、?区(都|各|一起)"
)
"""区级配套, 区里按1:1再出一份: so that in a total both sides count."""
_ONLY_BOTH = re.compile(r"两级|两边|两头|市(里|级)?(和|跟|与|、)?区|财政|给我们|支持")


def _of_one(item: Placed, text: str) -> BaseAmount:
    if _A_YEAR.search(item.left) and (years := span_of_years(text)):
        return times(plain(item), Decimal(years))
    return _halved(plain(item)) if _OF_BOTH.search(item.left) or _BY_BOTH.match(item.after) else plain(item)


def _halved(both: BaseAmount) -> BaseAmount:
    half = Interval(both.amount.minimum / 2, both.amount.maximum / 2)
    return BaseAmount(half, derivation=(*both.derivation, f"{show(both.amount)} ÷ 2 = {show(half)}"))


def _left_to_both(scored: Sequence[Scored], text: str) -> BaseAmount | None:
    """Half of what is left to both sides of a whole (总盘子6000万，企业自己出4400万，剩下的市里和区里1比1摊)."""
    whole = max((s.item for s in scored), key=lambda item: item.money.minimum, default=None)
    rest = _REST_OF_BOTH.search(text, whole.money.end) if whole else None
    out = [s.item for s in scored if whole and rest and whole.money.end <= s.item.money.start < rest.start()]
    return _halved(less(whole, out)) if whole and out else None


_REST_OF_BOTH = re.compile(
    r"(剩|其余|余下|缺口|差额)[^,，。;；\d]{0,6}[,，]?[^,，。;；\d]{0,4}(市|区|两级|财政)[^,，。;；]{0,12}(摊|分|出|担|给|配|掏|支持|补|拿)"
)
_OF_BOTH = re.compile(r"合计|两级|市区|市、区|总共|一共|两边|共")
_BY_BOTH = re.compile(
    r"元?[,，]?(全部?|都)?(由|让|靠|是)?(市(里|级)?(和|跟|与|、)?区(里|级)?|两级|两家财政)[^,，。;；\d]{0,10}(出|分|给|担|掏|配|摊|拿)"
)
_A_YEAR = re.compile(r"每年|一年|年均|逐年|年年")
