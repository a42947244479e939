"""The drawing shows what the calculator says: knee, ceiling, point, band."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from assistant.calculator.calculation import calculate
from assistant.calculator.interval import Interval
from assistant.policy.loader import Policy
from assistant.web.plans.result import computable
from assistant.web.view.plot import Point, plot

WAN = Decimal(10_000)


def drawing(policy: Policy, measure_id: str, yuan: Decimal, *, uplifted: bool = False) -> etree._Element:
    measure = policy.by_id[measure_id]
    base = Interval.exactly(yuan)
    amount = calculate(measure, base, uplifted=uplifted).amount
    drawn = plot(measure, [Point(base, amount)], uplifted=uplifted, key="p")
    assert drawn is not None
    return etree.fromstring(str(drawn))


def classes(root: etree._Element) -> list[str]:
    return [element.get("class") for element in root.iter() if element.get("class")]


def test_the_point_of_a_capped_base_lies_on_the_ceiling(policy: Policy) -> None:
    root = drawing(policy, "platform-construction", 15000 * WAN)
    point = root.find(".//circle[@class='point']")
    knee = root.find(".//circle[@class='knee']")
    assert float(point.get("cy")) == float(knee.get("cy"))
    assert float(point.get("cx")) > float(knee.get("cx"))
    assert "上限 2000万元" in "".join(root.itertext())


def test_a_range_measure_is_a_band_and_a_single_rate_is_not(policy: Policy) -> None:
    assert "band" in classes(drawing(policy, "first-set-equipment", 900 * WAN))
    assert "band" in classes(drawing(policy, "technology-insurance", 30 * WAN))
    assert "band" not in classes(drawing(policy, "computing-power", 900 * WAN))


def test_with_the_uplift_both_ceilings_are_drawn(policy: Policy) -> None:
    words = "".join(drawing(policy, "first-set-equipment", 3000 * WAN, uplifted=True).itertext())
    assert "上限 1000万元" in words
    assert "上限也上浮时 1200万元" in words
    assert "1200万元" not in "".join(drawing(policy, "first-set-equipment", 3000 * WAN).itertext())


def test_it_is_described_for_those_who_cannot_see_it(policy: Policy) -> None:
    root = drawing(policy, "computing-power", 310 * WAN)
    svg = root.find(".//svg")
    assert svg.get("role") == "img"
    named = [root.find(f".//*[@id='{name}']").text for name in svg.get("aria-labelledby").split()]
    assert "算力" in named[0]
    assert "310万元时为62万元" in named[1]
    assert "1000万元时到达上限200万元" in named[1]


@pytest.mark.parametrize("uplifted", [False, True])
@given(yuan=st.integers(1, 10**15))
def test_any_base_is_drawn_inside_of_the_frame(policy: Policy, uplifted: bool, yuan: int) -> None:
    for measure in computable(policy):
        root = drawing(policy, measure.id, Decimal(yuan), uplifted=uplifted)
        for circle in root.iter("circle"):
            assert 0 <= float(circle.get("cx")) <= 640
            assert 0 <= float(circle.get("cy")) <= 300


def test_a_measure_without_figures_has_no_drawing(policy: Policy) -> None:
    assert plot(policy.by_id["talent-team"], [], uplifted=False, key="p") is None
