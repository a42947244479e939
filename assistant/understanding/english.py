"""Latin letters: key terms and amounts are put into Chinese, so that one set of rules reads every question.

Only terms of ``typos.yaml`` (``english``, ``pinyin``), amounts, percentages and a few function words are touched;
the rest stays as it was. This is no translation: the result is a text for rules, never shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import lru_cache

from assistant.errors import CorpusError
from assistant.understanding.data import load_yaml, spelling

_GRAMMAR = "english_grammar.yaml"

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
    "wan": Decimal(10**4),
    "yi": Decimal(10**8),
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
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DATE = re.compile(
    rf"\b(?:(?P<before>\d{{1,2}})(?:st|nd|rd|th)? )?(?P<month>{'|'.join(_MONTHS)})[a-z]*\.? "
    r"(?:(?P<after>\d{1,2})(?:st|nd|rd|th)?,? )?(?P<year>20\d\d)\b",
    re.IGNORECASE,
)
_BREAK = re.compile(r"[\s-]+")
_LATIN_WORD = re.compile(r"[A-Za-z]{4,}")

Edit = tuple[int, int, str]


def english_edits(text: str) -> list[Edit]:
    """The replacements (start, end, Chinese) for an English question, ordered and not overlapping."""
    edits = list(_dates(text))
    edits += _amounts(text)
    edits += ((match.start(), match.end(), "%") for match in _PERCENT.finditer(text))
    edits += _replacements(text, *_english())
    # A date wins over an amount, an amount over a term.
    taken: list[Edit] = []
    for edit in edits:
        if all(edit[1] <= other[0] or edit[0] >= other[1] for other in taken):
            taken.append(edit)
    return sorted(taken)


def between_edits(text: str) -> list[Edit]:
    """Articles, prepositions and auxiliaries left before a Chinese word or a figure, dropped."""
    return [(match.start(), match.end(), "") for match in _between().finditer(text)]


def pinyin_edits(text: str) -> list[Edit]:
    """The replacements for terms typed in pinyin among Chinese."""
    return list(_replacements(text, *_pinyin())) if _LATIN_WORD.search(text) else []


_Terms = tuple[re.Pattern[str], Mapping[str, str]]


@lru_cache(maxsize=1)
def _english() -> _Terms:
    """The terms of the field, and the words around them."""
    words = load_yaml(_GRAMMAR).get("words")
    if not isinstance(words, dict):
        raise CorpusError(f"{_GRAMMAR}: words must be a mapping; restore it from the repository")
    grammar = {str(word).lower(): "" if chinese is None else str(chinese) for word, chinese in words.items()}
    return _compiled({**grammar, **spelling().pinyin, **spelling().english})


@lru_cache(maxsize=1)
def _between() -> re.Pattern[str]:
    words = load_yaml(_GRAMMAR).get("between")
    if not isinstance(words, list) or not words:
        raise CorpusError(f"{_GRAMMAR}: between must be a list of words; restore it from the repository")
    some = "|".join(re.escape(str(word)) for word in words)
    return re.compile(rf"(?:(?<![A-Za-z])(?:{some})(?![A-Za-z]) *)+(?=[\u4e00-\u9fff\d])", re.IGNORECASE)


@lru_cache(maxsize=1)
def _pinyin() -> _Terms:
    return _compiled(spelling().pinyin)


def _compiled(terms: Mapping[str, str]) -> _Terms:
    """Terms as whole words, the longest first, their blanks and hyphens loose, with a plural."""
    plain = {_BREAK.sub(" ", term): chinese for term, chinese in terms.items()}
    ordered = sorted(plain, key=len, reverse=True)
    # No plural of a short word: I is not is.
    alternatives = (
        r"[\s-]+".join(re.escape(word) for word in term.split(" ")) + ("" if len(term) < 3 else "(?:s|es)?")
        for term in ordered
    )
    pattern = rf"(?<![A-Za-z])(?P<term>{'|'.join(alternatives)})(?![A-Za-z])"
    return re.compile(pattern if plain else r"(?!)(?P<term>)", re.IGNORECASE), plain


def _replacements(text: str, pattern: re.Pattern[str], chinese: Mapping[str, str]) -> Iterator[Edit]:
    for match in pattern.finditer(text):
        term = _BREAK.sub(" ", match.group("term").lower())
        found = next(
            (form for form in (term, term.removesuffix("s"), term.removesuffix("es")) if form in chinese), None
        )
        if found is not None:
            yield match.start(), match.end(), chinese[found]


def _dates(text: str) -> Iterator[Edit]:
    """October 2022, 23 May 2023, May 23, 2023."""
    for match in _DATE.finditer(text):
        month = _MONTHS.index(match["month"].lower()) + 1
        day = match["before"] or match["after"]
        yield match.start(), match.end(), f"{match['year']}年{month}月" + (f"{int(day)}日" if day else "")


def _amounts(text: str) -> Iterator[Edit]:
    for match in _AMOUNT.finditer(text):
        before, after, scale = match.group("before"), match.group("after"), match.group("scale")
        bare = scale is None and before is None and after is None
        if bare and not (_WITH_COMMA.fullmatch(match.group("figure") or "") and _ALONE.match(text, match.end())):
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


_WITH_COMMA = re.compile(r"\d{1,3}(?:,\d{3})+")
_ALONE = re.compile(r"\s*(?:[.;?!)]|$|,\s)")
"""The city share is 800,000. With no word for what is counted, a figure written so is a sum."""


def _plain(figure: str) -> Decimal:
    return Decimal(figure.replace(",", ""))


def _chinese(value: Decimal) -> str:
    """A number as Chinese writes it (310万, 2.5亿); exact."""
    for unit, size in (("亿", Decimal(10**8)), ("万", Decimal(10**4))):
        if value >= size:
            return f"{(value / size).normalize():f}{unit}"
    return f"{value.normalize():f}"
