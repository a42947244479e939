"""Questions after all measures that share something."""

import pytest

from assistant.understanding.listing import ceiling_range, shared_property


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("哪些补贴是每年都可以领的", "yearly"),
        ("有没有年年都给的钱", "yearly"),
        ("只给一次的是哪几项", "once"),
        ("哪几项只写了上限没写比例", "ceiling_only"),
        ("比例是区间的有哪几项", "rate_range"),
        ("哪些没有写具体金额", "no_sum"),
        ("哪些条款真金白银给钱", "sum"),
        ("哪些需要先认定才能拿", "recognition"),
        ("哪些只有企业才能申请", "companies"),
        ("哪些不是企业也能拿", "others"),
        ("哪一项给得最多", "highest"),
        ("上限最低的是哪一个", "lowest"),
        ("封顶第二高的是哪一项", "second"),
        ("把各项封顶从大到小排一下", "ordered"),
        ("比例最高的是哪一项", "highest_rate"),
        ("全文一共出现了几个百分比", "rates"),
        ("政策里一共有几项是写了金额上限的", "capped"),
        ("哪些是一事一议", "negotiated"),
        ("市区两级一家出一半的是哪项", "matched"),
        ("只给银行的是哪一条", "banks"),
    ],
)
def test_a_list_is_asked_for(question, name):
    assert shared_property(question) == name


@pytest.mark.parametrize(
    "question",
    ["算力补贴每年最高多少", "公司每年缴的社保有哪些补贴", "首台套要认定吗", "这笔钱是一次性的吗", "哪家银行利率最低"],
)
def test_one_measure_or_something_else_is_asked_for(question):
    assert shared_property(question) is None


@pytest.mark.parametrize(
    ("question", "within", "beyond"),
    [
        ("封顶恰好200万的一共几项", 2_000_000, 1_000_000),
        ("超过1000万的上限有几个", 20_000_000, 10_000_000),
        ("封顶不到200万的是哪些", 1_000_000, 2_000_000),
        ("100万到500万之间的封顶有哪些", 1_000_000, 500_000),
    ],
)
def test_ceilings_are_asked_for_by_their_size(question, within, beyond):
    asked = ceiling_range(question)
    assert asked is not None
    assert asked.has(within)
    assert not asked.has(beyond)
