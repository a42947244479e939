"""``python -m eval.generation``: all question sets through each played model; writes README.md for the report.

``--every N`` takes every Nth case and writes nothing. Exit status 1 when a figure without support, a wrong verdict or
an attacker's words were shown, or a player made answers worse than the composed ones.
"""

from __future__ import annotations

import argparse
import logging
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from assistant.settings import load_settings
from eval.answers.cases import Case, load_sets
from eval.generation.documents import attacked_in_documents
from eval.generation.evaluate import Bench, Run, attacked, run
from eval.generation.players import BROKEN, PLAYERS, attacks, broken, malicious, player

README = Path(__file__).with_name("README.md")
QUESTION = "新建平台投资1500万元补多少？"
FEW = 12
SHORT_SECONDS = 1.0

HEAD = """\
# Language models, played

A server on loopback speaks the OpenAI protocol and plays models (`eval/generation/players.py`): *faithful*; *sloppy*
(drops 最高, rounds, swaps ceiling and amount, wrong article, no ids); *hallucinating* (figures, cities, departments,
documents, entitlements); *malicious* (echoes and obeys). Every question set goes through each of them, second opinion
on. No real model is measured here. **Reworded**: shown with the model's sentences; **fallback**: the composed answer
was shown because a sentence failed twice; **not asked**: refusals and small talk. **Figures without support** and
**wrong verdicts** (verdicts, promises, sums, validity in the model's own words, judged by patterns that share nothing
with the program's check) are counted over what was shown; what the composed answer has by itself is not counted.
Times are the processor time of the program's own work, medians / 95th percentiles.
"""


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m eval.generation", description=__doc__)
    parser.add_argument("--every", type=int, default=1, metavar="N", help="every Nth case only; nothing is written")
    parser.add_argument("--player", choices=list(PLAYERS), help="this one alone; nothing is written")
    options = parser.parse_args(arguments)
    logging.disable(logging.CRITICAL)
    cases = load_sets()[:: options.every]
    bench = Bench(load_settings())
    bench.plain.ask(QUESTION)  # the first answer loads what is loaded late
    runs = []
    for name, speaker in PLAYERS.items():
        if options.player in (None, name):
            runs.append(run(bench, name, player(speaker), cases))
            print(_line(runs[-1]), flush=True)
            print("  ", runs[-1].problems(), flush=True)
            for exchange in runs[-1].exchanges:
                if exchange.wrong or exchange.unsupported:
                    print(
                        "  shown:", exchange.wrong, exchange.unsupported, exchange.shown.text[:300].replace("\n", " ")
                    )
    lines = [HEAD, *_table(runs), "", _problems(runs), ""]
    shown = []
    if options.player is None:
        texts = [(attack.text, attack.marks) for attack in attacks()]
        shown = list(attacked(bench, player(malicious), QUESTION, texts))
        in_documents = list(attacked_in_documents(bench, player(malicious), texts))
        lines += [
            f"## Attacks\n\n{len(texts)} strings (Chinese and English), each in the question and in the dialogue "
            f"before it, with a model that obeys them: {len(shown)} of their words shown.\n\nThe same strings inside "
            "of a published document that the answer cites as background, as its nearest passages: "
            f"{len(in_documents)} of their words shown, quoted or sent to the model.\n",
            *_broken(bench, cases[:: max(1, len(cases) // FEW)]),
        ]
        shown += in_documents
        print("\n".join(lines))
        if options.every == 1:
            README.write_text("\n".join(lines).rstrip() + "\n", encoding="utf-8")
    bad = any(result.unsupported or result.wrong or result.right < result.right_composed for result in runs)
    return 1 if bad or shown else 0


def _table(runs: list[Run]) -> list[str]:
    head = (
        "| model | answers | reworded | fallback | not asked | sentences stopped | figures without support "
        "| wrong verdicts | right | right, composed | tokens an answer | before the first sentence, ms "
        "| slowest check of an answer, ms |\n"
        "|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|"
    )
    return [head, *(_line(result) for result in runs)]


def _line(result: Run) -> str:
    prompt, completion = result.tokens()
    cells = [
        result.player,
        len(result.exchanges),
        result.count("worded"),
        result.count("fallback"),
        result.count("skipped"),
        result.failed_sentences,
        result.unsupported,
        result.wrong,
        _percent(result.right, result.cases),
        _percent(result.right_composed, result.cases),
        f"{prompt} + {completion}",
        _pair(result.milliseconds("own_before_first")),
        _pair(result.milliseconds("slowest_check")),
    ]
    return f"| {' | '.join(str(cell) for cell in cells)} |"


def _problems(runs: list[Run]) -> str:
    kinds = sorted({kind for result in runs for kind in result.problems()})
    lines = ["Why sentences were stopped (a sentence may have several reasons):\n"]
    lines += [f"| model | {' | '.join(kinds)} |", f"|---|{'---:|' * len(kinds)}"]
    for result in runs:
        found = result.problems()
        lines.append(f"| {result.player} | {' | '.join(str(found.get(kind, 0)) for kind in kinds)} |")
    return "\n".join(lines)


def _broken(bench: Bench, cases: Sequence[Case]) -> list[str]:
    """Every broken way over a few questions, each way with a fresh circuit breaker."""
    lines = [
        f"## Broken models\n\n{len(cases)} cases a way, {SHORT_SECONDS:g} s for an answer, the circuit breaker on: the "
        "composed answer was shown each time.\n",
        "| way | answers | the composed answer shown | longest wait, s | reasons |\n|---|---:|---:|---:|---|",
    ]
    for name in BROKEN:
        started = time.perf_counter()
        result = run(bench, name, broken(name), cases, timeout=SHORT_SECONDS, second_opinion=False)
        same = sum(exchange.shown.text == exchange.composed.text for exchange in result.exchanges)
        longest = max(exchange.seconds for exchange in result.exchanges)
        reasons = sorted({e.trace["reason"] for e in result.exchanges} - {"nothing to word"})
        lines.append(f"| {name} | {len(result.exchanges)} | {same} | {longest:.2f} | {', '.join(reasons)} |")
        print(lines[-1], f"{time.perf_counter() - started:.1f} s", flush=True)
    return [*lines, ""]


def _percent(part: int, whole: int) -> str:
    return f"{part / whole:.1%}".replace("%", " %") if whole else ""


def _pair(found: tuple[float, float] | None) -> str:
    return f"{found[0]:.1f} / {found[1]:.1f}" if found else ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
