"""Which passages of related documents are fit to be quoted as background, and how much of one is shown.

A passage must be a plain, short statement in Chinese: no markup, no link, no telephone number, nothing that speaks to
the reader or to a program, no reference to articles (they would be taken for those of the policy). The words are in
``background.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from assistant.answering.figures import find_figures
from assistant.errors import CorpusError
from assistant.policy.entry import load_yaml
from assistant.understanding.lexicon import compile_any

LONGEST = 90
"""Characters of a passage that an answer shows at most."""

_SHORTEST = 12
_FILE = Path(__file__).with_name("background.yaml")
_LABEL = re.compile(r"第[一二三四五六七八九十百零\d]+条(?:（[^）]*）)?：")
_ARTICLE = re.compile(r"第[一二三四五六七八九十百零\d]+[条款项]")
_STOP = re.compile(r"[。；;！!？?]")
_ALPHABET = re.compile(r"[\u4e00-\u9fffA-Za-z0-9 ，。、：；！？（）％《》「」“”‘’〔〕—–…·,.;:()%+×~-]*")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_MONEY = frozenset({"amount", "rate", "ratio"})


@dataclass(frozen=True)
class PassageRules:
    """The words of ``background.yaml``, compiled."""

    topics: Mapping[str, re.Pattern[str]]
    levels: Mapping[str, re.Pattern[str]]
    recognition_asked: re.Pattern[str]
    useless: re.Pattern[str]
    uncertain: re.Pattern[str]
    money_words: re.Pattern[str]
    addressed: re.Pattern[str]
    signs: re.Pattern[str]


@lru_cache(maxsize=1)
def passage_rules(path: Path = _FILE) -> PassageRules:
    """Raises CorpusError for a missing list or an unusable pattern."""
    raw = load_yaml(path)
    return PassageRules(
        topics=_patterns("topics", raw.get("topics")),
        levels=_patterns("levels", raw.get("levels")),
        recognition_asked=_pattern("recognition_asked", raw.get("recognition_asked")),
        useless=_pattern("useless", raw.get("useless")),
        uncertain=_pattern("uncertain", raw.get("uncertain")),
        money_words=_pattern("money_words", raw.get("money_words")),
        addressed=_pattern("addressed", raw.get("addressed")),
        signs=_pattern("signs", [raw.get("signs")]),
    )


def _patterns(name: str, entries: object) -> dict[str, re.Pattern[str]]:
    if not isinstance(entries, dict):
        raise CorpusError(f"{_FILE}: {name}: must be a mapping of lists; restore the file")
    return {str(key): _pattern(f"{name}: {key}", words) for key, words in entries.items()}


def _pattern(name: str, words: object) -> re.Pattern[str]:
    given = [str(word) for word in words if word] if isinstance(words, list) else []
    pattern = compile_any(given, f"{_FILE.name}: {name}")
    if pattern is None:
        raise CorpusError(f"{_FILE}: {name}: must be a list of patterns that is not empty; restore the file")
    return pattern


def body(text: str) -> int:
    """Where a passage begins behind the article mark of its own document (第二条（受理）：…)."""
    label = _LABEL.match(text)
    return label.end() if label else 0


def quotable(text: str, topics: Iterable[str], *, money: bool) -> str | None:
    """The beginning of ``text`` that may be shown: whole sentences, verbatim; None when it is not fit.

    ``topics``: what it must speak of, any of them; ``money``: whether it may hold amounts, rates and ratios.
    """
    rules = passage_rules()
    shown = _whole_sentences(text)
    if shown is None or not _plain(text, rules) or rules.useless.search(text):
        return None
    if not any(rules.topics[name].search(shown) for name in topics if name in rules.topics):
        return None
    if holds_money(text) and (not money or rules.uncertain.search(text)):
        return None
    return shown


def of_that_level(text: str, question: str) -> bool:
    """False where the question names a level of government (省级 …) and the passage speaks of others only, or where it
    names none and the passage has the amount of one level alone: another level's would be as good."""
    levels = passage_rules().levels
    asked = {name for name, words in levels.items() if words.search(question)}
    told = {name for name, words in levels.items() if words.search(text)}
    if not asked:
        return len(told) != 1 or not holds_money(text)
    return not told or bool(asked & told)


def holds_money(text: str) -> bool:
    """Whether ``text`` holds an amount, a rate or a ratio, in figures or in words (翻倍, 三成)."""
    return bool(passage_rules().money_words.search(text)) or any(f.kind in _MONEY for f in find_figures(text))


def _plain(text: str, rules: PassageRules) -> bool:
    """Whether ``text`` merely states something: the whole of it, also what is not shown."""
    if not _ALPHABET.fullmatch(text) or rules.signs.search(text):
        return False
    if 2 * len(_HAN.findall(text)) < len(text) or len(text) < _SHORTEST:
        return False
    return not (_ARTICLE.search(text) or rules.addressed.search(text))


def _whole_sentences(text: str) -> str | None:
    """As many whole sentences as fit, without their last mark; None when the first is too long already."""
    bare = text.rstrip("。；;")
    if len(bare) <= LONGEST:
        return bare
    stops = [mark.start() for mark in _STOP.finditer(bare, 0, LONGEST + 1)]
    return bare[: stops[-1]] if stops else None
