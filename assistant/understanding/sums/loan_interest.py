"""A year's interest from principal and yearly rate."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.policy.measure import Measure
from assistant.understanding.sums.base_amount import BaseAmount, Surroundings
from assistant.understanding.sums.match import Scored
from assistant.understanding.sums.shares import shared


def interest(measure: Measure, scored: Sequence[Scored], around: Surroundings) -> BaseAmount | None:
    """A year's interest from principal and yearly rate (科技贷款1200万，年利率3.6%，借满一年)."""
    if not (measure.base and measure.base.name.endswith("利息")):
        return None
    rate = next((r for r in around.rates if _YEARLY_RATE.search(around.text[max(0, r.start - 8) : r.start])), None)
    principal = [s.item for s in scored if _PRINCIPAL.search(f"{s.item.left}|{s.item.right[:6]}")]
    if rate is None or len(principal) != 1 or any(s.own >= _NAMED and not s.excluded for s in scored):
        return None
    if _ONE_YEAR.search(around.text):
        return shared(principal[0], rate)
    if _TERM.search(around.text):
        return None
    base = shared(principal[0], rate)
    return replace(base, derivation=(*base.derivation[:-1], base.derivation[-1] + _FOR_A_YEAR))


_YEARLY_RATE = re.compile(r"(年利率|年化(利率)?|年息|利率)[^,，。\d]{0,4}$")
_PRINCIPAL = re.compile(r"贷|借|本金")
_ONE_YEAR = re.compile(r"(?<![\d一二三四五六七八九十])(一|1)年|全年|12个月|十二个月|一整年|借满年")
_TERM = re.compile(r"半年|个月|[\d一二两三四五六七八九十]年(?!利率|化|息)|季度")
_FOR_A_YEAR = "（按借满一年算）"
_NAMED = 1.0
