"""``make bench``: measure, print, and write eval/speed/results.json and README.md.

The exit status is 1 when something could not be measured, and with ``--strict`` also when a limit is exceeded.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TypeVar

from eval.speed import probes
from eval.speed.machine import describe
from eval.speed.report import YES_OR_NO, Figure, conditions, table, write

T = TypeVar("T")

LIGHT = {
    "--help": ["--help"],
    "measures": ["measures"],
    "calculate": ["calculate", "platform-construction", "1.5亿"],
}


def main() -> int:
    """Measure everything; give the exit status."""
    parser = argparse.ArgumentParser(prog="python -m eval.speed", description="Measure speed and memory.")
    parser.add_argument("--strict", action="store_true", help="exit with status 1 when a limit is exceeded")
    parser.add_argument("--dry", action="store_true", help="print only, write no file")
    options = parser.parse_args()
    machine = describe()
    print(conditions(machine), flush=True)
    with tempfile.TemporaryDirectory(prefix="assistant-bench-") as folder:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("ASSISTANT_")}
        settings = Path(folder) / "settings.toml"
        settings.touch()
        environment |= {"ASSISTANT_DATA_DIR": f"{folder}/data", "ASSISTANT_SETTINGS_FILE": str(settings)}
        figures = list(_measure(environment))
    print(table(figures))
    failed = any(figure.value is None for figure in figures)
    if failed:
        print("Something could not be measured; the files are left as they were.", file=sys.stderr)
    elif not options.dry:
        write(figures, machine, dt.date.today().isoformat())
    exceeded = any(figure.met is False for figure in figures)
    return 1 if failed or (options.strict and exceeded) else 0


def _measure(environment: dict[str, str]) -> Iterator[Figure]:
    for name, arguments in LIGHT.items():
        seconds, note = _attempt(partial(probes.start, arguments, environment))
        yield Figure(f"`{name}`, start to end", seconds, "s", 0.6, note)
        packages, note = _attempt(partial(probes.imports, arguments, environment))
        yield Figure(
            f"`{name}` imports torch", None if packages is None else float("torch" in packages), YES_OR_NO, 0, note
        )

    seconds, note = _attempt(partial(probes.index, environment))
    yield Figure("`index`, from nothing", seconds, "s", note=note)

    warm, note = _attempt(partial(probes.warm, environment))
    yield Figure("warm answer, median, one core", warm.median if warm else None, "ms", 15, note)
    yield Figure("warm answer, 95th percentile, one core", warm.p95 if warm else None, "ms", 40, note)
    yield Figure("resident memory after 240 answers", warm.resident if warm else None, "MB", 900, note)

    seconds, note = _attempt(partial(probes.batch, environment))
    yield Figure("200 questions through `ask --batch`, start-up included", seconds, "s", 12, note)

    page, note = _attempt(partial(probes.page, environment))
    yield Figure("page ready after start, index built", page.ready if page else None, "s", 12, note)
    yield Figure("resident memory of the served page", page.resident if page else None, "MB", 900, note)

    crowd, note = _attempt(partial(probes.crowd, environment))
    yield Figure("50 people chatting, 95th percentile", crowd.page if crowd else None, "ms", 1500, note)
    yield Figure("50 people through `/api/v1/ask`, 95th percentile", crowd.api if crowd else None, "ms", 150, note)
    yield Figure(
        "50 people chatting without a pause, 95th percentile", crowd.rushed if crowd else None, "ms", note=note
    )
    yield Figure("memory grown over 5,000 questions", crowd.grown if crowd else None, "MB", 100, note)


def _attempt(probe: Callable[[], T]) -> tuple[T | None, str]:
    """The probe's result, or None and the reason."""
    try:
        return probe(), ""
    except (probes.ProbeError, ValueError) as error:
        return None, str(error)
    except subprocess.TimeoutExpired:
        return None, f"no end after {probes.PATIENCE:.0f} s"


if __name__ == "__main__":
    sys.exit(main())
