"""``results.json``: the figures of the last mutation test."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import asdict, dataclass
from pathlib import Path

from eval.crosscheck.evaluate import Result, Trial

PATH = Path(__file__).resolve().parent / "results.json"
EXAMPLES = 12


@dataclass(frozen=True, slots=True)
class KindCount:
    """How many mutants of a kind there were, and how many were caught."""

    name: str
    mutants: int
    caught: int

    @property
    def share(self) -> float:
        return self.caught / self.mutants


@dataclass(frozen=True, slots=True)
class Results:
    """Counts by kind; ``missed`` has some mutants that passed, as text."""

    answers: int
    accused: int
    kinds: tuple[KindCount, ...]
    missed: tuple[str, ...]


def collect(result: Result, shown: Collection[str]) -> Results:
    """The figures of a run; examples are of the cases ``shown`` (ids), so that none of the held-out half is printed."""
    kinds = (
        KindCount(kind, len(result.of(kind)), sum(trial.caught for trial in result.of(kind))) for kind in result.kinds
    )
    missed = [line(trial) for trial in result.missed() if trial.case in shown]
    return Results(result.answers, result.accused, tuple(kinds), tuple(missed[:EXAMPLES]))


def line(trial: Trial) -> str:
    """A mutant that passed, with the words around the change."""
    mutant = trial.mutant
    place = mutant.start
    around = mutant.text[max(0, place - 20) : place + len(mutant.after) + 20].replace("\n", " ")
    return f"{mutant.kind}, {mutant.before} → {mutant.after}: …{around}…"


def write(results: Results, path: Path = PATH) -> None:
    """Writes the figures as JSON."""
    path.write_text(json.dumps(asdict(results), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def read(path: Path = PATH) -> Results | None:
    """The figures of the last run; None when there was none."""
    if not path.exists():
        return None
    raw = json.loads(path.read_text(encoding="utf-8"))
    kinds = tuple(KindCount(**kind) for kind in raw["kinds"])
    return Results(raw["answers"], raw["accused"], kinds, tuple(raw["missed"]))
