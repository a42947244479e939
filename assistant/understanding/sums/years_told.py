"""The years of a dialogue: for how many of them a sum is asked, and which of the sums told year by year."""

from __future__ import annotations

import re

from assistant.calculator.money import find_money
from assistant.policy.loader import Policy
from assistant.understanding.query import DialogueState, Query
from assistant.understanding.sums.base_amount import BaseAmount
from assistant.understanding.time.periods import numeral


def years_asked(policy: Policy, query: Query, state: DialogueState) -> int:
    """For how many years the sum under discussion recurs: 三年合计 after what one year costs."""
    if query.years > 1:  # 两年都能拿吗, where each year's sum was told: each by itself
        return 1 if years_told(query, state) else query.years
    span = _SO_MANY.search(query.question) if "add_up" in query.asks else None
    bases = [policy.by_id[m].base for m in query.measures if m in policy.by_id and m in state.bases]
    several = any(len(state.by_year.get(m, ())) > 1 for m in query.measures)
    if span and not several and len(bases) == 1 and bases[0] and bases[0].yearly and not find_money(query.question):
        return numeral(span["n"]) or 1
    return state.years


_SO_MANY = re.compile(r"(?<![第前去\d年])(?P<n>[二两三四五六]|[2-6])年(?!前|级|度?\d)")


def years_told(query: Query, state: DialogueState) -> tuple[BaseAmount, ...]:
    """The sums told year by year of the measure under discussion, where so many years are asked for together."""
    told = state.by_year.get(query.measures[0], ()) if len(query.measures) == 1 and not query.bases else ()
    return told if len(told) > 1 and ("add_up" in query.asks or query.years == len(told)) else ()


def of_the_year(query: Query, told: tuple[BaseAmount, ...]) -> tuple[BaseAmount, ...]:
    """The sum of the one year that a turn asks for (去年能补多少), where each year's was told."""
    years = {f"{day.first.year}年" for day in query.dates if day.first.year == day.last.year}
    found = tuple(base for base in told if base.label in years)
    return found if len(found) == 1 and len(told) > 1 and "add_up" not in query.asks else ()


def rest_of_the_year(text: str, told: str) -> bool:
    """Whether a turn tells of other parts of the year than those told before, and the whole year is asked for
    (一季度70万，二季度65万 … 三、四季度各付80万，全年呢)."""
    before, now = set(_PART.findall(told)), set(_PART.findall(text))
    return bool(before and now and not before & now and _WHOLE_YEAR.search(text))


_PART = re.compile(r"[一二三四](?=[一二三四、,，和与跟]{0,4}季)|[上下]半年")
# Asked for, not told (全年合计320万).
_WHOLE_YEAR = re.compile(
    r"(全年|整年|一年(下来|到头|总共|一共|合计|能)|一共|总共|合计|加起来|累计|总的)(?![^,，。;；?？]{0,6}\d)"
)
