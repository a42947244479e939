"""Sums told with the tax in them or without it (含税1130万，税率13%，按不含税算; 按含税和不含税各是多少)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from assistant.calculator.interval import Interval
from assistant.calculator.rates import Rate
from assistant.calculator.steps import show
from assistant.understanding.sums.amounts import Placed, valued


def without_tax(item: Placed, text: str, rates: Sequence[Rate]) -> Placed:
    """A sum told with the tax in it, where it is asked without (含税1130万，税率13%，按不含税算)."""
    rate = next((r for r in rates if _TAX_RATE.search(text[max(0, r.start - 6) : r.start])), None)
    if rate is None or not _NET_ASKED.search(text) or not _GROSS.search(item.around):
        return item
    factor = 1 + rate.minimum
    ends = [(end / factor).quantize(_YUAN).normalize() + 0 for end in (item.amount.minimum, item.amount.maximum)]
    amount = Interval(ends[0], ends[1])
    sign = "=" if amount.minimum * factor == item.amount.minimum else "≈"
    return valued(item, amount, f"{show(item.amount)} ÷ {factor} {sign} {show(amount)}")


def net_if_asked(items: Sequence[Placed], text: str) -> Sequence[Placed]:
    """Of a sum told with and without the tax the one that is asked for (含税1130万、不含税1000万，按不含税的算)."""
    if told_both_ways(items, text):
        return items
    net = [item for item in items if _NET.search(item.left)]
    return [i for i in items if i in net or not _GROSS.search(i.left)] if net and _NET_ASKED.search(text) else items


def told_both_ways(items: Sequence[Placed], text: str) -> bool:
    """Whether one sum is told with the tax and without it, and asked both ways (按含税和不含税各是多少)."""
    asked = bool(items) and EACH_WAY.search(text, items[-1].money.end)
    return bool(asked) and len(items) == _TWO and sum(bool(_NET.search(item.left)) for item in items) == 1


_TWO = 2
EACH_WAY = re.compile(r"各(自|能|补|奖|拿|给)?(是|能|补|奖|拿|给)*(多少|几)|分别|两种(口径|算法|情况|价)|都算")
_NET = re.compile(r"不含税|去税|除税")
_TAX_RATE = re.compile(r"(税率|增值税|税点|税)[^,，。;；\d]{0,2}$")
_NET_ASKED = re.compile(r"(按|照|用|拿|以)(着)?(不含税|去税|除税|净额)|不含税(价|额|金额|销售额)?(的)?(来|去)?(算|计)")
_GROSS = re.compile(r"(?<!不)(?<!没)含税|价税合计|带税")
GROSS_OR_NET = re.compile(r"含税|去税|除税|价税合计|带税")
_YUAN = Decimal(1)
