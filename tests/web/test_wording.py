"""Every text that a page asks for is there, and every text that is there is asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.policy.loader import Policy
from assistant.web import wording
from assistant.web.plans.profile import questions
from assistant.web.wording import listing, say, table

WEB = Path(wording.__file__).parent
SOURCES = "\n".join(
    file.read_text(encoding="utf-8")
    for folder in (WEB, WEB / "pages", WEB / "view", WEB / "plans")
    for file in folder.glob("*.py")
)
SCRIPTS = "\n".join(file.read_text(encoding="utf-8") for file in (WEB / "static").glob("*.js"))
ASKED = re.compile(r"""(?:say|listing|table)\(\s*f?"([a-z_.{}\[\]' \w-]+)\"""")


def leaves(tree: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in tree.items():
        if isinstance(value, dict):
            yield from leaves(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", value


TREE = dict(leaves(yaml.safe_load(wording.FILE.read_text(encoding="utf-8"))))
KEYS = tuple(TREE)


def as_pattern(asked: str) -> re.Pattern[str]:
    """What a key with {parts} filled in at run time may be."""
    return re.compile(re.sub(r"\\\{.*?\\\}", r"[\\w-]+", re.escape(asked)) + r"(\..+)?")


def test_there_are_texts() -> None:
    assert len(KEYS) > 150


@pytest.mark.parametrize("asked", sorted(set(ASKED.findall(SOURCES))))
def test_what_is_asked_for_is_there(asked: str) -> None:
    assert any(as_pattern(asked).fullmatch(key) for key in KEYS), asked


def test_what_is_there_is_asked_for() -> None:
    patterns = [as_pattern(asked) for asked in set(ASKED.findall(SOURCES))]
    in_scripts = set(re.findall(r"words\.([a-z_]+\.[a-z_]+)", SCRIPTS))
    unused = [key for key in KEYS if not any(p.fullmatch(key) for p in patterns) and key not in in_scripts]
    assert unused == []


def test_what_scripts_ask_for_is_there() -> None:
    assert set(re.findall(r"words\.([a-z_]+\.[a-z_]+)", SCRIPTS)) <= set(KEYS)


def test_texts_are_chinese() -> None:
    known = {"AI", "Markdown", "Excel", "CSV", "JavaScript", "w"}
    for key, value in TREE.items():
        for text in [value] if isinstance(value, str) else [str(item) for item in value]:
            words = re.findall(r"[A-Za-z]+", re.sub(r"\{\w+\}|'\w+'", "", text))
            assert set(words) <= known, key


def test_a_missing_text_is_an_error() -> None:
    with pytest.raises(KeyError):
        say("chat.nothing")
    with pytest.raises(KeyError):
        say("chat")
    with pytest.raises(KeyError):
        say("site.source", wrong="x")
    assert listing("sheet.columns")[0] == "方案"
    assert "suzhou" in table("facts.place")


def test_every_fact_that_the_form_asks_for_has_names(policy: Policy) -> None:
    for measure in policy.measures:
        for fact, values in questions(measure):
            assert set(values) - {"other"} <= set(table(f"facts.{fact}")), (measure.id, fact)
    for fact in ("place", "applicant", "title"):
        used = {v for m in policy.measures for c in m.criteria if c.fact == fact for v in (*c.met, *c.unmet)}
        assert used <= set(table(f"facts.{fact}")), fact


def test_every_fact_that_the_form_asks_for_has_its_question(policy: Policy) -> None:
    for measure in policy.measures:
        asks = {criterion.fact for criterion in measure.criteria if criterion.ask}
        for fact, _ in questions(measure):
            assert fact in asks or f"fits.ask.{fact}" in KEYS, (measure.id, fact)
