"""The time of one answer in a process that has been running for a while, on one core.

Run by the bench as a process of its own: binds itself to one core before anything is imported, answers some
questions to warm up, then times others, each asked once. Prints JSON: seconds per answer, resident bytes.
"""

from __future__ import annotations

import json
import os
import sys
import time

WARM_UP = 40
TIMED = 200


def main() -> None:
    """Measure and print."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})

    # Only now: libraries count the cores when they are imported.
    import datetime as dt

    import psutil

    from assistant.answering.service import open_assistant
    from assistant.settings import load_settings
    from eval.speed.questions import questions

    assistant = open_assistant(load_settings())
    day = dt.date(2025, 3, 1)
    for question in questions(WARM_UP):
        assistant.ask(question, as_of=day, state=None)
    seconds = []
    for question in questions(TIMED, skip=WARM_UP):
        start = time.perf_counter()
        assistant.ask(question, as_of=day, state=None)
        seconds.append(time.perf_counter() - start)
    json.dump({"seconds": seconds, "resident": psutil.Process().memory_info().rss}, sys.stdout)


if __name__ == "__main__":
    main()
