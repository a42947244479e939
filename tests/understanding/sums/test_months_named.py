"""Which months a text names, and which turns tell of other months."""

from __future__ import annotations

import pytest

from assistant.understanding.sums.months_named import months_named, other_months


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("一月到九月付了九个月", range(1, 10)),
        ("后面十、十一、十二月每月涨到25万", range(10, 13)),
        ("下半年付了80万", range(7, 13)),
        ("二季度50万", range(4, 7)),
        ("前三个月每月9万", range(1, 4)),
        ("最后两个月没用", range(11, 13)),
        ("7月起每月20万", range(7, 13)),
        ("3月7万", range(3, 4)),
        ("3月5日付了20万", ()),
        ("付了九个月", ()),
    ],
)
def test_months_are_named(text: str, months: range) -> None:
    assert months_named(text) == frozenset(months)


@pytest.mark.parametrize(
    ("text", "told", "other"),
    [
        ("后三个月每月25万", "每月18万，一月到九月", True),
        ("10月起降到15万", "每月20万", True),
        ("后半年每月20万", "每月15万，付了6个月", True),
        ("每月25万", "每月18万，一月到九月", False),
        ("说错了，是10月起每月15万", "每月20万", False),
        ("4月起每月15万", "1月到5月每月8万", False),
        ("3月开始付的，每月22万", "每月20万", False),
    ],
)
def test_other_months_are_told(text: str, told: str, *, other: bool) -> None:
    assert other_months(text, told) is other
