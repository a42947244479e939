"""Figures for the desk's overview: questions a day, what became of them, how long they took, what they were about."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil
from typing import TypeAlias

from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute

from assistant.records.database import Records
from assistant.records.tables import AnswerRow, FeedbackRow

_Column: TypeAlias = InstrumentedAttribute[str] | InstrumentedAttribute[str | None]


@dataclass(frozen=True, slots=True)
class Day:
    """One day's figures. ``median`` and ``slow`` (95 of 100 were quicker) are milliseconds, None without questions."""

    day: date
    answered: int
    needs_information: int
    not_covered: int
    up: int
    down: int
    median: float | None
    slow: float | None

    @property
    def questions(self) -> int:
        return self.answered + self.needs_information + self.not_covered


def days(records: Records, since: date, until: date) -> tuple[Day, ...]:
    """The days from ``since`` to ``until``, both included, in order; days without questions too."""
    span = AnswerRow.asked_on.between(since, until)
    with records.reading() as session:
        times: dict[tuple[date, str], list[float]] = defaultdict(list)
        rows = session.execute(select(AnswerRow.asked_on, AnswerRow.status, AnswerRow.milliseconds).where(span))
        for day, status, milliseconds in rows:
            times[day, status].append(milliseconds)
        votes = session.execute(
            select(AnswerRow.asked_on, FeedbackRow.up, func.count())
            .join(FeedbackRow, FeedbackRow.answer_id == AnswerRow.id)
            .where(span)
            .group_by(AnswerRow.asked_on, FeedbackRow.up)
        )
        voted = {(day, up): count for day, up, count in votes}
    found: list[Day] = []
    for ordinal in range(since.toordinal(), until.toordinal() + 1):
        day = date.fromordinal(ordinal)
        taken = sorted(time for (on, _), several in times.items() if on == day for time in several)
        found.append(
            Day(
                day=day,
                answered=len(times.get((day, "answered"), ())),
                needs_information=len(times.get((day, "needs_information"), ())),
                not_covered=len(times.get((day, "not_covered"), ())),
                up=voted.get((day, True), 0),
                down=voted.get((day, False), 0),
                median=_quantile(taken, 0.5),
                slow=_quantile(taken, 0.95),
            )
        )
    return tuple(found)


def top_measures(records: Records, since: date, until: date, limit: int = 10) -> tuple[tuple[str, int], ...]:
    """The measures asked about most often, with how many questions, the most frequent first."""
    return _top(records, since, until, limit, AnswerRow.measures)


def top_reasons(records: Records, since: date, until: date, limit: int = 10) -> tuple[tuple[str, int], ...]:
    """The reasons for refusing that came up most often, with how many questions."""
    return _top(records, since, until, limit, AnswerRow.reason)


def _top(records: Records, since: date, until: date, limit: int, column: _Column) -> tuple[tuple[str, int], ...]:
    query = select(column, func.count()).where(AnswerRow.asked_on.between(since, until)).group_by(column)
    counts: Counter[str] = Counter()
    with records.reading() as session:
        for names, count in session.execute(query):
            for name in filter(None, (names or "").split(",")):
                counts[name] += count
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:limit])


def _quantile(ordered: Sequence[float], share: float) -> float | None:
    """The smallest value that at least ``share`` of them do not exceed."""
    return ordered[max(0, ceil(share * len(ordered)) - 1)] if ordered else None
