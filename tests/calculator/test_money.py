from __future__ import annotations

import contextlib
import time
from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from assistant.calculator.formatting import format_range, format_yuan
from assistant.calculator.money import LARGEST, Money, find_money, parse_amount
from assistant.errors import InputError

TABLE = yaml.safe_load((Path(__file__).parent / "money_phrases.yaml").read_text("utf-8"))
PHRASES = [(group, str(row[0]), [str(one) for one in row[1:]]) for group, rows in TABLE.items() for row in rows]
Reading = tuple[Decimal, Decimal, str, str | None]


def expected(words: str) -> Reading:
    """The table's "about 3000000~5000000 USD" as (minimum, maximum, currency, approximation)."""
    kind, currency, ends = None, "CNY", ""
    for word in words.split():
        if word in ("nearly", "about", "below", "above"):
            kind = word
        elif word.isupper():
            currency = word
        else:
            ends = word
    low, _, high = ends.partition("~")
    return Decimal(low), Decimal(high or low), currency, kind


def read(money: Money) -> Reading:
    return money.minimum, money.maximum, money.currency, money.approximation


@pytest.mark.parametrize(("group", "text", "amounts"), PHRASES, ids=[f"{g}-{t!r}" for g, t, _ in PHRASES])
def test_phrase(group: str, text: str, amounts: list[str]) -> None:
    found = find_money(text, bare=group == "bare")
    assert [read(one) for one in found] == [expected(words) for words in amounts]


def test_table_is_large_and_says_no_too() -> None:
    assert len(PHRASES) >= 600
    assert sum(not amounts for _, _, amounts in PHRASES) >= 150
    assert len({(group, text) for group, text, _ in PHRASES}) == len(PHRASES)


# --- spans ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("大概投600万吧", ["600万"]),
        ("近500万元", ["500万元"]),
        ("500万元左右", ["500万元"]),
        ("上亿元", ["上亿元"]),
        ("付了￥1.5亿（大写）", ["￥1.5亿"]),
        ("人民币 叁佰万 圆整。", ["人民币 叁佰万 圆整"]),
        ("共5\u200b00\u200b万\u200b元", ["5\u200b00\u200b万\u200b元"]),
        ("最高50、30、20万元", ["50", "30", "20万元"]),
        ("总投资(万元)：3200", ["3200"]),
        ("９００万/年", ["９００万"]),
        ("500多万元", ["500多万元"]),
        ("500万元多一点", ["500万元"]),
    ],
)
def test_span_covers_the_amount_itself(text: str, spans: list[str]) -> None:
    assert [one.text for one in find_money(text)] == spans


def assert_sound(text: str, found: tuple[Money, ...]) -> None:
    at = 0
    for one in found:
        assert at <= one.start < one.end <= len(text)
        assert one.text == text[one.start : one.end]
        assert Decimal(0) <= one.minimum <= one.maximum
        assert one.is_range == (one.minimum < one.maximum)
        at = one.end


SIGNS = (
    "0123456789０９一二三四五六七八九十百千万亿两半几多余来零〇点个元块毛角分整%.,，、-~—至到和/: \t\n()（）¥$€WwkKmb"
)
WORDS = "1.5 500 3,000 人民币 美元 万元 左右 不到 大概 壹 伍 仟 萬 億 年 人 台 负 (万元)： million RMB 一半 百分之"
PIECES = st.sampled_from([*SIGNS, *WORDS.split(), "\u200b"])


@given(st.text(max_size=80))
@example("1.1.1.1万")
@example("半个亿半个亿")
@example("\u200b")
def test_any_text_is_read_soundly(text: str) -> None:
    for bare in (False, True):
        assert_sound(text, find_money(text, bare=bare))


@given(st.lists(PIECES, max_size=14).map("".join))
def test_any_soup_of_figures_is_read_soundly(text: str) -> None:
    for bare in (False, True):
        assert_sound(text, find_money(text, bare=bare))


# --- values --------------------------------------------------------------------------------------------------------
YUAN = st.decimals(min_value=0, max_value=10**13, places=2, allow_nan=False, allow_infinity=False)
BEFORE = st.sampled_from(
    ["", "我们投了", "总投资：", "付了\n", "（", "合同额为", "公司2015年成立，380人，花了", "共计 "]
)
AFTER = st.sampled_from(["", "，能补多少", "。", "）", "；另有3件专利", "吗?", "\n其他", " 能拿多少", "的设备"])


@given(YUAN, BEFORE, AFTER)
@example(Decimal("0.01"), "", "")
@example(Decimal("9999.99"), "", "")
@example(Decimal("99999999.99"), "", "")
def test_formatted_amount_reads_back(amount: Decimal, before: str, after: str) -> None:
    text = format_yuan(amount)
    (found,) = find_money(before + text + after)
    assert (found.minimum, found.maximum, found.text, found.currency) == (amount, amount, text, "CNY")


