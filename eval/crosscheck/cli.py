"""``python -m eval.crosscheck``: the mutation test over all question sets; writes results.json.

Exit status: 0; 2 with one line when it cannot run or fewer than 500 answers are right. ``--missed N`` prints mutants
that passed (those of dev cases only).
"""

from __future__ import annotations

import argparse
import sys

from assistant.errors import AssistantError
from eval.answers.cases import CaseError, load_sets
from eval.answers.generate import OutputError
from eval.answers.tables import share
from eval.crosscheck.evaluate import Result, evaluate
from eval.crosscheck.generate import subjects
from eval.crosscheck.results import collect, line, write

LEAST = 500


def main(arguments: list[str]) -> int:
    """Run the test; give the exit status."""
    parser = argparse.ArgumentParser(prog="python -m eval.crosscheck", description="Mutation test of the cross-check.")
    parser.add_argument("--missed", type=int, default=0, metavar="N", help="print up to N dev mutants that passed")
    parser.add_argument("--kind", help="only mutants of this kind are printed")
    parser.add_argument("--dry", action="store_true", help="print only, write no file")
    options = parser.parse_args(arguments)
    try:
        cases = load_sets()
        result = evaluate(subjects(cases))
    except (CaseError, OutputError) as error:
        print(error, file=sys.stderr)
        return 2
    except AssistantError as error:
        print(error.message, file=sys.stderr)
        return 2
    dev = frozenset(case.id for case in cases if case.split == "dev")
    _print(result)
    passed = [t for t in result.missed() if t.case in dev and options.kind in (None, t.mutant.kind)]
    for trial in passed[: options.missed]:
        print(f"{trial.case}: {line(trial)}")
    if result.answers < LEAST:
        print(f"only {result.answers} correct answers; {LEAST} are needed", file=sys.stderr)
        return 2
    if not options.dry:
        write(collect(result, dev))
    return 0


def _print(result: Result) -> None:
    print(f"{result.answers} correct answers, {result.accused} of them accused unchanged")
    for kind in result.kinds:
        trials = result.of(kind)
        print(f"{kind:<12}{len(trials):>6} mutants  {share(result.share_caught(kind)):>8} caught")
    print(f"{'all':<12}{len(result.trials):>6} mutants  {share(result.share_caught()):>8} caught", flush=True)
