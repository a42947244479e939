"""Within a dialogue: what is foreign stays foreign, what belongs to it goes on, what is sent twice counts once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from assistant.answering.answer import Answer
from assistant.answering.service import Assistant, open_assistant
from assistant.settings import load_settings

DAY = date(2025, 3, 1)
FIRST = ["展会花了300万能拿多少", "付给苏州算力平台80万算力费，补多少", "科技贷款利息最多补多少"]
FOREIGN = [
    "金鸡湖国际会议中心租一天什么价",
    "房东不退我押金，我该找谁",
    "收到律师函说我们用盗版画图软件，要赔二十万，怎么回复人家",
    "年终奖发6万,个税是单独算划算还是并到工资里划算",
    "女儿七岁想参加少儿街舞大赛,要准备什么服装",
    "宿州对人工智能企业有什么补贴",
    "江阴的企业首版次软件奖多少",
    "存款保险是不是一家银行最多赔50万",
    "我陪客户出国看展，护照快到期了上哪换",
    "帮我把这个软件的登录页用React写一下",
    "苏州民宿扶持资金怎么申请",
    "健身中心关门了，卡里的钱找谁要",
    "生育险报销几成",
]
GOES_ON = [
    ("展会花了300万能拿多少", "我们公司在吴江，补贴金额怎么算", 600_000),
    ("展会花了300万能拿多少", "那要是500万呢？我好跟老板说", 1_000_000),
    ("付给苏州算力平台80万算力费，补多少", "董事会昨天开会，改成120万", 240_000),
    ("付给苏州算力平台80万算力费，补多少", "刚才漏了一张票，再加20万", 200_000),
    ("我们公司用苏州算力平台能补吗", "一年实付也就两万六？", 5_200),
]


@pytest.fixture(scope="module")
def assistant() -> Iterator[Assistant]:
    opened = open_assistant(load_settings())
    yield opened
    opened.close()


def answers(assistant: Assistant, *turns: str) -> Answer:
    """The answer to the last of ``turns``."""
    state = None
    for turn in turns:
        reply = assistant.ask(turn, as_of=DAY, state=state)
        state = reply.state
    return reply.answer


@pytest.mark.parametrize("first", FIRST)
@pytest.mark.parametrize("turn", FOREIGN)
def test_foreign_stays_foreign(assistant: Assistant, first: str, turn: str) -> None:
    answer = answers(assistant, first, turn)
    assert (answer.status, answer.calculations) == ("not_covered", ()), answer.text


@pytest.mark.parametrize(("first", "turn", "most"), GOES_ON)
def test_goes_on(assistant: Assistant, first: str, turn: str, most: int) -> None:
    assert [int(one.maximum or 0) for one in answers(assistant, first, turn).calculations] == [most]


@pytest.mark.parametrize("turn", ["另外还交了6.8万科技保险", "里面20万没付，扣掉", "一共多少"])
def test_sent_twice_counts_once(assistant: Assistant, turn: str) -> None:
    once = answers(assistant, FIRST[1], turn)
    assert answers(assistant, FIRST[1], turn, f"{turn}。").text == once.text


def test_a_sum_may_be_added_twice(assistant: Assistant) -> None:
    answer = answers(assistant, FIRST[1], "再加20万", "再加20万")
    assert [int(one.maximum or 0) for one in answer.calculations] == [240_000]


def test_a_matter_asked_anew_opens_its_own_subject(assistant: Assistant) -> None:
    asked = "平台2019年就建好了，今年想扩建花3000万，能按20%补吗"
    answer = answers(assistant, "开论坛的花销政府承担几成", asked)
    assert [(one.measure, one.verdict) for one in answer.eligibility] == [("platform-construction", "ineligible")]
