"""``prompts.yaml`` and ``words.yaml`` as frozen values."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from assistant.errors import CorpusError
from assistant.policy.entry import load_yaml

_FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Prompts:
    """The instructions; ``digest`` is the first half of the file's SHA-256, kept in every record."""

    version: int
    digest: str
    wording: str
    again: str
    opinion: str


@dataclass(frozen=True, slots=True)
class Words:
    """Vocabulary and patterns of the sentence check, and the program's own texts around generated ones."""

    texts: dict[str, str]
    promise: re.Pattern[str]
    positive: re.Pattern[str]
    negative: re.Pattern[str]
    neutral: re.Pattern[str]
    eligible_words: tuple[str, ...]
    ineligible_words: tuple[str, ...]
    sums: re.Pattern[str]
    sums_denied: re.Pattern[str]
    in_force: re.Pattern[str]
    ended: re.Pattern[str]
    negation: re.Pattern[str]
    about_result: re.Pattern[str]
    about_limit: re.Pattern[str]
    guidance: re.Pattern[str]
    numeral_terms: re.Pattern[str]
    numerals: frozenset[str]
    singles: frozenset[str]
    punctuation: frozenset[str]
    plain: frozenset[str]

    def text(self, key: str, **values: str) -> str:
        return self.texts[key].format(**values)


@lru_cache(maxsize=1)
def prompts() -> Prompts:
    """Raises CorpusError when the file cannot be used."""
    path = _FOLDER / "prompts.yaml"
    raw = load_yaml(path)
    try:
        digest = hashlib.sha256(path.read_bytes()).hexdigest()[:32]
        return Prompts(int(raw["version"]), digest, *(str(raw[key]) for key in ("wording", "again", "opinion")))
    except (KeyError, TypeError, ValueError) as error:
        raise CorpusError(f"{path}: {error}: is missing or wrong; restore the file") from error


@lru_cache(maxsize=1)
def words() -> Words:
    """Raises CorpusError when the file cannot be used."""
    path = _FOLDER / "words.yaml"
    raw: dict[str, Any] = load_yaml(path)
    try:
        patterns = {
            key: re.compile(raw[key])
            for key in (
                "promise", "positive", "negative", "sums", "sums_denied", "in_force", "ended", "negation",
                "about_result", "about_limit", "guidance",
            )
        }  # fmt: skip
        return Words(
            texts={key: str(value) for key, value in raw["texts"].items()},
            eligible_words=tuple(raw["eligible_words"]),
            ineligible_words=tuple(raw["ineligible_words"]),
            neutral=_longest_first(raw["neutral"]),
            numeral_terms=_longest_first(raw["numeral_terms"]),
            numerals=frozenset(raw["numerals"]),
            singles=frozenset(raw["singles"]),
            punctuation=frozenset(raw["punctuation"]),
            plain=frozenset(str(raw["plain"]).split()),
            **patterns,
        )
    except (KeyError, TypeError, AttributeError, re.error) as error:
        raise CorpusError(f"{path}: {error}: is missing or wrong; restore the file") from error


def _longest_first(terms: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(term) for term in sorted(terms, key=len, reverse=True)))
