"""Figures shown without support: a check of the answers that shares nothing with the assistant's own cross-check."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from assistant.answering.answer import Answer, CalculationView
from eval.answers.figures import Value, amount, evidence, figures, percent


def unsupported(answer: Answer, questions: Sequence[str]) -> tuple[str, ...]:
    """The figures of the answer's text (amounts, percentages, ratios, dates, article numbers) whose value stands
    neither in a cited quote, nor in the dialogue's ``questions`` so far, nor in a calculation, nor in the validity."""
    known = frozenset(_known(answer, questions))
    return tuple(dict.fromkeys(figure.text for figure in figures(answer.text) if figure.value not in known))


def _known(answer: Answer, questions: Sequence[str]) -> Iterator[Value]:
    quotes = [citation.quote for citation in answer.citations]
    criteria = [criterion.quote for entry in answer.eligibility for criterion in entry.criteria]
    titles = [citation.title for citation in answer.citations]
    for text in [*questions, *quotes, *criteria, *titles]:
        yield from evidence(text)
    for calculation in answer.calculations:
        yield from _calculated(calculation)
    if answer.total:
        yield from _ends(answer.total.minimum, answer.total.maximum)
    named = [citation.article for citation in answer.citations]
    named += [calculation.article for calculation in answer.calculations]
    named += [entry.article for entry in answer.eligibility]
    yield from (("article", article) for article in named if article)
    yield from _days([answer.validity.effective, answer.validity.last_day])
    # 明年, 上个月 and the like are resolved against the day of asking; the day after the last is the first one out.
    yield from _days([answer.as_of, answer.validity.last_day + timedelta(days=1)])
    yield from (("year", str(answer.as_of.year + distance)) for distance in (-1, 1))


def _calculated(calculation: CalculationView) -> Iterator[Value]:
    yield from _ends(calculation.minimum, calculation.maximum)
    for interval in (calculation.base, *calculation.readings):
        if interval:
            yield from _ends(interval.minimum, interval.maximum)
    if calculation.cap:
        yield amount(calculation.cap.amount)
    if calculation.rate:
        yield percent(calculation.rate.minimum)
        yield percent(calculation.rate.maximum)
    for text in (*calculation.steps, *(reading.name for reading in calculation.readings)):
        yield from evidence(text)


def _ends(minimum: str, maximum: str) -> Iterator[Value]:
    yield amount(minimum)
    yield amount(maximum)


def _days(days: Iterable[date]) -> Iterator[Value]:
    for day in days:
        yield "day", day.isoformat()
        yield "month", f"{day:%Y-%m}"
        yield "year", str(day.year)
