"""What points at a person is masked, money never is."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.records.masking import (
    clean_text,
    digits_masked,
    find_secrets,
    is_card_number,
    is_credit_code,
    is_identity_number,
    mask,
    mask_json,
)

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def luhn(body: str) -> str:
    """The body of a card number with its check digit."""
    return next(body + digit for digit in "0123456789" if is_card_number(body + digit))


def _identity(region: str, born: date, order: int) -> str:
    body = f"{region}{born:%Y%m%d}{order:03}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return body + "10X98765432"[sum(int(d) * w for d, w in zip(body, weights, strict=True)) % 11]


def _credit_code(body: str) -> str:
    weights = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
    return body + _ALPHABET[(31 - sum(_ALPHABET.index(c) * w for c, w in zip(body, weights, strict=True)) % 31) % 31]


mobiles = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)
landlines = st.from_regex(r"(010|02[0-9]|0[3-9][0-9]{2})[ -]?[1-9][0-9]{6,7}", fullmatch=True)
identities = st.builds(
    _identity,
    st.sampled_from(["320502", "320583", "110105", "440304"]),
    st.dates(date(1930, 1, 1), date(2020, 12, 31)),
    st.integers(0, 999),
)
cards = st.from_regex(r"(62|4[0-9]|5[1-5])[0-9]{12,15}1", fullmatch=True).map(luhn)
codes = st.text(_ALPHABET, min_size=16, max_size=16).map(lambda body: _credit_code("9" + body))
emails = st.from_regex(r"[a-z][a-z0-9._-]{0,20}@[a-z0-9]{1,10}\.(com|cn|com\.cn)", fullmatch=True)
around = st.text(st.sampled_from("我们公司请联系,。:的是 \n()"), max_size=12)


@given(st.one_of(mobiles, landlines, identities, cards, codes, emails), around, around)
def test_every_kind_is_masked_wherever_it_stands(secret: str, before: str, after: str) -> None:
    masked = mask(before + secret + after)
    assert secret not in masked
    assert masked.startswith(before)
    assert masked.endswith(after)
    assert re.search("〔(手机号|固定电话|身份证号|银行卡号|统一社会信用代码|邮箱)〕", masked)


@given(st.one_of(mobiles, landlines, identities, cards, codes), around)
def test_full_width_digits_and_hidden_marks_do_not_help(secret: str, before: str) -> None:
    wide = "".join(chr(ord(c) + 0xFEE0) if c.isascii() and c.isalnum() else c for c in secret)
    split = "\u200b".join(secret)
    assert wide not in mask(before + wide)
    assert "〔" in mask(before + wide)
    assert "〔" in mask(before + split)


_units = st.sampled_from(
    ["元", "万元", "万", "亿元", "亿", "千万", "块", "人民币", "美元", "w", "余元", "多万元", " 元", "%"]
)
_words = st.sampled_from(
    [
        "投资",
        "总投资",
        "总投资为",
        "投入约",
        "费用共",
        "金额:",
        "营收",
        "销售额达到",
        "贷款",
        "保费 ",
        "单价是",
        "¥",
        "预算大概",
    ]
)
amounts = st.one_of(
    st.integers(1, 10**19).map(str),
    mobiles,
    cards,
    st.integers(1, 10**15).map("{:,}".format),
    st.decimals(min_value=0, max_value=10**13, places=2, allow_nan=False).map(str),
)


@given(amounts, _units, around)
def test_an_amount_with_a_unit_is_never_masked(amount: str, unit: str, before: str) -> None:
    text = f"{before}{amount}{unit},能补多少?"
    assert mask(text) == text


@given(amounts, _words, around)
def test_an_amount_after_a_word_for_money_is_never_masked(amount: str, word: str, after: str) -> None:
    text = f"平台{word}{amount}{after}"
    assert mask(text) == text


@given(st.integers(1, 10**19), st.integers(1, 10**19), st.sampled_from("-~—至到"), _units)
def test_a_range_of_amounts_is_never_masked(low: int, high: int, mark: str, unit: str) -> None:
    text = f"大概{low}{mark}{high}{unit}"
    assert mask(text) == text


@given(st.text() | st.lists(st.one_of(mobiles, cards, codes, emails, around, _words, _units)).map("".join))
def test_masking_again_changes_nothing_and_spans_hold(text: str) -> None:
    masked = mask(text)
    assert mask(masked) == masked
    clean = clean_text(text)
    ends = [0]
    for secret in find_secrets(clean):
        assert ends[-1] <= secret.start < secret.end <= len(clean)
        ends.append(secret.end)
    masked.encode("utf-8")
    assert "\0" not in masked


@pytest.mark.parametrize(
    "text",
    [
        "投资 8000000 元",
        "13800000000元",
        "总投资20000000",
        "13000000000-15000000000元",
        "2,350,000.00元",
        "人民币13800000000",
        "员工380人、2015年成立、营收2.2亿、专利31件、算力框架合同2600万、到账发票记到720万",
        "苏府办〔2023〕112号",
        "专利号ZL202310123456.7",
        "请拨打12345",
        "2023-05-23至2026-05-23",
        "账户余额100000000000",
        "电话里说设备投资8000000",
        "合同号HT20230512001",
        "10%~30%",
    ],
)
def test_money_dates_and_document_numbers_stay(text: str) -> None:
    assert mask(text) == text


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("我的电话13812345678,邮箱a.b@c.com", "我的电话〔手机号〕,邮箱〔邮箱〕"),
        ("保费问题请打13800000000", "保费问题请打〔手机号〕"),
        ("13812345678,13912345678", "〔手机号〕,〔手机号〕"),
        ("+86 138-1234-5678", "〔手机号〕"),
        ("8613812345678", "〔手机号〕"),
        ("(0512)65215555转8", "〔固定电话〕"),
        ("051265215555", "〔固定电话〕"),
        ("座机 6521 5555", "座机 〔固定电话〕"),
        ("身份证32050219900307123x", "身份证〔身份证号〕"),
        ("身份证号码是 110105194912310021", "身份证号码是 〔身份证号〕"),
        ("11010519491231002X", "〔身份证号〕"),
        ("信用代码:91110000802100433B", "信用代码:〔统一社会信用代码〕"),
        ("91110000802100433B", "〔统一社会信用代码〕"),
        ("卡 4111 1111 1111 1111", "卡 〔银行卡号〕"),
        ("对公账号1102 0234 0900 1234 567", "对公账号〔银行卡号〕"),
    ],
)
def test_what_is_masked(text: str, masked: str) -> None:
    assert mask(text) == masked


@pytest.mark.parametrize(
    ("number", "check"),
    [
        ("110105194912310021", is_identity_number),
        ("110105199913010029", is_identity_number),
        ("91110000802100433A", is_credit_code),
        ("9111000080210043IB", is_credit_code),
        ("4111111111111112", is_card_number),
        ("5000000000000000", is_card_number),
        ("1800000000000000", is_card_number),
    ],
)
def test_numbers_whose_check_fails_are_others(number: str, check: object) -> None:
    assert callable(check)
    assert not check(number)
    assert mask(f"编号{number}") == f"编号{number}"


@given(identities)
def test_one_wrong_digit_is_no_identity_number(number: str) -> None:
    wrong = number[:-1] + ("0" if number[-1] != "0" else "1")
    assert is_identity_number(number)
    assert not is_identity_number(wrong)


def test_json_is_masked_throughout_and_amounts_stay() -> None:
    question = "我是13812345678,投资13800000000元"
    value = {
        "question": question,
        "calculations": [{"minimum": "13800000000", "maximum": 13800000000, "steps": ["13800000000元 × 20%"]}],
        "trace": {"tokens": ["13812345678", 13812345678, True, None, 1.5]},
    }
    masked = mask_json(value, digits_masked(question))
    assert masked == {
        "question": "我是〔手机号〕,投资13800000000元",
        "calculations": [{"minimum": "13800000000", "maximum": 13800000000, "steps": ["13800000000元 × 20%"]}],
        "trace": {"tokens": ["〔号码〕", "〔号码〕", True, None, 1.5]},
    }
