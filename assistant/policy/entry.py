"""Reading one entry of a YAML file strictly: every fault is one line that names file, entry and what to do."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from assistant.errors import CorpusError

_AMOUNT = re.compile(r"(\d+(?:\.\d+)?)(万|亿)?元")
_RATE = re.compile(r"(\d+(?:\.\d+)?)%(?:~(\d+(?:\.\d+)?)%)?")
_UNITS = {None: Decimal(1), "万": Decimal(10_000), "亿": Decimal(100_000_000)}

if TYPE_CHECKING:
    from yaml import SafeLoader as _SafeLoader
else:
    _SafeLoader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class StrictLoader(_SafeLoader):
    """A safe loader (in C where there is one) that refuses a key standing twice: YAML would keep the last, silently."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys: set[str] = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                continue
            if key.value in keys:
                raise yaml.constructor.ConstructorError(None, None, f"{key.value} stands twice", key.start_mark)
            keys.add(key.value)
        return super().construct_mapping(node, deep)


def yaml_fault(error: yaml.YAMLError, lines_before: int = 0) -> str:
    """Where and what, in one line; ``lines_before`` count the file's lines before the YAML."""
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or "a character that YAML does not allow"
    return f"line {mark.line + 1 + lines_before}: {problem}" if mark else problem


def load_yaml(path: Path) -> dict[str, Any]:
    """A YAML file whose top level is a mapping. Raises CorpusError."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise CorpusError(f"{path}: no such file; restore it or set ASSISTANT_CORPUS_DIR") from error
    except OSError as error:
        raise CorpusError(f"{path}: cannot be read ({error.strerror}); check its permissions") from error
    except UnicodeDecodeError as error:
        raise CorpusError(f"{path}: not UTF-8 (byte {error.start}); save the file as UTF-8") from error
    try:
        data = yaml.load(text, Loader=StrictLoader)
    except yaml.YAMLError as error:
        raise CorpusError(f"{path}: not valid YAML ({yaml_fault(error)}); correct the line") from error
    except ValueError as error:  # a day that does not exist, such as 2023-02-30
        raise CorpusError(f"{path}: a value is not usable ({error}); correct it") from error
    if not isinstance(data, dict):
        raise CorpusError(f"{path}: the top level must be key: value lines")
    return data


@lru_cache(maxsize=8192)  # a corpus has a thousand of them, and is read again and again (desk, tests)
def _pattern_fault(pattern: str) -> str | None:
    try:
        re.compile(pattern)
    except re.error as error:
        return str(error)
    return None


class Entry:
    """A mapping of the file that is asked for its keys one by one; ``finish`` refuses keys nobody asked for."""

    def __init__(self, data: object, where: str) -> None:
        if not isinstance(data, Mapping):
            raise CorpusError(f"{where}: must be key: value lines, found {type(data).__name__}; correct the entry")
        self._data = data
        self._asked: set[str] = set()
        self.where = where

    def fault(self, key: str, problem: str) -> CorpusError:
        return CorpusError(f"{self.where}: {key}: {problem}")

    def has(self, key: str) -> bool:
        self._asked.add(key)
        return self._data.get(key) is not None

    def text(self, key: str, default: str | None = None) -> str:
        value = self._get(key, default)
        if not isinstance(value, str):
            raise self.fault(key, f"must be text, found {value!r}; put it in quotation marks")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        value = self._get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self.fault(key, "must be a list of texts such as [a, b]")
        return tuple(value)

    def patterns(self, key: str) -> tuple[str, ...]:
        patterns = self.texts(key)
        for pattern in patterns:
            if fault := _pattern_fault(pattern):
                raise self.fault(key, f"{pattern!r} is not a usable pattern ({fault}); correct or remove it")
        return patterns

    def flag(self, key: str) -> bool:
        value = self._get(key, False)
        if not isinstance(value, bool):
            raise self.fault(key, f"must be true or false, found {value!r}")
        return value

    def value(self, key: str) -> Any:
        return self._get(key, None)

    def amount(self, key: str) -> Decimal:
        """An amount in yuan from text such as 2000万元."""
        text = self.text(key)
        found = _AMOUNT.fullmatch(text)
        if not found:
            raise self.fault(key, f"must be an amount such as 2000万元, found {text!r}")
        amount = Decimal(found[1]) * _UNITS[found[2]]
        if amount <= 0:
            raise self.fault(key, f"must be above zero, found {text!r}; correct it")
        return amount

    def rate(self, key: str) -> tuple[Decimal, Decimal]:
        """A ratio interval from text such as 20% or 10%~30%."""
        text = self.text(key)
        found = _RATE.fullmatch(text)
        if not found:
            raise self.fault(key, f"must be a rate such as 20% or 10%~30%, found {text!r}")
        low = Decimal(found[1]) / 100
        high = Decimal(found[2]) / 100 if found[2] else low
        if not 0 < low <= 1 or high > 1:
            raise self.fault(key, f"must lie above 0% and not above 100%, found {text!r}; correct it")
        if high < low:
            raise self.fault(key, f"the range {text!r} runs backwards; put the smaller rate first")
        return low, high

    def entry(self, key: str) -> Entry:
        return Entry(self._get(key, None), f"{self.where}: {key}")

    def entries(self, key: str) -> tuple[Entry, ...]:
        value = self._get(key, [])
        if not isinstance(value, list):
            raise self.fault(key, "must be a list of entries, each beginning with -")
        return tuple(
            Entry(item, f"{self.where}: {item['id'] if isinstance(item, Mapping) and 'id' in item else f'{key}[{n}]'}")
            for n, item in enumerate(value, 1)
        )

    def finish(self) -> None:
        if unknown := sorted(set(map(str, self._data)) - self._asked):
            raise CorpusError(f"{self.where}: unknown key {', '.join(unknown)}; correct the spelling or remove it")

    def _get(self, key: str, default: object) -> Any:
        self._asked.add(key)
        value = self._data.get(key, default)
        if value is None and default is None and key not in self._data:
            raise self.fault(key, "is missing; add it")
        return value
