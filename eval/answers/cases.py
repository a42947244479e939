"""Question sets: YAML files of dialogues, read strictly into frozen values.

A file maps each group to a list of cases; a case is a list of turns, each ``[question, expectation]``. The keys of an
expectation are those of ``Expectation``. A fault gives one line that names file, line, group and what to do.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import yaml

QUESTIONS = Path(__file__).resolve().parents[1] / "questions"
SAMPLE = Path(__file__).resolve().parent / "sample_cases.yaml"
EXAM = QUESTIONS.with_name("exam")
"""Written last, by others, and never looked at: what a new question meets."""

SPLITS = ("dev", "heldout")
DEFAULT_DAY = date(2025, 3, 1)
ARTICLES = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "附")
STATUSES = ("answered", "needs_information", "not_covered")
VERDICTS = ("eligible", "ineligible", "unknown")
KEYS = ("art", "amt", "status", "elig", "must", "not", "as_of")


class CaseError(Exception):
    """A question set cannot be used; the message is one line."""


@dataclass(frozen=True, slots=True)
class Expectation:
    """What a turn's answer must show; an empty field asks for nothing. Amounts in yuan."""

    articles: tuple[str, ...] = ()
    amount: tuple[Decimal, Decimal] | None = None
    statuses: tuple[str, ...] = ()
    verdicts: tuple[str, ...] = ()
    must: tuple[str, ...] = ()
    never: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Turn:
    """One question with its expectation."""

    question: str
    expectation: Expectation


@dataclass(frozen=True, slots=True)
class Case:
    """A dialogue of one or more turns, asked on one day. ``place`` (file:line) is where it stands."""

    group: str
    turns: tuple[Turn, ...]
    as_of: date = DEFAULT_DAY
    place: str = ""

    @property
    def id(self) -> str:
        """Made of the content, so that frozen outputs stay valid when cases are added before this one."""
        content = json.dumps([self.as_of.isoformat(), [turn.question for turn in self.turns]], ensure_ascii=False)
        return f"{self.group}-{hashlib.sha256(content.encode()).hexdigest()[:10]}"

    @property
    def split(self) -> str:
        """dev or heldout: fixed by the first question alone (its SHA-256, even or odd)."""
        return "heldout" if hashlib.sha256(self.turns[0].question.encode()).digest()[-1] % 2 else "dev"


def load_sets(folder: Path = QUESTIONS) -> tuple[Case, ...]:
    """All cases of ``*.yaml`` in a folder. Raises ``CaseError`` when there is none or one is wrong."""
    files = sorted(folder.glob("*.yaml"))
    if not files:
        raise CaseError(f"{folder}: no question sets (*.yaml) here")
    return tuple(case for file in files for case in load_file(file))


def load_file(path: Path) -> tuple[Case, ...]:
    """The cases of one file. Raises ``CaseError`` with one line."""
    try:
        root = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except OSError as error:
        raise CaseError(f"{path}: cannot be read ({error.strerror})") from None
    except UnicodeDecodeError:
        raise CaseError(f"{path}: is not UTF-8; save it as UTF-8") from None
    except yaml.YAMLError as error:
        raise CaseError(f"{path.name}: is not YAML: {' '.join(str(error).split())}") from None
    if not isinstance(root, yaml.MappingNode) or not root.value:
        raise CaseError(f"{path.name}: must map each group to a list of cases")
    cases: list[Case] = []
    seen: dict[str, str] = {}
    for key, node in root.value:
        if not isinstance(node, yaml.SequenceNode) or not node.value:
            raise CaseError(f"{_place(path, key)}: group {key.value!r} must be a list of cases")
        for item in node.value:
            case = _case(key.value, item, _place(path, item))
            if case.id in seen:
                raise CaseError(f"{case.place}: the same case stands at {seen[case.id]}; remove one")
            seen[case.id] = case.place
            cases.append(case)
    return tuple(cases)


def _place(path: Path, node: yaml.Node) -> str:
    return f"{path.name}:{node.start_mark.line + 1}"


