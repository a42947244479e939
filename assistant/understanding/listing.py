"""Whether a question is one after all measures that share something; the words are data (``listings.yaml``)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from assistant.calculator.money import Money, find_money
from assistant.errors import CorpusError
from assistant.policy.properties import PROPERTIES
from assistant.understanding.data import load_yaml
from assistant.understanding.lexicon import needed_patterns
from assistant.understanding.query import CeilingRange
from assistant.understanding.scope.foreign import says_little

_FILE = "listings.yaml"


@dataclass(frozen=True, slots=True)
class _Words:
    which: re.Pattern[str]
    beside: re.Pattern[str]
    properties: Mapping[str, re.Pattern[str]]


@lru_cache(maxsize=1)
def _words() -> _Words:
    """Raises ``CorpusError`` for a list that is missing, unknown or unusable."""
    content = load_yaml(_FILE)
    properties = content.get("properties")
    if not isinstance(properties, dict) or set(properties) != set(PROPERTIES):
        raise CorpusError(f"{_FILE}: properties must be exactly {', '.join(sorted(PROPERTIES))}")
    return _Words(
        needed_patterns(content, "which", _FILE),
        needed_patterns(content, "beside", _FILE),
        {str(name): needed_patterns(properties, name, _FILE) for name in properties},
    )


_QUOTES = re.compile("[\"'“”‘’「」『』]")


def shared_property(text: str) -> str | None:
    """The property (a key of ``policy.properties``) of the measures that ``text`` (normalised) asks for, or None."""
    words = _words()
    text = _QUOTES.sub("", text)  # 标明“一次性”的是哪些
    if not words.which.search(text) or find_money(text):
        return None
    for name, pattern in words.properties.items():
        if pattern.search(text) and says_little(words.beside.sub("", words.which.sub("", pattern.sub("", text)))):
            return name
    return None


_ABOVE = re.compile(r"(?P<strict>超过|高于|大于|多于|超出|过)了?|不低于|不少于|至少|起码|从")
_BELOW = re.compile(r"(?P<strict>不到|低于|少于|小于|不足|不满)了?|不超过|不高于|不大于")
_ABOVE_AFTER = re.compile(r"元?(及|或)?(以上|往上|起步|起|开外)")
_BELOW_AFTER = re.compile(r"元?(及|或)?(以下|以内|之内|往下)")


def ceiling_range(text: str) -> CeilingRange | None:
    """The ceilings asked for by their size (超过1000万的上限有几个, 封顶不到200万的是哪些), or None."""
    words, found = _words(), find_money(text)
    if len(found) != 1 or not _CEILING.search(text) or not words.which.search(text):
        return None
    money = found[0]
    span = _compared(text, money)
    if span is None:
        return None
    start, end, asked = span
    rest = _CEILING.sub("", text[:start] + text[end:])
    return asked if says_little(words.beside.sub("", words.which.sub("", rest))) else None


def _compared(text: str, money: Money) -> tuple[int, int, CeilingRange] | None:
    """Where ``money`` and the word that makes a limit of it stand, and the ceilings within that limit."""
    if money.minimum < money.maximum:  # 100万到500万
        between = _BETWEEN.match(text, money.end)
        end = between.end() if between else money.end
        return money.start, end, CeilingRange(money.minimum, money.maximum, strict=False, text=text[money.start : end])
    limit = money.maximum
    for pattern, (least, most) in ((_ABOVE, (limit, None)), (_BELOW, (None, limit)), (_EXACTLY, (limit, limit))):
        before = [m for m in pattern.finditer(text, 0, money.start) if m.end() == money.start]
        if before:
            start, strict = before[0].start(), bool(before[0]["strict"])
            return start, money.end, CeilingRange(least, most, strict=strict, text=text[start : money.end])
    for pattern, (least, most) in ((_ABOVE_AFTER, (limit, None)), (_BELOW_AFTER, (None, limit))):
        if after := pattern.match(text, money.end):
            text = text[money.start : after.end()]
            return money.start, after.end(), CeilingRange(least, most, strict=False, text=text)
    return None


_EXACTLY = re.compile(r"(正好|恰好|刚好|恰恰|等于|不多不少)(就)?(是|为|在|写|到|定在)?(?P<strict>(?!))?")
_BETWEEN = re.compile(r"元?(之间|中间|这个?(区间|范围))")


_CEILING = re.compile(r"上限|封顶|最高(额|限额)?|顶格|天花板|最多")
