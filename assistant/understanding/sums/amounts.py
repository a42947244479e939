"""Amounts of a question with the words around them, and the roles that they can have besides a base."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from assistant.calculator.interval import Interval
from assistant.calculator.money import Money
from assistant.understanding.data import load_yaml
from assistant.understanding.lexicon import compile_any

_CLAUSE = re.compile(r"[,，。;；、?？!！\n:：]")
_AFTER_REACH = 28


@dataclass(frozen=True, slots=True)
class Placed:
    """An amount with the words around it: ``left`` up to the clause or the amount before it, ``right`` after it."""

    money: Money
    left: str
    right: str
    before: str  # the clause before, for amounts that stand alone
    ahead: str = ""  # what leads up to it from the amount before, across clauses
    after: str = ""  # what follows up to the next amount, across clauses
    has_parts: bool = False  # other amounts are told as parts of it
    steps: tuple[str, ...] = ()  # how it was worked out, where it does not stand in the text as it is

    @property
    def amount(self) -> Interval:
        return Interval(self.money.minimum, self.money.maximum)

    @property
    def around(self) -> str:
        return f"{self.left}|{self.right}"


@dataclass(frozen=True, slots=True)
class Award:
    """What a level of government gives or gave: district, province, nation, other, city; ``named``: of no level."""

    level: str
    amount: Interval


@dataclass(frozen=True, slots=True)
class Claim:
    """A figure that the asker believes in: kind is cap, award or rate; the ends in yuan or as ratios."""

    kind: str
    text: str
    minimum: Decimal
    maximum: Decimal


@dataclass(frozen=True, slots=True)
class Roles:
    """What is left for bases once claims, targets and awards are taken out."""

    candidates: tuple[Placed, ...]
    claims: tuple[Claim, ...]
    awards: tuple[Award, ...]
    target: Interval | None


@lru_cache(maxsize=1)
def words() -> Mapping[str, re.Pattern[str]]:
    """The role words of amount_words.yaml as patterns."""
    compiled: dict[str, re.Pattern[str]] = {}
    for key, value in load_yaml("amount_words.yaml").items():
        patterns = [value] if isinstance(value, str) else value
        if isinstance(patterns, dict):
            for level, some in patterns.items():
                found = compile_any(some, f"amount_words.yaml: {key}: {level}")
                if found:
                    compiled[f"{key}.{level}"] = found
        elif isinstance(patterns, list) and (found := compile_any(patterns, f"amount_words.yaml: {key}")):
            compiled[key] = found
    return compiled


def place(text: str, amounts: Sequence[Money]) -> tuple[Placed, ...]:
    """Each amount with its context in ``text``."""
    spans = [(money.start, money.end) for money in amounts]
    breaks = [m.start() for m in _CLAUSE.finditer(text) if not any(a <= m.start() < b for a, b in spans)]
    placed: list[Placed] = []
    for index, money in enumerate(amounts):
        opening = max([b + 1 for b in breaks if b < money.start], default=0)
        closing = min([b for b in breaks if b >= money.end], default=len(text))
        earlier = amounts[index - 1].end if index else 0
        later = amounts[index + 1].start if index + 1 < len(amounts) else len(text)
        if _OF_ALL_LISTED.search(text[opening : money.start]):
            listed = max([b + 1 for b in breaks if b < money.start and text[b] != "、"], default=0)
            opening = listed if listed >= earlier else opening
        left = text[max(opening, earlier) : money.start]
        right = text[money.end : min(closing, later)]
        previous_opening = max([b + 1 for b in breaks if b < opening - 1], default=0)
        before = text[max(previous_opening, earlier) : max(opening - 1, 0)] if earlier < opening else ""
        ahead = text[max(earlier, money.start - _AFTER_REACH) : money.start]
        after = text[money.end : min(later, money.end + _AFTER_REACH)]
        if placed and _NEXT_IN_LIST.fullmatch(text[earlier : money.start]) and _RESPECTIVELY.search(placed[-1].left):
            left, before, ahead = placed[-1].left, placed[-1].before, placed[-1].ahead
        if placed and placed[-1].money.currency != money.currency and _CONVERTED.fullmatch(text[earlier : money.start]):
            left, before, ahead = placed[-1].left, placed[-1].before, placed[-1].ahead
        placed.append(Placed(money, left, right, before, ahead, after))
    return tuple(placed)


# AI软件、算法、算力一共530万: the sum is said of all that is listed before it.
_OF_ALL_LISTED = re.compile(r"(一共|总共|合计|共计|加起来|总计|投资总额|总投资|总投入|投入总额)[^,，。;；\d]{0,4}$")
# 单台85万美元，合同上折人民币612万元: what leads up to the one is said of the other.
_CONVERTED = re.compile(
    r"元?[,，、(（]?[^,，。;；\d]{0,6}(折|合|约合|按汇率|换算|相当于|等于|就是|也就是)[^,，。;；\d]{0,8}"
)
# AI投入分别是300万、500万和1200万: what leads up to the first is said of each.
_RESPECTIVELY = re.compile(r"(分别|依次|各自?|先后)(大概|约)?[^,，。;；\d]{0,6}$")
_NEXT_IN_LIST = re.compile(r"元?[、,，和跟与及 ](还有|以及)?")


def valued(item: Placed, amount: Interval, step: str) -> Placed:
    """An amount as a step makes it."""
    money = replace(item.money, minimum=amount.minimum, maximum=amount.maximum)
    return replace(item, money=money, steps=(*item.steps, step))


def before_their_sum(placed: Sequence[Placed]) -> Sequence[Placed]:
    """The amounts that the last one adds up (算力付了90万，展会花了60万，合计150万); none where it is no such sum."""
    if len(placed) <= _FEWEST_PARTS or sum(part.money.minimum for part in placed[:-1]) != placed[-1].money.minimum:
        return ()
    return placed[:-1]


_FEWEST_PARTS = 2
