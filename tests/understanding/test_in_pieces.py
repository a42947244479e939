"""A question sent in two messages is read as one; what goes on from an answer is not."""

from __future__ import annotations

import pytest

from assistant.understanding.in_pieces import told_before
from assistant.understanding.query import DialogueState

ONE = [
    ("应用场景示范想拿到160万", "人工智能那部分要投多少才行"),
    ("江苏省首版次人工智能软件,每个授权2.5万", "全年卖了320个,奖励多少"),
    ("首台套产品挂牌价980万,单台实际销售价格860万", "奖励区间?"),
    ("首台套含税价1130万、不含税1000万", "销售价格先按不含税的算,奖励是多少"),
    ("去年科技贷款利息130万", "科技保险64万,都能补的话一共最多多少"),
    ("常熟的公司,苏州算力平台合同签了500万,目前实付210万", "按哪个算,符合吗"),
    ("高企证书去年到期没续上,做AI的", "第三条还算数吗"),
]

APART = [
    ("首台套奖励最高多少", "单台900万能奖多少"),  # something was asked before
    ("概念验证中心最高是五百万吧", "那500万是哪个的"),
    ("新建概念验证中心投380万", "要是投450万能补多少"),  # tries something else
    ("新建概念验证中心投380万", "说错了,是460万,能补多少"),  # takes something back
    ("付苏州算力平台260万", "又付了50万,能补多少"),  # adds to it
    ("付苏州算力平台260万", "阿里云还花了40万,算吗"),
    ("新建概念验证中心投380万", "概念验证中心呢"),
    ("新建概念验证中心投380万", "关联公司可以吗"),  # a point of its own
    ("新建概念验证中心投380万能补多少", "归谁管"),
    ("新建概念验证中心投380万", "社保断缴了怎么补"),  # is of another matter
]


@pytest.mark.parametrize(("told", "asked"), ONE)
def test_read_as_one(told: str, asked: str) -> None:
    assert told_before(asked, set(), DialogueState(turns=(told,))) == f"{told}，{asked}"


@pytest.mark.parametrize(("told", "asked"), APART)
def test_read_apart(told: str, asked: str) -> None:
    assert told_before(asked, set(), DialogueState(turns=(told,))) is None


@pytest.mark.parametrize(
    ("told", "asked", "one"),
    [
        (("算力费90万", "论坛花了60万"), "一共多少", True),
        (("我们是大学课题组", "不搞公司化"), "用苏州算力平台能申请补贴吗", True),
        (("新建概念验证中心投380万", "设备涨价,预计到450万"), "前后差多少支持", False),  # changed in between
        (("新建概念验证中心投380万", "公共技术服务平台投900万"), "每年还有没有补助", False),  # kept apart
        (("算力费90万能补多少", "论坛花了60万"), "一共多少", False),  # asked before
        ((), "能补多少", False),
    ],
)
def test_several_messages(told: tuple[str, ...], asked: str, one: bool) -> None:
    expected = "，".join((*told, asked)) if one else None
    assert told_before(asked, set(), DialogueState(turns=told)) == expected


def test_a_matter_of_its_own_is_read_apart() -> None:
    software = DialogueState(turns=("省首版次软件年销售300万",), measures=("first-version-software",))
    named = {"first-set-equipment"}
    assert told_before("浙江认定的首台套,单台500万,能拿多少", named, software) is None
    assert told_before("另外首台套一台500万,各能拿多少", named, software)
