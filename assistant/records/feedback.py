"""Votes on answers: thumb up or down, with a reason in the user's own words."""

from __future__ import annotations

from sqlalchemy import select

from assistant.errors import InputError
from assistant.records import answers
from assistant.records.database import Records, hold
from assistant.records.masking import mask
from assistant.records.tables import FeedbackRow, ReviewItemRow

REASON_LIMIT = 500


def vote(records: Records, answer_id: str, *, up: bool, reason: str = "") -> bool:
    """Store a vote; the last one on an answer counts, and a vote down puts the answer before an officer.

    False when no such answer is stored (also when the records are off). Raises InputError when the reason is longer
    than REASON_LIMIT characters, RecordsError when the database fails.
    """
    if len(reason) > REASON_LIMIT:
        raise InputError(
            f"the reason of a vote has {len(reason)} characters, at most {REASON_LIMIT} are taken",
            user_message=f"反馈说明请控制在 {REASON_LIMIT} 字以内。",
        )
    if not records.enabled:
        return False
    with records.writing() as session:
        hold(session, f"answer:{answer_id}")
        if not answers.exists(session, answer_id):
            return False
        session.merge(FeedbackRow(answer_id=answer_id, up=up, reason=mask(reason.strip()), at=records.now()))
        if not up:
            known = select(ReviewItemRow.id).where(
                ReviewItemRow.answer_id == answer_id, ReviewItemRow.cause == "voted_down"
            )
            if session.scalar(known) is None:
                session.add(ReviewItemRow(answer_id=answer_id, cause="voted_down", at=records.now()))
    return True
