"""The tables of the records. Times are UTC; days are days of the service's own time zone (China, UTC+8)."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any, ClassVar, Literal, TypeAlias

from sqlalchemy import JSON, DateTime, Dialect, ForeignKey, Index, MetaData, String, Text, UniqueConstraint, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship
from sqlalchemy.types import TypeDecorator

Cause: TypeAlias = Literal["refused", "voted_down"]
ReviewState: TypeAlias = Literal["open", "assigned", "answered", "dismissed"]
SynonymState: TypeAlias = Literal["proposed", "accepted", "rejected"]
Role: TypeAlias = Literal["officer", "admin"]


class Moment(TypeDecorator[datetime]):
    """A point in time: aware in the program, UTC in the database (SQLite keeps no time zone)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """Common base; the naming convention gives every constraint the same name on every database."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: Moment(),
        dict[str, Any]: JSON(),
        list[Any]: JSON(),
        str: Text(),
    }


class AnswerRow(Base):
    """One answer as it was shown; the question and every text of it masked."""

    __tablename__ = "answers"
    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    asked_at: Mapped[datetime] = mapped_column(index=True)
    asked_on: Mapped[date] = mapped_column(index=True)
    as_of: Mapped[date]
    channel: Mapped[str] = mapped_column(String(16))
    session: Mapped[str | None] = mapped_column(String(32), index=True)
    question: Mapped[str]
    question_key: Mapped[str] = mapped_column(String(64), index=True)
    status: Mapped[str] = mapped_column(String(32), index=True)
    reason: Mapped[str | None] = mapped_column(String(64))
    article: Mapped[str | None] = mapped_column(String(8))
    measures: Mapped[str] = mapped_column(Text(), default="")  # ",id,id,": searched by LIKE
    milliseconds: Mapped[float]
    reviewed: Mapped[int | None] = mapped_column(ForeignKey("approved_answers.id", ondelete="SET NULL"))
    generated: Mapped[bool] = mapped_column(default=False)
    model: Mapped[str | None] = mapped_column(String(128))
    prompt_hash: Mapped[str | None] = mapped_column(String(64))
    tokens_in: Mapped[int | None]
    tokens_out: Mapped[int | None]
    answer: Mapped[dict[str, Any]]
    trace: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))


class FeedbackRow(Base):
    """A vote on an answer: one for each answer, the last one counts."""

    __tablename__ = "feedback"
    answer_id: Mapped[str] = mapped_column(ForeignKey("answers.id", ondelete="CASCADE"), primary_key=True)
    up: Mapped[bool]
    reason: Mapped[str] = mapped_column(Text(), default="")
    at: Mapped[datetime] = mapped_column(index=True)


class ReviewGroupRow(Base):
    """Open questions of one kind, to be worked off together."""

    __tablename__ = "review_groups"
    id: Mapped[int] = mapped_column(primary_key=True)
    question: Mapped[str]
    normalised: Mapped[str]
    state: Mapped[ReviewState] = mapped_column(String(16), index=True)
    assigned_to: Mapped[str | None] = mapped_column(String(64))
    opened_at: Mapped[datetime]
    last_at: Mapped[datetime] = mapped_column(index=True)
    closed_at: Mapped[datetime | None]
    note: Mapped[str] = mapped_column(Text(), default="")
    items: Mapped[list[ReviewItemRow]] = relationship(back_populates="group", order_by="ReviewItemRow.at")


class ReviewItemRow(Base):
    """One answer that a person should look at: it was refused, or voted down. Joins a group when the desk looks."""

    __tablename__ = "review_items"
    __table_args__ = (UniqueConstraint("answer_id", "cause"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    answer_id: Mapped[str] = mapped_column(ForeignKey("answers.id", ondelete="CASCADE"))
    cause: Mapped[Cause] = mapped_column(String(16))
    at: Mapped[datetime]
    group_id: Mapped[int | None] = mapped_column(ForeignKey("review_groups.id", ondelete="CASCADE"), index=True)
    group: Mapped[ReviewGroupRow | None] = relationship(back_populates="items")
    answer: Mapped[AnswerRow] = relationship()


class ApprovedRow(Base):
    """An officer's answer to one question, used for it from then on until withdrawn. Never purged by age."""

    __tablename__ = "approved_answers"
    __table_args__ = (
        Index(
            "ix_approved_answers_in_use",
            "question_key",
            unique=True,
            sqlite_where=text("withdrawn_at IS NULL"),
            postgresql_where=text("withdrawn_at IS NULL"),
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    question: Mapped[str]
    question_key: Mapped[str] = mapped_column(String(64))
    wording: Mapped[str]
    articles: Mapped[list[Any]]
    approved_by: Mapped[str] = mapped_column(String(64))
    approved_at: Mapped[datetime]
    withdrawn_by: Mapped[str | None] = mapped_column(String(64))
    withdrawn_at: Mapped[datetime | None]
    group_id: Mapped[int | None] = mapped_column(ForeignKey("review_groups.id", ondelete="SET NULL"))


class SynonymRow(Base):
    """A word that companies use and the program did not know, with the word that it stands for."""

    __tablename__ = "synonyms"
    id: Mapped[int] = mapped_column(primary_key=True)
    word: Mapped[str] = mapped_column(String(64), unique=True)
    meaning: Mapped[str] = mapped_column(String(64))
    state: Mapped[SynonymState] = mapped_column(String(16))
    proposed_by: Mapped[str] = mapped_column(String(64))
    proposed_at: Mapped[datetime]
    decided_by: Mapped[str | None] = mapped_column(String(64))
    decided_at: Mapped[datetime | None]


class AuditRow(Base):
    """Who did what, and when. Only ever added to."""

    __tablename__ = "audit"
    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    actor: Mapped[str] = mapped_column(String(64))
    action: Mapped[str] = mapped_column(String(48), index=True)
    target: Mapped[str] = mapped_column(String(128), default="")
    detail: Mapped[dict[str, Any]]


class StaffRow(Base):
    """A member of staff. The password is kept as an argon2id hash."""

    __tablename__ = "staff"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(64), unique=True)
    display_name: Mapped[str] = mapped_column(String(64))
    role: Mapped[Role] = mapped_column(String(16))
    password_hash: Mapped[str] = mapped_column(String(256))
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]


