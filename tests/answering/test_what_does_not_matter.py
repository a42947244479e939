"""What does not matter to a question changes neither its sums nor its verdicts: courtesies, the size of the company,
blanks for commas, the script, the number of messages that it is sent in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date

import opencc
import pytest

from assistant.answering.answer import Answer
from assistant.answering.service import Assistant, open_assistant
from assistant.settings import load_settings

QUESTIONS = [
    "我们新建科技公共技术服务平台，建设总投资2600万元，能补多少",
    "新建概念验证中心，设备320万，装修80万，软件50万，一共能拿多少",
    "平台新建，设备占七成，设备一共2100万，科技公共技术服务平台，支持额是多少",
    "报人工智能应用场景示范，总投资1480万，厂房和机器890万，其余是人工智能的产品和服务，能拿到多少",
    "付给苏州算力平台三个季度的算力费，分别是55万、62万、73万，都付清了，能补多少",
    "在苏州算力平台租了8张卡，每张每月2.3万，用了10个月，钱都付了，能补多少",
    "去年给苏州算力平台付了440万，今年涨了25%，今年能补多少",
    "苏州市认定的首台套，客户一次买3台，合同总价1800万，每台价格一样，奖多少",
    "省里认定的首版次工业软件，每套4.8万，全年卖出150套，奖励多少",
    "科技贷款利息付了88万，科技保险费付了31万，两样最多能补多少",
    "办全国性产业论坛，场地86万，搭建64万，宣传22万，都是举办费用，补贴多少",
    "国际性博览会花了390万，区里已经给了50万，市里合计能拿多少",
    "无锡的公司，付了苏州算力平台120万，能补多少",
    "首台套是昆山市自己认定的，单台600万，能奖多少",
]

CHANGES: dict[str, Callable[[str], str]] = {
    "courtesies": lambda question: f"老师您好，不好意思打扰了，{question}，麻烦您了，谢谢",
    "asked for somebody": lambda question: f"老板让我问一下，这事很急，{question}",
    "size of the company": lambda question: f"公司2015年成立，员工380人，去年营收2.2亿，净利润1300万，{question}",
    "size between": lambda question: question.replace("，", "，注册资本5000万，专利31件，", 1),
    "shares of the company": lambda question: question.replace("，", "，研发人员占比62%，外贸出口占30%，", 1),
    "customers": lambda question: question.replace("，", "，服务过56家医院，", 1),
    "blanks": lambda question: question.replace("，", " "),
    "lines": lambda question: question.replace("，", "\n"),
    "half width": lambda question: question.replace("，", ", ") + "?",
    "traditional": lambda question: opencc.OpenCC("s2t").convert(question),
    "full width": lambda question: re.sub(r"\d", lambda digit: chr(ord(digit.group()) + 0xFEE0), question),
}


DAY = date(2025, 3, 1)


@pytest.fixture(scope="module")
def assistant() -> Iterator[Assistant]:
    opened = open_assistant(load_settings())
    yield opened
    opened.close()


def _outcome(answer: Answer) -> tuple[object, ...]:
    sums = [(one.measure, one.minimum, one.maximum) for one in answer.calculations]
    return answer.status, sums, answer.total, [(one.measure, one.verdict) for one in answer.eligibility]


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("change", CHANGES)
def test_same_sums_and_verdicts(assistant: Assistant, question: str, change: str) -> None:
    plain = assistant.ask(question, as_of=DAY).answer
    assert plain.calculations or any(one.verdict == "ineligible" for one in plain.eligibility)
    changed = CHANGES[change](question)
    assert _outcome(assistant.ask(changed, as_of=DAY).answer) == _outcome(plain), changed


@pytest.mark.parametrize("question", QUESTIONS)
def test_same_sums_in_two_messages(assistant: Assistant, question: str) -> None:
    told, asked = question.rsplit("，", 1)
    plain = assistant.ask(question, as_of=DAY).answer
    state = assistant.ask(told, as_of=DAY).state
    sums = [
        (one.measure, one.minimum, one.maximum)
        for one in assistant.ask(asked, as_of=DAY, state=state).answer.calculations
    ]
    assert sums == [(one.measure, one.minimum, one.maximum) for one in plain.calculations]
