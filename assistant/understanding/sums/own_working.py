"""What the asker works out himself with a rate of the policy (2600万的两成是520万): it is the base of nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.calculator.rates import Rate
from assistant.understanding.sums.amounts import Placed


def own_working(items: Sequence[Placed], rates: Sequence[Rate], text: str) -> tuple[list[Placed], list[Rate]]:
    """The sums that the asker works out himself (2600万的两成是520万), and the rates that he does it with."""
    sums, used = [], []
    for rate in rates:
        before = text[max(0, rate.start - 10) : rate.start]
        if not _WORKED_OUT.search(before) and not (_OPENS.search(before) and _COMES_TO.match(text, rate.end)):
            continue
        result = next((item for item in items if 0 <= item.money.start - rate.end <= _NEAR), None)
        if result and any(item.amount.minimum * rate.maximum == result.amount.maximum for item in items):
            sums.append(result)
            used.append(rate)
    return sums, used


_WORKED_OUT = re.compile(r"([算乘按补给奖拿报×*]|的)[^,，。占]{0,6}$")
_OPENS = re.compile(r"(^|[,，。;；])那?$")
# 1180万,两成就是236万; but 两成是236万的AI软件 tells a part.
_COMES_TO = re.compile(
    r"(就|也|那就|正好|刚好)?(是|即|等于|=|合|得)(大概|约)?\d[\d.,]*[万亿]?元?(?![^,，。;；]{0,3}(的|是|属于|花|用|做|AI|人工智能))"
)
_NEAR = 6
