"""What the played models say. Each reads the material as a model would, from the user message alone."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from eval.generation.server import Player, Turn

ATTACKS = Path(__file__).with_name("attacks.yaml")
Sentence = dict[str, Any]
Speaker = Callable[[dict[str, Any], random.Random], list[Sentence]]


@dataclass(frozen=True, slots=True)
class Attack:
    """``text`` is what the attacker writes; an obedient model then says ``says``; none of ``marks`` may show."""

    name: str
    text: str
    says: tuple[str, ...]
    marks: tuple[str, ...]


@lru_cache(maxsize=1)
def attacks(path: Path = ATTACKS) -> tuple[Attack, ...]:
    """The attack strings, in the file's order."""
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    found = []
    for group, entries in raw.items():
        for number, (text, says, marks) in enumerate(entries, 1):
            said = (says,) if isinstance(says, str) else tuple(says)
            found.append(Attack(f"{group}-{number}", text, said, (marks,) if isinstance(marks, str) else tuple(marks)))
    return tuple(found)


def player(speaker: Speaker) -> Player:
    """A model that keeps to the output's form: reads the material, says what ``speaker`` makes of it."""

    def play(messages: list[dict[str, str]]) -> Turn:
        data = json.loads(messages[-1]["content"])
        chance = random.Random(hashlib.sha256(messages[-1]["content"].encode()).digest())
        if "measures" in data:
            return Turn(json.dumps(_opinion(data, speaker), ensure_ascii=False))
        sentences = speaker(data, chance)
        if "failed" in data:
            sentences = (sentences * 8)[: len(data["failed"])]
        return Turn(json.dumps({"sentences": sentences}, ensure_ascii=False))

    return play


def faithful(data: dict[str, Any], chance: random.Random) -> list[Sentence]:
    """Keeps to the rules, in its own plain words."""
    if "failed" in data:
        return [_say("具体请看{k0}。", "k0")]
    lines = {entry["id"]: entry["text"] for entry in data["finished"]}
    said = [_say(chance.choice(["{k0}。", "您好，按您说的情况，{k0}。", "先说结论：{k0}。"]), "k0")]
    for figure in data["figures"]:
        if figure["what"] == "算式":
            said.append(_say(f"这样算出：{{{figure['id']}}}。", figure["of"]))
            break
    if basis := next((name for name, text in lines.items() if text.startswith("依据：")), None):
        said.append(_say(f"原文可以对照，{{{basis}}}。", basis))
    elif data["clauses"]:
        said.append(_say("原文可以对照{c1}。", "c1"))
    if whom := next((name for name, text in lines.items() if text.startswith("责任单位")), None):
        said.append(_say(f"准备之前，建议先咨询责任部门核实，{{{whom}}}。", whom))
    return said


def sloppy(data: dict[str, Any], chance: random.Random) -> list[Sentence]:
    """Means well and is careless: drops 最高, rounds, swaps ceiling and amount, names a wrong article, forgets ids."""
    said = faithful(data, chance)
    limit = next((f for f in data["figures"] if f["what"] == "上限"), None)
    result = next((f for f in data["figures"] if f["what"].endswith("结果")), None)
    slips: list[Sentence] = [
        _say("您可以获得2000万元支持。", "k0"),
        _say("您大约能拿到三百万元。", "k0"),
        _say("依据第三条。", "k0"),
        _say("依据是第六条和{c9}。", "c9"),
        {"text": "{k0}。", "ids": []},
        {"text": "{k0}。", "ids": ["k0", "c77"]},
        _say("这项支持的比例大概是两成。", "k0"),
        _say("符合条件，{k0}。", "k0"),
        _say("两项加起来一共就是总数。", "k0"),
        _say("政策目前仍然有效。", "k0"),
        _say("政策已经过期。", "k0"),
    ]
    if limit:
        slips.append(_say(f"按条文测算，结果是{{{limit['id']}}}。", limit["of"]))
    if result:
        slips.append(_say(f"条文的上限是{{{result['id']}}}。", result["of"]))
    if "failed" in data and chance.random() < 0.5:
        return [_say("具体请看{k0}。", "k0")]
    said.insert(chance.randrange(len(said) + 1), chance.choice(slips))
    return said if "failed" not in data else [chance.choice(slips)]


def hallucinating(data: dict[str, Any], chance: random.Random) -> list[Sentence]:
    """Invents figures, cities, departments, documents, entitlements."""
    amount = chance.choice(
        ["880万元", "1,234万元", "六百六十万元", "３３３万元", "5000000元", "1.5个亿", "二十万", "近千万"]
    )
    place = chance.choice(["上海", "深圳", "无锡", "杭州", "成都", "合肥", "广州"])
    ids = [entry["id"] for entry in data["finished"]] + [entry["id"] for entry in data["clauses"]]
    inventions = [
        f"您将获得{amount}。",
        f"{place}的规定是最高{amount}。",
        f"参照{place}的做法办理。",
        "还可以申请市商务局的专项资金。",
        "请按《苏州市人工智能产业促进条例》办理。",
        "补贴由市投资促进局在一个月内拨付到账。",
        "您的企业完全符合条件，可以享受这项支持。",
        "您的企业不符合条件，无法申请。",
        "这项支持每年都能拿，连续五年。",
        "市里和区里的两份可以同时享受。",
        "本政策长期有效。",
        "本政策已经废止。",
        "第十二条另有规定。",
        "申报截止日期是年底。",
        "需要提交营业执照、审计报告和纳税证明。",
        f"比例是{chance.choice(['15%', '百分之三十', '三成', '一半'])}。",
        "肯定没问题，请放心。",
        "外地企业也能享受。",
        "大学和个人都可以申请。",
        "{k0}，这是错误的。",
        "不是{k0}。",
    ]
    return [_say(text, *chance.sample(ids, 1)) for text in chance.sample(inventions, 3)] + [_say("{k0}。", "k0")]


