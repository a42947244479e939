"""Dates and durations in a question: 2022年10月, 去年年底, 上个月, 2023到2025年; 成立两年, 18个月, 每年.

Every date is an interval of days, both ends included; relative ones resolve against the day of asking. Document
numbers (〔2022〕6号), versions (2020版), telephone numbers and amounts are no dates.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from assistant.understanding.time.durations import DurationMention, find_durations
from assistant.understanding.time.grammar import (
    AFTER,
    BEFORE,
    CLAUSE_MARKS,
    CONNECTOR,
    DATE,
    DAY_AFTER,
    DOCUMENT_NUMBER,
    FUTURE,
    LIST,
    PAIRS,
    PAST,
    QUARTERS,
    RELATIVE_DAYS,
    RELATIVE_YEARS,
    SENTENCE_END,
    STEPS,
)
from assistant.understanding.time.periods import (
    Interval,
    day_interval,
    is_short_year,
    month_end,
    months_interval,
    numeral,
    part_of_month,
    part_of_year,
    quarter_interval,
    shift_month,
    year_interval,
)

__all__ = ["DateMention", "DurationMention", "find_dates", "find_durations"]

Kind = Literal["day", "week", "month", "quarter", "half", "part", "year", "ago", "range"]
Bound = Literal["in", "before", "after"]


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date of the text as days ``first`` to ``last``. ``bound`` tells 2022年以前 and 2022年以后 from 2022年."""

    start: int
    end: int
    text: str
    first: date
    last: date
    kind: Kind
    bound: Bound = "in"


@dataclass(frozen=True, slots=True)
class _Atom:
    """One expression before ranges are joined. ``explicit`` tells that it names its year itself."""

    start: int
    end: int
    interval: Interval
    kind: Kind
    explicit: bool


def find_dates(text: str, as_of: date) -> tuple[DateMention, ...]:
    """The dates of ``text`` (normalised), in order; relative ones resolved against ``as_of``."""
    atoms = list(_atoms(text, as_of))
    return tuple(_bounded(text, mention) for mention in _ranges(text, atoms))


def _atoms(text: str, as_of: date) -> Iterator[_Atom]:
    blocked = [match.span() for match in DOCUMENT_NUMBER.finditer(text)]
    previous: _Atom | None = None
    position = 0
    while (match := DATE.search(text, position)) is not None:
        start, end = match.span()
        position = max(end, position + 1)
        if any(low < end and start < high for low, high in blocked):
            continue
        atom = _atom(text, match, as_of, previous)
        if atom is None:
            position = start + 1
            continue
        previous = atom
        position = atom.end
        yield atom


