"""Digests 摘编: facts about related documents in the project's own words. Background, never the policy."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml

from assistant.errors import CorpusError
from assistant.policy.entry import StrictLoader, yaml_fault

_FENCE = "---\n"


@dataclass(frozen=True, slots=True)
class Digest:
    """One digest. ``text`` is the file's whole text; ``facts`` are its bullets with their spans in it.

    ``published``: uploaded and published by staff, not part of the corpus folder.
    """

    id: str
    title: str
    status: str
    issued_on: str | None
    confidence: str
    relates_to: tuple[str, ...]
    sources: tuple[str, ...]
    text: str
    facts: tuple[Fact, ...]
    published: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    """One bullet of a digest. ``relation`` is true for bullets under 与本政策的关系 (how it touches the policy)."""

    start: int
    end: int
    text: str
    relation: bool


def read_digest(path: Path) -> Digest:
    """Reads one digest file (YAML front matter between ``---`` lines, then Markdown bullets).

    Raises CorpusError naming file, entry and what to do.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise CorpusError(f"{path}: cannot be read ({error.strerror}); restore the file or remove it") from error
    except UnicodeDecodeError as error:
        raise CorpusError(f"{path}: not UTF-8 (byte {error.start}); save the file as UTF-8") from error
    return parse_digest(text, str(path))


def parse_digest(text: str, where: str) -> Digest:
    """Parses a digest's text; ``where`` names it in errors. Raises CorpusError."""
    if not text.startswith(_FENCE) or (close := text.find("\n" + _FENCE, len(_FENCE))) < 0:
        raise CorpusError(f"{where}: no front matter; begin the file with a block between two lines of ---")
    try:
        head = yaml.load(text[len(_FENCE) : close], Loader=StrictLoader)
    except yaml.YAMLError as error:
        raise CorpusError(f"{where}: front matter is not valid YAML ({yaml_fault(error, 1)}); correct it") from error
    except ValueError as error:  # a day that does not exist
        raise CorpusError(f"{where}: front matter: a value is not usable ({error}); correct it") from error
    if not isinstance(head, dict):
        raise CorpusError(f"{where}: front matter must be key: value lines; correct it")
    missing = [key for key in ("id", "title", "relates_to", "confidence") if not head.get(key)]
    if missing:
        raise CorpusError(f"{where}: front matter lacks {', '.join(missing)}; add it")
    if not isinstance(head["relates_to"], list):
        raise CorpusError(f"{where}: relates_to: must be a list of articles such as [六, 十]; correct it")
    sources = head.get("sources") or []
    if not isinstance(sources, list) or not all(isinstance(source, dict) for source in sources):
        raise CorpusError(f"{where}: sources: must be a list of entries with url or note; correct it")
    return Digest(
        id=str(head["id"]),
        title=str(head["title"]),
        status=str(head.get("status") or ""),
        issued_on=str(head["issued_on"]) if head.get("issued_on") else None,
        confidence=str(head["confidence"]),
        relates_to=tuple(str(number) for number in head["relates_to"]),
        sources=tuple(str(source.get("note") or source.get("url") or "") for source in sources),
        text=text,
        facts=_facts(text, close + len(_FENCE) + 1),
    )


def _facts(text: str, start: int) -> tuple[Fact, ...]:
    facts: list[Fact] = []
    relation = False
    cursor = start
    for line in text[start:].splitlines(keepends=True):
        if line.startswith("## "):
            relation = "本政策" in line
        elif line.startswith("- "):
            body = line[2:].rstrip()
            facts.append(Fact(cursor + 2, cursor + 2 + len(body), body, relation))
        cursor += len(line)
    return tuple(facts)
