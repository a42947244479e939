"""Logging in to the desk: limited attempts with a lock-out, sessions that expire, tokens against forged forms.

An attempt is counted before the password is looked at, and taken back when it was right: so many attempts at once
count as many.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select

from assistant.errors import InputError
from assistant.records import audit, staff
from assistant.records.database import CHINA, Records, hold
from assistant.records.tables import LoginFailureRow, Role, StaffRow, StaffSessionRow

WINDOW = timedelta(minutes=15)
TRIES_OF_CLIENT_AT_NAME = 5
TRIES_AT_NAME = 20
TRIES_OF_CLIENT = 30
_SEEN_EVERY = timedelta(minutes=1)


class LoginRefused(InputError):
    """The name or the password is wrong."""

    user_message = "用户名或密码不正确。"


class LoginLocked(LoginRefused):
    """Too many failed attempts: not even the right password is taken for a while."""

    user_message = "登录尝试次数过多，请 15 分钟后再试。"


@dataclass(frozen=True, slots=True)
class Login:
    """A session at the desk, as it may be passed around: who it is, and the token for forms."""

    name: str
    display_name: str
    role: Role
    expires_at: datetime
    form_token: str


def log_in(records: Records, name: str, password: str, *, client: str, lasts: timedelta) -> str:
    """Check name and password and open a session of at most ``lasts``; returns its token, for the cookie only.

    ``client`` is the caller's address. Raises LoginRefused, LoginLocked.
    """
    name = name.strip().lower()[:64]
    attempt = _count_attempt(records, name, client)
    with records.reading() as session:
        row = session.scalar(select(StaffRow).where(StaffRow.name == name))
    if not staff.verify(row, password) or row is None:
        raise LoginRefused(f"wrong name or password for {name!r}")
    token = secrets.token_urlsafe(32)
    now = records.now()
    with records.writing() as session:
        session.execute(delete(LoginFailureRow).where(LoginFailureRow.id == attempt))
        mine = (
            LoginFailureRow.name_hash == _name_mark(records, name),
            LoginFailureRow.client_hash == _mark(records, client),
        )
        session.execute(delete(LoginFailureRow).where(*mine))
        session.execute(delete(StaffSessionRow).where(StaffSessionRow.expires_at <= now))
        session.add(
            StaffSessionRow(
                token_hash=_hash(token), staff_id=row.id, created_at=now, seen_at=now, expires_at=now + lasts
            )
        )
        audit.note(session, records, name, "login")
    return token


def current(records: Records, token: str | None, *, idle: timedelta) -> Login | None:
    """The session that a cookie's token stands for, None when there is none, or it expired or was idle for too long."""
    if not token or len(token) > 128:
        return None
    now = records.now()
    with records.reading() as session:
        row = session.get(StaffSessionRow, _hash(token))
        if row is None or row.expires_at <= now or row.seen_at + idle <= now or not row.staff.active:
            return None
        login = Login(
            row.staff.name,
            row.staff.display_name,
            row.staff.role,
            row.expires_at.astimezone(CHINA),
            form_token(records, token),
        )
        stale = row.seen_at + _SEEN_EVERY <= now
    if stale:
        with records.writing() as session:
            if kept := session.get(StaffSessionRow, _hash(token)):
                kept.seen_at = now
    return login


def log_out(records: Records, token: str | None) -> None:
    """End a session; nothing happens when there is none."""
    if not token:
        return
    with records.writing() as session:
        if row := session.get(StaffSessionRow, _hash(token)):
            audit.note(session, records, row.staff.name, "logout")
            session.delete(row)


def form_token(records: Records, token: str) -> str:
    """What a form must send along with the cookie, so that no other site's form can act in its name."""
    return records.keys.mark("form", token)


def is_form_token(records: Records, token: str, given: str) -> bool:
    """Whether a form's token belongs to the cookie's."""
    return hmac.compare_digest(form_token(records, token).encode(), given.encode("utf-8", "replace"))


def _count_attempt(records: Records, name: str, client: str) -> int:
    """Count this attempt; returns its row's number. Raises LoginLocked when there were too many."""
    now = records.now()
    with records.writing() as session:
        hold(session, "login")
        session.execute(delete(LoginFailureRow).where(LoginFailureRow.at <= now - WINDOW))
        at_name = LoginFailureRow.name_hash == _name_mark(records, name)
        of_client = LoginFailureRow.client_hash == _mark(records, client)
        same = session.scalar(select(func.count()).where(at_name, of_client)) or 0
        here = session.scalar(select(func.count()).where(at_name)) or 0
        there = session.scalar(select(func.count()).where(of_client)) or 0
        locked = same >= TRIES_OF_CLIENT_AT_NAME or here >= TRIES_AT_NAME or there >= TRIES_OF_CLIENT
        if not locked:
            row = LoginFailureRow(name_hash=_name_mark(records, name), client_hash=_mark(records, client), at=now)
            session.add(row)
            if same + 1 == TRIES_OF_CLIENT_AT_NAME:
                audit.note(session, records, name, "login.last_try", "")
            session.flush()
            return row.id
    raise LoginLocked(f"too many attempts for {name!r} or from its client")


def unlock(records: Records, name: str, *, by: str) -> None:
    """Forget the failed attempts at one account (an admin's help for a locked-out colleague)."""
    with records.writing() as session:
        session.execute(
            delete(LoginFailureRow).where(LoginFailureRow.name_hash == _name_mark(records, name.strip().lower()))
        )
        audit.note(session, records, by, "login.unlock", name)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def _mark(records: Records, client: str) -> str:
    return records.keys.mark("login client", client)


def _name_mark(records: Records, name: str) -> str:
    return records.keys.mark("login name", name)
