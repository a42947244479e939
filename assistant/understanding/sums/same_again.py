"""The figure told before once more, for another year or another thing (今年又付了同样多, 再办一场同样的)."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.policy.measure import Measure, Per
from assistant.understanding.query import DialogueState, Query
from assistant.understanding.sums.base_amount import BaseAmount, times
from assistant.understanding.sums.items import another_item, together
from assistant.understanding.sums.scaling import scaled

_SAME = re.compile(
    r"(同样|一样|差不多|相同)(的)?(多|数|钱|金额|规模|花费|费用|投入|价|大|水平)?|(还是|也是|也|又|再)[^,，。;\d]{0,4}(这么|那么|这个|那个)(多|些|数)|(这|那)么多|"
    r"一模一样|(跟|和|与)(去年|前年|上一?[年次场届台]|今年|前一?[年次场届台]|第一[年次场届台])(差不多|持平|一样)|持平|不变|没变"
)
_YEARS = re.compile(r"(两|2|二)年|(今|去|明|前|后|次|下一?|第二)年|20\d\d年")
_ANOTHER = re.compile(
    r"(又|再|另外?|还)(要|想|会|打算|有|准备)?[^,，。;\d]{0,4}[一两]?(场|届|台|套|款|个|家|座|期|次|笔)"
)


def same_again(measure: Measure, query: Query, state: DialogueState) -> tuple[BaseAmount, ...]:
    """What was told of ``measure`` before and the same, or a multiple of it, for another year or thing; empty where a
    turn tells nothing of the kind."""
    before = state.bases.get(measure.id, ())
    factor = scaled(query.question)
    if len(before) != 1 or not measure.base or not (factor or _SAME.search(query.question)):
        return ()
    told = replace(before[0], label="", approximation=None)
    more = times(told, factor) if factor else told
    years = _years_of_both(query, before[0])
    sum_asked = "add_up" in query.asks
    if years and _by_year(measure):
        both = (replace(told, label=years[0]), replace(more, label=years[1]))
        return both if sum_asked else both[1:]
    another = years or another_item(query.question) or _ANOTHER.search(query.question)
    return together(measure, (told, more)) if another and sum_asked else ()


def _by_year(measure: Measure) -> bool:
    """Whether each year is reckoned by itself: what is given by the year, or for each occasion."""
    once = measure.cap is not None and measure.cap.per is Per.ONCE
    return bool(measure.base and measure.base.yearly) or once


def _years_of_both(query: Query, before: BaseAmount) -> tuple[str, str] | None:
    """The year of the figure told before and that of the one on top (去年 … 今年); None where only one is spoken of."""
    if not _YEARS.search(query.question):
        return None
    named = list(dict.fromkeys(d.first.year for d in query.dates if d.first.year == d.last.year))
    first = int(before.label.removesuffix("年")) if re.fullmatch(r"20\d\d年", before.label) else None
    others = [year for year in named if year != first]
    if first is None and len(others) > 1:
        first, others = min(others), [max(others)]
    if not others:
        return None
    second = others[-1]
    first = first if first is not None else (second - 1 if second <= query.as_of.year else query.as_of.year)
    return (f"{first}年", f"{second}年") if first != second else None
