"""The result of an evaluation: metrics are methods, counted over any part of the cases."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from eval.answers.cases import Case
from eval.answers.generate import Output
from eval.answers.scoring import CLOSING, CaseResult, TurnResult, score


@dataclass(frozen=True, slots=True)
class Result:
    """Scored cases. Shares are None where nothing is there to be counted."""

    cases: tuple[CaseResult, ...]

    def part(self, *, group: str | None = None, split: str | None = None) -> Result:
        """The cases of one group, of one split, or both."""
        kept = (
            result
            for result in self.cases
            if (group is None or result.case.group == group) and (split is None or result.case.split == split)
        )
        return Result(tuple(kept))

    @property
    def groups(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(result.case.group for result in self.cases))

    @property
    def turns(self) -> tuple[TurnResult, ...]:
        return tuple(turn for result in self.cases for turn in result.turns)

    def share_right(self) -> Fraction | None:
        """Cases with every turn right."""
        return _share(result.right for result in self.cases)

    def turns_right(self) -> Fraction | None:
        return _share(turn.right for turn in self.turns)

    def first_citation_right(self) -> Fraction | None:
        """Of the turns that name an article: the first citation is of one of them."""
        return _share(turn.first_citation_right for turn in self.turns if turn.first_citation_right is not None)

    def refused_wrongly(self) -> Fraction | None:
        """Of the good turns (an answer is due): not_covered came back."""
        return _share(turn.refused_wrongly for turn in self.turns if turn.must_not_be_refused)

    def answered_wrongly(self) -> Fraction | None:
        """Of the foreign turns (only not_covered is right): something else came back."""
        return _share(turn.answered_wrongly for turn in self.turns if turn.must_be_refused)

    def foreign_articles(self) -> Fraction | None:
        """Of the turns that name an article of support: an article is cited that the question is not about."""
        named = (turn for turn in self.turns if set(turn.turn.expectation.articles) - {CLOSING})
        return _share(bool(turn.foreign_articles) for turn in named)

    def unsupported(self) -> tuple[tuple[str, str], ...]:
        """Figures shown without support, each with the id of its case."""
        return tuple(
            (result.case.id, figure) for result in self.cases for turn in result.turns for figure in turn.unsupported
        )

    def withheld(self) -> int:
        """Answers that the assistant's own cross-check did not let pass."""
        return sum(turn.withheld for turn in self.turns)

    def length(self) -> tuple[int, int] | None:
        """Median and 90th percentile of the characters of answers to single questions."""
        lengths = [
            len(turn.answer.text)
            for result in self.cases
            if len(result.turns) == 1
            for turn in result.turns
            if turn.answer
        ]
        return (round(statistics.median(lengths)), _percentile(lengths, 90)) if lengths else None

    def median_milliseconds(self) -> float | None:
        """Median time of an answer; None where it was not measured."""
        times = [turn.milliseconds for turn in self.turns if turn.milliseconds is not None]
        return statistics.median(times) if times else None

    def failures(self) -> Iterator[CaseResult]:
        """Cases with a fault or with a figure that has no support."""
        return (r for r in self.cases if not r.right or any(turn.unsupported for turn in r.turns))


def evaluate(cases: Sequence[Case], outputs: Iterable[Output]) -> Result:
    """The cases against the outputs, matched by id; outputs of other cases are passed over."""
    known = {output.id: output for output in outputs}
    return Result(tuple(score(case, known.get(case.id)) for case in cases))


def _share(truths: Iterable[bool | None]) -> Fraction | None:
    values = [bool(truth) for truth in truths]
    return Fraction(sum(values), len(values)) if values else None


def _percentile(values: Sequence[int], percent: int) -> int:
    """The smallest value that at least ``percent`` of the values do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * percent // 100) - 1)]
