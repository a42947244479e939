"""What README.md quotes: the figures that the last runs left, and the table of settings. ``python -m eval.readme``.

Run it after ``make eval`` and ``make bench``, and after a change of a setting. Only what stands between the marks of
README.md is written.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from assistant.settings import ENV_PREFIX, Settings
from eval.answers import results as answers
from eval.answers.tables import share
from eval.crosscheck import results as crosscheck
from eval.speed.report import Figure

ROOT = Path(__file__).resolve().parents[1]
FILE = ROOT / "README.md"
SPEED = ROOT / "eval" / "speed" / "results.json"
_DEFAULT = re.compile(r" Default: (?P<default>.+?)\.?$")
_MARKS = {True: "kept", False: "**missed**", None: ""}
_QUOTED_MUTANTS = ("figure", "rate", "ceiling", "article", "department", "period")


def measured(speed: Path = SPEED) -> str:
    """The figures as tables; a task that has not run is said so."""
    return "\n".join([*_answers(), "", *_crosscheck(), "", *_speed(speed)])


def settings_table() -> str:
    """Every setting with its variable, meaning and default, as ``assistant.settings`` has it."""
    rows = ["| variable | meaning | default |", "|---|---|---|"]
    for name, field in Settings.model_fields.items():
        meaning = field.description or ""
        if told := _DEFAULT.search(meaning):
            default, meaning = told["default"], meaning[: told.start()]
        else:
            value = str(field.default).lower() if isinstance(field.default, bool) else field.default
            default = "none" if value in (None, "") else f"`{value}`"
        rows.append(f"| `{ENV_PREFIX}{name.upper()}` | {meaning.rstrip('.')} | {default} |")
    return "\n".join(rows)


def filled(text: str, name: str, content: str) -> str:
    """``text`` with ``content`` between the marks of ``name``. Raises ValueError when a mark is missing or doubled."""
    begin, end = f"<!-- {name}: written by python -m eval.readme -->", f"<!-- end of {name} -->"
    if text.count(begin) != 1 or text.count(end) != 1 or text.index(begin) > text.index(end):
        raise ValueError(f"the text needs the marks {begin} and {end}, once each")
    head, rest = text.split(begin)
    return f"{head}{begin}\n{content}\n{end}{rest.split(end)[1]}"


def _answers() -> Iterator[str]:
    found = answers.read()
    if found is None:
        yield "Answers: not measured yet (`make eval`)."
        return
    unseen = found.exam[-1]
    yield f"An exam of {unseen.cases} new questions, never looked at: {share(unseen.right)} right, figures without"
    yield f"support {unseen.unsupported}, good questions refused {share(unseen.refused_wrongly)}, foreign ones answered"
    yield f"{share(unseen.answered_wrongly)}.\n"
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
        text = filled(FILE.read_text(encoding="utf-8"), "settings", settings_table())
        text = filled(text, "measured", measured())
    except ValueError as error:
        print(error, file=sys.stderr)
        return 1
    FILE.write_text(text, encoding="utf-8")
    print(f"written: settings and measured figures of {FILE.name}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
