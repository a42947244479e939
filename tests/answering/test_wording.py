"""The sentences of wording.yaml: all there that the composer says, none with a figure or a promise of its own."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

import assistant.answering
from assistant.answering.figures import find_figures
from assistant.answering.wording import options, say
from assistant.errors import CorpusError
from assistant.policy.entry import load_yaml
from assistant.policy.loader import load_policy
from assistant.settings import PROJECT_ROOT
from assistant.understanding.facts import read_facts
from assistant.understanding.normalise import normalise
from assistant.understanding.places.roles import find_places, roles_of_places

PACKAGE = Path(assistant.answering.__file__).parent
SENTENCES = load_yaml(PACKAGE / "wording.yaml")


def _leaves(value: object, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _leaves(item, f"{path}.{key}".lstrip("."))
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from _leaves(item, f"{path}[{number}]")
    else:
        yield path, str(value)


def _calls() -> Iterator[tuple[str, set[str] | None]]:
    """Every ``say("key", …)`` of the package with the names that it fills in (None: with ``**``)."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "say"):
                continue
            keys = [part for part in ast.walk(node.args[0]) if isinstance(part, ast.Constant)]
            if isinstance(node.args[0], ast.JoinedStr):
                continue
            names = {keyword.arg for keyword in node.keywords}
            for key in keys:
                if isinstance(key.value, str) and re.fullmatch(r"[a-z_]+(\.[a-z_]+)+", key.value):
                    yield key.value, None if None in names else {name for name in names if name}


def _places(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


def test_a_sentence_is_filled_in() -> None:
    sentence = say("measure.steps", steps="1.5亿元 × 20% = 3000万元")
    assert "1.5亿元 × 20% = 3000万元" in sentence
    assert "{" not in sentence


@pytest.mark.parametrize("key", ["no.such", "measure.no_such", "measure.steps.more", "nothing"])
def test_a_missing_sentence_is_named(key: str) -> None:
    with pytest.raises(CorpusError, match=f"{key}: is missing; add the sentence"):
        say(key)


def test_a_group_is_no_sentence() -> None:
    with pytest.raises(CorpusError, match="must be text"):
        say("measure")


def test_a_list_that_is_not_there_is_empty() -> None:
    assert options("choices.no-such-fact") == ()
    assert len(options("choices.recognition")) >= 2


@pytest.mark.parametrize(
    ("key", "given"), sorted({(key, frozenset(g) if g is not None else None) for key, g in _calls()}, key=str)
)
def test_every_sentence_that_is_said_exists_and_gets_what_it_needs(key: str, given: frozenset[str] | None) -> None:
    sentence = dict(_leaves(SENTENCES)).get(key)
    assert sentence is not None
    if given is not None:
        assert _places(sentence) <= given


@pytest.mark.parametrize("sentence", [s for _, s in _leaves(SENTENCES)])
def test_places_are_plain_names(sentence: str) -> None:
    assert all(re.fullmatch(r"[a-z_]+", place) for place in _places(sentence))


def test_no_sentence_brings_a_figure_of_its_own() -> None:
    """Figures come from the policy, the user and the calculator; the hotline and 大于0元 are the exceptions."""
    own = {figure.text for _, sentence in _leaves(SENTENCES) for figure in find_figures(sentence)}
    assert own <= {"12345", "0元"}


def test_no_sentence_promises() -> None:
    promises = re.compile("(?<!不)(?<!不能)(一定能|肯定能|保证给|必定|包过|绝对可以|一定可以)")
    assert [sentence for _, sentence in _leaves(SENTENCES) if promises.search(sentence)] == []


POLICY = load_policy(PROJECT_ROOT / "corpus/one-zone-two-centres")
CRITERIA = [(measure, criterion) for measure in POLICY.measures for criterion in measure.criteria]


def _fact_of(choice: str, fact: str) -> str | None:
    text = normalise(choice).text
    return read_facts(text, roles_of_places(text, find_places(text))).get(fact)


@pytest.mark.parametrize(
    "fact",
    sorted(SENTENCES["choices"]),
)
def test_choices_are_understood_and_told_apart(fact: str) -> None:
    """A choice that is clicked settles the criterion that it was offered for."""
    decisive = {value for _, c in CRITERIA if c.fact == fact for value in (*c.met, *c.unmet)}
    decisive |= {m.uplift.value for m in POLICY.measures if m.uplift and m.uplift.fact == fact}
    read = [_fact_of(choice, fact) for choice in options(f"choices.{fact}")]
    assert set(read) & decisive
    assert None not in read
    assert len(set(read)) == len(read)


def test_what_is_asked_for_is_offered_to_click() -> None:
    asked = {criterion.fact for _, criterion in CRITERIA if criterion.ask}
    assert sorted(fact for fact in asked if not options(f"choices.{fact}")) == []
