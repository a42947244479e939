from __future__ import annotations

import pytest

from assistant.understanding.sums.items_anew import item_anew, without_what_stays

TOLD = "场地76万，嘉宾差旅29万，宣传15万，补多少"


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        ("嘉宾差旅我写错了，其实是19万", "29万", "19万"),
        ("宣传那项其实是11万", "15万", "11万"),
        ("场地不变，宣传最后谈下来11万", "15万", "11万"),
    ],
)
def test_one_item_is_told_anew(text: str, old: str, new: str) -> None:
    found = item_anew(text, TOLD, revised="其实" in text)
    assert found is not None
    assert (found[0].text, found[1].text) == (old, new)


@pytest.mark.parametrize(
    "text",
    [
        "宣传便宜了3万",  # by how much, not what it comes to
        "其中宣传谈下来11万",  # a part
        "又谈下来一个冠名11万",  # one more
        "明年场地谈下来80万",  # another year's
        "谈下来11万",  # of which item is not said
    ],
)
def test_anything_else_is_none(text: str) -> None:
    assert item_anew(text, TOLD, revised=False) is None


def test_what_stays_is_left_out() -> None:
    assert without_what_stays("差旅是19万，场地那76万没变，重算", TOLD) == "差旅是19万，重算"
    assert without_what_stays("场地那80万没变", TOLD) == "场地那80万没变"
