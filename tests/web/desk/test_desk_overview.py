"""概况: the figures and their plots."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from assistant.records import feedback
from assistant.records.statistics import Day
from assistant.web.desk import charts

from .conftest import Desk, words


def day(offset: int, answered: int, refused: int = 0, slow: float = 30.0) -> Day:
    return Day(date(2025, 1, 1) + timedelta(days=offset), answered, 0, refused, 0, 0, slow / 2, slow)


def test_figures_of_the_last_days(desk: Desk) -> None:
    for _ in range(3):
        answer = desk.ask("建概念验证中心投了600万，补多少")
    desk.ask("无锡的首台套能拿多少奖励？")
    feedback.vote(desk.records, answer["id"], up=True)
    page = words(desk.get("/desk/overview"))
    assert "提问 4 " in page
    assert "75%" in page
    assert "25%" in page
    assert "概念验证中心" in page
    assert "外地政策" in page


def test_without_questions_it_says_so(desk: Desk) -> None:
    assert "没有提问" in words(desk.get("/desk/overview"))
    desk.ask("算力补贴")
    assert "没有提问" in words(desk.get("/desk/overview", since="2020-01-01", until="2020-02-01"))


@pytest.mark.parametrize(
    "query",
    [{"since": "x"}, {"since": "2025-02-01", "until": "2025-01-01"}, {"since": "1900-01-01"}, {"until": "0001-01-05"}],
)
def test_a_span_that_cannot_be_is_told(desk: Desk, query: dict[str, str]) -> None:
    assert "起止日期" in words(desk.get("/desk/overview", **query))


def test_bars_are_as_high_as_their_counts() -> None:
    drawn = str(charts.stacked_days([day(0, 10), day(1, 20), day(2, 5, 5)]))
    heights = [float(height) for height in re.findall(r'height="([0-9.]+)" class="is-answered"', drawn)]
    assert heights[1] == pytest.approx(2 * heights[0], abs=0.2)
    assert heights[2] == pytest.approx(heights[0] / 2, abs=0.2)
    refused = re.findall(r'height="([0-9.]+)" class="is-not_covered"', drawn)
    assert [float(height) for height in refused] == [pytest.approx(heights[2], abs=0.2)]


@pytest.mark.parametrize("count", [1, 7, 90, 366])
@pytest.mark.parametrize("slow", [0.5, 12.0, 999.0, 123_456.0])
def test_plots_stay_inside_their_frame(count: int, slow: float) -> None:
    days = [day(offset, offset % 17, offset % 3, slow * (1 + offset % 5) / 5) for offset in range(count)]
    for drawn in (charts.shares(days), charts.times(days), charts.stacked_days([*days, day(count, 1)])):
        for x, y in re.findall(r"([0-9.]+),(-?[0-9.]+)", "".join(re.findall(r' d="([^"]*)"', str(drawn)))):
            assert 0 <= float(x) <= 640
            assert 0 <= float(y) <= 220
        assert "<title>" in str(drawn)
