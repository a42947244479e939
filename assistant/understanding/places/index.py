"""The gazetteer made ready for matching: names by first character, and the patterns around a name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from assistant.errors import CorpusError
from assistant.understanding.data import PhraseIndex, PlaceEntry, gazetteer

Side = Literal["suzhou", "foreign", "jiangsu", "nation"]

_JIANGSU = ("江苏", "江苏省")
# Words for "here" are judged by what stands around them (日本市场), not by their letters.
_HERE = frozenset({"本市", "我市"})
# An authority is a place (园区认定的).
_MORE_CONTEXTS = ("{place}(?:[里级]|[工信科技经发改委局厅]{2,4})?的?(?:已经?|都|给|所)*(?:认定|评定)",)
_RANK = {"country": 0, "nation": 0, "province": 1, "short-name": 1, "municipality": 1, "city": 2}
_LOWEST = 3


@dataclass(frozen=True, slots=True)
class KnownPlace:
    """What the gazetteer says of one name."""

    name: str
    side: Side
    province: str
    level: str
    ambiguous: bool = False


@dataclass(frozen=True, slots=True)
class Around:
    """A pattern around a place: ``left`` ends where the place begins, ``right`` begins where it ends."""

    left: re.Pattern[str]
    right: re.Pattern[str]

    def fits(self, text: str, start: int, end: int) -> bool:
        return (
            self.right.match(text, end) is not None and self.left.search(text[max(0, start - 24) : start]) is not None
        )


@dataclass(frozen=True, slots=True)
class PlaceIndex:
    """Names with what they may mean; words and patterns that are no place; contexts; backgrounds."""

    names: PhraseIndex[tuple[KnownPlace, ...]]
    not_places: PhraseIndex[None]
    not_suzhou: PhraseIndex[None]
    blocking: re.Pattern[str] | None
    not_place: tuple[Around, ...]
    contexts: tuple[Around, ...]
    backgrounds: tuple[Around, ...]
    background_phrases: re.Pattern[str] | None

    def is_background(self, text: str, start: int, end: int) -> bool:
        """Whether the place at ``start:end`` is where a person, supplier or customer is, not the one who asks."""
        if any(pattern.fits(text, start, end) for pattern in self.backgrounds):
            return True
        phrases = self.background_phrases.finditer(text) if self.background_phrases is not None else ()
        return any(match.start() <= start and end <= match.end() for match in phrases)


def rank(level: str) -> int:
    """0 for a country down to 3 for a district or less."""
    return _RANK.get(level, _LOWEST)


@lru_cache(maxsize=1)
def place_index() -> PlaceIndex:
    """The index over ``places.yaml``. Raises ``CorpusError`` for a pattern that cannot be used."""
    data = gazetteer()
    known: dict[str, list[KnownPlace]] = {}
    for name, place in (*_known(data.suzhou, "suzhou"), *_known(data.foreign, "foreign")):
        if name not in _HERE and name not in _JIANGSU:
            known.setdefault(name, []).append(place)
    for name in _JIANGSU:
        known[name] = [KnownPlace("江苏", "jiangsu", "江苏", "province")]
    words = [word for word in data.not_places if word not in known and not word.startswith(_JIANGSU)]
    return PlaceIndex(
        names=PhraseIndex({name: tuple(places) for name, places in known.items()}),
        not_places=PhraseIndex(dict.fromkeys(words)),
        not_suzhou=PhraseIndex(dict.fromkeys(word for word in data.not_suzhou if word != "苏州")),
        blocking=_phrases(data.not_place_patterns),
        not_place=_arounds(data.not_place_patterns),
        contexts=_arounds((*data.contexts, *_MORE_CONTEXTS)),
        backgrounds=_arounds(data.background_patterns),
        background_phrases=_phrases(data.background_patterns),
    )


def _known(entries: Iterable[PlaceEntry], side: Side) -> Iterator[tuple[str, KnownPlace]]:
    for entry in entries:
        province = entry.province or (entry.name if rank(entry.level) == 1 else "江苏" if side == "suzhou" else "")
        yield entry.name, KnownPlace(entry.name, side, province, entry.level, entry.ambiguous)
        for alias in entry.aliases:
            yield alias, KnownPlace(entry.name, side, province, entry.level)
        for county in entry.counties:
            yield county, KnownPlace(county, side, province, "county")


def _arounds(patterns: Iterable[str]) -> tuple[Around, ...]:
    """The patterns that say where the place stands in them."""
    split = (pattern.partition("{place}") for pattern in patterns if "{place}" in pattern)
    return tuple(Around(_compiled(f"(?:{left})$"), _compiled(right)) for left, _, right in split)


def _phrases(patterns: Iterable[str]) -> re.Pattern[str] | None:
    """One pattern for those that are whole phrases, without {place}."""
    plain = [f"(?:{pattern})" for pattern in patterns if "{place}" not in pattern]
    return _compiled("|".join(plain)) if plain else None


def _compiled(pattern: str) -> re.Pattern[str]:
    """A gap in a pattern never runs across a clause."""
    try:
        return re.compile(pattern.replace(".{", "[^,。;?!\n]{"))
    except re.error as error:
        raise CorpusError(f"places.yaml: {pattern!r} is not a usable pattern ({error}); correct it") from error
