"""Whether a question is one after all measures that share something; the words are data (``listings.yaml``)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from assistant.calculator.money import find_money
from assistant.errors import CorpusError
from assistant.policy.properties import PROPERTIES
from assistant.understanding.data import load_yaml
from assistant.understanding.lexicon import needed_patterns
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
