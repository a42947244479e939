"""The vocabulary of understanding, read once from the YAML files of ``assistant/understanding/data``.

Files: ``places.yaml`` (gazetteer), ``foreign_subjects.yaml`` (what the policy is not about), ``typos.yaml`` (spelling
and English terms). Each reader gives a frozen, typed value; a missing or malformed file raises ``CorpusError`` that
names the file, the entry and what to do.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Generic, TypeVar

import yaml

from assistant.errors import CorpusError

DATA_DIRECTORY = Path(__file__).parent / "data"

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class PlaceEntry:
    """One place of the gazetteer.

    ``province`` is "" where the file gives none. ``ambiguous``: the bare name needs a context, its aliases do not.
    ``counties`` are the full names of the districts and counties that belong to it.
    """

    name: str
    aliases: tuple[str, ...]
    level: str
    province: str
    ambiguous: bool
    counties: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Places of Suzhou, places elsewhere, and what keeps other words apart from them.

    ``not_places``: words that contain a place's name and are none; ``not_suzhou``: words that contain 苏州 and are
    elsewhere or no place. Of the patterns, in which {place} stands for a name: ``contexts`` show that an ambiguous name
    is a place, ``not_place_patterns`` that a name is none, ``background_patterns`` that nobody asks from there.
    """

    suzhou: tuple[PlaceEntry, ...]
    foreign: tuple[PlaceEntry, ...]
    not_places: tuple[str, ...] = ()
    not_suzhou: tuple[str, ...] = ()
    contexts: tuple[str, ...] = ()
    not_place_patterns: tuple[str, ...] = ()
    background_patterns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SubjectEntry:
    """A subject that the policy is not about, with patterns over the normalised question in lower case.

    ``strong`` show it, ``weak`` hint at it; where one of ``unless`` stands, ``strong`` counts as ``weak``.
    """

    id: str
    name: str
    strong: tuple[str, ...]
    weak: tuple[str, ...]
    unless: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ForeignSubjects:
    """The foreign subjects, and ``anchors``: patterns of the policy's own field, beside which they are less sure."""

    subjects: tuple[SubjectEntry, ...]
    anchors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Spelling:
    """``typos``: wrong term to right term. ``english`` and ``pinyin``: term in lower case to the Chinese key term."""

    typos: Mapping[str, str]
    english: Mapping[str, str]
    pinyin: Mapping[str, str]


class PhraseIndex(Generic[T]):
    """Phrases with a value each, found in a text in one pass: buckets by first character, longest phrase first."""

    __slots__ = ("_buckets",)

    def __init__(self, phrases: Mapping[str, T]) -> None:
        buckets: dict[str, list[tuple[str, T]]] = {}
        for phrase, value in phrases.items():
            if phrase:
                buckets.setdefault(phrase[0], []).append((phrase, value))
        self._buckets = {
            first: tuple(sorted(entries, key=lambda entry: -len(entry[0]))) for first, entries in buckets.items()
        }

    def at(self, text: str, position: int) -> Iterator[tuple[str, T]]:
        """Every phrase that begins at ``position``, the longest first."""
        for phrase, value in self._buckets.get(text[position], ()):
            if text.startswith(phrase, position):
                yield phrase, value

    def all(self, text: str) -> Iterator[tuple[int, str, T]]:
        """Every occurrence (position, phrase, value), overlapping ones included, by position."""
        buckets = self._buckets
        for position, character in enumerate(text):
            bucket = buckets.get(character)
            if bucket is not None:
                for phrase, value in bucket:
                    if text.startswith(phrase, position):
                        yield position, phrase, value

    def longest(self, text: str) -> Iterator[tuple[int, str, T]]:
        """Occurrences from the left, the longest at each position, none overlapping another."""
        end = 0
        for position, phrase, value in self.all(text):
            if position >= end:
                end = position + len(phrase)
                yield position, phrase, value


