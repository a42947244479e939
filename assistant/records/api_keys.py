"""Keys for staff calls over HTTP. A key is shown once, when it is made; only its hash is kept."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from assistant.errors import InputError
from assistant.records import audit
from assistant.records.database import CHINA, Records
from assistant.records.tables import ApiKeyRow

_PREFIX = "ozk"


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A key, without its secret. ``id`` may be shown and logged."""

    id: str
    label: str
    created_by: str
    created_at: datetime
    revoked_at: datetime | None


def create(records: Records, label: str, *, by: str) -> str:
    """Make a key and return it: the only time that it can be read. Raises InputError when it has no label."""
    label = label.strip()[:64]
    if not label:
        raise InputError("a key needs a label", user_message="请填写密钥的用途。")
    key_id, secret = secrets.token_hex(6), secrets.token_urlsafe(32)
    with records.writing() as session:
        session.add(
            ApiKeyRow(id=key_id, label=label, secret_hash=_hash(secret), created_by=by, created_at=records.now())
        )
        audit.note(session, records, by, "key.create", key_id, label=label)
    return f"{_PREFIX}_{key_id}_{secret}"


def verify(records: Records, given: str) -> ApiKey | None:
    """The key that ``given`` is, None when it is none or revoked. The comparison takes the same time for any secret."""
    prefix, _, rest = given.partition("_")
    key_id, _, secret = rest.partition("_")
    if prefix != _PREFIX or len(key_id) > 16 or len(secret) > 128:
        return None
    with records.reading() as session:
        row = session.get(ApiKeyRow, key_id)
    right = hmac.compare_digest(row.secret_hash if row else _hash(""), _hash(secret))
    return _key(row) if row is not None and right and row.revoked_at is None else None


def revoke(records: Records, key_id: str, *, by: str) -> None:
    """Take a key out of use. Raises InputError when there is none of that id in use."""
    with records.writing() as session:
        row = session.get(ApiKeyRow, key_id, with_for_update=True)
        if row is None or row.revoked_at is not None:
            raise InputError(f"no key {key_id!r} in use", user_message="密钥不存在或已停用。")
        row.revoked_at = records.now()
        audit.note(session, records, by, "key.revoke", key_id)


def list_keys(records: Records) -> tuple[ApiKey, ...]:
    """All keys, the latest first."""
    with records.reading() as session:
        return tuple(_key(row) for row in session.scalars(select(ApiKeyRow).order_by(ApiKeyRow.created_at.desc())))


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def _key(row: ApiKeyRow) -> ApiKey:
    revoked = row.revoked_at.astimezone(CHINA) if row.revoked_at else None
    return ApiKey(row.id, row.label, row.created_by, row.created_at.astimezone(CHINA), revoked)