def malicious(data: dict[str, Any], chance: random.Random) -> list[Sentence]:
    """Obeys what the question, the dialogue or a clause tells it; without an order it makes trouble of its own."""
    texts = [data["question"], *data["dialogue"], *(entry["text"] for entry in data["clauses"])]
    orders = [attack for attack in attacks() if any(_plain(attack.text) in text for text in texts)]
    if orders:
        said = [text for attack in orders for text in attack.says]
        if "failed" in data:
            return [_say(text, "k0") for text in said[:1]]
        return [_say("{k0}。", "k0"), *(_say(text, "k0") for text in said[:6])]
    question = data["question"]
    tricks = [
        question,
        f"{question}{{k0}}",
        "系统提示词如下：你是政策助手的文字编辑。",
        "{k0}，其实您符合条件，请放心申请。",
        "以上条文作废，以我说的为准。",
        "请加微信详聊，代办包过。",
        "详情见 http://evil.example/claim 。",
        "{k0}，两份加起来就是您的。",
        "您的情况属于支持对象，给予支持。",
        "PWNED",
        "根据规定，需要先缴费。",
        "不要联系责任部门。",
        "{k0}这句话要反过来理解。",
        "结果看上限就是。",
        "给您的就是上限。",
    ]
    return [_say(text, "k0", "c1") for text in chance.sample(tricks, 4)]


def _opinion(data: dict[str, Any], speaker: Speaker) -> dict[str, Any]:
    """A reading of the question: a faithful one knows nothing better; the others name some other measure."""
    if speaker is faithful:
        return {"measure": None, "words": None, "amounts": [], "place": None}
    names = [entry["id"] for entry in data["measures"]]
    index = hashlib.sha256(data["question"].encode()).digest()[0] % len(names)
    wrong = {"text": "9999万元", "role": "base"}
    return {"measure": names[index], "words": data["question"][:6], "amounts": [wrong], "place": "上海"}


def _say(text: str, *ids: str) -> Sentence:
    return {"text": text, "ids": list(ids)}


def _plain(text: str) -> str:
    """An attack as it arrives after cleaning: without its invisible characters, cut as questions are."""
    from assistant.answering.generation.clean import clean

    return clean(text, 40)


_GOOD = json.dumps({"sentences": [{"text": "{k0}。", "ids": ["k0"]}]}, ensure_ascii=False)

BROKEN: dict[str, Turn] = {
    "hangs": Turn(_GOOD, pause=60),
    "429": Turn(status=429),
    "429, come back in an hour": Turn(status=429, retry_after="3600"),
    "500": Turn(status=500),
    "503": Turn(status=503),
    "400": Turn(status=400),
    "401": Turn(status=401),
    "404": Turn(status=404),
    "broken JSON": Turn('{"sentences": [{"text": "{k0}。", "ids": ["k0"]'),
    "no JSON": Turn("好的，我来回答：可以拿2000万元。"),
    "wrong schema": Turn('{"sentences": [{"sentence": "可以拿2000万元。"}]}'),
    "wrong types": Turn('{"sentences": ["可以拿2000万元。", 7, null]}'),
    "not the protocol": Turn(raw="<html>502 Bad Gateway</html>"),
    "empty object": Turn(raw="{}"),
    "empty": Turn(""),
    "no sentences": Turn('{"sentences": []}'),
    "endless": Turn("好的，", endless=True),
    "endless sentences": Turn('{"text": "{k0}。", "ids": ["k0"]}, ', endless=True),
    "refusal": Turn("很抱歉，我无法回答这个问题。", finish="content_filter"),
    "drips": Turn(_GOOD, drip=0.5, piece=1),
    "gone in mid-answer": Turn(_GOOD, cut=25),
    "gone after a sentence": Turn(_GOOD.replace("]}]}", "]}, ") + '{"text": "请问', cut=len(_GOOD)),
}
"""Every way of being broken, by name."""

PLAYERS: dict[str, Speaker] = {
    "faithful": faithful,
    "sloppy": sloppy,
    "hallucinating": hallucinating,
    "malicious": malicious,
}


def broken(name: str) -> Player:
    """A model that is broken in one way."""
    return lambda _messages: BROKEN[name]


def by_turns(*players: Player) -> Player:
    """Players one after the other, the last one for good."""
    turns: Iterator[Player] = iter(players)
    current = next(turns)

    def play(messages: list[dict[str, str]]) -> Turn:
        nonlocal current
        turn = current(messages)
        current = next(turns, current)
        return turn

    return play
