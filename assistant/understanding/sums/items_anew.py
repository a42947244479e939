"""One item of a list told anew, by the name that it was told with (宣传那项其实是54万; 仪器招标下来便宜了，2400万)."""

from __future__ import annotations

import re

from assistant.calculator.interval import Interval
from assistant.calculator.money import Money, find_money
from assistant.calculator.rates import find_rates
from assistant.understanding.sums.told_sums import one_named

_MARK = re.compile(r"([,，。;；!！])")
_CLAUSE = re.compile(r"[,，。;；!！]")
_STAYS = re.compile(
    r"(没有?|不|未)(用|必)?(变|改|动|调)|照(旧|样)|原样|还是|仍(然|旧|是)?|(是|都)?对的|没(错|问题|毛病)|不受影响"
)
_MOVED = re.compile(
    r"(便宜|贵|降价|涨价|压价|砍价|打折|谈(下来|妥|好|定)|[招投开]标|中标|成交|结算|决算|核(下来|完|实)|最(后|终)|定(下来|为))"
)
_BY_SO_MUCH = re.compile(r"(便宜|贵|少|多|省|涨|降|增|减|超|压|砍|退|扣|返)[^,，。;；\d到成为至]{0,4}(大概|约)?$")
_WHEN = re.compile(r"20\d\d年|[今明去后前次本]年|第[一二三四五]年|第?[一二三四]季度|[上下]半年|\d{1,2}月")
"""2025年实际付1060万 after 2024年 … 实际付415万: another year's, and none told anew."""
_NOT_IT_ALL = re.compile(
    r"其中|里面|里头|当中|(?<!便)又|再|还(要|得|想|会)?(有|花|付|投|买|加)|追加|另外|除了|[补奖拿给领]到?$"
)


def without_what_stays(text: str, told: str) -> str:
    """``text`` without the clauses that only say of sums told before that they stay (场地那118万没变)."""
    known = {(money.minimum, money.maximum) for money in find_money(told)}
    pieces = _MARK.split(text)
    kept = []
    for at in range(0, len(pieces), 2):
        sums = {(money.minimum, money.maximum) for money in find_money(pieces[at])}
        if not (sums and sums <= known and _STAYS.search(pieces[at])):
            kept += pieces[at : at + 2]
    return "".join(kept)


def item_anew(text: str, told: str, *, revised: bool) -> tuple[Money, Money] | None:
    """The sum of ``told`` that ``text`` names and the one that it puts in its place; None where it tells none anew.
    ``revised``: it says in so many words that something was wrong."""
    amounts = find_money(text)
    if len(amounts) != 1 or find_rates(text):
        return None
    clauses = _CLAUSE.split(text[: amounts[0].start])
    lead = ",".join(clause for clause in clauses if find_money(clause) or not _STAYS.search(clause))
    if not (revised or _MOVED.search(lead)) or _BY_SO_MUCH.search(lead) or _NOT_IT_ALL.search(lead):
        return None
    of_it = one_named(lead, told)
    now = Interval(amounts[0].minimum, amounts[0].maximum)
    times = {found.group() for found in _WHEN.finditer(lead)}
    if of_it is None or of_it.amount == now or not all(when in of_it.said for when in times):
        return None
    old = next(money for money in find_money(told) if of_it.start <= money.start < of_it.end)
    return old, amounts[0]
