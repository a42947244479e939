"""Dates resolve to intervals of days against the day of asking; spans of time are told apart from them."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.understanding.time.dates import find_dates, find_durations

ASKED = date(2025, 3, 1)


def _days(text: str, as_of: date = ASKED) -> list[tuple[str, str]]:
    return [(str(mention.first), str(mention.last)) for mention in find_dates(text, as_of)]


ONE = [
    # days
    ("2024年3月5日", "2024-03-05", "2024-03-05"),
    ("2025-03-01", "2025-03-01", "2025-03-01"),
    ("2025/3/1", "2025-03-01", "2025-03-01"),
    ("2023.5.23", "2023-05-23", "2023-05-23"),
    ("20241108", "2024-11-08", "2024-11-08"),
    ("2026年5月23号还有效吗", "2026-05-23", "2026-05-23"),
    ("二〇二三年五月二十三日", "2023-05-23", "2023-05-23"),
    ("3月5日要办展", "2025-03-05", "2025-03-05"),
    ("今天", "2025-03-01", "2025-03-01"),
    ("昨天", "2025-02-28", "2025-02-28"),
    ("后天", "2025-03-03", "2025-03-03"),
    ("上周三", "2025-02-19", "2025-02-19"),
    ("上个月15号", "2025-02-15", "2025-02-15"),
    ("10天前", "2025-02-19", "2025-02-19"),
    # weeks, months, parts of months
    ("本周", "2025-02-24", "2025-03-02"),
    ("2022年10月认定的首台套", "2022-10-01", "2022-10-31"),
    ("2025.3", "2025-03-01", "2025-03-31"),
    ("22年10月", "2022-10-01", "2022-10-31"),
    ("去年10月", "2024-10-01", "2024-10-31"),
    ("明年3月", "2026-03-01", "2026-03-31"),
    ("2022年的10月份", "2022-10-01", "2022-10-31"),
    ("十二月份要办展", "2025-12-01", "2025-12-31"),
    ("上个月", "2025-02-01", "2025-02-28"),
    ("下个月", "2025-04-01", "2025-04-30"),
    ("上上个月", "2025-01-01", "2025-01-31"),
    ("本月", "2025-03-01", "2025-03-31"),
    ("两个月前", "2025-01-01", "2025-01-31"),
    ("半年前", "2024-09-01", "2024-09-30"),
    ("2026年5月下旬", "2026-05-21", "2026-05-31"),
    ("2026年5月底", "2026-05-25", "2026-05-31"),
    ("2023年5月初", "2023-05-01", "2023-05-10"),
    # quarters, halves, parts of years
    ("2024年第三季度", "2024-07-01", "2024-09-30"),
    ("三季度", "2025-07-01", "2025-09-30"),
    ("去年三季度", "2024-07-01", "2024-09-30"),
    ("2024年Q3", "2024-07-01", "2024-09-30"),
    ("上季度", "2024-10-01", "2024-12-31"),
    ("上半年", "2025-01-01", "2025-06-30"),
    ("去年下半年", "2024-07-01", "2024-12-31"),
    ("前三季度", "2025-01-01", "2025-09-30"),
    ("年底", "2025-12-01", "2025-12-31"),
    ("22年底", "2022-12-01", "2022-12-31"),
    ("去年年底", "2024-12-01", "2024-12-31"),
    ("去年底", "2024-12-01", "2024-12-31"),
    ("明年年初", "2026-01-01", "2026-03-31"),
    # years
    ("2027年还能申请吗", "2027-01-01", "2027-12-31"),
    ("到2027还能申请吗", "2027-01-01", "2027-12-31"),
    ("2024的算力费", "2024-01-01", "2024-12-31"),
    ("23年度", "2023-01-01", "2023-12-31"),
    ("15年成立", "2015-01-01", "2015-12-31"),
    ("去年", "2024-01-01", "2024-12-31"),
    ("今年", "2025-01-01", "2025-12-31"),
    ("明年", "2026-01-01", "2026-12-31"),
    ("后年", "2027-01-01", "2027-12-31"),
    ("前年", "2023-01-01", "2023-12-31"),
    ("大前年", "2022-01-01", "2022-12-31"),
    ("上年度", "2024-01-01", "2024-12-31"),
    ("三年前", "2022-01-01", "2022-12-31"),
    # ranges
    ("2023到2025年", "2023-01-01", "2025-12-31"),
    ("2023-2025年", "2023-01-01", "2025-12-31"),
    ("2023年至2025年", "2023-01-01", "2025-12-31"),
    ("去年10月到12月", "2024-10-01", "2024-12-31"),
    ("2024年11月到2月", "2024-11-01", "2025-02-28"),
    ("3-5月", "2025-03-01", "2025-05-31"),
    ("2023年3月5日到10日", "2023-03-05", "2023-03-10"),
    ("从2023年5月到明年3月", "2023-05-01", "2026-03-31"),
    ("2023年5月23日至2026年5月22日", "2023-05-23", "2026-05-22"),
    ("今明两年", "2025-01-01", "2026-12-31"),
]


@pytest.mark.parametrize(("text", "first", "last"), ONE)
def test_one_date(text: str, first: str, last: str) -> None:
    assert _days(text) == [(first, last)]


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2023、2024两年", [2023, 2024]),
        ("2023和2024年", [2023, 2024]),
        ("2022、2023、2024三年", [2022, 2023, 2024]),
        ("2023年付了300万,2024年付了400万", [2023, 2024]),
        ("去年付了300万,今年付了400万", [2024, 2025]),
    ],
)
def test_several_years(text: str, years: list[int]) -> None:
    assert [mention.first.year for mention in find_dates(text, ASKED)] == years


@pytest.mark.parametrize(
    "text",
    [
        "2020版本的软件",
        "V2023版",
        "苏府办〔2022〕6号",
        "苏科规[2023]12号",
        "(2022)6号文",
        "电话0512-65228123",
        "13812345678",
        "2000到2500万",
        "2000-2500万元",
        "2025.3万元",
        "投了2600万",
        "成立两年",
        "干了15年",
        "有20年经验",
        "三个月",
        "第三年",
        "三年级",
        "中间体",
        "初步认定",
        "期末考试",
        "周末",
        "一期工程",
        "5G基站",
        "3-5万",
        "首台套",
        "认定三年后",
    ],
)
def test_no_date(text: str) -> None:
    assert find_dates(text, ASKED) == ()


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("2022年以前", "before"),
        ("2023年5月23日之前认定的", "before"),
        ("2024年底前", "before"),
        ("2021年以来", "after"),
        ("2026年5月23日之后", "after"),
        ("2024年10月起", "after"),
        ("2024年", "in"),
        ("2024年前三季度", "in"),
        ("2024年后期项目", "in"),
    ],
)
def test_before_and_after(text: str, bound: str) -> None:
    assert [mention.bound for mention in find_dates(text, ASKED)] == [bound]


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("12月付了算力费", "2024-12-31"),
        ("12月要办展", "2025-12-31"),
        ("今年12月", "2025-12-31"),
        ("2月付了算力费", "2025-02-28"),
        ("去年10月付了100万,12月付了200万", "2024-12-31"),
        ("去年10月付了100万。12月打算再付", "2025-12-31"),
    ],
)
def test_a_month_without_a_year(text: str, last: str) -> None:
    assert _days(text)[-1][1] == last


def test_the_day_of_asking_counts() -> None:
    assert _days("上个月", date(2026, 1, 15)) == [("2025-12-01", "2025-12-31")]
    assert _days("去年", date(2027, 1, 1)) == [("2026-01-01", "2026-12-31")]
    assert _days("上季度", date(2026, 1, 15)) == [("2025-10-01", "2025-12-31")]


def test_mentions_carry_their_place_in_the_text() -> None:
    text = "我们2022年10月认定,明年3月再报"
    for mention in find_dates(text, ASKED):
        assert text[mention.start : mention.end] == mention.text
    assert [mention.text for mention in find_dates(text, ASKED)] == ["2022年10月", "明年3月"]


DURATIONS = [
    ("成立两年", "2", "age"),
    ("成立了3年", "3", "age"),
    ("成立不到一年", "1", "age"),
    ("三年", "3", "span"),
    ("两三年", "2", "span"),
    ("18个月", "1.5", "span"),
    ("三个月", "0.25", "span"),
    ("一年半", "1.5", "span"),
    ("半年", "0.5", "span"),
    ("连续两年", "2", "consecutive"),
    ("每年", "1", "each"),
    ("每季度", "0.25", "each"),
    ("干了15年", "15", "span"),
    ("近20年", "20", "span"),
    ("三个季度", "0.75", "span"),
    ("有效期三年", "3", "span"),
    ("三年内", "3", "span"),
    ("认定三年后", "3", "span"),
    ("12年", "12", "span"),
]


@pytest.mark.parametrize(("text", "years", "kind"), DURATIONS)
def test_duration(text: str, years: str, kind: str) -> None:
    assert [(mention.years, mention.kind) for mention in find_durations(text)] == [(Decimal(years), kind)]


@pytest.mark.parametrize(
    "text",
    [
        "2023年",
        "22年底",
        "三年前",
        "第三年",
        "哪一年",
        "三年级",
        "上半年",
        "成立于2020年",
        "2020年成立",
        "第三季度",
        "去年",
        "按年",
        "上一年",
    ],
)
def test_no_duration(text: str) -> None:
    assert find_durations(text) == ()


PIECES = "去今明前后年月日底初上下半季度第个周天一二三四十两到至-、,。0123456789〔〕号 万内每连续成立认定"


@given(
    st.text(st.sampled_from(PIECES) | st.characters(codec="utf-8"), max_size=40),
    st.dates(date(2020, 1, 1), date(2035, 12, 31)),
)
@settings(max_examples=600)
def test_any_text_gives_ordered_dates(text: str, as_of: date) -> None:
    end = 0
    for mention in find_dates(text, as_of):
        assert mention.first <= mention.last
        assert mention.start >= end
        assert text[mention.start : mention.end] == mention.text != ""
        end = mention.end
    for duration in find_durations(text):
        assert duration.years > 0
        assert text[duration.start : duration.end] == duration.text


@given(st.dates(date(2016, 1, 1), date(2039, 12, 31)))
def test_a_written_day_is_read_back(day: date) -> None:
    for text in (f"{day.year}年{day.month}月{day.day}日", day.isoformat(), f"{day.year}.{day.month}.{day.day}"):
        assert _days(text) == [(str(day), str(day))]
    assert _days(f"{day.year % 100:02}年{day.month}月") == _days(f"{day.year}年{day.month}月")


@given(st.dates(date(2020, 1, 1), date(2035, 12, 31)))
def test_relative_words_fit_together(as_of: date) -> None:
    (last_month,) = find_dates("上个月", as_of)
    (this_month,) = find_dates("本月", as_of)
    assert last_month.last + timedelta(days=1) == this_month.first <= as_of <= this_month.last
    (last_year,) = find_dates("去年", as_of)
    (this_year,) = find_dates("今年", as_of)
    assert last_year.last + timedelta(days=1) == this_year.first <= as_of <= this_year.last
