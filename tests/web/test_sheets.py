"""Downloads: every step is in them, amounts are numbers, nothing in them is a formula."""

from __future__ import annotations

import csv
import io
from datetime import date

from openpyxl import load_workbook

from assistant.policy.loader import Policy
from assistant.web.plans.plan import read_plans
from assistant.web.plans.result import work_out
from assistant.web.sheets import as_csv, as_excel

DAY = date(2025, 3, 1)
QUERY = "a=first-set-equipment~3000万~up&a=computing-power~1200万~y2&b=platform-construction~7500万~x2"


def test_the_excel_sheet(policy: Policy) -> None:
    sheet = load_workbook(io.BytesIO(as_excel(policy, work_out(policy, read_plans(QUERY)), DAY))).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0][:3] == ["方案", "措施", "条文"]
    first, second, total, other = rows[1:5]
    assert first[:4] == ["方案一", "首台(套)装备及关键零部件奖励", "第八条", "3000万元"]
    assert (first[8], first[9]) == (3_600_000, 10_800_000)
    assert "3000万元 × 10% = 300万元" in first[10]
    assert "上限仍为1000万元" in first[11]
    assert second[5] == 2
    assert total[1] == "合计"
    assert (total[8], total[9]) == (7_600_000, 14_800_000)
    assert (other[0], other[4], other[9]) == ("方案二", 2, 30_000_000)
    assert any("关于进一步支持" in str(row[0]) for row in rows[5:])


def test_the_csv_sheet_opens_in_chinese(policy: Policy) -> None:
    data = as_csv(policy, work_out(policy, read_plans(QUERY)), DAY)
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    assert rows[1][8:10] == ["3600000", "10800000"]


def test_nothing_typed_becomes_a_formula(policy: Policy) -> None:
    found = work_out(policy, read_plans("a=computing-power~%3D1%2B1&a=computing-power~310万"))
    book = load_workbook(io.BytesIO(as_excel(policy, found, DAY)))
    assert all(cell.data_type != "f" for row in book.active.iter_rows() for cell in row)
    text = as_csv(policy, found, DAY).decode("utf-8-sig")
    assert not [cell for row in csv.reader(io.StringIO(text)) for cell in row if cell.startswith(("=", "+", "-", "@"))]


def test_a_sheet_made_after_the_term_says_so(policy: Policy) -> None:
    found = work_out(policy, read_plans(QUERY))
    assert "已届满" in as_csv(policy, found, date(2026, 11, 23)).decode("utf-8-sig")
    assert "已届满" not in as_csv(policy, found, DAY).decode("utf-8-sig")
