"""Run every evaluation (``make eval``), or those named: ``python -m eval retrieval answers``; write eval/README.md.

A task is a folder here that can be run (``python -m eval.<task>``); speed is measured apart (``make bench``).
The exit status is 1 when a task failed, 2 when a name is unknown.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from eval import report

FOLDER = Path(__file__).resolve().parent


def tasks() -> list[str]:
    """The tasks there are, in alphabetical order."""
    return sorted(main.parent.name for main in FOLDER.glob("*/__main__.py") if main.parent.name != "speed")


def main(wanted: list[str]) -> int:
    """Run the tasks in ``wanted`` (all when empty), each in a process of its own; give the exit status."""
    known = tasks()
    if unknown := sorted(set(wanted) - set(known)):
        print(f"no such task: {', '.join(unknown)}; there are: {', '.join(known)}", file=sys.stderr)
        return 2
    failed = []
    for task in wanted or known:
        print(f"== {task}", flush=True)
        if subprocess.run([sys.executable, "-m", f"eval.{task}"], cwd=FOLDER.parent, check=False).returncode:
            failed.append(task)
    report.write()
    if failed:
        print(f"failed: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
