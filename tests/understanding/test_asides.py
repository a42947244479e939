"""Courtesies and the size of a company are left out of what is read; everything else stays."""

from __future__ import annotations

import pytest

from assistant.understanding.asides import asides
from assistant.understanding.normalise import normalise

LEFT_OUT = [
    ("您好，麻烦您，首台套奖多少？谢谢", "首台套奖多少?"),
    ("不好意思打扰了，招人的方式文件里列了几种", "招人的方式文件里列了几种"),
    ("来电企业问：个人能申请吗", "个人能申请吗"),
    ("老板让我问一下，算力费付了90万能补多少（急，在线等）", "算力费付了90万能补多少"),
    ("公司开了12年，新建概念验证中心500万", "新建概念验证中心500万"),
    ("服务过56家医院，付给苏州算力平台48万", "付给苏州算力平台48万"),
    ("注册资本2,000万元，外贸出口占30%，科技保险费12万", "科技保险费12万"),
    ("付了240万，研发人员占比62%，能补多少", "付了240万,能补多少"),
    ("营收2.2亿，估值10亿，办论坛花了90万", "办论坛花了90万"),
    ("研发费用2600万，算力费415万", "算力费415万"),
]

KEPT = [
    "营收2.2亿,其中首版次软件1800万",  # the whole of what follows
    "营收5000万,首版次软件占18%",
    "营收2.2亿,首版次奖励按营收算吗",  # comes back to it
    "研发费用2600万,卡脖子攻关能给多少",  # could be the base
    "注册资本5000万",  # nothing else is told
    "三十来个人,去年融了五千万",
    "你好",
    "谢谢",
    "成立两年,做氮化镓外延,能拿哪些",  # criteria ask about it
    "高企,用苏州算力平台",
    "一年到头服务过的企业有56家,绩效多少",
    "员工380人?",
]


@pytest.mark.parametrize(("typed", "plain"), LEFT_OUT)
def test_told_beside(typed: str, plain: str) -> None:
    assert normalise(typed).text == plain


@pytest.mark.parametrize("text", KEPT)
def test_kept(text: str) -> None:
    assert not list(asides(text))
