"""The scorer's own reading of figures."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.answers.figures import amount, evidence, figures, percent, read_number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("一百二十万", "1200000"),
        ("4百50万", "4500000"),
        ("1.5个亿", "150000000"),
        ("半个亿", "50000000"),
        ("两个半亿", "250000000"),
        ("一亿二", "120000000"),
        ("1亿2千万", "120000000"),
        ("一亿零五百万", "105000000"),
        ("伍仟万", "50000000"),
        ("2,350,000.00", "2350000"),
        ("一百零五", "105"),
    ],
)
def test_numerals(text: str, value: str) -> None:
    assert read_number(text) == Decimal(value)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("1.5亿元 × 20% = **3000万元**", {amount("150000000"), percent("0.20"), amount("30000000")}),
        ("90~270万元", {amount("900000"), amount("2700000")}),
        ("90万元至270万元", {amount("900000"), amount("2700000")}),
        ("1亿2000万元", {amount("120000000")}),
        ("620,000元", {amount("620000")}),
        ("按10%~30%", {percent("0.1"), percent("0.3")}),
        ("按10-30%", {percent("0.1"), percent("0.3")}),
        ("市、区1:1", {("ratio", "1:1")}),
        ("２０００万元", {amount("20000000")}),
        ("2026年5月23日届满", {("day", "2026-05-23")}),
        ("2023年5月起", {("month", "2023-05")}),
        ("依据第六条", {("article", "六")}),
        ("请拨打12345,有3项条件,380人", set()),
    ],
)
def test_figures_of_a_text(text: str, values: set[tuple[str, str]]) -> None:
    assert {figure.value for figure in figures(text)} == values


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("我们投两个亿", amount("200000000")),
        ("人民币叁仟伍佰万元整", amount("35000000")),
        ("大概350w", amount("3500000")),
        ("AI占三成半", percent("0.35")),
        ("百分之二十", percent("0.2")),
        ("一比一", ("ratio", "1:1")),
        ("壹億元", amount("100000000")),
        ("投两个亿,350万", amount("3500000")),
        ("2026年5月23日", ("month", "2026-05")),
        ("the cap is 9 million", ("amount", "9000000")),
        ("expired as of June 2026", ("month", "2026-06")),
        ("valid on 1 July 2026", ("day", "2026-07-01")),
        ("premium 300 thousand yuan", ("amount", "300000")),
    ],
)
def test_evidence_reads_what_people_write(text: str, value: tuple[str, str]) -> None:
    assert value in evidence(text)


@given(st.integers(min_value=1, max_value=10**11))
def test_an_amount_in_wan_is_read_back(yuan: int) -> None:
    text = f"支持{Decimal(yuan) / 10000:f}万元。"
    assert [figure.value for figure in figures(text)] == [amount(str(yuan))]
