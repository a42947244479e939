"""The audit trail: who did what, when. Written in the same transaction as the deed itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from assistant.records.database import Records
from assistant.records.masking import Json, clean_text, mask_json
from assistant.records.tables import AuditRow


@dataclass(frozen=True, slots=True)
class Deed:
    """One line of the trail. ``detail`` is a JSON object with what is worth keeping, masked."""

    at: datetime
    actor: str
    action: str
    target: str
    detail: dict[str, Json]


def note(session: Session, records: Records, actor: str, action: str, target: object = "", **detail: Json) -> None:
    """Add a line to the trail, kept if and only if the transaction is."""
    session.add(
        AuditRow(
            at=records.now(),
            actor=clean_text(actor)[:64],
            action=action,
            target=clean_text(str(target))[:128],
            detail=mask_json(detail),
        )
    )


def list_deeds(
    records: Records, *, actor: str | None = None, action: str | None = None, limit: int = 100, offset: int = 0
) -> tuple[tuple[Deed, ...], int]:
    """The latest lines first, of one actor or action when named, and how many there are in all."""
    query = select(AuditRow)
    if actor:
        query = query.where(AuditRow.actor == actor)
    if action:
        query = query.where(AuditRow.action == action)
    with records.reading() as session:
        total = session.scalar(select(func.count()).select_from(query.subquery())) or 0
        rows = session.scalars(query.order_by(AuditRow.id.desc()).limit(limit).offset(offset)).all()
        return tuple(Deed(row.at, row.actor, row.action, row.target, row.detail) for row in rows), total
