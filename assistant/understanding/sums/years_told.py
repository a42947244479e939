"""The years of a dialogue: for how many of them a sum is asked, and which of the sums told year by year."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from assistant.calculator.money import find_money
from assistant.policy.loader import Policy
from assistant.understanding.query import DialogueState, Query
from assistant.understanding.sums.base_amount import BaseAmount
from assistant.understanding.sums.months_named import months_named
from assistant.understanding.sums.ordinal_years import named_in_a_row, place_of
from assistant.understanding.time.dates import find_dates
from assistant.understanding.time.periods import numeral


def years_asked(policy: Policy, query: Query, state: DialogueState) -> int:
    """For how many years the sum under discussion recurs: 三年合计 after what one year costs."""
    if every_year_full(query.question):
        return query.years
    if query.years > 1:  # 两年都能拿吗, where each year's sum was told: each by itself
        return 1 if years_told(query, state) else query.years
    span = _SO_MANY.search(query.question) if "add_up" in query.asks else None
    bases = [policy.by_id[m].base for m in query.measures if m in policy.by_id and m in state.bases]
    several = any(len(state.by_year.get(m, ())) > 1 for m in query.measures)
    if span and not several and len(bases) == 1 and bases[0] and bases[0].yearly and not find_money(query.question):
        return numeral(span["n"]) or 1
    return state.years


def every_year_full(text: str) -> bool:
    """两年算力补贴都顶格,拢共多少: the ceiling of each year, whatever was told of single ones; not 后面两年都拿满."""
    return bool(_EVERY_YEAR_FULL.search(text))


_EVERY_YEAR_FULL = re.compile(
    r"(?<![第后剩余另外面下的\d])([二两三四五六七八九]|\d)年[^,，。;；]{0,8}(都|全|每年)(能|是|按|拿|给|补)*(顶|满|封顶|足额|拉满)"
)


_SO_MANY = re.compile(r"(?<![第前去\d年])(?P<n>[二两三四五六]|[2-6])年(?!前|级|度?\d)")


YEARS_SUPPOSED = "years_supposed"
"""Among the asks: several years are asked for together after the sum of one; the others are taken to be like it."""


def years_supposed(years: int, query: Query, state: DialogueState) -> frozenset[str]:
    said = _EACH_YEAR.search(f"{state.told}，{query.question}")
    return frozenset() if years == 1 or said else frozenset({YEARS_SUPPOSED})


_EACH_YEAR = re.compile(r"[每各逐]年|(?<!第)一年|年年|年均|[都同]样|一样|不变|年.{0,2}都")


def years_told(query: Query, state: DialogueState) -> tuple[BaseAmount, ...]:
    """The sums told year by year of the measure under discussion, where so many years are asked for together, or a
    turn only tells that other years of a row reach the ceiling (第一年付90万 … 后面两年都拿满)."""
    one = len(query.measures) == 1 and not query.bases
    told = kept_by_year(query, state).get(query.measures[0], ()) if one else ()
    together = "add_up" in query.asks or query.years == len(told) or _only_tells_years(query)
    return told if len(told) > 1 and together else ()


def _only_tells_years(query: Query) -> bool:
    received = [base for bases in query.received.values() for base in bases]
    return query.asks <= {"cap"} and bool(received) and all(place_of(base.label) for base in received)


def with_years_before(query: Query, state: DialogueState) -> tuple[BaseAmount, ...]:
    """The sums of as many years as a turn asks for together, which tells the last of them (今年卖了500万 … 后面两年每年
    800万，三年一共)."""
    span = _SO_MANY.search(query.question) if "add_up" in query.asks and len(query.measures) == 1 else None
    years = kept_by_year(query, state).get(query.measures[0], ()) if span else ()
    now = query.bases.get(query.measures[0], ()) if years else ()
    return years if span and now and len(now) < len(years) == numeral(span["n"]) else ()


def kept_by_year(query: Query, state: DialogueState) -> dict[str, tuple[BaseAmount, ...]]:
    """The sums told for single years, the newest for each year; years of a row (第二年) and years by their number do
    not stand together."""
    kept = {m: tuple(b for b in bases if b.label not in query.dropped) for m, bases in state.by_year.items()}
    for measure, bases in {**query.received, **query.bases}.items():
        new = {base.label: base for base in bases if base.label.endswith("年")}
        years = {base.label: base for base in kept.get(measure, ())}
        if new and any(map(place_of, new)) is not any(map(place_of, years)):
            years = {}
        told = state.bases.get(measure, ())
        told_now = measure in query.bases or any(map(place_of, new))
        if new and len(told) == 1 and not years and told_now and not _among(told[0], bases):
            label = told[0].label or _first_label(new, query, state)
            years |= {label: replace(told[0], label=label)} if label and label not in new else {}
        if years := {**years, **new}:
            kept[measure] = tuple(years[label] for label in sorted(years, key=lambda label: (place_of(label), label)))
    return kept


def _among(told: BaseAmount, bases: tuple[BaseAmount, ...]) -> bool:
    """Whether the sum told before is one of several read together with it."""
    return len(bases) > 1 and any(base.amount == told.amount for base in bases)


def _first_label(new: Mapping[str, BaseAmount], query: Query, state: DialogueState) -> str:
    """The year of the one sum told before sums of other years: the one named with it (该企业2024年…付了415万), the
    first of a row (…第二年), or this one (一年用300万 … 明年1500万)."""
    if any(map(place_of, new)):
        return "第一年" if min(map(place_of, new)) == _SECOND else ""
    named = {day.first.year for day in find_dates(state.told, query.as_of) if day.first.year == day.last.year}
    return f"{named.pop() if len(named) == 1 else query.as_of.year}年"


_SECOND = 2


def of_the_year(query: Query, told: tuple[BaseAmount, ...]) -> tuple[BaseAmount, ...]:
    """The sum of the one year that a turn asks for (去年能补多少), where each year's was told."""
    years = {f"{day.first.year}年" for day in query.dates if day.first.year == day.last.year}
    years |= {label for label, _ in named_in_a_row(query.question)}
    found = tuple(base for base in told if base.label in years)
    return found if len(found) == 1 and len(told) > 1 and "add_up" not in query.asks else ()


