"""English questions: key terms and amounts are put into Chinese, so that one set of rules reads every question.

Only terms of ``typos.yaml`` (``english``), amounts, percentages and a few function words are touched; what is left
stays as it was. This is no translation: the result is a text for rules, never shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from assistant.understanding.data import spelling

_NUMBER_WORDS = {
    "half a": Decimal("0.5"),
    "one": Decimal(1),
    "two": Decimal(2),
    "three": Decimal(3),
    "four": Decimal(4),
    "five": Decimal(5),
    "six": Decimal(6),
    "seven": Decimal(7),
    "eight": Decimal(8),
    "nine": Decimal(9),
    "ten": Decimal(10),
    "twelve": Decimal(12),
    "fifteen": Decimal(15),
    "twenty": Decimal(20),
    "thirty": Decimal(30),
    "forty": Decimal(40),
    "fifty": Decimal(50),
    "a hundred": Decimal(100),
    "one hundred": Decimal(100),
    "a": Decimal(1),
}
_SCALES = {
    "thousand": Decimal(1000),
    "k": Decimal(1000),
    "million": Decimal(10**6),
    "mln": Decimal(10**6),
    "mn": Decimal(10**6),
    "m": Decimal(10**6),
    "billion": Decimal(10**9),
    "bn": Decimal(10**9),
    "b": Decimal(10**9),
}
_CURRENCIES = {
    "rmb": "元",
    "cny": "元",
    "yuan": "元",
    "renminbi": "元",
    "¥": "元",
    "usd": "美元",
    "us$": "美元",
    "$": "美元",
    "dollar": "美元",
    "dollars": "美元",
    "us dollars": "美元",
    "u.s. dollars": "美元",
    "eur": "欧元",
    "€": "欧元",
    "euro": "欧元",
    "euros": "欧元",
    "hkd": "港元",
    "jpy": "日元",
    "yen": "日元",
}
_FIGURE = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_NAMED = "|".join(sorted(_NUMBER_WORDS, key=len, reverse=True))
_SCALE = "|".join(sorted(_SCALES, key=len, reverse=True))
_CURRENCY = "|".join(re.escape(name) for name in sorted(_CURRENCIES, key=len, reverse=True))
_AMOUNT = re.compile(
    rf"(?<![\w.])(?:(?P<before>{_CURRENCY})\s*)?"
    rf"(?:(?P<low>{_FIGURE})\s*(?P<low_scale>(?:{_SCALE})\b)?\s*(?:to|-|–|~)\s*)?"
    rf"(?:(?P<figure>{_FIGURE})|(?P<named>\b(?:{_NAMED})\b))"
    rf"[\s-]*(?P<scale>(?:{_SCALE})\b)?"
    rf"(?:\s*(?P<after>(?:{_CURRENCY})(?![A-Za-z])))?",
    re.IGNORECASE,
)
_PERCENT = re.compile(r"(?<=\d)\s*(?:percent|per cent|pct)\b", re.IGNORECASE)
_FUNCTION_WORDS = re.compile(
    r"\b(?:a|an|the|of|for|to|in|on|at|is|are|was|were|be|been|do|does|did)\b ?", re.IGNORECASE
)

Edit = tuple[int, int, str]


def english_edits(text: str) -> list[Edit]:
    """The replacements (start, end, Chinese) for an English question, ordered and not overlapping."""
    edits = list(_amounts(text))
    edits += ((match.start(), match.end(), "%") for match in _PERCENT.finditer(text))
    edits += _terms(text)
    edits += ((match.start(), match.end(), "") for match in _FUNCTION_WORDS.finditer(text))
    # An amount wins over a term, a term over a function word; a stable sort keeps that order at one place.
    taken: list[Edit] = []
    for edit in edits:
        if all(edit[1] <= other[0] or edit[0] >= other[1] for other in taken):
            taken.append(edit)
    return sorted(taken)


@lru_cache(maxsize=1)
def _term_pattern() -> re.Pattern[str]:
    terms = sorted(spelling().english, key=len, reverse=True)
    alternatives = (r"[\s-]+".join(re.escape(word) for word in re.split(r"[\s-]+", term)) for term in terms)
    return re.compile(rf"(?<![A-Za-z])(?P<term>{'|'.join(alternatives)})(?:s|es)?(?![A-Za-z])", re.IGNORECASE)


def _terms(text: str) -> Iterator[Edit]:
    english = spelling().english
    if not english:
        return
    plain = {re.sub(r"[\s-]+", " ", term): chinese for term, chinese in english.items()}
    for match in _term_pattern().finditer(text):
        chinese = plain.get(re.sub(r"[\s-]+", " ", match.group("term").lower()))
        if chinese is not None:
            yield match.start(), match.end(), chinese


def _amounts(text: str) -> Iterator[Edit]:
    for match in _AMOUNT.finditer(text):
        before, after, scale = match.group("before"), match.group("after"), match.group("scale")
        if scale is None and before is None and after is None:
            continue
        # One letter is a scale only beside a currency (2.5m yuan); otherwise it may be metres or a model's name.
        if scale is not None and len(scale) == 1 and before is None and after is None:
            continue
        # "a" and "one" count things unless a scale follows (a million, one year).
        if match.group("named") is not None and scale is None:
            continue
        currency = _CURRENCIES[(before or after or "").lower()] if before or after else ""
        factor = _SCALES[scale.lower()] if scale else Decimal(1)
        figure = match.group("figure")
        value = _plain(figure) if figure else _NUMBER_WORDS[match.group("named").lower()]
        chinese = _chinese(value * factor) + currency
        if match.group("low") is not None:
            low_scale = match.group("low_scale")
            low_factor = _SCALES[low_scale.lower()] if low_scale else factor
            chinese = f"{_chinese(_plain(match.group('low')) * low_factor)}{currency}到{chinese}"
        yield match.start(), match.end(), chinese


def _plain(figure: str) -> Decimal:
    return Decimal(figure.replace(",", ""))


def _chinese(value: Decimal) -> str:
    """A number as Chinese writes it (310万, 2.5亿); exact."""
    for unit, size in (("亿", Decimal(10**8)), ("万", Decimal(10**4))):
        if value >= size:
            return f"{(value / size).normalize():f}{unit}"
    return f"{value.normalize():f}"