@given(YUAN, YUAN, BEFORE, AFTER)
def test_formatted_range_reads_back(one: Decimal, other: Decimal, before: str, after: str) -> None:
    low, high = sorted((one, other))
    (found,) = find_money(before + format_range(low, high) + after)
    assert (found.minimum, found.maximum) == (low, high)


@given(st.integers(1, 10**9 - 1), st.sampled_from(["万元", "万", "元", "亿元", "w", "块", "万块钱", "萬元"]))
def test_digit_groups_change_nothing(figure: int, unit: str) -> None:
    plain, grouped = find_money(f"{figure}{unit}"), find_money(f"{figure:,}{unit}")
    assert [read(one) for one in plain] == [read(one) for one in grouped]


PLAIN_PHRASES = st.sampled_from([(t, a) for g, t, a in PHRASES if a and g not in ("bare", "sentences")])


@given(PLAIN_PHRASES, st.sampled_from(["wide digits", "invisible between", "invisible around"]))
def test_spelling_changes_nothing(phrase: tuple[str, list[str]], way: str) -> None:
    text, amounts = phrase
    changed = {
        "wide digits": text.translate(str.maketrans("0123456789", "０１２３４５６７８９")),
        "invisible between": "\u200b".join(text),
        "invisible around": f"\ufeff{text}\u200e",
    }[way]
    assert [read(one) for one in find_money(changed)] == [expected(words) for words in amounts]


# --- one amount ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1500万元", "15000000"),
        ("15000000", "15000000"),
        (" 15,000,000 ", "15000000"),
        ("800w", "8000000"),
        ("一千二", "1200"),
        ("五块", "5"),
        ("5", "5"),
        ("约500万", "5000000"),
        ("大概500万元左右吧", "5000000"),
        ("不到500万", "5000000"),
        ("人民币伍仟万元整", "50000000"),
        ("1.5个亿。", "150000000"),
        ("1000万亿元", "1000000000000000"),
        ("13800000000", "13800000000"),
        ("0.01元", "0.01"),
    ],
)
def test_one_amount(text: str, amount: str) -> None:
    found = parse_amount(text)
    assert found.minimum == found.maximum == Decimal(amount)


def test_one_range_and_its_approximation() -> None:
    found = parse_amount("大约300到500万")
    assert (found.minimum, found.maximum, found.approximation) == (Decimal(3_000_000), Decimal(5_000_000), "about")


@pytest.mark.parametrize(
    ("text", "wording"),
    [
        ("", "请填写金额"),
        (" \u3000\n", "请填写金额"),
        ("\u200b", "请填写金额"),
        ("-500万", "负数"),
        ("负五百万", "负数"),
        ("￥-300", "负数"),
        ("−500", "负数"),
        ("0", "大于 0"),
        ("0万元", "大于 0"),
        ("零元", "大于 0"),
        ("1000.1万亿元", "超出"),
        ("2000000000000000元", "超出"),
        ("500万美元", "美元"),
        ("$500000", "美元"),
        ("50万欧元", "欧元"),
        ("几百万", "具体数字"),
        ("若干", "具体数字"),
        ("很多", "没有看懂"),
        ("abc", "没有看懂"),
        ("380人", "没有看懂"),
        ("2023年", "没有看懂"),
        ("20%", "没有看懂"),
        ("800平方米", "没有看懂"),
        ("13812345678", "没有看懂"),
        ("320501199001011234", "没有看懂"),
        ("300万和500万", "一个金额"),
        ("300万 500万", "一个金额"),
        ("设备款500万", "设备款"),
        ("500万" * 30, "太长"),
        ("💰", "没有看懂"),
    ],
)
def test_what_is_no_amount_is_told_so(text: str, wording: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_amount(text)
    assert wording in caught.value.user_message


@given(st.text(max_size=70))
def test_an_amount_is_usable_or_refused(text: str) -> None:
    found: Money | None = None
    with contextlib.suppress(InputError):
        found = parse_amount(text)
    if found is not None:
        assert 0 < found.minimum <= found.maximum <= LARGEST
        assert found.currency == "CNY"
        assert found.text in text


# --- cost ----------------------------------------------------------------------------------------------------------
MONOTONOUS = (
    "1|一|十|万|几|1,111,|111,|1 |1-|1、|一万|500万到|半个|陆 |1\u200b|九千九百|(万元)|$|¥1|大概|一三|1.|亿1|500万、"
)


@pytest.mark.parametrize("unit", MONOTONOUS.split("|"))
def test_cost_grows_no_faster_than_the_text(unit: str) -> None:
    def cost(length: int) -> float:
        text = (unit * length)[:length]
        start = time.process_time()
        find_money(text, bare=True)
        return time.process_time() - start

    cost(100)
    small, large = (min(cost(length) for _ in range(3)) for length in (2_000, 16_000))
    assert large < 30 * small + 0.1  # eight times the text: quadratic cost would be 64 times
