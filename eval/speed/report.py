"""The figures as a table for people and as JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
YES_OR_NO = "yes or no"


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure (unit: s, ms, MB or YES_OR_NO) with the most that it may be; None: could not be measured."""

    name: str
    value: float | None
    unit: str
    limit: float | None = None
    note: str = ""

    @property
    def met(self) -> bool | None:
        """Whether the figure keeps within its limit; None without limit or measurement."""
        return None if self.value is None or self.limit is None else self.value <= self.limit

    @property
    def shown(self) -> str:
        """The value as text."""
        if self.value is None:
            return "not measured"
        if self.unit == YES_OR_NO:
            return "yes" if self.value else "no"
        digits = {"s": 2, "ms": 1}.get(self.unit, 0)
        return f"{self.value:.{digits}f} {self.unit}"


def table(figures: Sequence[Figure]) -> str:
    """A Markdown table."""
    rows = ["| | measured | at most | |", "|---|---:|---:|---|"]
    marks = {True: "kept", False: "**exceeded**", None: ""}
    for figure in figures:
        limit = "" if figure.limit is None else replace(figure, value=figure.limit).shown
        remark = ": ".join(part for part in (marks[figure.met], figure.note) if part)
        rows.append(f"| {figure.name} | {figure.shown} | {limit} | {remark} |")
    return "\n".join(rows)


def conditions(machine: Mapping[str, str | int]) -> str:
    """One sentence on the machine."""
    programs = ", ".join(f"{name} {machine[name]}" for name in list(machine)[4:])
    hardware = f"{machine['cores']} cores ({machine['processor']}), {machine['memory_gib']} GiB, {machine['system']}"
    return f"{hardware}; {programs}."


def write(figures: Sequence[Figure], machine: Mapping[str, str | int], day: str, folder: Path = FOLDER) -> None:
    """Write ``results.json`` and ``README.md`` to ``folder``."""
    results = {"day": day, "machine": dict(machine), "figures": [{**asdict(f), "met": f.met} for f in figures]}
    (folder / "results.json").write_text(json.dumps(results, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    (folder / "README.md").write_text(
        "# Speed and size\n\n"
        "Written by `make bench`, which measures through the doors that users have: the command line, the page and\n"
        "`open_assistant`. The questions are those of `eval/questions`, each asked once; the index lies in a folder\n"
        "of the bench's own. Commands: median of seven runs. Warm answers: one process on one core, 40 questions to\n"
        "warm up, then 200 others, retrieval and cross-check included.\n\n"
        f"{day}, {conditions(machine)}\n\n{table(figures)}\n",
        encoding="utf-8",
    )
