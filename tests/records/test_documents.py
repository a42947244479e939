"""Documents of the staff: versions kept, one public, nothing lost when publishing fails."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.errors import InputError, SearchIndexError
from assistant.records import documents
from assistant.records.audit import list_deeds
from assistant.records.database import Records
from assistant.records.documents import Draft


def draft(title: str = "算力券办法", text: str = "第一条 每年最高200万元。", **changes: object) -> Draft:
    return Draft(
        **{"title": title, "text": text, "articles": ("十",), "file_name": "a.docx", "sha256": "0" * 64} | changes
    )


def publish(records: Records, document: str, number: int | None) -> tuple[documents.Version, ...]:
    with documents.publishing(records, document, number, by="li") as public:
        return public


def test_versions_are_kept_and_one_is_public(records: Records) -> None:
    first = documents.add_version(records, draft(issued_on=date(2024, 5, 1), source="市科技局"), by="li")
    assert (first.document, first.number) == ("upload-20250301-1", 1)
    assert documents.published(records) == ()
    assert [version.text for version in publish(records, first.document, 1)] == ["第一条 每年最高200万元。"]
    second = documents.add_version(
        records, draft("算力券办法(修订)", "第一条 改了。"), by="wang", replaces=first.document
    )
    assert (second.document, second.number) == (first.document, 2)
    assert documents.published(records) == (first,)
    assert publish(records, first.document, 2) == (second,)
    assert publish(records, first.document, 1) == (first,)
    assert publish(records, first.document, None) == ()
    (kept,) = documents.list_documents(records)
    assert (kept.published, kept.versions, kept.title) == (None, (first, second), "算力券办法(修订)")
    assert [deed.action for deed in list_deeds(records)[0]] == [
        "document.withdraw",
        "document.publish",
        "document.publish",
        "document.upload",
        "document.publish",
        "document.upload",
    ]


def test_when_the_index_cannot_be_built_the_earlier_version_stays_public(records: Records) -> None:
    first = documents.add_version(records, draft(), by="li")
    publish(records, first.document, 1)
    documents.add_version(records, draft(text="新版"), by="li", replaces=first.document)

    def fail() -> None:
        with documents.publishing(records, first.document, 2, by="li"):
            raise SearchIndexError("disk full")

    with pytest.raises(SearchIndexError):
        fail()
    assert documents.published(records) == (first,)


def test_every_document_has_an_id_of_its_own(records: Records) -> None:
    ids = [documents.add_version(records, draft("../../etc/passwd"), by="li").document for _ in range(3)]
    assert ids == ["upload-20250301-1", "upload-20250301-2", "upload-20250301-3"]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\fakepath\\办法.docx", "办法.docx"),
        ("a\r\nb.txt", "ab.txt"),
        ("", "未命名"),
        ("/", "未命名"),
        ("长" * 500 + ".pdf", ("长" * 500 + ".pdf")[-200:]),
    ],
)
def test_file_names_are_for_show_only(records: Records, name: str, shown: str) -> None:
    assert documents.add_version(records, draft(file_name=name), by="li").file_name == shown


@pytest.mark.parametrize(
    "changes",
    [
        {"title": " "},
        {"title": "题" * 201},
        {"text": "\u200b "},
        {"text": "字" * (documents.TEXT_LIMIT + 1)},
        {"articles": ()},
    ],
)
def test_incomplete_documents_are_refused(records: Records, changes: dict[str, object]) -> None:
    with pytest.raises(InputError):
        documents.add_version(records, draft(**changes), by="li")
    assert documents.list_documents(records) == ()


def test_unknown_documents_and_versions_are_told(records: Records) -> None:
    with pytest.raises(InputError):
        documents.add_version(records, draft(), by="li", replaces="nothing")
    made = documents.add_version(records, draft(), by="li")
    for document, number in (("nothing", 1), (made.document, 2)):
        with pytest.raises(InputError):
            publish(records, document, number)
    assert documents.published(records) == ()
