"""A plan as a sheet to take away: Excel or CSV, with every step. Text cells never start a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill

from assistant.answering.views import plain
from assistant.calculator.calculation import Calculation
from assistant.calculator.formatting import format_rate, format_yuan
from assistant.policy.loader import Policy
from assistant.web.plans.result import Outcome, Result
from assistant.web.view.figures import article, day
from assistant.web.wording import listing, say

Cell = str | Decimal | int | None
_YUAN = "#,##0.##"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def rows(policy: Policy, result: Result, as_of: date) -> Iterator[tuple[Cell, ...]]:
    """The sheet's rows: heading, one row a sum, totals, and where it all stands."""
    yield tuple(listing("sheet.columns"))
    for name, outcome in _outcomes(result):
        for line in outcome.lines:
            if line.calculation:
                yield _row(name, line.calculation, line.item.count)
        if len(outcome.sums) > 1 and outcome.total:
            total = outcome.total
            yield (name, say("sum.total"), None, None, None, None, None, None, total.minimum, total.maximum, None, None)
    yield ()
    term = "ended" if policy.validity.ended(as_of) else "in_force"
    yield (say("sheet.source", title=policy.document.title, issuer=policy.issuer, day=day(policy.issued)),)
    yield (say(f"sheet.{term}", last_day=day(policy.validity.last_day), day=day(as_of)),)
    yield (say("sheet.note"),)


def as_csv(policy: Policy, result: Result, as_of: date) -> bytes:
    """UTF-8 with a mark, so that spreadsheet programs read the Chinese."""
    out = io.StringIO()
    writer = csv.writer(out)
    for row in rows(policy, result, as_of):
        writer.writerow([_plain(cell) for cell in row])
    return out.getvalue().encode("utf-8-sig")


def as_excel(policy: Policy, result: Result, as_of: date) -> bytes:
    """A workbook with one sheet; amounts are numbers in yuan."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = say("sheet.title")
    widths = (10, 34, 10, 18, 8, 8, 12, 18, 18, 18, 60, 50)
    for number, row in enumerate(rows(policy, result, as_of), 1):
        for column, value in enumerate(row, 1):
            cell = sheet.cell(number, column)
            if isinstance(value, str):
                cell.value, cell.data_type = value, "s"
            else:
                cell.value = value
                if isinstance(value, Decimal):
                    cell.number_format = _YUAN
            wide = len(row) > 1
            cell.alignment = Alignment(wrap_text=wide, vertical="top")
            if number == 1:
                cell.font = Font(bold=True)
                cell.fill = PatternFill("solid", fgColor="E2EFF2")
    for index, width in enumerate(widths):
        sheet.column_dimensions[chr(ord("A") + index)].width = width
    sheet.freeze_panes = "A2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _outcomes(result: Result) -> Iterator[tuple[str, Outcome]]:
    yield say("calculator.plan_a"), result.first
    if result.second:
        yield say("calculator.plan_b"), result.second


def _row(plan: str, sums: Calculation, count: int) -> tuple[Cell, ...]:
    measure, base = sums.measure, sums.base
    readings = [
        f"{reading.name}：{_range(reading.amount.minimum, reading.amount.maximum)}" for reading in sums.readings
    ]
    return (
        plan,
        measure.name,
        article(measure.article),
        _range(base.minimum, base.maximum) if base else None,
        count,
        sums.years,
        format_rate(measure.rate.minimum, measure.rate.maximum) if measure.rate else None,
        measure.cap.amount if measure.cap else None,
        sums.amount.minimum,
        sums.amount.maximum,
        "\n".join(sums.steps),
        "\n".join([*readings, *sums.caveats]),
    )


def _range(low: Decimal, high: Decimal) -> str:
    return format_yuan(low) if low == high else f"{format_yuan(low)}至{format_yuan(high)}"


def _plain(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return f"'{cell}" if cell.startswith(_FORMULA) else cell
    return plain(cell) if isinstance(cell, Decimal) else str(cell)