def year_without_sum(query: Query, state: DialogueState) -> bool:
    """Whether a turn asks of a year of a row of which nothing was told (第一年付90万 … 第二年能补多少)."""
    asked = {label for label, _ in named_in_a_row(query.question)}
    told = {label for label, _ in named_in_a_row(state.told)}
    told |= {base.label for some in state.by_year.values() for base in some}
    each = query.asks & {"add_up", "period"} or _EACH_YEAR.search(f"{state.told}，{query.question}")
    return "amount" in query.asks and bool(asked and told) and not asked & told and not each


def rest_of_the_year(text: str, told: str) -> bool:
    """Whether a turn tells of other parts of the year than those told before: the ones that follow, or any where the
    whole year is asked for (一季度70万 … 二季度65万 … 三、四季度各付80万，全年呢)."""
    before, now = months_named(told), months_named(text)
    if not before or not now or before & now:
        return False
    later = max(before) < min(now)
    whole_told = _WHOLE_TOLD.search(text) and (len(find_money(text)) > 1 or _YEAR_TOLD.search(text))
    return bool(_WHOLE_YEAR.search(text)) or (later and not _A_YEAR.search(text) and not whole_told)


_WHOLE_TOLD = re.compile(r"(全年|整年|一共|总共|合计|加起来|累计)[^,，。;；?？]{0,6}\d")
_YEAR_TOLD = re.compile(r"(全年|整年|加起来)[^,，。;；?？]{0,8}\d")
_A_YEAR = re.compile(r"[今去明前后次来]年|20\d\d|第[二三]年")
# Asked for, not told (全年合计320万).
_WHOLE_YEAR = re.compile(
    r"(全年|整年|一年(下来|到头|总共|一共|合计|能)|一共|总共|合计|加起来|累计|总的)(?![^,，。;；?？]{0,6}\d)"
)
