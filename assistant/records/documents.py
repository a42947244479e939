"""Related documents that staff brought: every version kept, one of them published, or none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from assistant.errors import AssistantError, InputError
from assistant.records import audit
from assistant.records.database import CHINA, Records, hold
from assistant.records.masking import clean_text
from assistant.records.tables import DocumentRow, DocumentVersionRow

TITLE_LIMIT = 200
TEXT_LIMIT = 500_000


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a document. ``articles`` (一 … 十, 附) are those of the policy that it relates to."""

    document: str
    number: int
    title: str
    text: str
    articles: tuple[str, ...]
    source: str
    issued_on: date | None
    file_name: str
    sha256: str
    uploaded_by: str
    uploaded_at: datetime


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document with its versions, the oldest first; ``published`` is the number of the public one."""

    id: str
    title: str
    published: int | None
    versions: tuple[Version, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """A new version as it is brought: the text as read from a file (see assistant.web.documents)."""

    title: str
    text: str
    articles: Sequence[str]
    file_name: str
    sha256: str
    source: str = ""
    issued_on: date | None = None


def add_version(records: Records, draft: Draft, *, by: str, replaces: str | None = None) -> Version:
    """Store a document, or a new version of the one that it ``replaces``. Nothing is public yet.

    Raises InputError when title, text or articles are missing or too long, or when there is no such document.
    """
    title, text = " ".join(clean_text(draft.title).split()), clean_text(draft.text).strip()
    if not title or len(title) > TITLE_LIMIT:
        raise InputError("the title is empty or too long", user_message=f"请填写标题，不超过 {TITLE_LIMIT} 字。")
    if not text or len(text) > TEXT_LIMIT:
        raise InputError("the text is empty or too long", user_message=f"文件没有可用的文字，或超过 {TEXT_LIMIT} 字。")
    if not draft.articles:
        raise InputError("no article is named that it relates to", user_message="请选择与本政策哪一条有关。")
    with records.writing() as session:
        hold(session, "documents")
        row = _known(session, replaces) if replaces else _new(session, records, title)
        number = max((version.number for version in row.versions), default=0) + 1
        version = DocumentVersionRow(
            document_id=row.id,
            number=number,
            title=title,
            text=text,
            articles=list(draft.articles),
            source=clean_text(draft.source).strip()[:500],
            issued_on=draft.issued_on,
            file_name=_file_name(draft.file_name),
            sha256=draft.sha256,
            uploaded_by=by,
            uploaded_at=records.now(),
        )
        row.versions.append(version)
        row.title = title
        audit.note(session, records, by, "document.upload", row.id, version=number, file=version.file_name)
        return _version(version)


@contextmanager
def publishing(records: Records, document_id: str, number: int | None, *, by: str) -> Iterator[tuple[Version, ...]]:
    """Make a version public (None: withdraw the document) for as long as the block succeeds.

    The block gets the versions that are public now, to rebuild the index from; when it fails with an AssistantError,
    what was public before is public again. Raises InputError when there is no such document or version.
    """
    before = _publish(records, document_id, number, by)
    try:
        yield published(records)
    except AssistantError:
        _publish(records, document_id, before, by)
        raise


def published(records: Records) -> tuple[Version, ...]:
    """The public versions, by document."""
    query = (
        select(DocumentVersionRow)
        .join(DocumentRow, DocumentRow.id == DocumentVersionRow.document_id)
        .where(DocumentVersionRow.number == DocumentRow.published)
        .order_by(DocumentRow.id)
    )
    with records.reading() as session:
        return tuple(_version(row) for row in session.scalars(query))


def published_numbers(records: Records) -> frozenset[tuple[str, int]]:
    """Which version of which document is public: what tells whether anything was published or withdrawn since."""
    query = select(DocumentRow.id, DocumentRow.published).where(DocumentRow.published.is_not(None))
    with records.reading() as session:
        return frozenset((document, number) for document, number in session.execute(query) if number is not None)


def list_documents(records: Records) -> tuple[StoredDocument, ...]:
    """All documents with their versions, the latest document first."""
    query = select(DocumentRow).options(selectinload(DocumentRow.versions))
    with records.reading() as session:
        rows = session.scalars(query.order_by(DocumentRow.created_at.desc(), DocumentRow.id))
        return tuple(
            StoredDocument(row.id, row.title, row.published, tuple(_version(version) for version in row.versions))
            for row in rows
        )


def _publish(records: Records, document_id: str, number: int | None, by: str) -> int | None:
    with records.writing() as session:
        hold(session, "documents")
        row = _known(session, document_id)
        if number is not None and number not in {version.number for version in row.versions}:
            raise InputError(f"{document_id} has no version {number}", user_message="没有这个版本。")
        before, row.published = row.published, number
        audit.note(session, records, by, "document.publish" if number else "document.withdraw", row.id, version=number)
        return before


def _new(session: Session, records: Records, title: str) -> DocumentRow:
    """A document with an id of its own, taken from the day, never from what a user wrote."""
    day = records.today().strftime("%Y%m%d")
    taken = set(session.scalars(select(DocumentRow.id).where(DocumentRow.id.startswith(f"upload-{day}-"))))
    number = next(n for n in range(1, len(taken) + 2) if f"upload-{day}-{n}" not in taken)
    row = DocumentRow(id=f"upload-{day}-{number}", title=title, published=None, created_at=records.now(), versions=[])
    session.add(row)
    return row


def _known(session: Session, document_id: str) -> DocumentRow:
    row = session.get(DocumentRow, document_id, with_for_update=True)
    if row is None:
        raise InputError(f"there is no document {document_id!r}", user_message="没有这份文件。")
    return row


def _file_name(name: str) -> str:
    """The last part of a file's name without control characters: for show only, no path is ever made of it."""
    return re.sub(r"[\x00-\x1f\x7f]", "", re.split(r"[/\\]", clean_text(name))[-1]).strip()[-TITLE_LIMIT:] or "未命名"


def _version(row: DocumentVersionRow) -> Version:
    return Version(
        document=row.document_id,
        number=row.number,
        title=row.title,
        text=row.text,
        articles=tuple(row.articles),
        source=row.source,
        issued_on=row.issued_on,
        file_name=row.file_name,
        sha256=row.sha256,
        uploaded_by=row.uploaded_by,
        uploaded_at=row.uploaded_at.astimezone(CHINA),
    )
