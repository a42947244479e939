"""Words of a dialect are read as the plain words they stand for, wherever they stand in a question."""

from __future__ import annotations

import pytest

from assistant.understanding.normalise import normalise


@pytest.mark.parametrize(
    ("said", "plain"),
    [
        ("展会花了300万能补几多", "展会花了300万能补多少"),
        ("那190万喃", "那190万呢"),
        ("两年拢共多少", "两年一共多少"),
        ("俺们公司能报吗", "我们公司能报吗"),
        ("假使是大学呢", "如果是大学呢"),
        ("一年卖多少才能领满", "一年卖多少才能拿满"),
        ("同样的钱领去办论坛", "同样的钱拿去办论坛"),
        ("两年共补多少", "两年一共补多少"),
    ],
)
def test_plain_words(said: str, plain: str) -> None:
    normal = normalise(said)
    assert (normal.text, normal.original) == (plain, said)


@pytest.mark.parametrize("text", ["一共补多少", "设备领用后再报", "他没拿足够的钱", "喃喃自语的软件"])
def test_stays(text: str) -> None:
    assert normalise(text).text == text
