"""The figures of an English question, put as Chinese writes them, in three passes.

``spelled_numbers``: one and a half million -> 1.5 million. ``plain_figures``: 3,5 million -> 3.5 million.
``amounts_and_dates``: RMB 1.5 million -> 150万元. What is not surely one figure (several million) becomes a vague word,
never a sum.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

Edit = tuple[int, int, str]

# Beside a Chinese word a figure begins and ends as beside a blank.
_ANY_CASE = re.IGNORECASE | re.ASCII

_UNITS = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_VALUES = {
    **{word: value for value, word in enumerate(_UNITS, start=1)},
    **{word: value for value, word in zip(range(20, 100, 10), _TENS, strict=True)},
    "a": 1,
    "an": 1,
    "": 1,
}
_SCALES = {
    "hundred": Decimal(100),
    "thousand": Decimal(1000),
    "k": Decimal(1000),
    "million": Decimal(10**6),
    "millions": Decimal(10**6),
    "mil": Decimal(10**6),
    "mio": Decimal(10**6),
    "mln": Decimal(10**6),
    "mn": Decimal(10**6),
    "mm": Decimal(10**6),
    "m": Decimal(10**6),
    "billion": Decimal(10**9),
    "bn": Decimal(10**9),
    "b": Decimal(10**9),
    "lakh": Decimal(10**5),
    "crore": Decimal(10**7),
    "wan": Decimal(10**4),
    "yi": Decimal(10**8),
}
_CURRENCIES = {
    "rmb": "元",
    "cny": "元",
    "yuan": "元",
    "renminbi": "元",
    "yuan renminbi": "元",
    "¥": "元",
    "usd": "美元",
    "us$": "美元",
    "$": "美元",
    "dollar": "美元",
    "dollars": "美元",
    "us dollars": "美元",
    "u.s. dollars": "美元",
    "s$": "新加坡元",
    "sgd": "新加坡元",
    "singapore dollars": "新加坡元",
    "hk$": "港元",
    "hkd": "港元",
    "hong kong dollars": "港元",
    "eur": "欧元",
    "€": "欧元",
    "euro": "欧元",
    "euros": "欧元",
    "gbp": "英镑",
    "£": "英镑",
    "pounds": "英镑",
    "chf": "瑞士法郎",
    "swiss francs": "瑞士法郎",
    "krw": "韩元",
    "korean won": "韩元",
    "jpy": "日元",
    "yen": "日元",
}


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_SCALE = rf"(?:{_any(_SCALES)})\b"
_SPELLED = rf"(?:{_any(word for word in _SCALES if len(word) > 2)})\b"
_CURRENCY = _any(_CURRENCIES)
_COUNTED = rf"(?:\s?-?(?:{_SCALE}|per ?cent|pct|%)|\s(?:{_CURRENCY}))"

# Numbers in words, only before a scale, a currency or a per cent: one platform stays one platform.
_SMALL = rf"(?:(?:{'|'.join(_TENS)})(?:[\s-](?:{'|'.join(_UNITS[:9])}))?|{_any(_UNITS)})"
_COUNTING = rf"(?:{_COUNTED}|\s(?:to|and)\s(?:{_SMALL}|\d+(?:\.\d+)?){_COUNTED})"
_PART = {"half": "0.5", "quarter": "0.25", "quarters": "0.75"}
_PART_WORDS = r"(?:a|one)[\s-](?P<{0}>half|quarter)|three[\s-](?P<{0}s>quarters)"
_IN_WORDS = re.compile(
    rf"(?<![A-Za-z0-9.])(?:(?P<hundreds>{_SMALL}|an?|\d+(?:\.\d+)?)[\s-]hundred(?:(?:\sand)?\s(?P<rest>{_SMALL}))?|(?P<small>{_SMALL})"
    rf"(?:\spoint\s(?P<point>(?:(?:{'|'.join(_UNITS[:9])}|zero|oh)\b\s?)+?))?|(?P<figure>\d+))"
    rf"(?:\sand\s(?:{_PART_WORDS.format('part')}))?(?={_COUNTING})",
    _ANY_CASE,
)
_IN_PARTS = re.compile(
    rf"(?<![A-Za-z0-9.])(?:half\s(?P<six>a\sdozen)|(?P<twelve>(?:a|one)\sdozen)|(?:an?\s)?half|{_PART_WORDS.format('part')})"
    rf"(?:\sof)?(?:\s?an?)?(?=[\s-]{_SPELLED})",
    _ANY_CASE,
)
_AND_A_HALF = re.compile(
    rf"(?<![A-Za-z0-9.])(?P<number>an?|{_SMALL}|\d+)\s(?P<scale>{_SPELLED})\sand\s(?:{_PART_WORDS.format('part')})\b",
    _ANY_CASE,
)
_A_MILLION = re.compile(rf"(?<![A-Za-z0-9.])(?<!of )an?(?=\s{_SPELLED})", _ANY_CASE)
_TEN_THOUSAND = re.compile(r"(?<=\d)\sten[\s-]thousand\b", _ANY_CASE)
_BETWEEN = re.compile(rf"\bbetween\s\S+(?:\s{_SCALE})?(?P<and>\sand\s)(?=\S*\d|{_SMALL})", _ANY_CASE)
_VAGUE = re.compile(
    r"(?<![A-Za-z0-9])(?:an?\s(?:few|couple\sof)|several|some|many|few|tens\sof|dozens\sof|hundreds\sof|multi)[\s-]?"
    r"(?P<scale>thousand|million|billion)s?\b(?!\s?\d)",
    _ANY_CASE,
)
_VAGUE_WORDS = {"thousand": "几千", "million": "几百万", "billion": "几十亿"}


def spelled_numbers(text: str) -> list[Edit]:
    """Numbers in words to digits: half a billion, thirty-eight million, two hundred and fifty thousand."""
    edits = [(m.start(), m.end(), _VAGUE_WORDS[m["scale"].lower()]) for m in _VAGUE.finditer(text)]
    edits += ((m.start(), m.end(), " wan") for m in _TEN_THOUSAND.finditer(text))
    edits += ((*m.span("and"), " to ") for m in _BETWEEN.finditer(text))
    for match in _AND_A_HALF.finditer(text):
        edits.append((match.start(), match.end(), f"{_small(match['number']) + _part(match)} {match['scale']}"))
    edits += ((m.start(), m.end(), str(value)) for m in _IN_WORDS.finditer(text) if (value := _number(m)) is not None)
    edits += ((m.start(), m.end(), _fraction(m)) for m in _IN_PARTS.finditer(text))
    edits += ((m.start(), m.end(), "1") for m in _A_MILLION.finditer(text))
    return without_overlap(edits)


def _number(match: re.Match[str]) -> Decimal | None:
    """The value of a match of ``_IN_WORDS``; None for bare digits, which need no rewriting."""
    part = _part(match)
    if match["figure"]:
        return Decimal(match["figure"]) + part if part else None
    if match["hundreds"]:
        return _small(match["hundreds"]) * 100 + _small(match["rest"] or "zero") + part
    point = "".join(str(_VALUES.get(word.lower(), 0)) for word in (match["point"] or "").split())
    return _small(match["small"]) + part + (Decimal(f"0.{point}") if point else 0)


def _fraction(match: re.Match[str]) -> str:
    """half, a quarter of, a dozen."""
    return "6" if match["six"] else "12" if match["twelve"] else str(_part(match) or _PART["half"])


def _small(words: str) -> Decimal:
    """twenty-five, a, 3."""
    if words[0].isdigit():
        return Decimal(words)
    return Decimal(sum(_VALUES.get(word, 0) for word in re.split(r"[\s-]", words.lower())))


def _part(match: re.Match[str]) -> Decimal:
    return Decimal(_PART.get((match["part"] or match["parts"] or "").lower(), "0"))


_OTHER_WRITING = re.compile(
    r"(?<![A-Za-z0-9.,'’])(?:(?P<apostrophes>\d{1,3}(?:['’]\d{3})+(?:\.\d+)?)|(?P<points>\d{1,3}(?:\.\d{3}){2,})"
    rf"|(?P<indian>\d{{1,2}}(?:,\d{{2}})+,\d{{3}})|(?P<comma>\d{{1,3}},\d{{1,2}})(?=\s?{_SCALE}))(?!['’.,]?\d)",
    _ANY_CASE,
)


def plain_figures(text: str) -> list[Edit]:
    """How others write figures, as English does: 3'500'000, 3.500.000, 35,00,000, 3,5 million."""
    edits: list[Edit] = []
    for match in _OTHER_WRITING.finditer(text):
        figure = match["comma"].replace(",", ".") if match["comma"] else re.sub(r"['’,]", "", match.group())
        edits.append((match.start(), match.end(), figure.replace(".", "") if match["points"] else figure))
    return edits


_FIGURE = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_AMOUNT = re.compile(
    rf"(?<![A-Za-z0-9.$/])(?<!\d,)(?:(?P<before>{_CURRENCY})\s*)?"
    rf"(?:(?P<low>{_FIGURE})\s*(?P<low_scale>{_SCALE})?\s*(?:to|-|–|~)\s*(?:(?:{_CURRENCY})\s*)?)?"
    rf"(?P<figure>{_FIGURE})(?![\d.]*\d)(?P<scales>(?:[\s-]*{_SCALE})*)"
    rf"(?:\s(?P<then>\d+)\s(?P<then_scale>thousand)\b)?"
    rf"(?:\s*(?P<after>(?:{_CURRENCY})(?![A-Za-z])))?",
    _ANY_CASE,
)
_PERCENT = re.compile(r"(?<=\d)\s*(?:percent|per cent|pct)\b", _ANY_CASE)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DATE = re.compile(
    rf"\b(?:(?P<before>\d{{1,2}})(?:st|nd|rd|th)? )?(?P<month>{'|'.join(_MONTHS)})[a-z]*\.? "
    r"(?:(?P<after>\d{1,2})(?:st|nd|rd|th)?,? )?(?P<year>20\d\d)\b",
    _ANY_CASE,
)
_WITH_COMMA = re.compile(r"\d{1,3}(?:,\d{3})+")
_ALONE = re.compile(r"\s*(?:[.;?!)]|$|,\s)")
"""The city share is 800,000. With no word for what is counted, a figure written so is a sum."""
_LETTER_BESIDE = re.compile(r"[mk]", _ANY_CASE)
_NO_MONEY = re.compile(r"\s?(?:[x×²2]|long|wide|high|tall|deep|away|resolution|video|display|race|run)", _ANY_CASE)


def amounts_and_dates(text: str) -> list[Edit]:
    """Amounts, shares and dates as Chinese writes them. A date wins over an amount."""
    edits = list(_dates(text))
    edits += _amounts(text)
    edits += ((match.start(), match.end(), "%") for match in _PERCENT.finditer(text))
    return without_overlap(edits)


def without_overlap(edits: Iterable[Edit]) -> list[Edit]:
    """The edits in order; of two that overlap the one given first."""
    taken: list[Edit] = []
    for edit in edits:
        if all(edit[1] <= other[0] or edit[0] >= other[1] for other in taken):
            taken.append(edit)
    return sorted(taken)


def _dates(text: str) -> Iterator[Edit]:
    """October 2022, 23 May 2023, May 23, 2023."""
    for match in _DATE.finditer(text):
        month = _MONTHS.index(match["month"].lower()) + 1
        day = match["before"] or match["after"]
        yield match.start(), match.end(), f"{match['year']}年{month}月" + (f"{int(day)}日" if day else "")


def _amounts(text: str) -> Iterator[Edit]:
    for match in _AMOUNT.finditer(text):
        scales = re.findall(_SCALE, match["scales"], _ANY_CASE)
        named = match["before"] or match["after"]
        if (
            not scales
            and not named
            and not (_WITH_COMMA.fullmatch(match["figure"]) and _ALONE.match(text, match.end()))
        ):
            continue
        if not named and not _is_scale(text, match, scales):
            continue
        currency = _CURRENCIES[named.lower()] if named else ""
        factor = _product(scales)
        value = _plain(match["figure"]) * factor
        if match["then"]:
            if factor < _SCALES["million"]:
                continue
            value += _plain(match["then"]) * _SCALES["thousand"]
        chinese = _chinese(value) + currency
        if match["low"] is not None:
            low_factor = _SCALES[match["low_scale"].lower()] if match["low_scale"] else factor
            chinese = f"{_chinese(_plain(match['low']) * low_factor)}{currency}到{chinese}"
        yield match.start(), match.end(), chinese


def _is_scale(text: str, match: re.Match[str], scales: list[str]) -> bool:
    """Without a currency a letter is a scale only close to its figure (9.5m); 5 m is a length, 70B a model's size."""
    if not scales or len(scales[-1]) > 1:
        return True
    close = text[match.end("figure") : match.end()].casefold() == scales[0].casefold()
    return close and bool(_LETTER_BESIDE.fullmatch(scales[0])) and not _NO_MONEY.match(text, match.end())


def _product(scales: list[str]) -> Decimal:
    """hundred million, ten thousand."""
    factor = Decimal(1)
    for scale in scales:
        factor *= _SCALES[scale.lower()]
    return factor


def _plain(figure: str) -> Decimal:
    return Decimal(figure.replace(",", ""))


def _chinese(value: Decimal) -> str:
    """A number as Chinese writes it (310万, 2.5亿); exact."""
    for unit, size in (("亿", Decimal(10**8)), ("万", Decimal(10**4))):
        if value >= size:
            return f"{(value / size).normalize():f}{unit}"
    return f"{value.normalize():f}"
