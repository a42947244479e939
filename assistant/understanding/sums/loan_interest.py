"""The interest from principal, yearly rate and the time for which the money is lent."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.policy.measure import Measure
from assistant.understanding.sums.base_amount import BaseAmount, Surroundings, part_of, times
from assistant.understanding.sums.match import Scored
from assistant.understanding.sums.shares import shared
from assistant.understanding.time.periods import numeral


def interest(measure: Measure, scored: Sequence[Scored], around: Surroundings) -> BaseAmount | None:
    """The interest from principal and yearly rate (1200万，年利率3.6%，借了8个月); a year's where no time is told."""
    if not (measure.base and measure.base.name.endswith("利息")):
        return None
    rate = next((r for r in around.rates if _YEARLY_RATE.search(around.text[max(0, r.start - 8) : r.start])), None)
    principal = [s.item for s in scored if _PRINCIPAL.search(f"{s.item.left}|{s.item.right[:6]}")]
    if rate is None or len(principal) != 1 or any(_is_interest(s) for s in scored):
        return None
    base = shared(principal[0], rate)
    term = _months(around.text)
    if term == _YEAR or (not term and _ONE_YEAR.search(around.text)):
        return base
    if term:  # 借了8个月, 两年, 半年
        return part_of(base, term, _YEAR) if term % _YEAR else times(base, Decimal(term // _YEAR))
    if _TERM.search(around.text):
        return None
    return replace(base, derivation=(*base.derivation[:-1], base.derivation[-1] + _FOR_A_YEAR))


def _is_interest(told: Scored) -> bool:
    """Whether an amount is told as the interest itself; 贷款2500万年息3.6% names that of its rate."""
    of_its_rate = _ITS_RATE.match(told.item.right) and not _INTEREST.search(told.item.left)
    return told.own >= _NAMED and not told.excluded and not of_its_rate


def _months(text: str) -> int:
    """For how many months the money is lent (8个月, 半年, 两年, 一年半); 0 where that is not told once."""
    told = list(_LENT_FOR.finditer(text))
    if len(told) != 1:
        return 0
    found = told[0]
    if found["half"]:
        return _YEAR // 2
    count = numeral(found["n"]) or 0
    if found["unit"] == "个月":
        return count
    return count * _YEAR + (_YEAR // 2 if found["more"] else 0)


_YEAR = 12
_LENT_FOR = re.compile(
    r"(?<![上下前后])(?P<half>半年)|(?<![\d一二两三四五六七八九十每第])(?P<n>\d{1,2}|[一二两三四五六七八九十]{1,3})"
    r"(?P<unit>个月|年(?!利率|化|息|前|底|初|末|度|月))(?P<more>半)?"
)
_RATE_NAMED = "年利率|年化(利率)?|年息|利率|年利息|一年利息"
_YEARLY_RATE = re.compile(rf"({_RATE_NAMED})[^,，。\d]{{0,4}}$")
_ITS_RATE = re.compile(rf"元?[ ,，]?(的|按|是|,)*({_RATE_NAMED})[^,，。\d]{{0,4}}\d[\d.]*(%|个点|厘)")
_INTEREST = re.compile(r"利息|付息")
_PRINCIPAL = re.compile(r"贷|借|本金")
_ONE_YEAR = re.compile(r"(?<![\d一二三四五六七八九十])(一|1)年|全年|12个月|十二个月|一整年|借满年")
_TERM = re.compile(r"半年|个月|[\d一二两三四五六七八九十]年(?!利率|化|息)|季度")
_FOR_A_YEAR = "（按借满一年算）"
_NAMED = 1.0
