"""Vocabulary files are read typed; a broken one is named with what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assistant.errors import CorpusError
from assistant.understanding import data
from assistant.understanding.data import PhraseIndex, foreign_subjects, gazetteer, load_yaml, spelling
from assistant.understanding.places.rules import place_rules
from assistant.understanding.scope.words import scope_words

READERS: tuple[Callable[[], object], ...] = (gazetteer, foreign_subjects, spelling, place_rules, scope_words)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A vocabulary folder of the test's own; what was read from it is forgotten afterwards."""
    monkeypatch.setattr(data, "DATA_DIRECTORY", tmp_path)
    _forget()
    yield tmp_path
    _forget()


def _forget() -> None:
    for reader in READERS:
        getattr(reader, "cache_clear", lambda: None)()


def test_the_shipped_files_are_read() -> None:
    assert {entry.name for entry in gazetteer().suzhou} >= {"苏州", "昆山", "张家港", "常熟", "太仓", "吴江", "相城"}
    assert spelling().typos["首台逃"] == "首台套"
    assert all(reader() is reader() for reader in READERS)


@pytest.mark.parametrize(
    ("file", "content", "reader", "told"),
    [
        ("places.yaml", None, gazetteer, "places.yaml: cannot be read"),
        ("places.yaml", b"\xff\xfe", gazetteer, "not UTF-8"),
        ("places.yaml", b"suzhou: [", gazetteer, "is not valid YAML"),
        ("places.yaml", b"- a", gazetteer, "must be a mapping"),
        ("places.yaml", b"suzhou: {a: b}", gazetteer, "suzhou must be a list"),
        ("places.yaml", b"suzhou: [{level: city}]", gazetteer, "suzhou entry 1 has no name"),
        ("foreign_subjects.yaml", b"tax: [a]", foreign_subjects, "tax must be a mapping"),
        ("typos.yaml", b"typos: [a]", spelling, "typos must be a mapping"),
        ("place_rules.yaml", b"words: {}", place_rules, "rules must be a list"),
        ("scope_words.yaml", b"small_talk: []", scope_words, "small_talk must be a mapping"),
    ],
)
def test_a_broken_file_is_named(
    folder: Path, file: str, content: bytes | None, reader: Callable[[], object], told: str
) -> None:
    if content is not None:
        (folder / file).write_bytes(content)
    with pytest.raises(CorpusError) as caught:
        reader()
    assert file in caught.value.message
    assert told in caught.value.message


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ("{role: nowhere, left: a}", "unknown role 'nowhere'"),
        ("{role: asked}", "needs left or right"),
        ("{role: asked, left: '<nobody>'}", "unknown word list <nobody>"),
        ("{role: asked, left: '(a'}", "not a usable pattern"),
    ],
)
def test_a_broken_rule_is_named(folder: Path, rule: str, told: str) -> None:
    words = "words: {support: [补], question: [吗], lead_in: [那]}\nbranch: {is: a, is_not: b}\n"
    (folder / "place_rules.yaml").write_text(f"{words}rules: [{{role: asked, left: 在}}, {rule}]", encoding="utf-8")
    with pytest.raises(CorpusError) as caught:
        place_rules()
    assert "rule 2" in caught.value.message
    assert told in caught.value.message


def test_numbers_and_words_of_yaml_are_read_as_text(folder: Path) -> None:
    (folder / "typos.yaml").write_text("typos: {12: 十二, no: ''}\nenglish: {GPU: 显卡}", encoding="utf-8")
    assert spelling().typos == {"12": "十二", "False": ""}
    assert spelling().english == {"gpu": "显卡"}


def test_phrases_are_found_by_the_longest_at_each_place() -> None:
    index = PhraseIndex({"首台": 1, "首台套": 2, "台套": 3, "": 4})
    assert list(index.longest("首台套和首台")) == [(0, "首台套", 2), (4, "首台", 1)]
    assert [phrase for _, phrase, _ in index.all("首台套")] == ["首台套", "首台", "台套"]
    assert list(index.all("")) == []


def test_a_file_outside_the_vocabulary_is_refused(folder: Path) -> None:
    with pytest.raises(CorpusError, match="restore it"):
        load_yaml("missing.yaml")
