"""Compiled vocabulary: patterns of measures and rules (measures.yaml), of asks, facts and applicants (data/*.yaml)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.errors import CorpusError
from assistant.policy.loader import Policy
from assistant.policy.measure import Terms
from assistant.understanding.data import load_yaml

# A gap in a pattern never runs across a clause: what is said of one matter does not name another.
_GAP = "[^,，。;；?？!！\n]{"


def compile_any(patterns: Sequence[str], where: str) -> re.Pattern[str] | None:
    """One pattern that matches any of ``patterns``; None for none. Raises CorpusError naming the unusable one."""
    if not patterns:
        return None
    for pattern in patterns:
        try:
            re.compile(pattern)
        except re.error as error:
            raise CorpusError(
                f"{where}: {pattern!r} is not a usable pattern ({error}); correct or remove it"
            ) from error
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns).replace(".{", _GAP))


def needed_patterns(content: Mapping[str, object], key: str, where: str) -> re.Pattern[str]:
    """One pattern for any of the list ``key``, the longest first. Raises CorpusError where there is none."""
    value = content.get(key)
    ordered = sorted((str(item) for item in value), key=len, reverse=True) if isinstance(value, list) else []
    pattern = compile_any(ordered, f"{where}: {key}")
    if pattern is None:
        raise CorpusError(f"{where}: {key} must be a list of patterns that is not empty")
    return pattern


@dataclass(frozen=True, slots=True)
class SubjectPatterns:
    """What names one measure or rule: strongly, weakly, and what takes a hit back."""

    id: str
    strong: re.Pattern[str] | None
    weak: re.Pattern[str] | None
    unless: re.Pattern[str] | None


@dataclass(frozen=True)
class Lexicon:
    """The vocabulary of one policy."""

    measures: tuple[SubjectPatterns, ...]
    rules: tuple[SubjectPatterns, ...]


def build_lexicon(policy: Policy) -> Lexicon:
    """Compiles the words of a policy's measures and rules. Raises CorpusError for an unusable pattern."""
    return Lexicon(
        tuple(_subject(measure.id, measure.terms) for measure in policy.measures),
        tuple(_subject(rule.id, rule.terms) for rule in policy.rules),
    )


def _subject(subject_id: str, terms: Terms) -> SubjectPatterns:
    where = f"measures.yaml: {subject_id}: terms"
    return SubjectPatterns(
        subject_id,
        compile_any(terms.strong, where),
        compile_any(terms.weak, where),
        compile_any(terms.unless, where),
    )


@lru_cache(maxsize=1)
def asks() -> Mapping[str, re.Pattern[str]]:
    """Ask → pattern, from asks.yaml."""
    return _patterns("asks.yaml")


@lru_cache(maxsize=1)
def applicants() -> Mapping[str, re.Pattern[str]]:
    """Kind of applicant → pattern, in the order in which they are tried."""
    return _patterns("applicants.yaml")


@lru_cache(maxsize=1)
def applicant_nouns() -> Mapping[str, re.Pattern[str]]:
    """Kind of applicant → its nouns. Raises CorpusError for a kind that applicants.yaml does not know."""
    name = "applicant_nouns.yaml"
    nouns = _patterns(name)
    for kind in nouns:
        if kind not in applicants():
            raise CorpusError(f"{name}: {kind!r} is no kind of applicant in applicants.yaml; correct it")
    return nouns


@lru_cache(maxsize=1)
def facts() -> Mapping[str, Mapping[str, re.Pattern[str]]]:
    """Fact → value → pattern, values in the order in which they are tried."""
    name = "facts.yaml"
    content = dict(load_yaml(name))
    words = word_lists(content.pop("words", {}), name)
    result: dict[str, Mapping[str, re.Pattern[str]]] = {}
    for fact, values in content.items():
        if not isinstance(values, dict):
            raise CorpusError(f"{name}: {fact}: must be value: [patterns] lines; correct the entry")
        result[fact] = _compiled(values, f"{name}: {fact}", words)
    return result


def _patterns(name: str) -> Mapping[str, re.Pattern[str]]:
    return _compiled(load_yaml(name), name)


_PLACEHOLDER = re.compile(r"<([a-z_]+)>")


def word_lists(value: object, where: str) -> dict[str, str]:
    """The ``words`` of a file: name → one pattern for any of its words."""
    if not isinstance(value, dict) or not all(isinstance(words, list) and words for words in value.values()):
        raise CorpusError(f"{where}: words must be name: [words] lines; correct the entry")
    return {str(name): f"(?:{'|'.join(map(str, words))})" for name, words in value.items()}


def with_words(pattern: str, words: Mapping[str, str], where: str) -> str:
    """``pattern`` with every <name> replaced by the words of that name."""

    def word_list(match: re.Match[str]) -> str:
        if match.group(1) not in words:
            raise CorpusError(f"{where}: unknown word list <{match.group(1)}>; see words")
        return words[match.group(1)]

    return _PLACEHOLDER.sub(word_list, pattern)


def _compiled(
    values: Mapping[str, object], where: str, words: Mapping[str, str] | None = None
) -> dict[str, re.Pattern[str]]:
    compiled: dict[str, re.Pattern[str]] = {}
    for key, patterns in values.items():
        if not isinstance(patterns, list) or not all(isinstance(item, str) for item in patterns):
            raise CorpusError(f"{where}: {key}: must be a list of patterns in quotation marks")
        spelled_out = [with_words(item, words or {}, f"{where}: {key}") for item in patterns]
        pattern = compile_any(spelled_out, f"{where}: {key}")
        if pattern is not None:
            compiled[str(key)] = pattern
    return compiled
