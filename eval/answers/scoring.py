"""One turn's answer against its expectation: which demands it fails, and what else is worth counting."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from pydantic import ValidationError

from assistant.answering.answer import Answer, Citation, Interval
from eval.answers.cases import Case, Expectation, Turn
from eval.answers.generate import Output
from eval.answers.support import unsupported

CLOSING = "附"
REFUSED = "not_covered"
WITHHELD = "cross_check"


@dataclass(frozen=True, slots=True)
class TurnResult:
    """A turn with its answer (None: none came back) and its faults, each one line; without faults it is right."""

    turn: Turn
    answer: Answer | None
    faults: tuple[str, ...]
    unsupported: tuple[str, ...] = ()
    milliseconds: float | None = None
    objections: tuple[str, ...] = ()

    @property
    def withheld(self) -> bool:
        """The assistant's own cross-check did not let its answer pass."""
        return self.answer is not None and self.answer.reason == WITHHELD

    @property
    def right(self) -> bool:
        return not self.faults

    @property
    def first_citation_right(self) -> bool | None:
        """Whether the first citation is of a wanted article; None when the turn names none."""
        if not self.turn.expectation.articles:
            return None
        citations = self.answer.citations if self.answer else ()
        return bool(citations) and _policy_article(citations[0]) in self.turn.expectation.articles

    @property
    def must_not_be_refused(self) -> bool:
        """A good question: it has an article or allows an answer, and does not allow not_covered."""
        wanted = self.turn.expectation
        return REFUSED not in wanted.statuses and bool(wanted.articles or wanted.statuses)

    @property
    def must_be_refused(self) -> bool:
        """A foreign question: only not_covered is allowed."""
        return set(self.turn.expectation.statuses) == {REFUSED}

    @property
    def refused_wrongly(self) -> bool:
        return self.must_not_be_refused and self.answer is not None and self.answer.status == REFUSED

    @property
    def answered_wrongly(self) -> bool:
        return self.must_be_refused and self.answer is not None and self.answer.status != REFUSED

    @property
    def foreign_articles(self) -> tuple[str, ...]:
        """Articles of the policy that are cited and that the question is not about; empty when the turn names none.

        The closing provisions hold for every matter: they are never foreign, and a question that names them alone
        may be answered with the article of its matter beside them.
        """
        wanted = self.turn.expectation.articles
        if not set(wanted) - {CLOSING} or self.answer is None:
            return ()
        cited = dict.fromkeys(_policy_article(citation) for citation in self.answer.citations)
        return tuple(article for article in cited if article and article != CLOSING and article not in wanted)


@dataclass(frozen=True, slots=True)
class CaseResult:
    """A case is right when all its turns are."""

    case: Case
    turns: tuple[TurnResult, ...]

    @property
    def right(self) -> bool:
        return all(turn.right for turn in self.turns)


def score(case: Case, output: Output | None) -> CaseResult:
    """The case against what came back for it (None: nothing)."""
    answers: Sequence[Any] = output.answers if output else ()
    results = []
    for index, turn in enumerate(case.turns):
        asked = [earlier.question for earlier in case.turns[: index + 1]]
        if index < len(answers):
            result = _score_turn(turn, answers[index], asked)
            if output and index < len(output.milliseconds):
                result = replace(result, milliseconds=output.milliseconds[index])
            if output and index < len(output.objections):
                result = replace(result, objections=output.objections[index])
            results.append(result)
        else:
            reason = f"no answer ({output.error})" if output and output.error else "no answer"
            results.append(TurnResult(turn, None, (reason,)))
    return CaseResult(case, tuple(results))


def _score_turn(turn: Turn, raw: Any, asked: Sequence[str]) -> TurnResult:
    try:
        answer = Answer.model_validate(raw)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        return TurnResult(turn, None, (f"breaks the contract of Answer: {place}: {first['msg']}",))
    shown = dict.fromkeys((*answer.crosscheck.unsupported, *unsupported(answer, asked)))
    return TurnResult(turn, answer, tuple(_faults(turn.expectation, answer)), tuple(shown))


def _faults(wanted: Expectation, answer: Answer) -> Iterator[str]:
    cited = [article for citation in answer.citations if (article := _policy_article(citation))]
    if wanted.articles and not set(cited) & set(wanted.articles):
        yield f"art: cites {'、'.join(dict.fromkeys(cited)) or 'nothing'}, wanted one of {'、'.join(wanted.articles)}"
    if wanted.amount is not None and wanted.amount not in (found := amounts(answer)):
        got = ", ".join(f"[{low:f}, {high:f}]" for low, high in found) or "none"
        yield f"amt: {got}, wanted [{wanted.amount[0]:f}, {wanted.amount[1]:f}]"
    if wanted.statuses and answer.status not in wanted.statuses:
        yield f"status: {answer.status.value}, wanted {' or '.join(wanted.statuses)}"
    if wanted.verdicts:
        verdicts = [e.verdict for e in answer.eligibility if not wanted.articles or e.article in wanted.articles]
        if not set(verdicts) & set(wanted.verdicts):
            yield f"elig: {', '.join(dict.fromkeys(verdicts)) or 'none'}, wanted {' or '.join(wanted.verdicts)}"
    for pattern in wanted.must:
        if not re.search(pattern, answer.text):
            yield f"must: {pattern} is not in the text"
    for pattern in wanted.never:
        if match := re.search(pattern, answer.text):
            yield f"not: {pattern} is in the text ({match[0]})"


def amounts(answer: Answer) -> tuple[tuple[Decimal, Decimal], ...]:
    """Every result that the answer gives, in yuan: of each calculation, each of its readings, and the total."""
    intervals: list[Interval] = [answer.total] if answer.total else []
    found = []
    for calculation in answer.calculations:
        found.append((Decimal(calculation.minimum), Decimal(calculation.maximum)))
        intervals.extend(calculation.readings)
    found.extend((Decimal(interval.minimum), Decimal(interval.maximum)) for interval in intervals)
    return tuple(dict.fromkeys(found))


def _policy_article(citation: Citation) -> str | None:
    return citation.article if citation.kind == "policy" else None
