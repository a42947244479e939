"""A question that names a measure may still be about something else; one that sounds foreign may still be ours."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.understanding.query import DialogueState, Query
from assistant.understanding.reader import Reader
from assistant.understanding.turns import asked_only


def _read(reader: Reader, text: str) -> Query:
    return reader.read(text, DialogueState(), date(2025, 3, 1))


@pytest.mark.parametrize(
    "text",
    [
        "首台套的奖励要不要代扣代缴个税",
        "科技保险出险了保险公司拒赔怎么办",
        "展会主办单位失联了,定金要得回来吗",
        "大赛获奖高考能加分吗",
        "算力费不够,教我做高一点好多拿",
        "介绍一家包过的高企代理",
        "论坛那天天气怎么样",
        "哪家银行的科技贷款利率最低",
        "无锡滨湖的揭榜项目,市里和区里怎么分担",
        "老家安庆也有算力平台,那边的公司怎么补",
        "村里搞一事一议修路,每户出多少",
    ],
)
def test_another_matter_is_refused(reader: Reader, text: str) -> None:
    assert _read(reader, text).scope is not None


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("个税社保都有人管,就问科技贷款利息市里补不补", "technology-loan-interest"),
        ("公司的车险能按科技保险补贴吗", "technology-insurance"),
        ("我爱人的公司付了科技保险费30万,能补吗", "technology-insurance"),
        ("办展补贴公示几天", "event-hosting"),
        ("首版次要几件软著", "first-version-software"),
        ("深圳来的团队特别牛,能一事一议吗", "talent-team"),
        ("天气大模型公司用苏州算力平台花了40万,补多少", "computing-power"),
    ],
)
def test_what_only_sounds_foreign_is_kept(reader: Reader, text: str, measure: str) -> None:
    query = _read(reader, text)
    assert query.scope is None
    assert measure in query.measures


@pytest.mark.parametrize(
    ("text", "ask"),
    [
        ("绩效补助怎么打分", "scoring"),
        ("首台套名单公示多久", "publicity"),
        ("材料交到哪个窗口,几点下班", "counter"),
        ("申报攻关项目要有几件专利", "further"),
        ("申报单位成立满几年才行", "further"),
    ],
)
def test_facts_that_the_policy_does_not_state(reader: Reader, text: str, ask: str) -> None:
    assert f"open_fact_{ask}" in _read(reader, text).asks


def test_what_is_told_is_no_open_fact(reader: Reader) -> None:
    asks = _read(reader, "公司成立五年,员工260人,有专利12件,新建检测平台投了900万,能补多少").asks
    assert not any(ask.startswith("open_fact_") for ask in asks)


def test_only_what_is_asked_is_judged() -> None:
    assert asked_only("税有会计管,就问科技贷款贴息给多少") == "科技贷款贴息给多少"
    assert asked_only("首台套奖励多少") == "首台套奖励多少"
