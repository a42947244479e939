"""Digests: front matter and facts with spans."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import CorpusError
from assistant.policy.digest import parse_digest, read_digest
from assistant.settings import PROJECT_ROOT

RELATED = sorted((PROJECT_ROOT / "corpus/related").glob("*.md"))
HEAD = "---\nid: d\ntitle: 通知\nrelates_to: [六]\nconfidence: high\n---\n"


def test_a_digest_is_read_with_its_facts_and_relations() -> None:
    digest = parse_digest(
        f"{HEAD}# 通知\n- 甲。\n\n- 乙。  \n## 与本政策的关系\n- 对应第六条。\n## 其他\n- 丙。\n", "d.md"
    )
    assert (digest.id, digest.title, digest.relates_to, digest.confidence) == ("d", "通知", ("六",), "high")
    assert [(fact.text, fact.relation) for fact in digest.facts] == [
        ("甲。", False),
        ("乙。", False),
        ("对应第六条。", True),
        ("丙。", False),
    ]
    assert digest.issued_on is None


def test_sources_are_named_by_note_or_address() -> None:
    head = HEAD.replace("confidence", "sources:\n  - {url: 'https://a.example/1', note: 公报}\n  - url: u\nconfidence")
    assert parse_digest(f"{head}- 甲。\n", "d.md").sources == ("公报", "u")


@pytest.mark.parametrize("path", RELATED, ids=lambda path: path.stem)
def test_shipped_digests_are_read_and_their_facts_are_verbatim(path: Path) -> None:
    digest = read_digest(path)
    assert digest.id == path.stem
    assert digest.facts
    for fact in digest.facts:
        assert digest.text[fact.start : fact.end] == fact.text
        assert "\n" not in fact.text
    bullets = [line for line in digest.text.splitlines() if line.startswith("- ")]
    assert len(digest.facts) == len(bullets)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("# 通知\n- 甲\n", "no front matter; begin the file with a block between two lines of ---"),
        ("---\nid: d\n", "no front matter"),
        ("---\nid: d\ntitle: [d\n---\n- 甲\n", "front matter is not valid YAML (line 4: "),
        ("---\nid: d\nid: e\n---\n- 甲\n", "(line 3: id stands twice)"),
        ("---\nissued_on: 2023-02-30\n---\n- 甲\n", "front matter: a value is not usable (day is out of range"),
        ("---\n- a\n---\n- 甲\n", "front matter must be key: value lines"),
        ("---\nid: d\ntitle: t\n---\n- 甲\n", "front matter lacks relates_to, confidence; add it"),
        (HEAD.replace("[六]", "六"), "relates_to: must be a list of articles such as [六, 十]"),
        (HEAD.replace("confidence", "sources: [公报]\nconfidence"), "sources: must be a list of entries"),
    ],
)
def test_a_broken_digest_is_told(text: str, said: str) -> None:
    with pytest.raises(CorpusError) as caught:
        parse_digest(text, "related/d.md")
    assert caught.value.message.startswith("related/d.md: ")
    assert said in caught.value.message
    assert "\n" not in caught.value.message


def test_an_unreadable_file_is_told(tmp_path: Path) -> None:
    path = tmp_path / "d.md"
    with pytest.raises(CorpusError, match="cannot be read"):
        read_digest(path)
    path.write_bytes(HEAD.encode("gb18030"))
    with pytest.raises(CorpusError, match="not UTF-8"):
        read_digest(path)


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "d.md"
    path.write_text(f"\ufeff{HEAD}- 甲。\n", encoding="utf-8")
    assert [fact.text for fact in read_digest(path).facts] == ["甲。"]
