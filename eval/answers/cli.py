"""``python -m eval.answers``: everything, with the results written; ``run``: to work from failing cases.

Exit status: 0, or 2 with one line when question sets or outputs cannot be used; ``run --strict`` gives 1 when a
case fails.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from eval.answers.cases import EXAM, QUESTIONS, SAMPLE, SPLITS, Case, CaseError, load_file, load_sets
from eval.answers.evaluate import evaluate
from eval.answers.generate import ROOT, Output, OutputError, in_process, load, save, through_command
from eval.answers.results import collect, write
from eval.answers.tables import failure, rows, table

FROZEN = ROOT / "data" / "eval" / "answers.jsonl"
"""The outputs of the last whole run: what the other tasks work on. Outside the repository's files."""


def main(arguments: list[str]) -> int:
    """Run the subcommand; give the exit status."""
    options = _parser().parse_args(arguments or ["write"])
    try:
        return int(options.action(options))
    except (CaseError, OutputError) as error:
        print(error, file=sys.stderr)
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m eval.answers", description=__doc__)
    actions = parser.add_subparsers(required=True)
    run = actions.add_parser("run", help="score and print failing cases")
    run.add_argument("--split", choices=[*SPLITS, "all"], default="dev")
    run.add_argument("--group", action="append", help="one group (may be given several times)")
    run.add_argument("--failures", type=int, default=20, metavar="N", help="print at most N failing cases (20)")
    run.add_argument("--match", metavar="TEXT", help="only cases with this text in a question")
    run.add_argument("--sample", action="store_true", help="the shared sample instead of the question sets")
    run.add_argument("--questions", type=Path, metavar="PATH", help="another file or folder of question sets")
    run.add_argument("--outputs", type=Path, metavar="FILE", help="frozen outputs instead of asking")
    run.add_argument("--save", type=Path, metavar="FILE", help="freeze the outputs")
    run.add_argument("--in-process", action="store_true", help="ask in this process, and time the answers")
    run.add_argument("--reveal", action="store_true", help="print failing held-out cases too")
    run.add_argument("--strict", action="store_true", help="exit with status 1 when a case fails")
    run.set_defaults(action=_run)
    whole = actions.add_parser("write", help="all sets and the shared sample; write results.json (no argument: this)")
    whole.add_argument("--outputs", type=Path, metavar="FILE", help="frozen outputs instead of asking")
    whole.set_defaults(action=_write)
    check = actions.add_parser("check", help="read the question sets and count")
    check.add_argument("--questions", type=Path, metavar="PATH")
    check.set_defaults(action=_check)
    return parser


def _cases(path: Path | None, sample: bool = False) -> tuple[Case, ...]:
    if sample:
        return load_file(SAMPLE)
    path = path or QUESTIONS
    return load_sets(path) if path.is_dir() else load_file(path)


def _run(options: argparse.Namespace) -> int:
    cases = _cases(options.questions, options.sample)
    if unknown := sorted(set(options.group or ()) - {case.group for case in cases}):
        raise CaseError(f"no such group: {', '.join(unknown)}")
    # The shared sample is known to everybody: it has no held-out half.
    revealed = options.reveal or options.sample
    cases = tuple(
        case
        for case in cases
        if (options.sample or options.split in ("all", case.split))
        and (not options.group or case.group in options.group)
        and (not options.match or any(options.match in turn.question for turn in case.turns))
    )
    if not cases:
        raise CaseError("no case is left of this choice")
    outputs = _outputs(cases, options)
    result = evaluate(cases, outputs)
    failing = list(result.failures())
    closed = options.questions is not None and options.questions.resolve().is_relative_to(EXAM)
    shown = [entry for entry in failing if revealed or (entry.case.split == "dev" and not closed)]
    for entry in shown[: options.failures]:
        print(failure(entry), end="\n\n")
    if len(shown) > options.failures:
        print(f"… and {len(shown) - options.failures} more failing cases (--failures N)\n")
    if len(shown) < len(failing):
        print(
            f"{len(failing) - len(shown)} failing {'exam' if closed else 'held-out'} cases are not shown (--reveal)\n"
        )
    print(table(rows(result)))
    if (middle := result.median_milliseconds()) is not None:
        print(f"\nmedian time of an answer: {middle:.1f} ms")
    return 1 if options.strict and failing else 0


def _outputs(cases: tuple[Case, ...], options: argparse.Namespace) -> tuple[Output, ...]:
    if options.outputs:
        return load(options.outputs)
    start = time.perf_counter()
    outputs = in_process(cases) if options.in_process else through_command(cases)
    print(f"{len(outputs)} cases asked in {time.perf_counter() - start:.1f} s", file=sys.stderr)
    if options.save:
        save(options.save, outputs)
    return outputs


def _write(options: argparse.Namespace) -> int:
    cases, sample, exam = _cases(None), _cases(None, sample=True), load_sets(EXAM)
    if options.outputs:
        outputs = load(options.outputs)
    else:
        outputs = in_process((*cases, *sample, *exam))
        save(FROZEN, outputs)
    result, shared, unseen = evaluate(cases, outputs), evaluate(sample, outputs), evaluate(exam, outputs)
    for split in SPLITS:
        print(f"{split}\n{table(rows(result.part(split=split)))}\n")
    print(f"exam\n{table(rows(unseen))}\n")
    print(f"shared sample\n{table(rows(shared))}")
    write(collect(result, shared, unseen))
    return 0


def _check(options: argparse.Namespace) -> int:
    cases = _cases(options.questions)
    for group in dict.fromkeys(case.group for case in cases):
        mine = [case for case in cases if case.group == group]
        dev = sum(case.split == "dev" for case in mine)
        print(f"{group}: {len(mine)} cases ({dev} dev, {len(mine) - dev} held out)")
    return 0
