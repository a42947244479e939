from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.calculator.rates import find_rates, find_ratios

THIRD = Decimal(1) / Decimal(3)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("20%", ["0.2"]),
        ("20％", ["0.2"]),
        ("２０％", ["0.2"]),
        ("20 %", ["0.2"]),
        ("3.85%", ["0.0385"]),
        ("百分之二十", ["0.2"]),
        ("百分之20", ["0.2"]),
        ("百分之十二点五", ["0.125"]),
        ("百分之百", ["1"]),
        ("千分之五", ["0.005"]),
        ("万分之三", ["0.0003"]),
        ("3‰", ["0.003"]),
        ("两成", ["0.2"]),
        ("占六成", ["0.6"]),
        ("三成半", ["0.35"]),
        ("两成五", ["0.25"]),
        ("3成", ["0.3"]),
        ("十成", ["1"]),
        ("20个点", ["0.2"]),
        ("20个百分点", ["0.2"]),
        ("二十个点", ["0.2"]),
        ("一半", ["0.5"]),
        ("三分之一", [str(THIRD)]),
        ("五分之二", ["0.4"]),
        ("3分之1", [str(THIRD)]),
        ("占1/4", ["0.25"]),
        ("20 percent", ["0.2"]),
        ("10%~30%", ["0.1~0.3"]),
        ("10%到30%", ["0.1~0.3"]),
        ("10%—30%", ["0.1~0.3"]),
        ("10-30%", ["0.1~0.3"]),
        ("10至30个点", ["0.1~0.3"]),
        ("百分之十到三十", ["0.1~0.3"]),
        ("百分之十到百分之三十", ["0.1~0.3"]),
        ("百分之二三十", ["0.2~0.3"]),
        ("二到三成", ["0.2~0.3"]),
        ("三四成", ["0.3~0.4"]),
        ("20%和30%", ["0.2", "0.3"]),
        ("20%、30%", ["0.2", "0.3"]),
        ("20% 30%", ["0.2", "0.3"]),
        ("占20%(约300万)", ["0.2"]),
        ("AI占18%,总投资1.6亿", ["0.18"]),
        ("从20%提高到30%", ["0.2", "0.3"]),
        ("AI部分20%", ["0.2"]),
        ("上浮20%的", ["0.2"]),
        ("投资20%50万", ["0.2"]),
        ("一半是软件,另一半是硬件", ["0.5", "0.5"]),
        ("三成的钱", ["0.3"]),
        ("两成都是进口的", ["0.2"]),
        ("三成员工", ["0.3"]),
        ("七点五成", ["0.75"]),
        ("百分之三点八五", ["0.0385"]),
        ("百分之零点五", ["0.005"]),
        ("三成首付，首付三成", ["0.3", "0.3"]),
        ("20%/30%/50%", ["0.2", "0.3", "0.5"]),
        ("近一半", ["0.5"]),
        ("百万分之一", []),
        ("几十分之一", []),
        ("打八折", []),
        ("1.5倍", []),
        # none
        ("六成立", []),
        ("公司2015年成立", []),
        ("八成新", []),
        ("一成不变", []),
        ("五成员", []),
        ("生成式", []),
        ("三成果", []),
        ("几成", []),
        ("百分之几", []),
        ("百分点", []),
        ("1.2亿", []),
        ("500个点位", []),
        ("早上9点", []),
        ("2023/5/23", []),
        ("5/23", []),
        ("24/7", []),
        ("一半天", []),
        ("十分之重要", []),
        ("-5%", []),
        ("%E7%AE%97%E5%8A%9B", []),
        ("https://a.b/%E4%BA%BA", []),
        ("500强", []),
        ("0成", []),
        ("二十成", []),
    ],
)
def test_rates(text: str, values: list[str]) -> None:
    found = find_rates(text)
    ends = [value.partition("~")[::2] for value in values]
    assert [(one.minimum, one.maximum) for one in found] == [(Decimal(low), Decimal(high or low)) for low, high in ends]
    assert all(text[one.start : one.end] == one.text for one in found)


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("1:1", [(1, 1)]),
        ("1：1", [(1, 1)]),
        ("1∶3", [(1, 3)]),
        ("１：１", [(1, 1)]),
        ("1 : 1", [(1, 1)]),
        ("1比1", [(1, 1)]),
        ("一比一", [(1, 1)]),
        ("一比三配套", [(1, 3)]),
        ("市、区按1:1比例支持", [(1, 1)]),
        ("按1:10配资", [(1, 10)]),
        ("10:1", [(10, 1)]),
        ("2023-05-23 10:30 签的，按1:1", [(1, 1)]),
        ("1:1或1:3", [(1, 1), (1, 3)]),
        ("9:30", []),
        ("12:05到13:00", []),
        ("10:30:15", []),
        ("1:1:1", []),
        ("2023:1", []),
        ("1:1.5", []),
        ("比一比一看", []),
        ("0:1", []),
        ("第1:1", []),
        ("一比一百", []),
        ("一比一点五", []),
        ("一比十", [(1, 10)]),
        ("192.168.0.1:80", []),
    ],
)
def test_ratios(text: str, pairs: list[tuple[int, int]]) -> None:
    found = find_ratios(text)
    assert [(one.left, one.right) for one in found] == pairs
    assert all(text[one.start : one.end] == one.text for one in found)


PIECES = st.sampled_from(
    [
        *"0123456789０一二三五九十百千万两半几成分之点个比:：∶%％‰/-~到至和新立 \n",
        "百分之",
        "千分之",
        "个点",
        "一半",
        "\u200b",
    ]
)


@given(st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=14).map("".join)))
def test_any_text_is_read_soundly(text: str) -> None:
    for found in (find_rates(text), find_ratios(text)):
        at = 0
        for one in found:
            assert at <= one.start < one.end
            assert text[one.start : one.end] == one.text
            at = one.end
    assert all(0 <= one.minimum <= one.maximum for one in find_rates(text))


@given(
    st.integers(1, 100),
    st.sampled_from(["", "补贴", "占", "按照"]),
    st.sampled_from(["", "，对吗", "的AI部分", "(约300万)"]),
)
def test_what_stands_around_changes_nothing(figure: int, before: str, after: str) -> None:
    (found,) = find_rates(f"{before}{figure}%{after}")
    assert found.minimum == found.maximum == Decimal(figure) / 100