def _atom(text: str, match: re.Match[str], as_of: date, previous: _Atom | None) -> _Atom | None:
    start, end = match.span()
    groups = match.groupdict()
    if groups["iso"]:
        year, month = int(groups["iso"]), int(groups["im"])
        if groups["id"]:
            return _made(start, end, day_interval(year, month, int(groups["id"])), "day")
        return _made(start, end, months_interval(year, month, month), "month")
    if compact := groups["compact"]:
        return _made(start, end, day_interval(int(compact[:4]), int(compact[4:6]), int(compact[6:])), "day")
    if groups["drel"]:
        day = as_of + timedelta(days=RELATIVE_DAYS[groups["drel"]])
        return _made(start, end, (day, day), "day")
    if groups["wrel"]:
        return _week(start, end, STEPS[groups["wrel"]], groups["wday"], as_of)
    if groups["mrel"]:
        year, month = shift_month(as_of.year, as_of.month, STEPS[groups["mrel"]])
        return _in_month(start, end, year, month, groups["rday"], groups["rpart"], explicit=True)
    if groups["qrel"]:
        year, month = shift_month(as_of.year, as_of.month, 3 * STEPS[groups["qrel"]])
        return _made(start, end, quarter_interval(year, (month + 2) // 3), "quarter")
    if groups["pair"]:
        first, last = (as_of.year + step for step in PAIRS[groups["pair"]])
        return _made(start, end, (date(first, 1, 1), date(last, 12, 31)), "range")
    if groups["ago"]:
        return _ago(text, match, as_of)
    named = _named_year(text, match, as_of)
    if named is not None:
        return _in_year(start, end, named, groups, "", explicit=True)
    if groups["y2"]:
        return None
    inherited = _inherited_year(text, previous, start, end, as_of)
    atom = _in_year(start, end, inherited or as_of.year, groups, "n_", explicit=False)
    if atom is not None and inherited is None and atom.interval[0] > as_of and _told_as_past(text, start, end):
        return _in_year(start, end, as_of.year - 1, groups, "n_", explicit=False)
    return atom


def _made(start: int, end: int, interval: Interval | None, kind: Kind, *, explicit: bool = True) -> _Atom | None:
    return None if interval is None else _Atom(start, end, interval, kind, explicit)


def _named_year(text: str, match: re.Match[str], as_of: date) -> int | None:
    groups = match.groupdict()
    if groups["yrel"]:
        return as_of.year + RELATIVE_YEARS[groups["yrel"]]
    if groups["y4"] or groups["bare"]:
        return numeral(groups["y4"] or groups["bare"])
    if groups["y2"] and is_short_year(text, match.start(), match.end()):
        return 2000 + int(groups["y2"])
    return None


def _inherited_year(text: str, previous: _Atom | None, start: int, end: int, as_of: date) -> int | None:
    """The year of the date before, for a month that follows it (去年10月和12月; 去年10月付了一笔,12月又付)."""
    if previous is None:
        return None
    between = text[previous.end : start]
    year = previous.interval[1].year
    if LIST.fullmatch(between) or CONNECTOR.fullmatch(between):
        return year
    near = previous.kind in ("month", "day", "part") and abs(year - as_of.year) <= 1
    if previous.kind == "year" and year == as_of.year - 1 and text[start] == "年" and _told_as_past(text, start, end):
        return year  # 2025年收入9200万。… 年末退货80万: told of that year, which is over
    return year if near and not SENTENCE_END.search(between) and not FUTURE.search(_clause(text, start, end)) else None


def _clause(text: str, start: int, end: int) -> str:
    first = max((text.rfind(mark, 0, start) for mark in CLAUSE_MARKS), default=-1) + 1
    last = min((found for mark in CLAUSE_MARKS if (found := text.find(mark, end)) >= 0), default=len(text))
    return text[first:last]


def _told_as_past(text: str, start: int, end: int) -> bool:
    """A month that is still to come this year, told as done, is last year's (asked in March: 12月付了算力费)."""
    clause = _clause(text, start, end)
    return PAST.search(clause) is not None and FUTURE.search(clause) is None


def _week(start: int, end: int, step: int, weekday: str | None, as_of: date) -> _Atom | None:
    monday = as_of - timedelta(days=as_of.weekday()) + timedelta(weeks=step)
    if weekday is None:
        return _made(start, end, (monday, monday + timedelta(days=6)), "week")
    day = monday + timedelta(days="一二三四五六日".index(weekday.replace("天", "日")))
    return _made(start, end, (day, day), "day")


def _in_month(
    start: int, end: int, year: int, month: int, day: str | None, part: str | None, *, explicit: bool
) -> _Atom | None:
    if not 1 <= month <= 12:
        return None
    if day:
        number = numeral(day)
        interval = None if number is None else day_interval(year, month, number)
        return _made(start, end, interval, "day", explicit=explicit)
    if part:
        return _made(start, end, part_of_month(year, month, part), "part", explicit=explicit)
    return _made(start, end, months_interval(year, month, month), "month", explicit=explicit)


def _in_year(
    start: int, end: int, year: int, groups: dict[str, str | None], prefix: str, *, explicit: bool
) -> _Atom | None:
    """The expression inside ``year``: months, month and day, quarter, half, 年底 …, or the whole year."""

    def of(name: str) -> str:
        return groups[prefix + name] or ""

    if of("from"):
        first, last = numeral(of("from")), numeral(of("to"))
        if not first or not last or not (1 <= first <= 12 and 1 <= last <= 12):
            return None
        until = month_end(year if first <= last else year + 1, last)
        return _made(start, end, (date(year, first, 1), until), "range", explicit=explicit)
    if of("month"):
        return _in_month(start, end, year, numeral(of("month")) or 0, of("day"), of("mpart"), explicit=explicit)
    if of("quarter") or of("q"):
        quarter = QUARTERS[of("quarter") or of("q")]
        return _made(start, end, quarter_interval(year, quarter), "quarter", explicit=explicit)
    if of("three"):
        return _made(start, end, months_interval(year, 1, 9), "range", explicit=explicit)
    if of("half"):
        return _made(start, end, part_of_year(year, of("half")), "half", explicit=explicit)
    if of("ypart"):
        return _made(start, end, part_of_year(year, of("ypart")), "part", explicit=explicit)
    return _made(start, end, year_interval(year), "year", explicit=explicit)


def _ago(text: str, match: re.Match[str], as_of: date) -> _Atom | None:
    """三年前: the calendar year; 两个月前: the calendar month; 十天前: the day. 认定三年后 is a span, no date."""
    start, end = match.span()
    unit, sign = match["unit"], -1 if match["way"] == "前" else 1
    if (
        sign > 0
        and re.search(r"[一-鿿]$", text[:start])
        and not re.search(r"(?:再过|再|过|等|在|我们|公司)$", text[:start])
    ):
        return None
    if match["ago"] == "半":
        year, month = shift_month(as_of.year, as_of.month, sign * 6)
        return _made(start, end, months_interval(year, month, month), "ago") if unit == "年" else None
    number = numeral(match["ago"])
    if number is None:
        return None
    if unit == "年":
        if match["ago"].isdecimal() and is_short_year(text, start, start + 3) and len(match["ago"]) == 2:
            return _made(start, start + 3, year_interval(2000 + number), "year")
        return _made(start, end, year_interval(as_of.year + sign * number), "ago")
    if unit in ("个月", "个季度", "季度"):
        year, month = shift_month(as_of.year, as_of.month, sign * number * (1 if unit == "个月" else 3))
        return _made(start, end, months_interval(year, month, month), "ago")
    day = as_of + timedelta(days=sign * number * (1 if unit == "天" else 7))
    return _made(start, end, (day, day), "ago")


def _ranges(text: str, atoms: list[_Atom]) -> Iterator[DateMention]:
    """Atoms as mentions, two joined by 到, 至 or a dash as one."""
    index = 0
    while index < len(atoms):
        first = atoms[index]
        interval, end, kind = first.interval, first.end, first.kind
        following = atoms[index + 1] if index + 1 < len(atoms) else None
        day = DAY_AFTER.match(text, end) if kind == "day" else None
        if following is not None and CONNECTOR.fullmatch(text, end, following.start):
            last = following.interval[1]
            if last < interval[0] and not following.explicit:
                last = month_end(*shift_month(last.year, last.month, 12))
            if last >= interval[0]:
                interval, end, kind = (interval[0], last), following.end, "range"
                index += 1
        elif day is not None:
            until = day_interval(interval[0].year, interval[0].month, numeral(day.group(1)) or 0)
            if until is not None and until[1] >= interval[0]:
                interval, end, kind = (interval[0], until[1]), day.end(), "range"
        yield DateMention(first.start, end, text[first.start : end], *interval, kind)
        index += 1


def _bounded(text: str, mention: DateMention) -> DateMention:
    if mention.kind == "ago":
        return mention
    if match := BEFORE.match(text, mention.end):
        return replace(mention, end=match.end(), text=text[mention.start : match.end()], bound="before")
    if match := AFTER.match(text, mention.end):
        return replace(mention, end=match.end(), text=text[mention.start : match.end()], bound="after")
    return mention
