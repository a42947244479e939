"""Results as rows (for JSON and Markdown), and failing cases as text that a person can work from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from eval.answers.evaluate import Result
from eval.answers.scoring import CaseResult, TurnResult, amounts

ALL = "all"
HEADER = (
    "| | cases | right | turns right | first citation right | refused wrongly | answered wrongly "
    "| figures without support | withheld | length: median / p90 | cites another article |\n"
    "|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|"
)


@dataclass(frozen=True, slots=True)
class Row:
    """The figures of one group (or of all). Shares lie between 0 and 1, None where nothing could be counted; lengths
    are characters of answers to single questions."""

    group: str
    cases: int
    right: float | None
    turns_right: float | None
    first_citation_right: float | None
    refused_wrongly: float | None
    answered_wrongly: float | None
    unsupported: int
    withheld: int
    median_length: int | None
    p90_length: int | None
    foreign_articles: float | None


def rows(result: Result) -> tuple[Row, ...]:
    """One row a group and one for all."""
    return (*(_row(group, result.part(group=group)) for group in result.groups), _row(ALL, result))


def _row(group: str, result: Result) -> Row:
    length = result.length()
    return Row(
        group=group,
        cases=len(result.cases),
        right=_number(result.share_right()),
        turns_right=_number(result.turns_right()),
        first_citation_right=_number(result.first_citation_right()),
        refused_wrongly=_number(result.refused_wrongly()),
        answered_wrongly=_number(result.answered_wrongly()),
        unsupported=len(result.unsupported()),
        withheld=result.withheld(),
        median_length=length[0] if length else None,
        p90_length=length[1] if length else None,
        foreign_articles=_number(result.foreign_articles()),
    )


def table(lines: Sequence[Row]) -> str:
    """The rows as a Markdown table."""
    return "\n".join([HEADER, *(_line(row) for row in lines)])


def _line(row: Row) -> str:
    cells = [
        f"**{row.group}**" if row.group == ALL else row.group,
        str(row.cases),
        share(row.right),
        share(row.turns_right),
        share(row.first_citation_right),
        share(row.refused_wrongly),
        share(row.answered_wrongly),
        str(row.unsupported),
        str(row.withheld),
        "" if row.median_length is None else f"{row.median_length} / {row.p90_length}",
        share(row.foreign_articles),
    ]
    return f"| {' | '.join(cells)} |"


def share(value: float | Fraction | None) -> str:
    """A share in per cent with one decimal; never rounded to 0 or 100 that it is not. Empty for None."""
    if value is None:
        return ""
    tenths = round(value * 1000)
    if tenths == 1000 and value < 1:
        tenths = 999
    if tenths == 0 and value > 0:
        tenths = 1
    return f"{tenths // 10}.{tenths % 10} %"


def _number(value: Fraction | None) -> float | None:
    return None if value is None else float(value)


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
    if turn.objections:
        lines.append(f"withheld by the cross-check: {'; '.join(turn.objections)}")
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
