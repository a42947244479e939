from __future__ import annotations

import re
from decimal import Decimal

import cn2an
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from assistant.calculator.digits import ONE, WAN, YI, Numeral
from assistant.calculator.numerals import read_numeral
from assistant.calculator.plaintext import plain


def whole(text: str) -> Numeral:
    """The numeral that is all of ``text``."""
    shown = plain(text).text
    numeral = read_numeral(shown, 0)
    assert numeral is not None
    assert numeral.end == len(shown), f"only {shown[: numeral.end]} of {text}"
    return numeral


@given(st.integers(1, 10**16 - 1), st.sampled_from(["low", "up"]))
@example(100_005_000, "low")
@example(10_000_000_001, "up")
@example(1_000_500_000_000, "low")
def test_every_number_that_cn2an_spells_is_read(number: int, style: str) -> None:
    spelled = cn2an.an2cn(number, style)  # 一百二十三 or 壹佰贰拾叁
    # cn2an leaves out the 零 of 一亿零五千; without it we hear 150 million.
    assume(not re.search("亿[一二三四五六七八九壹贰叁肆伍陆柒捌玖][千仟][^万萬]*$", spelled))
    shown = plain(spelled + "元").text
    found = read_numeral(shown, 0)
    assert found is not None
    assert shown[found.end :] == "元"
    assert found.minimum == found.maximum == number


@given(st.decimals(min_value=1, max_value=9999, places=2), st.sampled_from(["万", "亿", "个亿", "w"]))
def test_decimals_are_exact(figure: Decimal, unit: str) -> None:
    assert whole(f"{figure}{unit}").minimum == figure * (YI if "亿" in unit else WAN)


@given(st.integers(1, 9999), st.integers(1, 9999))
def test_mixed_scales_add_up(yi: int, wan: int) -> None:
    assert whole(f"{yi}亿{wan}万").minimum == yi * YI + wan * WAN


@given(st.integers(1, 9), st.integers(2, 9))
def test_the_unit_of_a_last_digit_is_left_out_in_speech(first: int, last: int) -> None:
    for unit, value in (("万", 10_000), ("亿", 10**8), ("千", 1000), ("百", 100)):
        assert whole(f"{first}{unit}{last}").minimum == first * value + last * value // 10


@pytest.mark.parametrize(
    ("text", "low", "high", "fuzzy"),
    [
        ("三五百万", 3_000_000, 5_000_000, "about"),
        ("十七八万", 170_000, 180_000, "about"),
        ("十几万", 100_000, 200_000, "about"),
        ("一百几十万", 1_100_000, 2_000_000, "about"),
        ("三百多万", 3_000_000, 3_000_000, "above"),
        ("百来万", 1_000_000, 1_000_000, "about"),
        ("三万五六", 35_000, 36_000, "about"),
    ],
)
def test_inexact_numbers(text: str, low: int, high: int, fuzzy: str) -> None:
    found = whole(text)
    assert (found.minimum, found.maximum, found.fuzzy) == (low, high, fuzzy)


def test_what_is_said_of_a_numeral() -> None:
    assert whole("几百万").vague
    assert whole("百万").implied
    assert whole("500").plain
    assert not whole("五百").plain
    assert whole("800w").letters == "w"
    assert (whole("三千万").unit, whole("三千万").scale) == (Decimal(1000), WAN)
    assert whole("三千").scale == ONE


@pytest.mark.parametrize("text", ["", "元", "年", "个亿", "点五", "-5", "半年", "半导体"])
def test_no_number_starts_here(text: str) -> None:
    assert read_numeral(text, 0) is None


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("500万一套", "500万"),
        ("500万三期", "500万"),
        ("500万两中心", "500万"),
        ("1.2亿3000万", "1.2亿"),
        ("500万800万", "500万"),
        ("两万五一台", "两万五"),
        ("500万三十台", "500万"),
        ("500万2023年", "500万"),
        ("500万来自", "500万"),
    ],
)
def test_a_number_ends_before_the_next_one(text: str, read: str) -> None:
    found = read_numeral(text, 0)
    assert found is not None
    assert text[: found.end] == read
