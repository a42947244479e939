"""Mutants: a correct text with one thing changed, so that it is surely wrong.

A mutant of kind ``figure``, ``rate``, ``ratio`` or ``ceiling`` carries a value that stands nowhere in the answer;
``swapped`` puts one figure of the answer where another stood (both are supported, the statement is wrong).
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from eval.answers.figures import amount, evidence, percent

KINDS = ("figure", "rate", "ratio", "ceiling", "period", "department", "article", "swapped")

_AMOUNT = re.compile(r"(?<![\d.,])(\d[\d,]*(?:\.\d+)?)([万亿]?元)")
_RATE = re.compile(r"(?<![\d.])(\d+(?:\.\d+)?)%")
_RATIO = re.compile(r"(?<![\d:])(\d)\s*[:∶]\s*(\d)(?![\d:])")
_CEILING_BEFORE = re.compile(r"(?:最高|上限|封顶|不超过)[^\d。,，;；\n]{0,6}$")
_DAY = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
_TERM = re.compile(r"有效期(?:为|是)?(三)年|(三)年有效期|期限(?:为|是)?(三)年")
# Only what states a period: “一次性” in quotation marks, or after 没有写, is spoken of and not stated.
_YEARLY = re.compile(r"每年最高|每年给予最高|每年上限|(?<!没有写)一次性(?:补贴|上限)|(?<=[万亿]元[,，])一次性")
_ARTICLE = re.compile(r"第([一二三四五六七八九十])条")
_NUMERALS = "一二三四五六七八九十"
_FACTORS = ("0.1", "0.5", "0.9", "1.1", "1.2", "1.5", "2", "3", "10")


@dataclass(frozen=True, slots=True)
class Mutant:
    """The changed text, with what stood there, what stands there now, and where (characters)."""

    kind: str
    text: str
    before: str
    after: str
    start: int = 0


@dataclass(frozen=True, slots=True)
class _Spot:
    start: int
    end: int
    text: str


def mutants(text: str, departments: Collection[str], chance: random.Random, context: str = "") -> Iterator[Mutant]:
    """One mutant of every kind that the text allows, at a place drawn by ``chance``. ``departments``: every department
    of the policy, of which one that is not named is put in. What stands in ``context`` (quotes, the user's words) is
    put in no more than what stands in the text: a supported figure at the wrong place is what ``swapped`` is for."""
    named = f"{text}\n{context}"
    makers: Mapping[str, Callable[[], tuple[_Spot, str] | None]] = {
        "figure": lambda: _new_amount(text, named, chance, ceiling=False),
        "rate": lambda: _new_rate(text, named, chance),
        "ratio": lambda: _new_ratio(text, named, chance),
        "ceiling": lambda: _new_amount(text, named, chance, ceiling=True),
        "period": lambda: _new_period(text, named, chance),
        "department": lambda: _new_department(text, named, departments, chance),
        "article": lambda: _new_article(text, named, chance),
        "swapped": lambda: _swapped(text, chance),
    }
    for kind in KINDS:
        change = makers[kind]()
        if change is not None:
            spot, after = change
            yield Mutant(kind, text[: spot.start] + after + text[spot.end :], spot.text, after, spot.start)


def _spots(pattern: re.Pattern[str], text: str) -> list[_Spot]:
    return [_Spot(match.start(), match.end(), match[0]) for match in pattern.finditer(text)]


def _yuan(text: str) -> Decimal:
    match = _AMOUNT.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is not an amount")
    return Decimal(match[1].replace(",", "")) * {"万元": 10**4, "亿元": 10**8, "元": 1}[match[2]]


def _ratio(rate: str) -> Decimal:
    return Decimal(rate.rstrip("%")) / 100


def _is_ceiling(text: str, spot: _Spot) -> bool:
    return bool(_CEILING_BEFORE.search(text[max(0, spot.start - 12) : spot.start]))


def _new_amount(text: str, named: str, chance: random.Random, *, ceiling: bool) -> tuple[_Spot, str] | None:
    spots = _spots(_AMOUNT, text)
    present = evidence(named)
    chosen = [spot for spot in spots if _is_ceiling(text, spot) == ceiling and _yuan(spot.text)]
    if not chosen:
        return None
    spot = chance.choice(chosen)
    unit = "亿元" if spot.text.endswith("亿元") else "万元" if spot.text.endswith("万元") else "元"
    size = {"亿元": 10**8, "万元": 10**4, "元": 1}[unit]
    for factor in chance.sample(_FACTORS, len(_FACTORS)):
        value = _yuan(spot.text) * Decimal(factor)
        if amount(value) not in present:
            return spot, f"{_shown(value / size)}{unit}"
    return None


def _new_rate(text: str, named: str, chance: random.Random) -> tuple[_Spot, str] | None:
    spots = _spots(_RATE, text)
    if not spots:
        return None
    present = evidence(named)
    others = [rate for rate in ("7%", "12%", "15%", "17%", "25%", "40%") if percent(_ratio(rate)) not in present]
    return (chance.choice(spots), chance.choice(others)) if others else None


def _new_ratio(text: str, named: str, chance: random.Random) -> tuple[_Spot, str] | None:
    spots = _spots(_RATIO, text)
    others = [ratio for ratio in ("1:2", "2:1", "1:3") if ("ratio", ratio) not in evidence(named)]
    return (chance.choice(spots), chance.choice(others)) if spots and others else None


def _new_period(text: str, named: str, chance: random.Random) -> tuple[_Spot, str] | None:
    spots = [*_spots(_DAY, text), *_spots(_TERM, text), *_spots(_YEARLY, text)]
    if not spots:
        return None
    spot = chance.choice(spots)
    if day := _DAY.fullmatch(spot.text):
        year = chance.choice([int(day[1]) + distance for distance in (-1, 1, 2)])
        month = chance.choice([number for number in range(1, 13) if number != int(day[2])])
        after = chance.choice([f"{year}年{day[2]}月{day[3]}日", f"{day[1]}年{month}月{day[3]}日"])
        return (spot, after) if after not in named else None
    if "三年" in spot.text:
        return spot, spot.text.replace("三年", chance.choice(["两年", "五年"]))
    if spot.text.startswith("每年"):
        return spot, spot.text.replace("每年", "一次性")
    return spot, spot.text.replace("一次性", "每年")


def _new_department(
    text: str, named: str, departments: Collection[str], chance: random.Random
) -> tuple[_Spot, str] | None:
    others = sorted(name for name in departments if name not in named)
    pattern = re.compile("|".join(re.escape(name) for name in sorted(departments, key=len, reverse=True)))
    spots = _spots(pattern, text)
    return (chance.choice(spots), chance.choice(others)) if spots and others else None


def _new_article(text: str, named: str, chance: random.Random) -> tuple[_Spot, str] | None:
    spots = _spots(_ARTICLE, text)
    others = [f"第{numeral}条" for numeral in _NUMERALS if f"第{numeral}条" not in named]
    return (chance.choice(spots), chance.choice(others)) if spots and others else None


def _swapped(text: str, chance: random.Random) -> tuple[_Spot, str] | None:
    """One amount of the answer put where another amount stands."""
    spots = _spots(_AMOUNT, text)
    pairs = [(spot, other.text) for spot in spots for other in spots if _yuan(spot.text) != _yuan(other.text)]
    return chance.choice(pairs) if pairs else None


def _shown(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
