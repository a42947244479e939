"""Which of the sums told before a turn means: the one named by its amount (75万那笔), its month, thing, payee or kind
(九月那笔, 装修), its place in the row (第二笔) or its year."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.calculator.interval import Interval
from assistant.calculator.money import find_money
from assistant.understanding.query import DialogueState
from assistant.understanding.time.periods import numeral

_MARK = re.compile(r"[,，。;；、:：]")
_TOTAL = re.compile(r"^[,，。;；、]?(一共|总共|合计|总计|共计|总投资|总价|总额|累计|加起来|共|总)")
_LEAD = re.compile(
    r"(那么?|如果|要是|假如|假设|万一|后来|不过|但是?|可是?|其实|结果|刚才?|上面|前面|说错了|对了|哦|嗯|这|把|将|[,，])*"
)
_POINTS = re.compile(
    r"元?(的|付|花|投|卖|用|份)*(那|这)(一)?(笔|户|个|台|套|款|场|张|件|批|期|家|项|块|次|部分|单|年|边|些)?|元?的?(款|钱|费用?)|被|给"
)
_ORDINAL = re.compile(
    r"第(?P<n>[一二三四五六七八九1-9])[笔户个台套款场张件批期家项次单]|(?P<last>最后|末了?|末尾)(那|这)?一?[笔户个台套款场张件批期家项次单]"
)
_MONTH = re.compile(r"(?<!\d)(?P<n>1[0-2]|[1-9])月")
_DIGITS = "零一二三四五六七八九"
_PLAIN = re.compile(r"[\d.\s元万亿,，。;；、:：|]|(?<![补多预])[付花投用买交卖打][了过]|付给|大概|左右|分别|各|是|为")
_SHORTEST = 2
_LETTERS = frozenset("甲乙丙丁戊ABCDE")
"""Names of a single letter (乙那单)."""


@dataclass(frozen=True, slots=True)
class ToldSum:
    """A sum told before, and the words that it was told with."""

    amount: Interval
    start: int
    end: int
    said: str


@dataclass(frozen=True, slots=True)
class Meant:
    """The sum that a turn means, and where in the turn its name ends; no sum where the turn says only 钱 or nothing."""

    told: ToldSum
    start: int
    end: int


def told_sums(told: str) -> tuple[ToldSum, ...]:
    """The sums of ``told``, each with its own words, and without the total of them."""
    moneys = find_money(told)
    found = []
    for index, money in enumerate(moneys):
        after_last = moneys[index - 1].end if index else 0
        marks = [mark.end() for mark in _MARK.finditer(told, after_last, money.start)]
        following = _MARK.search(told, money.end)
        until = moneys[index + 1].start if index + 1 < len(moneys) else len(told)
        start = marks[-1] if marks else after_last
        end = min(following.start() if following else len(told), until)
        found.append(ToldSum(Interval(money.minimum, money.maximum), start, end, told[start:end]))
    return tuple(one for one in found if not _is_total(one, found))


def sums_told(state: DialogueState) -> frozenset[Decimal]:
    """The sums (the upper ends) that the asker's words of the dialogue tell."""
    return frozenset(money.maximum for turn in (*state.turns, state.told) for money in find_money(turn))


def _is_total(one: ToldSum, found: Sequence[ToldSum]) -> bool:
    others = [other.amount.minimum for other in found if other is not one]
    return len(others) >= _SEVERAL and bool(_TOTAL.search(one.said)) and sum(others) == one.amount.minimum


_SEVERAL = 2


def sum_meant(text: str, sums: Sequence[ToldSum]) -> Meant | None:
    """The one sum of several that ``text`` names; None where it names none, or not just one."""
    if len(sums) < _SEVERAL:
        return None
    if amounts := find_money(text):
        same = [one for one in sums if one.amount == Interval(amounts[0].minimum, amounts[0].maximum)]
        if same:
            return Meant(same[0], amounts[0].start, amounts[0].end) if len(same) == 1 else None
        text = text[: amounts[0].start]
    return _by_words(text, sums) or _by_place(text, sums)


def _by_words(text: str, sums: Sequence[ToldSum]) -> Meant | None:
    """The sum with most of the words of ``text`` of its own; what stands with several sums tells none of them apart."""
    text = _month_in_words(text)
    found = []
    for one in sums:
        others = "|".join(_words(other.said) for other in sums if other is not one)
        if shared := _shared(text, _words(one.said), others):
            found.append((shared, one))
    best = max((len(shared) for shared, _ in found), default=0)
    named = [(shared, one) for shared, one in found if len(shared) == best]
    if len(named) != 1:
        return None
    shared, one = named[0]
    start = text.index(shared)
    return Meant(one, start, start + len(shared))


def one_named(text: str, told: str) -> ToldSum | None:
    """The one sum of several in ``told`` that ``text`` calls by a name of its own, wherever it stands there."""
    sums, text = told_sums(told), _month_in_words(text)
    if len(sums) < _SEVERAL:
        return None
    found = []
    for one in sums:
        others = "|".join(_words(other.said) for other in sums if other is not one)
        found.append((len(_shared(text, _words(one.said), others, anywhere=True)), one))
    best = max(size for size, _ in found)
    named = [one for size, one in found if size == best]
    return named[0] if best and len(named) == 1 else None


def _words(said: str) -> str:
    return _PLAIN.sub("|", _month_in_words(said))


def _month_in_words(text: str) -> str:
    """Months as they are spoken, with as many letters where it has one digit (9月, 九月)."""
    return _MONTH.sub(lambda found: f"{_spoken(int(found['n']))}月", text)


def _spoken(month: int) -> str:
    return _DIGITS[month] if month < len(_DIGITS) else f"十{_DIGITS[month - 10]}".removesuffix("零")


def _shared(text: str, words: str, others: str, *, anywhere: bool = False) -> str:
    """The longest run of ``words`` that stands in ``text`` as a name, and in no other sum's words. ``anywhere``: of two
    letters and more, amid other words as well."""
    for size in range(len(words), 0, -1):
        for start in range(len(words) - size + 1):
            run = words[start : start + size]
            long_enough = size >= _SHORTEST or run in _LETTERS
            stands = long_enough and "|" not in run and run in text and run not in others
            if stands and ((anywhere and size >= _SHORTEST) or _is_name(text, run)):
                return run
    return ""


def _is_name(text: str, run: str) -> bool:
    """Whether ``run`` opens the turn, or is pointed at (装修被剔掉, 阿里云那笔)."""
    start = text.index(run)
    lead = _LEAD.match(text)
    return start <= (lead.end() if lead else 0) or bool(_POINTS.match(text, start + len(run)))


def _by_place(text: str, sums: Sequence[ToldSum]) -> Meant | None:
    found = _ORDINAL.search(text)
    if not found:
        return None
    place = len(sums) if found["last"] else numeral(found["n"])
    return Meant(sums[place - 1], found.start(), found.end()) if place and place <= len(sums) else None