def load_yaml(name: str) -> Mapping[str, object]:
    """The mapping in ``data/<name>``. Raises ``CorpusError`` when the file is missing, unreadable or no mapping."""
    path = DATA_DIRECTORY / name
    loader: type[yaml.SafeLoader] | type[yaml.CSafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        # A safe loader either way; the compiled one is ten times faster.
        content: object = yaml.load(path.read_text(encoding="utf-8"), Loader=loader)
    except OSError as error:
        raise CorpusError(f"{name}: cannot be read ({error.strerror}); restore it from the repository") from error
    except UnicodeDecodeError as error:
        raise CorpusError(f"{name}: is not UTF-8 (byte {error.start}); save it as UTF-8") from error
    except yaml.YAMLError as error:
        line = getattr(getattr(error, "problem_mark", None), "line", None)
        where = "" if line is None else f", line {line + 1}"
        raise CorpusError(f"{name}{where}: is not valid YAML; correct the indentation or quoting") from error
    return _mapping(content, name, "the file")


def _mapping(value: object, file: str, entry: str) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise CorpusError(f"{file}: {entry} must be a mapping; see the other entries of the file")
    return {str(key): item for key, item in value.items()}


def _list(value: object, file: str, entry: str) -> list[object]:
    if value is None:
        return []
    if not isinstance(value, list):
        raise CorpusError(f"{file}: {entry} must be a list; see the other entries of the file")
    return value


def _words(value: object, file: str, entry: str) -> tuple[str, ...]:
    words = (str(item).strip() for item in _list(value, file, entry))
    return tuple(dict.fromkeys(word for word in words if word))


def _place(value: object, file: str, entry: str) -> PlaceEntry:
    fields = _mapping(value, file, entry)
    name = str(fields.get("name") or "").strip()
    if not name:
        raise CorpusError(f"{file}: {entry} has no name; give it one")
    return PlaceEntry(
        name=name,
        aliases=_words(fields.get("aliases"), file, f"{entry} aliases"),
        level=str(fields.get("level") or ""),
        province=str(fields.get("province") or ""),
        ambiguous=fields.get("ambiguous") is True,
        counties=_words(fields.get("counties"), file, f"{entry} counties"),
    )


def _places(value: object, file: str, section: str) -> tuple[PlaceEntry, ...]:
    items = _list(value, file, section)
    return tuple(_place(item, file, f"{section} entry {number}") for number, item in enumerate(items, start=1))


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """The places of ``places.yaml``."""
    file = "places.yaml"
    content = load_yaml(file)
    return Gazetteer(
        suzhou=_places(content.get("suzhou"), file, "suzhou"),
        foreign=_places(content.get("foreign"), file, "foreign"),
        not_places=_words(content.get("not_places"), file, "not_places"),
        not_suzhou=_words(content.get("not_suzhou"), file, "not_suzhou"),
        contexts=_words(content.get("place_contexts"), file, "place_contexts"),
        not_place_patterns=_words(content.get("not_place_patterns"), file, "not_place_patterns"),
        background_patterns=_words(content.get("background_patterns"), file, "background_patterns"),
    )


@lru_cache(maxsize=1)
def foreign_subjects() -> ForeignSubjects:
    """The subjects of ``foreign_subjects.yaml``, in the file's order; ``common_unless`` is part of each one's."""
    file = "foreign_subjects.yaml"
    content = dict(load_yaml(file))
    common = _words(content.pop("common_unless", None), file, "common_unless")
    anchors = _words(content.pop("anchors", None), file, "anchors")
    subjects = []
    for subject, value in content.items():
        fields = _mapping(value, file, subject)
        subjects.append(
            SubjectEntry(
                id=subject,
                name=str(fields.get("name") or subject),
                strong=_words(fields.get("strong"), file, f"{subject} strong"),
                weak=_words(fields.get("weak"), file, f"{subject} weak"),
                unless=(*common, *_words(fields.get("unless"), file, f"{subject} unless")),
            )
        )
    return ForeignSubjects(tuple(subjects), anchors)


def _replacements(value: object, file: str, entry: str) -> dict[str, str]:
    fields = {} if value is None else _mapping(value, file, entry)
    return {key: "" if right is None else str(right) for key, right in fields.items() if key}


@lru_cache(maxsize=1)
def spelling() -> Spelling:
    """The corrections and English terms of ``typos.yaml``."""
    file = "typos.yaml"
    content = load_yaml(file)
    typos = _replacements(content.get("typos"), file, "typos")
    english = _replacements(content.get("english"), file, "english")
    pinyin = _replacements(content.get("pinyin"), file, "pinyin")
    return Spelling(
        typos={wrong: right for wrong, right in typos.items() if wrong != right},
        english={term.lower(): chinese for term, chinese in english.items()},
        pinyin={term.lower(): chinese for term, chinese in pinyin.items()},
    )
