"""Results as Markdown tables, and failing cases as text that a person can work from."""

from __future__ import annotations

from fractions import Fraction

from eval.answers.evaluate import Result
from eval.answers.scoring import CaseResult, TurnResult, amounts

HEADER = (
    "| | cases | right | turns right | first citation right | refused wrongly | answered wrongly "
    "| figures without support | length: median / p90 | cites another article |\n"
    "|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|"
)


def table(result: Result) -> str:
    """One row a group and one for all."""
    rows = [HEADER]
    rows += [_row(group, result.part(group=group)) for group in result.groups]
    if len(result.groups) > 1:
        rows.append(_row("**all**", result))
    return "\n".join(rows)


def _row(name: str, result: Result) -> str:
    length = result.length()
    cells = [
        name,
        str(len(result.cases)),
        share(result.share_right()),
        share(result.turns_right()),
        share(result.first_citation_right()),
        share(result.refused_wrongly()),
        share(result.answered_wrongly()),
        str(len(result.unsupported())),
        f"{length[0]} / {length[1]}" if length else "",
        share(result.foreign_articles()),
    ]
    return f"| {' | '.join(cells)} |"


def share(value: Fraction | None) -> str:
    """A share in per cent with one decimal; rounded down, so that 100.0 % means all. Empty for None."""
    if value is None:
        return ""
    tenths = value.numerator * 1000 // value.denominator
    return f"{tenths // 10}.{tenths % 10} %"


def failure(result: CaseResult) -> str:
    """A failing case: every turn with its question, and for those at fault what was wanted and what came."""
    case = result.case
    lines = [f"── {case.id}  {case.place}  ({case.split}, {case.as_of})"]
    for number, turn in enumerate(result.turns, start=1):
        mark = "✓" if turn.right and not turn.unsupported else "✗"
        lines.append(f"{mark} {number}. {turn.turn.question}")
        if mark == "✗":
            lines += [f"     {line}" for line in _details(turn)]
    return "\n".join(lines)


def _details(turn: TurnResult) -> list[str]:
    lines = list(turn.faults)
    if turn.unsupported:
        lines.append(f"without support: {', '.join(turn.unsupported)}")
    answer = turn.answer
    if answer is None:
        return lines
    first = answer.citations[0] if answer.citations else None
    cited = f"{first.article or '摘编'}「{first.quote[:40]}」" if first else "no citation"
    lines.append(f"got: {answer.status.value}{f' ({answer.reason})' if answer.reason else ''}; {cited}")
    if answer.calculations:
        sums = "; ".join(f"{c.measure} {c.minimum}–{c.maximum}" for c in answer.calculations)
        every = ", ".join(f"[{low:f}, {high:f}]" for low, high in amounts(answer))
        lines.append(f"sums: {sums}; counted: {every}")
    if answer.eligibility:
        lines.append("verdicts: " + "; ".join(f"{e.article} {e.measure} {e.verdict}" for e in answer.eligibility))
    lines.append("text: " + answer.text.replace("\n", " ⏎ "))
    return lines
