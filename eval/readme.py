"""The measured figures of the README, quoted from what the last runs left: ``python -m eval.readme``.

Run it after ``make eval`` and ``make bench``. Only what stands between the two marks of README.md is written.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from eval.answers import results as answers
from eval.answers.tables import share
from eval.crosscheck import results as crosscheck
from eval.speed.report import Figure

ROOT = Path(__file__).resolve().parents[1]
FILE = ROOT / "README.md"
SPEED = ROOT / "eval" / "speed" / "results.json"
BEGIN, END = "<!-- measured: written by python -m eval.readme -->", "<!-- end of measured -->"
_MARKS = {True: "kept", False: "**missed**", None: ""}
_QUOTED_MUTANTS = ("figure", "rate", "ceiling", "article", "department", "period")


def block(speed: Path = SPEED) -> str:
    """The tables; a task that has not run is said so."""
    return "\n".join([*_answers(), "", *_crosscheck(), "", *_speed(speed)])


def filled(text: str, measured: str) -> str:
    """``text`` with ``measured`` between the marks. Raises ValueError when a mark is missing, doubled or misplaced."""
    if text.count(BEGIN) != 1 or text.count(END) != 1 or text.index(BEGIN) > text.index(END):
        raise ValueError(f"the text needs the marks {BEGIN} and {END}, once each")
    head, rest = text.split(BEGIN)
    return f"{head}{BEGIN}\n{measured}\n{END}{rest.split(END)[1]}"


def _answers() -> Iterator[str]:
    found = answers.read()
    if found is None:
        yield "Answers: not measured yet (`make eval`)."
        return
    yield "| answers, held-out half of the question sets | measured | aim | |"
    yield "|---|---:|---:|---|"
    for aim in answers.aims(found):
        value = "not measured" if aim.value is None else share(aim.value) if aim.share else f"{aim.value:g}"
        limit = share(aim.limit) if aim.share and aim.limit else f"{aim.limit:g}"
        bound = f"{'≥' if aim.least else '≤'} {limit}" if aim.limit else "0"
        yield f"| {aim.name} | {value} | {bound} | {_MARKS[aim.kept]} |"


def _crosscheck() -> Iterator[str]:
    found = crosscheck.read()
    if found is None:
        yield "Cross-check: not measured yet (`make eval`)."
        return
    shares = {kind.name: kind for kind in found.kinds}
    told = ", ".join(f"{name} {share(shares[name].share)}" for name in _QUOTED_MUTANTS if name in shares)
    yield f"One thing changed in each of {found.answers} correct answers; caught by the cross-check: {told}."


def _speed(path: Path) -> Iterator[str]:
    if not path.exists():
        yield "Speed: not measured yet (`make bench`)."
        return
    raw = json.loads(path.read_text(encoding="utf-8"))
    machine = raw["machine"]
    yield f"| speed and size, {machine['cores']} cores ({machine['processor']}), {raw['day']} | measured | at most | |"
    yield "|---|---:|---:|---|"
    for row in raw["figures"]:
        figure = Figure(row["name"], row["value"], row["unit"], row["limit"])
        limit = Figure("", figure.limit, figure.unit).shown if figure.limit is not None else ""
        yield f"| {figure.name} | {figure.shown} | {limit} | {_MARKS[figure.met]} |"


def main() -> int:
    """Write README.md anew; exit status 1 when its marks are gone."""
    try:
        text = filled(FILE.read_text(encoding="utf-8"), block())
    except ValueError as error:
        print(error, file=sys.stderr)
        return 1
    FILE.write_text(text, encoding="utf-8")
    print(f"written: the measured figures of {FILE.name}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
