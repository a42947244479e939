"""The result of the mutation test: metrics are methods."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from eval.crosscheck.mutate import KINDS, Mutant

Check = Callable[[str], Sequence[str]]
"""A text to what the cross-check finds wrong in it, with the evidence of the text's answer held fast."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A correct answer: its case's id, its text, the check with its evidence, and its mutants."""

    case: str
    text: str
    check: Check
    mutants: tuple[Mutant, ...]


@dataclass(frozen=True, slots=True)
class Trial:
    """One mutant of one answer (its case's id) and whether the cross-check objected."""

    case: str
    mutant: Mutant
    caught: bool


@dataclass(frozen=True, slots=True)
class Result:
    """All trials. ``answers`` is how many correct answers were taken, ``accused`` those of them to which the
    cross-check objected unchanged."""

    answers: int
    accused: int
    trials: tuple[Trial, ...]

    def of(self, kind: str) -> tuple[Trial, ...]:
        return tuple(trial for trial in self.trials if trial.mutant.kind == kind)

    def share_caught(self, kind: str | None = None) -> Fraction | None:
        """The share of mutants (of one kind) that were caught; None without mutants."""
        trials = self.trials if kind is None else self.of(kind)
        return Fraction(sum(trial.caught for trial in trials), len(trials)) if trials else None

    def missed(self) -> tuple[Trial, ...]:
        return tuple(trial for trial in self.trials if not trial.caught)

    @property
    def kinds(self) -> tuple[str, ...]:
        return tuple(kind for kind in KINDS if self.of(kind))


def evaluate(subjects: Iterable[Subject]) -> Result:
    """Runs the check on every answer as it is, and on its mutants."""
    answers = accused = 0
    trials: list[Trial] = []
    for subject in subjects:
        answers += 1
        if subject.check(subject.text):
            accused += 1
            continue
        trials += [Trial(subject.case, mutant, bool(subject.check(mutant.text))) for mutant in subject.mutants]
    return Result(answers, accused, tuple(trials))
