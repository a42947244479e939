"""Forgetting: answers, votes and open questions are deleted after a time; staff's own records are kept."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, exists, func, select, text

from assistant.errors import InputError
from assistant.logs import get_logger
from assistant.records import audit
from assistant.records.database import Records, RecordsError
from assistant.records.tables import AnswerRow, LoginFailureRow, ReviewGroupRow, ReviewItemRow, StaffSessionRow

_log = get_logger(__name__)
_DAILY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Purged:
    """What was deleted: answers (with their votes and traces) and groups of open questions left empty."""

    answers: int
    groups: int


def purge(records: Records, older_than: datetime, *, by: str = "system") -> Purged:
    """Delete what was asked before a moment, for good. Approved answers and the audit trail are not touched.

    Raises InputError when the moment has no time zone or lies in the future, RecordsError when the database fails
    (then nothing is deleted).
    """
    if older_than.tzinfo is None or older_than > records.now():
        raise InputError("older_than must be a past moment with a time zone", user_message="清理时间须早于现在。")
    with records.writing() as session:
        old = AnswerRow.asked_at < older_than
        answers = session.scalar(select(func.count()).select_from(AnswerRow).where(old)) or 0
        session.execute(delete(AnswerRow).where(old))
        left = exists(select(ReviewItemRow.id).where(ReviewItemRow.group_id == ReviewGroupRow.id))
        empty = ~left, ReviewGroupRow.last_at < older_than
        groups = session.scalar(select(func.count()).select_from(ReviewGroupRow).where(*empty)) or 0
        session.execute(delete(ReviewGroupRow).where(*empty))
        now = records.now()
        session.execute(delete(StaffSessionRow).where(StaffSessionRow.expires_at <= now))
        session.execute(delete(LoginFailureRow).where(LoginFailureRow.at <= now - _DAILY))
        if answers or groups:
            audit.note(session, records, by, "purge", older_than.isoformat(), answers=answers, groups=groups)
    if answers and records.engine.dialect.name == "sqlite":
        with records.engine.connect() as connection:
            connection.execution_options(isolation_level="AUTOCOMMIT").execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
    return Purged(answers, groups)


def purge_expired(records: Records, days: int) -> Purged:
    """Delete what is older than the retention period of ``days``; 0 keeps everything."""
    return purge(records, records.now() - timedelta(days=days)) if days > 0 else Purged(0, 0)


class Daily:
    """Keeps the retention period in a program that runs for months: call ``tick`` whenever something happens."""

    def __init__(self, records: Records, days: int) -> None:
        self._records = records
        self._days = days
        self._due = records.now()
        self._lock = threading.Lock()

    def tick(self) -> None:
        """Purge in the background when a day has passed since the last time; returns at once."""
        if self._days <= 0 or self._records.now() < self._due:
            return
        with self._lock:
            if self._records.now() < self._due:
                return
            self._due = self._records.now() + _DAILY
        threading.Thread(target=self._purge, name="retention", daemon=True).start()

    def _purge(self) -> None:
        try:
            purged = purge_expired(self._records, self._days)
        except RecordsError as error:
            _log.warning("retention failed, tried again tomorrow", reason=error.message)
        else:
            if purged.answers or purged.groups:
                _log.info("retention", answers=purged.answers, groups=purged.groups)
