"""Words of a dialect or of writing in plain words (几多 → 多少, 拢共 → 一共): data/dialect.yaml."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from assistant.errors import CorpusError
from assistant.understanding.blanks import Edit
from assistant.understanding.data import load_yaml
from assistant.understanding.lexicon import compile_any

_FILE = "dialect.yaml"


def plain_words(text: str) -> Iterator[Edit]:
    """Edits (start, end, plain word) for ``text``, in order."""
    pattern, words = _dialect()
    for found in pattern.finditer(text):
        yield found.start(), found.end(), words[found.lastgroup or ""]


@lru_cache(maxsize=1)
def _dialect() -> tuple[re.Pattern[str], dict[str, str]]:
    """The pattern of all words, a named group for each, and the plain word of each group. Raises ``CorpusError``."""
    plain = load_yaml(_FILE).get("plain")
    if not isinstance(plain, dict) or not plain:
        raise CorpusError(f"{_FILE}: plain must list words with the plain words for them")
    words = {f"w{number}": str(word) for number, word in enumerate(plain.values())}
    compile_any([str(pattern) for pattern in plain], f"{_FILE}: plain")
    groups = (f"(?P<{name}>{_without_groups(str(pattern))})" for name, pattern in zip(words, plain, strict=True))
    return re.compile("|".join(groups)), words


def _without_groups(pattern: str) -> str:
    """``pattern`` with groups that do not capture, so that the last group is the word's."""
    return re.sub(r"(?<!\\)\((?!\?)", "(?:", pattern)
