"""The questions that speed is measured with: those of the question sets, taken from every group in turn."""

from __future__ import annotations

from itertools import chain, zip_longest
from pathlib import Path

import yaml

FOLDER = Path(__file__).resolve().parents[1] / "questions"


def questions(count: int, *, skip: int = 0) -> list[str]:
    """``count`` different questions, each the first of its dialogue, after leaving out the first ``skip``.

    The groups take turns, so that any stretch holds every kind of question. Raises ValueError when there are too few.
    """
    groups = [
        [turns[0][0] for turns in cases]
        for file in sorted(FOLDER.glob("*.yaml"))
        for cases in yaml.safe_load(file.read_text(encoding="utf-8")).values()
    ]
    in_turn = chain.from_iterable(zip_longest(*groups))
    distinct = list(dict.fromkeys(question for question in in_turn if question is not None))
    if len(distinct) < skip + count:
        raise ValueError(f"{FOLDER} holds {len(distinct)} different questions, {skip + count} are needed")
    return distinct[skip : skip + count]
