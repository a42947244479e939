"""Answers as they were shown: stored masked, listed with filters, read one by one with their trace."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import Select, func, insert, select
from sqlalchemy.orm import Session, defer

from assistant.records.database import CHINA, Records
from assistant.records.masking import Json, clean_text, digits_masked, mask, mask_json
from assistant.records.questions import question_key
from assistant.records.tables import AnswerRow, Base, FeedbackRow, ReviewItemRow

Vote = Literal["up", "down"]

_INSERT_ANSWER = insert(Base.metadata.tables[AnswerRow.__tablename__])
_INSERT_ITEM = insert(Base.metadata.tables[ReviewItemRow.__tablename__])


@dataclass(frozen=True, slots=True)
class NewAnswer:
    """An answer to be stored. ``answer`` is its JSON form (see the design's contract), ``trace`` the pipeline's;
    ``session`` the browser's or caller's own id of the conversation (stored as a keyed hash), ``milliseconds`` the time
    that it took. ``for_review`` puts it before an officer; ``reviewed`` is the approved answer that it came from."""

    answer: Mapping[str, Json]
    trace: Mapping[str, Json] | None
    channel: str
    session: str | None
    milliseconds: float
    for_review: bool = False
    reviewed: int | None = None
    prompt_hash: str | None = None
    tokens_in: int | None = None
    tokens_out: int | None = None


@dataclass(frozen=True, slots=True)
class AnswerFilter:
    """Which answers to list; None or empty means any. Days are days in China, both included; ``text`` is looked for in
    the questions; ``vote`` "none" means not voted on."""

    since: date | None = None
    until: date | None = None
    status: str | None = None
    reason: str | None = None
    article: str | None = None
    measure: str | None = None
    channel: str | None = None
    vote: Literal["up", "down", "none"] | None = None
    reviewed: bool | None = None
    generated: bool | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class AnswerRecord:
    """A stored answer. ``answer`` and ``trace`` are JSON objects; ``measures`` those that it computed or judged."""

    id: str
    asked_at: datetime
    as_of: date
    channel: str
    session: str | None
    question: str
    status: str
    reason: str | None
    article: str | None
    measures: tuple[str, ...]
    milliseconds: float
    reviewed: int | None
    generated: bool
    model: str | None
    vote: Vote | None
    vote_reason: str
    answer: dict[str, Any]
    trace: dict[str, Any] | None


def save(records: Records, new: NewAnswer) -> bool:
    """Store an answer, in one transaction; False when the records are switched off. Raises RecordsError."""
    if not records.enabled:
        return False
    row = _row(records, new)
    with records.inserting() as connection:
        connection.execute(_INSERT_ANSWER, row)
        if new.for_review:
            connection.execute(
                _INSERT_ITEM, {"answer_id": row["id"], "cause": "refused", "at": row["asked_at"], "group_id": None}
            )
    return True


def list_answers(
    records: Records, wanted: AnswerFilter | None = None, *, limit: int = 50, offset: int = 0
) -> tuple[tuple[AnswerRecord, ...], int]:
    """The latest answers first, without their traces, and how many there are in all."""
    query = _query(wanted or AnswerFilter()).options(defer(AnswerRow.trace))
    with records.reading() as session:
        total = session.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0
        found = session.execute(query.limit(limit).offset(offset))
        return tuple(_record(row, feedback, None) for row, feedback in found), total


def get_answer(records: Records, answer_id: str) -> AnswerRecord | None:
    """One answer with its trace and vote, None when there is none of that id."""
    with records.reading() as session:
        found = session.execute(_joined().where(AnswerRow.id == answer_id)).first()
        return _record(found[0], found[1], found[0].trace) if found else None


def exists(session: Session, answer_id: str) -> bool:
    """Whether an answer of that id is stored."""
    return session.scalar(select(AnswerRow.id).where(AnswerRow.id == answer_id)) is not None


def _row(records: Records, new: NewAnswer) -> dict[str, object]:
    answer = new.answer
    question = str(answer["question"])
    secrets = digits_masked(question)
    now = records.now()
    masked = mask(question)
    return {
        "id": str(answer["id"]),
        "asked_at": now,
        "asked_on": now.astimezone(CHINA).date(),
        "as_of": date.fromisoformat(str(answer["as_of"])),
        "channel": new.channel,
        "session": records.keys.mark("session", new.session) if new.session else None,
        "question": masked,
        "question_key": question_key(masked),
        "status": str(answer["status"]),
        "reason": _text(answer.get("reason"), 64),
        "article": _first_article(answer),
        "measures": _measures(answer),
        "milliseconds": round(new.milliseconds, 3),
        "reviewed": new.reviewed,
        "generated": bool(answer.get("generated")),
        "model": _text(answer.get("model"), 128),
        "prompt_hash": _text(new.prompt_hash, 64),
        "tokens_in": new.tokens_in,
        "tokens_out": new.tokens_out,
        "answer": mask_json(answer, secrets),
        "trace": None if new.trace is None else mask_json(new.trace, secrets),
    }


def _text(value: Json, limit: int) -> str | None:
    return clean_text(str(value))[:limit] if value else None


def _entries(answer: Mapping[str, Json], key: str) -> list[Mapping[str, Json]]:
    value = answer.get(key)
    if not isinstance(value, Sequence) or isinstance(value, str):
        return []
    return [entry for entry in value if isinstance(entry, Mapping)]


def _first_article(answer: Mapping[str, Json]) -> str | None:
    return next((str(entry["article"]) for entry in _entries(answer, "citations") if entry.get("article")), None)


def _measures(answer: Mapping[str, Json]) -> str:
    entries = [*_entries(answer, "calculations"), *_entries(answer, "eligibility")]
    names = dict.fromkeys(str(entry["measure"]) for entry in entries if entry.get("measure"))
    return f",{','.join(names)}," if names else ""


def _joined() -> Select[AnswerRow, FeedbackRow | None]:
    return select(AnswerRow, FeedbackRow).outerjoin(FeedbackRow, FeedbackRow.answer_id == AnswerRow.id)


def _query(wanted: AnswerFilter) -> Select[AnswerRow, FeedbackRow | None]:
    query = _joined().order_by(AnswerRow.asked_at.desc(), AnswerRow.id)
    equal = {
        AnswerRow.status: wanted.status,
        AnswerRow.reason: wanted.reason,
        AnswerRow.article: wanted.article,
        AnswerRow.channel: wanted.channel,
    }
    for column, value in equal.items():
        if value:
            query = query.where(column == value)
    if wanted.since:
        query = query.where(AnswerRow.asked_on >= wanted.since)
    if wanted.until:
        query = query.where(AnswerRow.asked_on <= wanted.until)
    if wanted.measure:
        query = query.where(AnswerRow.measures.contains(f",{wanted.measure},", autoescape=True))
    if wanted.vote == "none":
        query = query.where(FeedbackRow.up.is_(None))
    elif wanted.vote:
        query = query.where(FeedbackRow.up.is_(wanted.vote == "up"))
    if wanted.reviewed is not None:
        query = query.where(AnswerRow.reviewed.is_not(None) if wanted.reviewed else AnswerRow.reviewed.is_(None))
    if wanted.generated is not None:
        query = query.where(AnswerRow.generated.is_(wanted.generated))
    for word in clean_text(wanted.text).split():
        query = query.where(AnswerRow.question.icontains(word, autoescape=True))
    return query


def _record(row: AnswerRow, feedback: FeedbackRow | None, trace: dict[str, Any] | None) -> AnswerRecord:
    return AnswerRecord(
        id=row.id,
        asked_at=row.asked_at.astimezone(CHINA),
        as_of=row.as_of,
        channel=row.channel,
        session=row.session,
        question=row.question,
        status=row.status,
        reason=row.reason,
        article=row.article,
        measures=tuple(name for name in row.measures.split(",") if name),
        milliseconds=row.milliseconds,
        reviewed=row.reviewed,
        generated=row.generated,
        model=row.model,
        vote=None if feedback is None else ("up" if feedback.up else "down"),
        vote_reason=feedback.reason if feedback else "",
        answer=row.answer,
        trace=trace,
    )
