"""Signs that a question is about another place, or about support in general."""

from __future__ import annotations

import re

from assistant.understanding import lexicon
from assistant.understanding.places import PlaceReading
from assistant.understanding.query import Query
from assistant.understanding.topic_view import FRESH, LIKELY, SURE

_GENERAL = re.compile(
    r"补贴|补助|奖励|资助|支持|扶持|资金|款项|政策|文件|项目|申报|申请|审批|企业|公司|单位|我们|你们|咱们|这个|那个|这些|请问|一下|今天|现在|目前|如今|"
    r"钱|款|的|了|吗|呢|啊|呀|吧|是|有|要|能|可以|需要|大概|一般|通常|到底|究竟|在|从|到|给|后|前|内|会|还|都|才|就|[,，。？?！!、\s]"
)


_LITTLE = 2


def bound(hinted: bool, policy_talk: bool) -> float:
    """How sure the subject model must be that a question is foreign."""
    if policy_talk:
        return FRESH
    return SURE if hinted else LIKELY


def foreign_place(text: str, reading: PlaceReading) -> str | None:
    """Another place whose policy is asked about, by role or as 宿州对…有什么补贴."""
    if reading.asked:
        foreign = reading.asked.side == "foreign" and not _ASKS_SUZHOU.search(text, reading.asked.end)
        return reading.asked.name if foreign else None
    at = reading.registered_at
    if at and at.side == "foreign" and not reading.branch and "苏州" not in text and not _FIRST_PERSON.search(text):
        return at.name
    for mention, role in reading.roles:
        there = _THERE.search(text) and "苏州" not in text[mention.start :]
        if mention.side == "foreign" and role != "platform" and there:
            return mention.name
        if (
            mention.side == "foreign"
            and re.match(r"(这边|那边|市|政府)?(对|给|针对)", text[mention.end :])
            and "苏州" not in text
        ):
            return mention.name
    return None


_ASKS_SUZHOU = re.compile(r"(苏州|本市|咱们?这|我们这).{0,12}(呢|吗|多少|怎么|什么|几|如何|有没有|[?？])")
_THERE = re.compile(r"那边|当地|老家|那里|那儿|家乡|我们这(儿|里|边)的?(市|县|省)")


_FIRST_PERSON = re.compile(r"我|咱|本公司|本企业|本单位|敝")


def about_support(query: Query) -> bool:
    """Whether nothing is left of a question but support in general and the fact asked for (补贴多久到账, 还算数吗)."""
    if not any(ask.startswith("open_fact_") or ask == "validity_now" for ask in query.asks):
        return False
    asked = lexicon.asks()
    taken = {
        index for name in query.asks for hit in asked[name].finditer(query.question) for index in range(*hit.span())
    }
    rest = "".join(letter for index, letter in enumerate(query.question) if index not in taken)
    return len(_GENERAL.sub("", rest)) <= _LITTLE
