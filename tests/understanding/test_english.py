"""Word order: whose, where from, who may have it, another figure."""

from __future__ import annotations

import pytest

from assistant.understanding.normalise import normalise


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("We are a Singapore-invested CRO", "新加坡独资的"),
        ("a company owned by a German group", "德国独资"),
        ("Hangzhou-based fund manager here: is there a fund?", "我们是位于杭州的"),
        ("Our parent company is headquartered in Munich", "总部在慕尼黑"),
        ("Can a company registered in Shanghai get the computing subsidy?", "注册在上海的公司能拿算力补贴"),
        ("Are Wuxi companies eligible for the computing subsidy?", "注册在无锡的公司能申请算力补贴"),
        ("What is Shanghai's computing subsidy?", "上海的算力补贴"),
        ("Our software was certified in Zhejiang only", "由浙江认定"),
        ("We're moving from Shanghai to Suzhou", "从上海搬到苏州"),
        ("And if we go up to 6.4 million?", "如果是640万"),
        ("Loan interest on our technology loan came to 1.35 million yuan.", "科技贷款的 贷款利息 是135万元"),
        ("We received 600,000 yuan from the district", "区里已经给了60万元"),
        ("Is the ceiling for event hosting RMB 2 million?", "最高是200万元吗"),
        ("What support does Beijing offer to unicorns?", "北京有什么"),
        ("How much does Hangzhou pay for AI compute?", "杭州能给多少"),
        ("Will the city cover part of our bill?", "市里给不给"),
        ("What is the subsidy rate for compute in Wuhan?", "武汉能给多少"),
        ("How much can we get from Chengdu for a forum?", "成都能给多少"),
        ("Is there any voucher in Shanghai?", "上海有没有"),
        ("How much should be spent on a forum to reach the cap?", "论坛投入多少才能拿满"),
        ("Does article 8 apply to imports?", "第8条适合"),
    ],
)
def test_word_order(typed: str, words: str) -> None:
    assert words in normalise(typed).text


def test_a_country_in_capitals_is_no_pronoun() -> None:
    assert "美国" in normalise("Our headquarters is in the US and pays for it").text
    assert "美国" not in normalise("Please tell us more about it").text
    assert "香港" not in normalise("We paid HK$2,000,000 for computing").text


def test_english_terms_among_chinese() -> None:
    assert normalise("tech insurance的premium付了60k RMB").text.startswith("科技保险的保险费付了")
    assert normalise("总部在US,subsidiary在Suzhou").text.startswith("总部在美国")
