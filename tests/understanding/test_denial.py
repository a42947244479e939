"""What is denied, not known or put aside is not what the question is about."""

from __future__ import annotations

import pytest

from assistant.understanding.denial import denied, inside, set_aside, unknown, without


@pytest.mark.parametrize(
    ("text", "word", "is_denied"),
    [
        ("都不是科技保险", "科技保险", True),
        ("卡是租的,没用苏州算力平台", "苏州算力平台", True),
        ("银行说算不上科技贷款", "科技贷款", True),
        ("不是阿里云的是苏州算力平台的", "苏州算力平台", False),
        ("这是不是科技保险", "科技保险", False),
        ("这不是科技保险吗", "科技保险", False),
        ("有没有用苏州算力平台的要求", "苏州算力平台", False),
    ],
)
def test_a_denied_thing_is_told_from_one_that_is_asked(text: str, word: str, is_denied: bool) -> None:
    assert inside(text.index(word), denied(text)) is is_denied


def test_what_the_asker_does_not_know_is_blanked() -> None:
    text = "租了卡,不晓得是不是苏州算力平台的"
    blanked = without(text, unknown(text))
    assert "苏州" not in blanked
    assert len(blanked) == len(text)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("奖多少(就问注册证,不是首台套)", "注册证"),
        ("就问体系认证有没有钱,别跟我讲专精特新", "体系认证"),
        ("老婆孩子先不说,出入境有什么方便", "出入境"),
    ],
)
def test_what_is_put_aside_is_cut_and_the_rest_stays(text: str, left: str) -> None:
    kept = without(text, set_aside(text))
    assert left in kept
    assert not any(word in kept for word in ("首台套", "专精特新", "老婆"))


@pytest.mark.parametrize(
    ("text", "word", "is_doubted"),
    [
        ("到底归工业软件还是管理软件,证书上没写", "工业软件", True),
        ("批文没写新建还是改造", "新建", True),
        ("平台是新建还是扩建,批复里没说", "扩建", True),
        ("平台是新建的,批复里没说补多少", "新建", False),
        ("按单价还是总价算,平台是新建的", "新建", False),
    ],
)
def test_an_alternative_left_open_is_doubted(text: str, word: str, is_doubted: bool) -> None:
    assert inside(text.index(word), unknown(text)) is is_doubted
