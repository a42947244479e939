"""Latin letters: key terms, places and figures are put into Chinese, so that one set of rules reads every question.

Only what the data files know is touched (``typos.yaml``: english, pinyin; ``english_places.yaml``;
``english_grammar.yaml``: word order and words); the rest stays as it was. This is no translation: the result is a text
for rules, never shown.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache, partial

from assistant.errors import CorpusError
from assistant.understanding.data import load_yaml, spelling
from assistant.understanding.english_figures import Edit, amounts_and_dates, plain_figures, spelled_numbers
from assistant.understanding.lexicon import with_words, word_lists

_GRAMMAR = "english_grammar.yaml"
_PLACES = "english_places.yaml"
_BREAK = re.compile(r"[\s-]+")
_LATIN_WORD = re.compile(r"[A-Za-z]{3,}|[A-Z]{2,}")
_LETTER = r"[A-Za-z]"

Step = Callable[[str], list[Edit]]
_Terms = tuple[re.Pattern[str], Mapping[str, str]]


@lru_cache(maxsize=1)
def english_steps() -> tuple[Step, ...]:
    """One after the other they put an English question into Chinese: each gives the edits (start, end, Chinese) of a
    text, ordered and not overlapping."""
    return (*_among_chinese(), amounts_and_dates, _words, _between)


def latin_steps(text: str) -> tuple[Step, ...]:
    """The steps for the terms, places and pinyin among Chinese; none where there are no such words."""
    return (*_among_chinese(), _terms) if _LATIN_WORD.search(text) else ()


@lru_cache(maxsize=1)
def _among_chinese() -> tuple[Step, ...]:
    return (_places, *_order(), spelled_numbers, plain_figures)


def _places(text: str) -> list[Edit]:
    return list(_replacements(text, *_place_names()))


def _terms(text: str) -> list[Edit]:
    return list(_replacements(text, *_field_terms()))


def _words(text: str) -> list[Edit]:
    return list(_replacements(text, *_all_words()))


def _between(text: str) -> list[Edit]:
    """Articles, prepositions and auxiliaries left before a Chinese word or a figure, dropped."""
    return [(match.start(), match.end(), "") for match in _dropped().finditer(text)]


@lru_cache(maxsize=1)
def _place_names() -> _Terms:
    # Singapore dollars and HK$ are money.
    return _compiled(_mapping(load_yaml(_PLACES), _PLACES), r"(?!\$|[\s-](?:dollar|franc|won|yen|pound))", plural=False)


@lru_cache(maxsize=1)
def _field_terms() -> _Terms:
    """The terms of the field, in English and in pinyin."""
    return _compiled({**spelling().pinyin, **spelling().english})


@lru_cache(maxsize=1)
def _all_words() -> _Terms:
    """The terms of the field, and the words around them."""
    grammar = _mapping(load_yaml(_GRAMMAR).get("words"), f"{_GRAMMAR}: words")
    return _compiled({**grammar, **spelling().pinyin, **spelling().english})


@lru_cache(maxsize=1)
def _dropped() -> re.Pattern[str]:
    words = load_yaml(_GRAMMAR).get("between")
    if not isinstance(words, list) or not words:
        raise CorpusError(f"{_GRAMMAR}: between must be a list of words; restore it from the repository")
    some = "|".join(re.escape(str(word)) for word in words)
    return re.compile(rf"(?:(?<!{_LETTER})(?:{some})(?!{_LETTER}) *)+(?=[\u4e00-\u9fff\d])", re.IGNORECASE)


@lru_cache(maxsize=1)
def _order() -> tuple[Step, ...]:
    """The rules of word order: one step each, for what one has put in order the next may take up."""
    content = load_yaml(_GRAMMAR)
    places = sorted(set(_place_names()[1].values()), key=len, reverse=True)
    words = {**word_lists(content.get("nouns"), _GRAMMAR), "place": f"(?:{'|'.join(places)})"}
    rules = content.get("order")
    if not isinstance(rules, list) or not all(isinstance(rule, list) and len(rule) == 2 for rule in rules):
        raise CorpusError(f"{_GRAMMAR}: order must be a list of [pattern, replacement]; restore it from the repository")
    return tuple(partial(_put_in_order, _rule(str(pattern), words), str(chinese)) for pattern, chinese in rules)


def _rule(pattern: str, words: Mapping[str, str]) -> re.Pattern[str]:
    where = f"{_GRAMMAR}: order: {pattern}"
    try:
        return re.compile(rf"(?<!{_LETTER})(?:{with_words(pattern, words, where)})(?!{_LETTER})", re.IGNORECASE)
    except re.error as error:
        raise CorpusError(f"{where}: is not a usable pattern ({error}); correct it") from error


def _put_in_order(pattern: re.Pattern[str], chinese: str, text: str) -> list[Edit]:
    return [(match.start(), match.end(), match.expand(chinese)) for match in pattern.finditer(text)]


def _mapping(value: object, where: str) -> dict[str, str]:
    if not isinstance(value, Mapping):
        raise CorpusError(f"{where}: must be a mapping; restore it from the repository")
    return {str(word): "" if chinese is None else str(chinese) for word, chinese in value.items()}


def _compiled(terms: Mapping[str, str], after: str = "", *, plural: bool = True) -> _Terms:
    """Terms as whole words, the longest first, their blanks and hyphens loose, with a plural.

    A name in capitals is matched as written (US, not us), all others in any case.
    """
    plain = {_BREAK.sub(" ", term if term.isupper() else term.lower()): chinese for term, chinese in terms.items()}
    ordered = sorted(plain, key=len, reverse=True)
    alternatives = (_alternative(term, plural) for term in ordered)
    pattern = rf"(?<!{_LETTER})(?P<term>{'|'.join(alternatives)})(?!{_LETTER}){after}"
    return re.compile(pattern if plain else r"(?!)(?P<term>)", re.IGNORECASE), plain


def _alternative(term: str, plural: bool) -> str:
    if term.isupper():
        return rf"(?-i:{re.escape(term)})"
    # No plural of a short word: I is not is.
    ending = "(?:s|es)?" if plural and len(term) > 2 else ""
    return r"[\s-]+".join(re.escape(word) for word in term.split(" ")) + ending


def _replacements(text: str, pattern: re.Pattern[str], chinese: Mapping[str, str]) -> Iterator[Edit]:
    for match in pattern.finditer(text):
        written = match.group("term")
        term = _BREAK.sub(" ", written.lower())
        forms = (written, term, term.removesuffix("s"), term.removesuffix("es"))
        found = next((form for form in forms if form in chinese), None)
        if found is not None:
            yield match.start(), match.end(), chinese[found]
