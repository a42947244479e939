"""The rules that tell what a place of a question is there for, read from ``data/place_rules.yaml``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, get_args

from assistant.errors import CorpusError
from assistant.understanding.data import load_yaml
from assistant.understanding.lexicon import with_words, word_lists

_FILE = "place_rules.yaml"

Role = Literal[
    "subsidiary",
    "registered",
    "located",
    "headquarters",
    "branch",
    "planned",
    "not_registered",
    "recognised",
    "platform",
    "site",
    "asked",
    "background",
]
_ROLES: dict[str, Role] = {role: role for role in get_args(Role)}


@dataclass(frozen=True, slots=True)
class PlaceRule:
    """``left`` is searched in the clause before the place and ends there; ``right`` is matched after the place.

    ``alone`` asks that the clause is (not) the whole message.
    """

    role: Role
    left: re.Pattern[str] | None
    right: re.Pattern[str] | None
    alone: bool | None = None

    def fits(self, before: str, after: str, alone: bool) -> bool:
        if self.alone is not None and self.alone != alone:
            return False
        # The right side is the cheaper one: it is anchored.
        if self.right is not None and self.right.match(after) is None:
            return False
        return self.left is None or self.left.search(before) is not None


@dataclass(frozen=True, slots=True)
class PlaceRules:
    """The rules in order; what makes a question, what may precede a bare place, and what makes a branch."""

    rules: tuple[PlaceRule, ...]
    question: re.Pattern[str]
    lead_in: re.Pattern[str]
    branch: re.Pattern[str]
    no_branch: re.Pattern[str]


@lru_cache(maxsize=1)
def place_rules() -> PlaceRules:
    """The rules of the file. Raises ``CorpusError`` for an unknown role or word list, or an unusable pattern."""
    content = load_yaml(_FILE)
    words = word_lists(content.get("words"), _FILE)
    entries = content.get("rules")
    if not isinstance(entries, list) or not entries:
        raise CorpusError(f"{_FILE}: rules must be a list; restore it from the repository")
    branch = _mapping(content.get("branch"), "branch")
    return PlaceRules(
        rules=tuple(_rule(entry, words, f"rule {number}") for number, entry in enumerate(entries, start=1)),
        question=_compiled("<question>|<support>", words, "words"),
        lead_in=_compiled("^<lead_in>*$", words, "words"),
        branch=_compiled(str(branch.get("is", "")), words, "branch: is"),
        no_branch=_compiled(str(branch.get("is_not", "")), words, "branch: is_not"),
    )


def _mapping(value: object, where: str) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise CorpusError(f"{_FILE}: {where} must be a mapping; see the other entries of the file")
    return {str(key): item for key, item in value.items()}


def _rule(entry: object, words: Mapping[str, str], where: str) -> PlaceRule:
    fields = _mapping(entry, where)
    role = _ROLES.get(str(fields.get("role")))
    if role is None:
        raise CorpusError(f"{_FILE}: {where}: unknown role {fields.get('role')!r}; one of {', '.join(_ROLES)}")
    left, right, alone = fields.get("left"), fields.get("right"), fields.get("alone")
    if left is None and right is None:
        raise CorpusError(f"{_FILE}: {where}: needs left or right")
    return PlaceRule(
        role,
        None if left is None else _compiled(f"(?:{left})$", words, f"{where}: left"),
        None if right is None else _compiled(str(right), words, f"{where}: right"),
        alone if isinstance(alone, bool) else None,
    )


def _compiled(pattern: str, words: Mapping[str, str], where: str) -> re.Pattern[str]:
    try:
        return re.compile(with_words(pattern, words, f"{_FILE}: {where}"))
    except re.error as error:
        raise CorpusError(f"{_FILE}: {where}: is not a usable pattern ({error}); correct it") from error
