"""Sums told by a price and how many (刻蚀机2台，每台615万; 每平米8000元，一共5500平米; 每年90万，签了三年)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.calculator.interval import Interval
from assistant.calculator.steps import show
from assistant.policy.measure import Measure
from assistant.understanding.sums.amounts import Placed, valued
from assistant.understanding.sums.match import Scored
from assistant.understanding.time.periods import numeral


def worked_out(measure: Measure, scored: Sequence[Scored]) -> list[Scored]:
    """``scored`` with each price multiplied by how many there are, for a measure that counts what a project costs: not
    the price of one unit (article 8), and no year's sum, which has months and hours of its own (``units``) but for the
    quarters that one sum is told of (三、四季度各付80万)."""
    base = measure.base
    if base and base.yearly and not base.unit:
        return [replace(s, item=_of_quarters(s.item)) for s in scored]
    if base is None or base.unit or base.yearly or not measure.rate:
        return list(scored)
    return [replace(s, item=_multiplied(s.item)) for s in scored]


def _of_quarters(item: Placed) -> Placed:
    found = _QUARTERS_EACH.search(item.ahead)
    counted = _SO_MANY_QUARTERS.search(item.ahead)
    if not (found or counted) or item.money.is_range or item.steps:
        return item
    count = len(set(_QUARTER.findall(found["named"]))) if found else numeral(counted["n"] if counted else "")
    return _times(item, Decimal(count or 1))


def _multiplied(item: Placed) -> Placed:
    found = _EACH.search(item.left) or _EACH_THING.search(item.left) or _EACH_AFTER.match(item.right)
    if found is None or item.money.is_range or item.steps:
        return item
    named = found.groupdict()
    count = _count(named.get("unit") or f"个{named['thing']}", item)
    return _times(item, count) if count else item


def _times(item: Placed, count: Decimal) -> Placed:
    if count == 1:
        return item
    amount = Interval.exactly(item.money.minimum * count)
    return valued(item, amount, f"{show(item.amount)} × {count} = {show(amount)}")


def _count(unit: str, item: Placed) -> Decimal | None:
    """How many: told before the price since the amount before it, or directly after it."""
    alike, factor = _ALIKE.get(unit, unit), 1
    before = [m["n"] for m in re.finditer(rf"(?P<n>{_NUMBER})\s*({alike})", item.ahead)]
    told = before[-1:] or re.findall(rf"({_NUMBER})\s*(?:{alike})", item.after)[:1]
    if not told and unit == "月":  # 每月5万，两年
        told = re.findall(rf"({_NUMBER})\s*年(?!前|后|内|来)", f"{item.ahead}|{item.after}")[:1]
        factor = 12
    value = numeral(told[0].replace(",", "")) if told else None
    return Decimal(value * factor) if value else None


_QUARTER = re.compile(r"[一二三四]")
_QUARTERS_EACH = re.compile(
    r"(?P<named>(第?[一二三四](季度?)?[、,，和与跟及]?){2,4})(季度?)?[^,，。;；\d]{0,4}(各|都|均|每季度?)[^,，。;；\d]{0,6}$"
)
_SO_MANY_QUARTERS = re.compile(r"(?P<n>[二两三四2-4])个季度(各|都|均)(自|是|付|交|花|用|缴|了)*$")
"""其余三个季度各付30万."""
_NUMBER = r"\d[\d,]*|[一二两三四五六七八九十百]+"
_UNIT = "台|套|件|张|块|间|位|名|平方米|平米|平|㎡|人|月|年|季度|天"
_SAID = "(的|大概|约|是|要|投|花|付|合|成本|费用|造价|单价|租金|补助|预算)*"
_EACH = re.compile(rf"(每|一|单)(个)?(?P<unit>{_UNIT}){_SAID}$")
_EACH_THING = re.compile(rf"每个(?P<thing>[一-鿿]{{2,4}}?){_SAID}$")
_EACH_AFTER = re.compile(rf"元?(一|每|/)(个)?(?P<unit>{_UNIT})(?![一-鿿]*(多少|几))")
_ALIKE = {
    "平米": "平方米|平米|平|㎡",
    "平方米": "平方米|平米|平|㎡",
    "平": "平方米|平米|平|㎡",
    "㎡": "平方米|平米|平|㎡",
    "月": "个月",
    "年": "年(?!前|后|内|来)",
    "季度": "个?季度",
    "人": "个?人|名",
}
