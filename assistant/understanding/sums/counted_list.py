"""Costs listed and then counted (展馆租金96万，搭建107万，宣传44万，一共三项): all of so many belong to the matter."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.policy.measure import Measure
from assistant.understanding.sums.amounts import words
from assistant.understanding.sums.base_amount import Surroundings
from assistant.understanding.sums.enumerations import all_costs
from assistant.understanding.sums.match import Scored, none_of_it
from assistant.understanding.sums.relations import returned
from assistant.understanding.time.periods import numeral


def counted_list(measure: Measure, scored: Sequence[Scored], around: Surroundings) -> list[Scored]:
    """The items of a list that is counted behind its last one, whatever each is called, for a measure that counts all
    that something costs; empty where as many were not listed in one sentence, or one is told as not counting."""
    if not all_costs(measure):
        return []
    ordered = sorted(scored, key=lambda s: s.item.money.start)
    for found in _COUNTED.finditer(around.text):
        before = [s for s in ordered if s.item.money.end <= found.start()]
        count = numeral(found["n"]) or 0
        listed = before[-count:] if count > 1 else []
        if len(listed) != count or _FAR.search(around.text, listed[-1].item.money.end, found.start()):
            continue
        told = around.text[listed[0].item.money.end : listed[-1].item.money.start]
        if _SENTENCE.search(told) or any(map(_does_not_count, listed)) or all(s.excluded for s in listed):
            continue
        return listed
    return []


def _does_not_count(told: Scored) -> bool:
    item = told.item
    return (
        told.whole
        or none_of_it(item)
        or returned(item)
        or bool(words()["excluded"].search(f"{item.left}|{item.right}"))
    )


_COUNTED = re.compile(
    r"(一共|总共|合计|共计|就|只有|共|统共|[,，。]|这)(就|是|有|这)*(?P<n>[二两三四五六七八九2-9])(个|大)?(项|块|样|笔|类|部分|摊)(?!都?不)"
    r"(?=$|[,，。;；?？!！]|费用|开支|支出|投入|钱|加|合|总|一共|没有?别|就是|都|构成|组成|在内)"
)
_FAR = re.compile(r"[。;；?？!！]|\d")
_SENTENCE = re.compile(r"[。;；?？!！]")