def _case(group: str, node: yaml.Node, place: str) -> Case:
    where = f"{place}: {group}"
    if duplicate := next(_repeated_keys(node), None):
        raise CaseError(f"{where}: the key {duplicate!r} stands twice in one expectation")
    value = _value(node, where)
    if not isinstance(value, list) or not value:
        raise CaseError(f"{where}: a case must be a list of turns")
    turns = []
    as_of = DEFAULT_DAY
    for number, raw in enumerate(value, start=1):
        here = f"{where}, turn {number}"
        if not (isinstance(raw, list) and len(raw) == 2 and isinstance(raw[0], str) and isinstance(raw[1], dict)):
            raise CaseError(f"{here}: a turn must be [question, {{expectation}}]")
        question, keys = raw
        if not question.strip() and not keys:
            raise CaseError(f"{here}: an empty question needs an expectation")
        if unknown := [key for key in keys if key not in KEYS]:
            raise CaseError(f"{here}: unknown key {unknown[0]!r}; known are {', '.join(KEYS)}")
        if "as_of" in keys:
            if number > 1:
                raise CaseError(f"{here}: as_of may stand on the first turn only; it holds for the whole dialogue")
            as_of = _day(keys["as_of"], here)
        turns.append(Turn(question, _expectation(keys, here)))
    return Case(group, tuple(turns), as_of, place)


def _value(node: yaml.Node, where: str) -> Any:
    constructor = yaml.SafeLoader("")
    try:
        return constructor.construct_document(node)
    except yaml.YAMLError as error:
        raise CaseError(f"{where}: {' '.join(str(error).split())}") from None
    finally:
        constructor.dispose()


def _repeated_keys(node: yaml.Node) -> Iterator[str]:
    if isinstance(node, yaml.MappingNode):
        names = [key.value for key, _ in node.value]
        yield from (name for name in names if names.count(name) > 1)
        for _, value in node.value:
            yield from _repeated_keys(value)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield from _repeated_keys(value)


def _expectation(keys: dict[str, Any], where: str) -> Expectation:
    return Expectation(
        articles=_words(keys, "art", where, ARTICLES),
        amount=_amount(keys["amt"], where) if "amt" in keys else None,
        statuses=_words(keys, "status", where, STATUSES),
        verdicts=_words(keys, "elig", where, VERDICTS),
        must=_patterns(keys, "must", where),
        never=_patterns(keys, "not", where),
    )


def _words(keys: dict[str, Any], key: str, where: str, allowed: Sequence[str] | None = None) -> tuple[str, ...]:
    if key not in keys:
        return ()
    value = keys[key]
    if not isinstance(value, list) or not value or not all(isinstance(item, str) and item for item in value):
        raise CaseError(f"{where}: {key} must be a list of strings, not {value!r}")
    if allowed is not None and (wrong := [item for item in value if item not in allowed]):
        raise CaseError(f"{where}: {key} has {wrong[0]!r}; allowed are {', '.join(allowed)}")
    return tuple(value)


def _patterns(keys: dict[str, Any], key: str, where: str) -> tuple[str, ...]:
    patterns = _words(keys, key, where)
    for pattern in patterns:
        try:
            re.compile(pattern)
        except re.error as error:
            raise CaseError(f"{where}: {key} has {pattern!r}, no regular expression: {error}") from None
    return patterns


def _amount(value: Any, where: str) -> tuple[Decimal, Decimal]:
    try:
        if not isinstance(value, list) or len(value) != 2 or any(isinstance(end, bool | list | dict) for end in value):
            raise ValueError
        low, high = (Decimal(str(end)) for end in value)
        if not (low.is_finite() and high.is_finite() and 0 <= low <= high):
            raise ValueError
    except (ValueError, InvalidOperation):
        raise CaseError(f"{where}: amt must be [minimum, maximum] in yuan, not {value!r}") from None
    return low, high


def _day(value: Any, where: str) -> date:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise CaseError(f"{where}: as_of must be a day such as 2025-03-01, not {value!r}") from None
