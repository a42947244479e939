"""Answers that an officer wrote or corrected: used for the same question from then on, marked 人工审核.

An answer is taken only when every figure in it is supported, and is looked at again each time it is used: the caller
gives a check that returns the figures without support.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, select, update

from assistant.errors import InputError
from assistant.records import audit, review
from assistant.records.database import CHINA, Records, hold
from assistant.records.masking import clean_text, mask
from assistant.records.questions import normalise_question, question_key
from assistant.records.tables import ApprovedRow

WORDING_LIMIT = 4000

Check = Callable[[str], Sequence[str]]
"""Text in, the figures of it that nothing supports out."""


@dataclass(frozen=True, slots=True)
class Approved:
    """An approved answer. ``wording`` is Markdown; ``articles`` (一 … 十, 附) are those that it rests on."""

    id: int
    question: str
    wording: str
    articles: tuple[str, ...]
    approved_by: str
    approved_at: datetime
    withdrawn_by: str | None
    withdrawn_at: datetime | None


def approve(
    records: Records,
    questions: Sequence[str],
    wording: str,
    *,
    by: str,
    check: Check,
    articles: Sequence[str] = (),
    group_id: int | None = None,
) -> tuple[Approved, ...]:
    """Store an officer's answer for each of the questions, in place of earlier ones, and close the group.

    Raises InputError when there is no question or wording, when it is too long, or when a figure has no support.
    """
    wording = clean_text(wording).strip()
    by_key = {
        question_key(mask(question)): mask(question).strip() for question in questions if normalise_question(question)
    }
    if not by_key:
        raise InputError("no question was named", user_message="请至少选择一个问题。")
    if not wording or len(wording) > WORDING_LIMIT:
        raise InputError(
            f"the wording has {len(wording)} characters, must have 1 to {WORDING_LIMIT}",
            user_message=f"请填写答复内容，不超过 {WORDING_LIMIT} 字。",
        )
    if unsupported := check(wording):
        raise InputError(
            f"figures without support: {', '.join(unsupported)}",
            user_message=f"以下数字在政策原文和所选条款中找不到依据，请核对：{'、'.join(unsupported)}",
        )
    now = records.now()
    with records.writing() as session:
        hold(session, "approved answers")
        if group_id is not None:
            review.close_answered(session, records, group_id, by)
        in_use = ApprovedRow.question_key.in_(by_key), ApprovedRow.withdrawn_at.is_(None)
        session.execute(update(ApprovedRow).where(*in_use).values(withdrawn_by=by, withdrawn_at=now))
        rows = [
            ApprovedRow(
                question=question,
                question_key=key,
                wording=wording,
                articles=list(articles),
                approved_by=by,
                approved_at=now,
                group_id=group_id,
            )
            for key, question in by_key.items()
        ]
        session.add_all(rows)
        session.flush()
        for row in rows:
            audit.note(session, records, by, "answer.approve", row.id, question=row.question, wording=wording)
        made = tuple(_approved(row) for row in rows)
    records.knowledge_changed()
    return made


def find(records: Records, question: str) -> Approved | None:
    """The approved answer to the same question, None when there is none. Raises RecordsError."""
    found = _select(records, ApprovedRow.question_key == question_key(mask(question)))
    return found[0] if found else None


def withdraw(records: Records, approved_id: int, *, by: str) -> None:
    """Use an approved answer no more. Raises InputError when there is none of that number in use."""
    with records.writing() as session:
        row = session.get(ApprovedRow, approved_id, with_for_update=True)
        if row is None or row.withdrawn_at is not None:
            raise InputError(f"no approved answer {approved_id} in use", user_message="这条人工答复不存在或已停用。")
        row.withdrawn_by, row.withdrawn_at = by, records.now()
        audit.note(session, records, by, "answer.withdraw", approved_id, question=row.question)
    records.knowledge_changed()


def list_approved(records: Records) -> tuple[Approved, ...]:
    """Those in use, the latest first."""
    return _select(records)


def _select(records: Records, *conditions: ColumnElement[bool]) -> tuple[Approved, ...]:
    query = select(ApprovedRow).where(ApprovedRow.withdrawn_at.is_(None), *conditions)
    with records.reading() as session:
        rows = session.scalars(query.order_by(ApprovedRow.approved_at.desc(), ApprovedRow.id.desc()))
        return tuple(_approved(row) for row in rows)


def _approved(row: ApprovedRow) -> Approved:
    return Approved(
        id=row.id,
        question=row.question,
        wording=row.wording,
        articles=tuple(row.articles),
        approved_by=row.approved_by,
        approved_at=row.approved_at.astimezone(CHINA),
        withdrawn_by=row.withdrawn_by,
        withdrawn_at=row.withdrawn_at.astimezone(CHINA) if row.withdrawn_at else None,
    )
