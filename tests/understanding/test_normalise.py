"""A question as typed becomes one plain form, and every character of it can be led back."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from assistant.understanding.normalise import Normalised, language_of, normalise

CASES = [
    # width, enumeration, marks
    ("单价９００万，能补吗？", "单价900万,能补吗?"),
    ("５０％", "50%"),
    ("①平台投500万②算力300万", "平台投500万;算力300万"),
    ("⒈500万", "(1)500万"),
    ("㈠平台", "(1)平台"),
    ("补多少？？？！！", "补多少?!"),
    ("能补吗。。。", "能补吗"),
    ("能补吗......", "能补吗"),
    ("500——800万", "500—800万"),
    ("**首台套**单价", "首台套单价"),
    # invisible characters
    ("首台\u200b套\ufeff", "首台套"),
    ("\u202e首台套\u202c", "首台套"),
    ("首台\x00套\x07", "首台套"),
    ("首\u00ad台套\ufe0f", "首台套"),
    ("首台套\ud800", "首台套"),
    # blanks
    ("首 台 套", "首台套"),
    ("概念 验证 中心", "概念验证中心"),
    ("算力　补贴", "算力补贴"),
    ("  首台套\t单价\r\n900万 ", "首台套单价,900万"),
    ("我是园区企业 首台套能补多少", "我是园区企业,首台套能补多少"),
    ("AI 公司", "AI公司"),
    ("共 7 套 每套 410 万", "共7套每套410万"),
    ("2023 年 3 月 5 日", "2023年3月5日"),
    # figures keep their value
    ("3 000 万", "3000万"),
    ("18 000 000 元", "18000000元"),
    ("9 0 0 万", "900万"),
    ("800 w", "800w"),
    ("三 千 五 百 万", "三千五百万"),
    ("八百 万", "八百万"),
    ("两个亿 300万", "两个亿、300万"),
    ("两个亿 三百万", "两个亿,三百万"),
    ("2600 一共", "2600,一共"),
    ("100 300万", "100 300万"),
    ("3，000万元", "3,000万元"),
    ("2，350，000元", "2,350,000元"),
    ("设备300，500万是软件", "设备300、500万是软件"),
    ("分别是12，15万", "分别是12、15万"),
    ("电话 0512 65228123", "电话0512 65228123"),
    # traditional characters
    ("首臺套獎勵多少", "首台套奖励多少"),
    ("算力費用補貼，企業後續", "算力费用补贴,企业后续"),
    # markup stays readable and disarmed
    ("<b>首台套</b>", "‹b›首台套‹/b›"),
    ("<script>alert(1)</script>补多少", "‹script›alert(1)‹/script›补多少"),
    ("单价<500万", "单价<500万"),
    ("各县级市(区)人民政府<管委会>", "各县级市(区)人民政府<管委会>"),
    # nothing
    ("", ""),
    (" \n\t ", ""),
    ("🚀🚀", "🚀🚀"),
]


@pytest.mark.parametrize(("typed", "plain"), CASES)
def test_plain_form(typed: str, plain: str) -> None:
    assert normalise(typed).text == plain


@pytest.mark.parametrize("plain", sorted({plain for _, plain in CASES}))
def test_plain_form_stays(plain: str) -> None:
    assert normalise(plain).text == plain


@pytest.mark.parametrize(
    ("typed", "term"),
    [("首台逃奖励多少", "首台套"), ("概念验正中心", "概念验证中心"), ("蒜力补贴", "算力"), ("首 台 逃", "首台套")],
)
def test_typos_are_corrected_and_told(typed: str, term: str) -> None:
    found = normalise(typed)
    assert term in found.text
    assert found.corrections
    for wrong, right in found.corrections:
        assert wrong != right
        assert right in found.text


@pytest.mark.parametrize("typed", ["首台套", "专精特新企业", "算力补贴", "概念验证中心", "首版次软件", "揭榜挂帅"])
def test_right_terms_are_left_alone(typed: str) -> None:
    assert normalise(typed).corrections == ()
    assert normalise(typed).text == typed


@pytest.mark.parametrize(
    ("typed", "language"),
    [
        ("首台套奖励多少", "zh"),
        ("AI公司用GPU能补多少", "zh"),
        ("AI", "zh"),
        ("800w", "zh"),
        ("", "zh"),
        ("？？", "zh"),
        ("How much can we get for computing power?", "en"),
        ("hello", "en"),
        ("What is the ceiling of 首台套 rewards per year", "en"),
        ("算力补助金はいくらですか", "ja"),
        ("보조금은 얼마입니까", "ko"),
        ("Сколько стоит", "other"),
    ],
)
def test_language(typed: str, language: str) -> None:
    assert language_of(typed) == language
    assert normalise(typed).language == language


@pytest.mark.parametrize(
    ("typed", "figure"),
    [
        ("We paid 3.1 million yuan for computing power", "310万元"),
        ("our costs were RMB 300,000 last year", "30万元"),
        ("we invested CNY 25 million in the platform", "2500万元"),
        ("we invested 1.5 billion yuan", "15亿元"),
        ("between 5 to 8 million yuan was spent", "500万元到800万元"),
        ("the price is 5 million USD", "500万美元"),
        ("it covers 20 percent of costs", "20%"),
        ("we spent two million yuan on it", "200万元"),
        ("we paid 2.5m yuan", "250万元"),
    ],
)
def test_english_amounts(typed: str, figure: str) -> None:
    assert figure in normalise(typed).text


@pytest.mark.parametrize("typed", ["one platform and two companies", "a 5 m long machine", "we have 120 employees"])
def test_english_counts_are_no_amounts(typed: str) -> None:
    assert "元" not in normalise(typed).text
    assert "万" not in normalise(typed).text


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("We are a company registered in Suzhou Industrial Park.", ["我们", "公司", "注册在苏州工业园区"]),
        ("Can a Wuxi company renting Suzhou computing power get the subsidy?", ["注册在无锡的公司租苏州算力"]),
        ("Can a company in Shanghai apply?", ["注册在上海的公司能申请"]),
        ("Is the policy still valid?", ["还有效"]),
        ("What is the reward for first-set equipment with a unit price of 9 million yuan?", ["奖励首台套", "900万元"]),
        ("How do I pay income tax?", ["所得税"]),
        ("It was certified in October 2022, paid on May 23, 2023", ["2022年10月", "2023年5月23日"]),
        ("suanli butie, women fu le 310 wan", ["算力补贴", "310万"]),
        ("suanli补贴多少", ["算力补贴多少"]),
    ],
)
def test_latin_letters_become_words_for_the_rules(typed: str, words: list[str]) -> None:
    text = normalise(typed).text
    assert [word for word in words if word not in text] == []


def test_an_english_question_gets_chinese_key_terms() -> None:
    assert "算力" in normalise("How much is the subsidy for computing power costs?").text


def _led_back(found: Normalised) -> None:
    assert len(found.offsets) == len(found.text)
    assert all(0 <= offset < len(found.original) for offset in found.offsets)
    assert all(first <= second for first, second in zip(found.offsets, found.offsets[1:], strict=False))


ALPHABET = st.characters(codec=None) | st.sampled_from(
    "首台套算力概念验证三千万亿元0123456789，。? ()<>/abW①臺\u200b\n\t.年月"
)


@given(st.text(ALPHABET, max_size=80))
@example("\ud800<b>㍿½⁄﷽ １，０００ 三 千")
@settings(max_examples=400, deadline=None)
def test_any_text_is_taken_and_led_back(typed: str) -> None:
    found = normalise(typed)
    assert found.original == typed
    _led_back(found)
    if found.text:
        start, end = found.original_span(0, len(found.text))
        assert 0 <= start < end <= len(typed)


@given(st.text(st.sampled_from("首台套算力三千万 0123456789,，。?补"), max_size=60))
@settings(max_examples=300, deadline=None)
def test_normalising_twice_changes_nothing_more_of_the_digits(typed: str) -> None:
    once = normalise(typed).text
    digits = "".join(character for character in typed if character.isdigit())
    assert "".join(character for character in once if character.isdigit()) == digits


def test_spans_lead_back_to_what_the_user_wrote() -> None:
    typed = "我们的 首 台 套 单价９００万"
    found = normalise(typed)
    start = found.text.index("首台套")
    low, high = found.original_span(start, start + 3)
    assert typed[low:high].strip() == "首 台 套"
    start = found.text.index("900万")
    low, high = found.original_span(start, start + 4)
    assert typed[low:high] == "９００万"


def test_a_long_text_is_taken() -> None:
    found = normalise("首 台 套单价９００万，" * 1000)
    _led_back(found)
    assert found.text.count("首台套单价900万") == 1000
