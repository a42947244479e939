"""What officers work off: questions that were refused or voted down, put together by likeness.

An item waits ungrouped until somebody looks: so nothing is compared while a company waits for its answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from assistant.errors import InputError
from assistant.records import audit
from assistant.records.database import CHINA, Records, hold
from assistant.records.masking import mask
from assistant.records.questions import most_alike, normalise_question
from assistant.records.tables import AnswerRow, Cause, FeedbackRow, ReviewGroupRow, ReviewItemRow, ReviewState

UNDONE: tuple[ReviewState, ...] = ("open", "assigned")


@dataclass(frozen=True, slots=True)
class Item:
    """One question of a group, and why it is there. ``vote_reason`` is what the user wrote with a thumb down."""

    answer_id: str
    question: str
    cause: Cause
    reason: str | None
    vote_reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Group:
    """Questions of one kind. ``question`` is the first of them; ``refused`` and ``voted_down`` count the items."""

    id: int
    question: str
    state: ReviewState
    assigned_to: str | None
    refused: int
    voted_down: int
    opened_at: datetime
    last_at: datetime
    note: str
    items: tuple[Item, ...]

    @property
    def questions(self) -> tuple[str, ...]:
        """The different questions of the group, the most frequent first."""
        counts: dict[str, int] = {}
        first: dict[str, str] = {}
        for item in self.items:
            same = normalise_question(item.question)
            first.setdefault(same, item.question)
            counts[same] = counts.get(same, 0) + 1
        return tuple(first[same] for same in sorted(counts, key=lambda same: -counts[same]))


def list_groups(
    records: Records, states: Sequence[ReviewState] = UNDONE, *, limit: int = 50, offset: int = 0
) -> tuple[tuple[Group, ...], int]:
    """The groups in these states, those with the latest question first, and how many there are in all."""
    _group_new(records)
    query = select(ReviewGroupRow).where(ReviewGroupRow.state.in_(states))
    items = selectinload(ReviewGroupRow.items).joinedload(ReviewItemRow.answer)
    with records.reading() as session:
        total = session.scalar(select(func.count()).select_from(query.subquery())) or 0
        page = query.options(items).order_by(ReviewGroupRow.last_at.desc(), ReviewGroupRow.id)
        rows = session.scalars(page.limit(limit).offset(offset)).all()
        return tuple(_group(session, row) for row in rows), total


def get_group(records: Records, group_id: int) -> Group | None:
    """One group with its questions, None when there is none of that number."""
    with records.reading() as session:
        row = session.get(ReviewGroupRow, group_id)
        return _group(session, row) if row else None


def assign(records: Records, group_id: int, *, to: str | None, by: str) -> None:
    """Give a group to a member of staff, or back to all (``to`` None). Raises InputError when it is closed or gone."""
    with records.writing() as session:
        row = _undone(session, group_id)
        row.assigned_to, row.state = to, "assigned" if to else "open"
        audit.note(session, records, by, "review.assign", group_id, to=to)


def dismiss(records: Records, group_id: int, *, note: str, by: str) -> None:
    """Close a group without an answer, with the reason. Raises InputError when it is closed or gone."""
    with records.writing() as session:
        row = _undone(session, group_id)
        row.state, row.closed_at, row.note = "dismissed", records.now(), mask(note.strip())
        audit.note(session, records, by, "review.dismiss", group_id, note=row.note)


def reopen(records: Records, group_id: int, *, by: str) -> None:
    """Put a closed group back. Raises InputError when there is no such group."""
    with records.writing() as session:
        row = _known(session, group_id)
        row.state, row.closed_at, row.assigned_to = "open", None, None
        audit.note(session, records, by, "review.reopen", group_id)


def close_answered(session: Session, records: Records, group_id: int, by: str) -> None:
    """Mark a group as answered, inside the transaction that stores the answer. Raises InputError when it is gone."""
    row = _known(session, group_id)
    row.state, row.closed_at, row.assigned_to = "answered", records.now(), row.assigned_to or by


def _known(session: Session, group_id: int) -> ReviewGroupRow:
    row = session.get(ReviewGroupRow, group_id, with_for_update=True)
    if row is None:
        raise InputError(f"there is no review group {group_id}", user_message="没有这一组待办，可能已被清理。")
    return row


def _undone(session: Session, group_id: int) -> ReviewGroupRow:
    row = _known(session, group_id)
    if row.state not in UNDONE:
        raise InputError(f"review group {group_id} is closed", user_message="这一组待办已经办结，请刷新页面。")
    return row


def _group_new(records: Records) -> None:
    """Put items that wait into the group that they are most like, or into one of their own."""
    waiting = select(ReviewItemRow).where(ReviewItemRow.group_id.is_(None))
    with records.reading() as session:
        if session.scalar(waiting.with_only_columns(ReviewItemRow.id).limit(1)) is None:
            return
    with records.writing() as session:
        hold(session, "review groups")
        undone = session.scalars(select(ReviewGroupRow).where(ReviewGroupRow.state.in_(UNDONE)))
        groups = {row.normalised: row for row in undone}
        query = waiting.options(joinedload(ReviewItemRow.answer)).order_by(ReviewItemRow.at, ReviewItemRow.id)
        for item in session.scalars(query).all():
            normalised = normalise_question(item.answer.question)
            home = most_alike(normalised, groups)
            if home is None:
                home = normalised
                groups[home] = ReviewGroupRow(
                    question=item.answer.question,
                    normalised=normalised,
                    state="open",
                    opened_at=item.at,
                    last_at=item.at,
                )
                session.add(groups[home])
            item.group = groups[home]
            groups[home].last_at = max(groups[home].last_at, item.at)


def _group(session: Session, row: ReviewGroupRow) -> Group:
    ids = [item.answer_id for item in row.items]
    votes = session.execute(select(FeedbackRow.answer_id, FeedbackRow.reason).where(FeedbackRow.answer_id.in_(ids)))
    reasons = {row.answer_id: row.reason for row in votes}
    items = tuple(_item(item, item.answer, reasons.get(item.answer_id, "")) for item in row.items)
    return Group(
        id=row.id,
        question=row.question,
        state=row.state,
        assigned_to=row.assigned_to,
        refused=sum(item.cause == "refused" for item in items),
        voted_down=sum(item.cause == "voted_down" for item in items),
        opened_at=row.opened_at.astimezone(CHINA),
        last_at=row.last_at.astimezone(CHINA),
        note=row.note,
        items=items,
    )


def _item(row: ReviewItemRow, answer: AnswerRow, vote_reason: str) -> Item:
    return Item(
        answer_id=row.answer_id,
        question=answer.question,
        cause=row.cause,
        reason=answer.reason,
        vote_reason=vote_reason,
        at=row.at.astimezone(CHINA),
    )