class StaffSessionRow(Base):
    """A login. The token itself is only in the browser's cookie."""

    __tablename__ = "staff_sessions"
    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    staff: Mapped[StaffRow] = relationship(lazy="joined")


class LoginFailureRow(Base):
    """A failed login, counted for the lock-out; name and client only as keyed hashes."""

    __tablename__ = "login_failures"
    id: Mapped[int] = mapped_column(primary_key=True)
    name_hash: Mapped[str] = mapped_column(String(32), index=True)
    client_hash: Mapped[str] = mapped_column(String(32), index=True)
    at: Mapped[datetime] = mapped_column(index=True)


class ApiKeyRow(Base):
    """A key for staff calls. Only its hash is kept; the id is the part that may show in logs."""

    __tablename__ = "api_keys"
    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    label: Mapped[str] = mapped_column(String(64))
    secret_hash: Mapped[str] = mapped_column(String(64))
    created_by: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


class DocumentRow(Base):
    """A related document that staff uploaded; what is public is the version that ``published`` numbers."""

    __tablename__ = "documents"
    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    title: Mapped[str] = mapped_column(String(200))
    published: Mapped[int | None]
    created_at: Mapped[datetime]
    versions: Mapped[list[DocumentVersionRow]] = relationship(
        back_populates="document", order_by="DocumentVersionRow.number"
    )


class DocumentVersionRow(Base):
    """One version of a related document: its text as read, where it came from, and who brought it."""

    __tablename__ = "document_versions"
    __table_args__ = (UniqueConstraint("document_id", "number"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[str] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"))
    number: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    text: Mapped[str]
    articles: Mapped[list[Any]]  # the policy's articles that it relates to
    source: Mapped[str] = mapped_column(String(500), default="")
    issued_on: Mapped[date | None]
    file_name: Mapped[str] = mapped_column(String(200))
    sha256: Mapped[str] = mapped_column(String(64))
    uploaded_by: Mapped[str] = mapped_column(String(64))
    uploaded_at: Mapped[datetime]
    document: Mapped[DocumentRow] = relationship(back_populates="versions")
