"""Entries of YAML files: read strictly, every fault one line that names file, entry and what to do."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import CorpusError
from assistant.policy.entry import Entry, load_yaml


def _entry(**data: object) -> Entry:
    return Entry(data, "measures.yaml: x")


def _write(folder: Path, content: str | bytes) -> Path:
    path = folder / "file.yaml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return path


def test_a_file_is_read_with_or_without_a_byte_order_mark(tmp_path: Path) -> None:
    assert load_yaml(_write(tmp_path, "名称: 补贴\n")) == {"名称": "补贴"}
    assert load_yaml(_write(tmp_path, "\ufeff名称: 补贴\r\n")) == {"名称": "补贴"}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xb2\xb9\xcc\xf9: 1\n", "not UTF-8 (byte 0); save the file as UTF-8"),
        ("a: 1\nb: [1, 2\nc: 3\n", "not valid YAML (line 3"),
        ("a: 1\n\tb: 2\n", "not valid YAML (line 2"),
        ("a: x: y\n", "not valid YAML (line 1"),
        ("a: \x07\n", "not valid YAML"),
        ("a: 1\nb: 2\na: 3\n", "line 3: a stands twice"),
        ("- id: x\n  cap: 1\n  cap: 2\n", "line 3: cap stands twice"),
        ("issued: 2023-02-30\n", "a value is not usable"),
        ("- a\n- b\n", "the top level must be key: value lines"),
        ("", "the top level must be key: value lines"),
    ],
)
def test_a_broken_file_is_one_line_with_its_name(tmp_path: Path, content: str | bytes, said: str) -> None:
    path = _write(tmp_path, content)
    with pytest.raises(CorpusError) as caught:
        load_yaml(path)
    assert caught.value.message.startswith(f"{path}: ")
    assert said in caught.value.message
    assert "\n" not in caught.value.message


def test_a_missing_file_and_a_folder_in_its_place_are_told(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="no such file; restore it"):
        load_yaml(tmp_path / "absent.yaml")
    with pytest.raises(CorpusError, match="cannot be read"):
        load_yaml(tmp_path)


def test_a_missing_and_an_unknown_key_are_named() -> None:
    with pytest.raises(CorpusError, match=r"^measures\.yaml: x: name: is missing; add it$"):
        _entry().text("name")
    entry = _entry(name="a", nmae="b")
    entry.text("name")
    with pytest.raises(CorpusError, match=r"^measures\.yaml: x: unknown key nmae; correct the spelling or remove it$"):
        entry.finish()


def test_a_key_that_was_asked_for_is_known_even_when_absent() -> None:
    entry = _entry(name="a")
    assert entry.text("name") == "a"
    assert not entry.has("cap")
    assert entry.texts("also") == ()
    assert entry.text("unit", "件") == "件"
    assert entry.flag("yearly") is False
    entry.finish()


@pytest.mark.parametrize(
    ("read", "value", "said"),
    [
        (lambda e: e.text("k"), 5, "must be text, found 5; put it in quotation marks"),
        (lambda e: e.text("k"), None, "must be text, found None"),
        (lambda e: e.texts("k"), "a", "must be a list of texts such as"),
        (lambda e: e.texts("k"), [1], "must be a list of texts such as"),
        (lambda e: e.flag("k"), "yes", "must be true or false, found 'yes'"),
        (lambda e: e.patterns("k"), ["(a"], "'(a' is not a usable pattern"),
        (lambda e: e.amount("k"), "2000万", "must be an amount such as 2000万元, found '2000万'"),
        (lambda e: e.amount("k"), "0元", "must be above zero"),
        (lambda e: e.rate("k"), "0.2", "must be a rate such as 20% or 10%~30%"),
        (lambda e: e.rate("k"), "30%~10%", "runs backwards; put the smaller rate first"),
        (lambda e: e.rate("k"), "0%", "must lie above 0% and not above 100%"),
        (lambda e: e.rate("k"), "120%", "must lie above 0% and not above 100%"),
        (lambda e: e.rate("k"), "50%~120%", "must lie above 0% and not above 100%"),
        (lambda e: e.entries("k"), {"id": "a"}, "must be a list of entries, each beginning with -"),
        (lambda e: e.entry("k"), "a", "must be key: value lines, found str"),
        (lambda e: e.entries("k"), ["a"], "must be key: value lines, found str"),
    ],
)
def test_a_value_of_the_wrong_kind_is_told(read: Callable[[Entry], object], value: object, said: str) -> None:
    with pytest.raises(CorpusError) as caught:
        read(_entry(k=value))
    assert caught.value.message.startswith("measures.yaml: x: k")
    assert said in caught.value.message


def test_entries_are_named_by_their_id_or_their_place() -> None:
    first, second = _entry(criteria=[{"id": "local"}, {"text": "b"}]).entries("criteria")
    assert first.where == "measures.yaml: x: local"
    assert second.where == "measures.yaml: x: criteria[2]"


@pytest.mark.parametrize(
    ("text", "amount"), [("2000万元", 20_000_000), ("1.5亿元", 150_000_000), ("8000元", 8000), ("0.5万元", 5000)]
)
def test_amounts_are_read_exactly(text: str, amount: int) -> None:
    assert _entry(k=text).amount("k") == Decimal(amount)


@given(st.decimals("0.01", 100, places=2), st.decimals("0.01", 100, places=2))
def test_rates_are_read_exactly(first: Decimal, second: Decimal) -> None:
    low, high = sorted((first, second))
    assert _entry(k=f"{low}%~{high}%").rate("k") == (low / 100, high / 100)
    assert _entry(k=f"{low}%").rate("k") == (low / 100, low / 100)
