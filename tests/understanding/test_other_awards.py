"""That another level of government gives for the same matter is understood however it is said."""

from __future__ import annotations

import pytest

from assistant.understanding.subject.other_awards import tells_of_another_award


@pytest.mark.parametrize(
    "text",
    [
        "吴江奖过我们首台套,市里的还轮得到吗",
        "园区管委会已经兑现了展会补贴",
        "国家那头拨过运营经费了",
        "省补60万,这边还有吗",
        "区里报销了一半",
        "县里那份比市里高",
        "先拿区里少的,等市里下来再换",
        "区财政和市财政都有贴息吗",
        "省市区三级能叠罗汉吗",
        "展会花费一鱼两吃行不行",
        "区里报一次、市里再报一次",
        "省里的风险补偿基金分担了80万",
        "相城区答应出30万",
    ],
)
def test_an_award_by_another_level_is_told(text: str) -> None:
    assert tells_of_another_award(text)


@pytest.mark.parametrize(
    "text",
    [
        "园区企业能拿多少算力补贴",
        "我们在相城,新建概念验证中心能补多少",
        "省里认定的首台套奖多少",
        "昆山给我们软件发了首版次，省级没评上",
        "国家级小巨人能拿多少奖励",
        "我们在园区里办全国性论坛,市里补多少",
        "省级认定和市级认定奖的一样吗",
        "这三样区里都没给过",
        "国家新一代人工智能开放创新平台给多少",
        "付给苏州算力平台的钱能补多少",
        "区别在哪,省不省事",
    ],
)
def test_what_only_names_a_level_tells_of_none(text: str) -> None:
    assert not tells_of_another_award(text)
