"""Years told by their place in a row are told each by itself."""

from __future__ import annotations

import pytest

from assistant.understanding.sums.ordinal_years import goes_on, named_in_a_row, with_following_years


@pytest.mark.parametrize(
    ("told", "text", "expected"),
    [
        ("第一年付90万", "后面两年每年1000万", "第二年1000万，第三年1000万"),
        ("今年付90万", "接下来两年各300万，能补多少", "明年300万，后年300万，能补多少"),
        ("第一年拿了380万，第二年也一样吗", "后两年都给到顶", "第二年都给到顶，第三年都给到顶"),
        ("", "后面两年每年1000万", "后面两年每年1000万"),
        ("第一年付90万", "后面两年不付了", "后面两年不付了"),
    ],
)
def test_following_years(told: str, text: str, expected: str) -> None:
    assert with_following_years(text, told) == expected


def test_named_in_a_row() -> None:
    assert [label for label, _ in named_in_a_row("头一年90万，第二年80万")] == ["第一年", "第二年"]


def test_goes_on() -> None:
    assert goes_on("第二年400万", "第一年付120万")
    assert not goes_on("第一年其实是400万", "第一年付120万")
