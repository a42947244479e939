"""Members of staff and their passwords. There is no default password: the first account is made at the first start."""

from __future__ import annotations

import hmac
import re
import threading
from dataclasses import dataclass
from datetime import datetime

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from assistant.errors import InputError
from assistant.records import audit
from assistant.records.database import CHINA, Records, hold
from assistant.records.tables import Role, StaffRow, StaffSessionRow

PASSWORD_MINIMUM = 10
PASSWORD_MAXIMUM = 128
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,31}")
# argon2id as OWASP advises for servers: 19 MiB a hash, and never more than two at once on a small machine.
_HASHER = PasswordHasher(time_cost=3, memory_cost=19 * 1024, parallelism=1)
_ROOM = threading.BoundedSemaphore(2)
_NOBODY = _HASHER.hash("nobody has this password")


@dataclass(frozen=True, slots=True)
class Staff:
    """A member of staff, as others may see it. ``role`` admin may also manage accounts, keys and the corpus."""

    name: str
    display_name: str
    role: Role
    active: bool
    created_at: datetime


def any_staff(records: Records) -> bool:
    """Whether there is any account: if not, the program is being started for the first time."""
    with records.reading() as session:
        return session.scalar(select(StaffRow.id).limit(1)) is not None


def create(
    records: Records, name: str, password: str, *, by: str, display_name: str = "", role: Role = "officer"
) -> Staff:
    """Make an account. Raises InputError when the name is taken or unusable, or the password weak."""
    name = name.strip().lower()
    _check_password(name, password)
    hashed = _hash(password)
    with records.writing() as session:
        hold(session, "staff")
        return _add(session, records, name, hashed, by, display_name, role)


def create_first(records: Records, name: str, password: str, *, display_name: str = "") -> Staff | None:
    """Make the first account, an admin's; None when there is an account already. Raises InputError as ``create``."""
    name = name.strip().lower()
    _check_password(name, password)
    hashed = _hash(password)
    with records.writing() as session:
        hold(session, "staff")
        if session.scalar(select(StaffRow.id).limit(1)) is not None:
            return None
        return _add(session, records, name, hashed, name, display_name, "admin")


def setup_code(records: Records) -> str:
    """The code that the operator reads in the log and types on the page that makes the first account."""
    return records.keys.mark("desk setup", "first account")[:12]


def is_setup_code(records: Records, code: str) -> bool:
    """Whether ``code`` is that code; takes the same time for any."""
    return hmac.compare_digest(setup_code(records).encode(), code.strip().lower().encode("utf-8", "replace"))


def set_password(records: Records, name: str, password: str, *, by: str) -> None:
    """Change a password and end that account's sessions. Raises InputError when unknown or weak."""
    _check_password(name, password)
    hashed = _hash(password)
    with records.writing() as session:
        row = _known(session, name)
        row.password_hash = hashed
        _end_sessions(session, row)
        audit.note(session, records, by, "staff.password", row.name)


def set_active(records: Records, name: str, *, active: bool, by: str) -> None:
    """Close an account and its sessions, or open it again. Raises InputError: unknown, or the last open admin."""
    with records.writing() as session:
        hold(session, "staff")
        row = _known(session, name)
        if not active and row.role == "admin":
            admins = select(StaffRow.id).where(StaffRow.role == "admin", StaffRow.active, StaffRow.id != row.id)
            if session.scalar(admins) is None:
                raise InputError("the last admin cannot be closed", user_message="至少保留一个可用的管理员账号。")
        row.active = active
        _end_sessions(session, row)
        audit.note(session, records, by, "staff.open" if active else "staff.close", row.name)


def list_staff(records: Records) -> tuple[Staff, ...]:
    """All accounts, by name."""
    with records.reading() as session:
        return tuple(_staff(row) for row in session.scalars(select(StaffRow).order_by(StaffRow.name)))


def verify(row: StaffRow | None, password: str) -> bool:
    """Whether the password is that account's. Takes as long when there is no such account."""
    with _ROOM:
        try:
            right = _HASHER.verify(row.password_hash if row else _NOBODY, password[: PASSWORD_MAXIMUM + 1])
        except (VerificationError, InvalidHashError):
            return False
    return right and row is not None and row.active


def _hash(password: str) -> str:
    with _ROOM:
        return _HASHER.hash(password)


def _check_password(name: str, password: str) -> None:
    if not PASSWORD_MINIMUM <= len(password) <= PASSWORD_MAXIMUM:
        raise InputError(
            f"a password has {PASSWORD_MINIMUM} to {PASSWORD_MAXIMUM} characters, this one {len(password)}",
            user_message=f"密码须为 {PASSWORD_MINIMUM} 至 {PASSWORD_MAXIMUM} 个字符。",
        )
    if len(set(password)) < 5 or (name and name in password.lower()):
        raise InputError(
            "the password repeats few characters or contains the account's name",
            user_message="密码过于简单：不能包含用户名，也不能只重复几个字符。",
        )


def _add(session: Session, records: Records, name: str, hashed: str, by: str, display_name: str, role: Role) -> Staff:
    if not _NAME.fullmatch(name):
        raise InputError(
            f"{name!r} is no account name: 2 to 32 of a-z 0-9 . _ -, a letter or digit first",
            user_message="用户名须为 2 至 32 位小写字母、数字或 . _ - ,并以字母或数字开头。",
        )
    if session.scalar(select(StaffRow.id).where(StaffRow.name == name)) is not None:
        raise InputError(f"the account {name} exists", user_message="这个用户名已被使用。")
    row = StaffRow(
        name=name,
        display_name=display_name.strip()[:64] or name,
        role=role,
        password_hash=hashed,
        active=True,
        created_at=records.now(),
    )
    session.add(row)
    audit.note(session, records, by, "staff.create", name, role=role)
    return _staff(row)


def _known(session: Session, name: str) -> StaffRow:
    row = session.scalar(select(StaffRow).where(StaffRow.name == name.strip().lower()).with_for_update())
    if row is None:
        raise InputError(f"there is no account {name!r}", user_message="没有这个用户。")
    return row


def _end_sessions(session: Session, row: StaffRow) -> None:
    session.execute(delete(StaffSessionRow).where(StaffSessionRow.staff_id == row.id))


def _staff(row: StaffRow) -> Staff:
    return Staff(row.name, row.display_name, row.role, row.active, row.created_at.astimezone(CHINA))
