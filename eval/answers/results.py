"""``results.json``: the figures of the last whole run, for the report and for comparing runs."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from eval.answers.cases import SPLITS
from eval.answers.evaluate import Result
from eval.answers.tables import ALL, Row, rows

PATH = Path(__file__).resolve().parent / "results.json"


@dataclass(frozen=True, slots=True)
class Results:
    """Rows of each split, of the shared sample and of the exam; ``milliseconds``: the median time of an answer."""

    splits: dict[str, tuple[Row, ...]]
    sample: tuple[Row, ...]
    exam: tuple[Row, ...]
    milliseconds: float | None


@dataclass(frozen=True, slots=True)
class Aim:
    """One aim on the held-out half: what is measured (a share, or a count), against the least or the most that it
    may be."""

    name: str
    value: float | None
    limit: float
    least: bool = False
    share: bool = True

    @property
    def kept(self) -> bool | None:
        if self.value is None:
            return None
        return self.value >= self.limit if self.least else self.value <= self.limit


def collect(result: Result, sample: Result, exam: Result) -> Results:
    """The figures of a whole run."""
    splits = {split: rows(result.part(split=split)) for split in SPLITS}
    return Results(splits, rows(sample), rows(exam), result.median_milliseconds())


def aims(results: Results) -> tuple[Aim, ...]:
    """What the project has set itself, with the figures of the held-out half."""
    heldout = {row.group: row for row in results.splits["heldout"]}
    whole = heldout[ALL]
    amounts = heldout.get("amounts")
    shown = sum(row.unsupported for split in results.splits.values() for row in split if row.group == ALL)
    return (
        Aim("right", whole.right, 0.97, least=True),
        Aim("right, amounts", amounts.right if amounts else None, 0.99, least=True),
        Aim("figures shown without support (both halves)", shown, 0, share=False),
        Aim("good questions refused", whole.refused_wrongly, 0.01),
        Aim("foreign questions answered", whole.answered_wrongly, 0.02),
        Aim("median length of answers to single questions, characters", whole.median_length, 250, share=False),
        Aim("answers that cite an article the question is not about", whole.foreign_articles, 0),
    )


def write(results: Results, path: Path = PATH) -> None:
    """Writes the figures as JSON."""
    path.write_text(json.dumps(asdict(results), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def read(path: Path = PATH) -> Results | None:
    """The figures of the last run; None when there was none."""
    if not path.exists():
        return None
    raw: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return Results(
        splits={split: tuple(Row(**row) for row in lines) for split, lines in raw["splits"].items()},
        sample=tuple(Row(**row) for row in raw["sample"]),
        exam=tuple(Row(**row) for row in raw["exam"]),
        milliseconds=raw["milliseconds"],
    )
