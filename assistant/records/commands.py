"""Commands for the operator of the records: forgetting, accounts of the desk, keys. ``assistant records …``.

Imports stay inside the commands, so that the command line starts at once. The program's errors pass through: the
command line tells them in one line, with their exit status.
"""

from __future__ import annotations

import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from assistant.records.database import Records

app = typer.Typer(help="Records: deletion by age, accounts of the desk, keys for staff calls.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(help="Account name: a-z 0-9 . _ -")]


@contextmanager
def _records() -> Iterator[Records]:
    from assistant.records.database import open_records
    from assistant.settings import load_settings

    records = open_records(load_settings())
    try:
        yield records
    finally:
        records.close()


def _operator() -> str:
    """Who is at the keyboard, for the audit trail."""
    try:
        return f"operator:{getpass.getuser()}"[:64]
    except (KeyError, OSError):
        return "operator"


@app.command()
def purge(
    days: Annotated[int | None, typer.Option(min=1, help="Delete what is older. Default: the setting.")] = None,
) -> None:
    """Delete questions, answers and votes older than the retention period."""
    from assistant.records.retention import purge as delete
    from assistant.settings import load_settings

    age = days if days is not None else load_settings().retention_days
    if age == 0:
        print("retention_days is 0: everything is kept")
        return
    with _records() as records:
        done = delete(records, records.now() - timedelta(days=age), by=_operator())
    print(f"deleted: {done.answers} answers, {done.groups} groups of open questions older than {age} days")


@app.command()
def account(
    name: Name,
    admin: Annotated[bool, typer.Option(help="May manage accounts, keys and documents.")] = False,
    display_name: Annotated[str, typer.Option(help="The name that colleagues see.")] = "",
) -> None:
    """Make an account of the desk; asks for its password."""
    from assistant.records import staff

    with _records() as records:
        made = staff.create(
            records,
            name,
            _new_password(),
            by=_operator(),
            display_name=display_name,
            role="admin" if admin else "officer",
        )
    print(f"account {made.name} ({made.role})")


@app.command()
def password(name: Name) -> None:
    """Set an account's password anew and end its sessions; also lets it in again after a lock-out."""
    from assistant.records import logins, staff

    with _records() as records:
        staff.set_password(records, name, _new_password(), by=_operator())
        logins.unlock(records, name, by=_operator())
    print(f"password of {name} changed")


@app.command()
def close(name: Name) -> None:
    """Close an account and end its sessions."""
    from assistant.records import staff

    with _records() as records:
        staff.set_active(records, name, active=False, by=_operator())
    print(f"account {name} closed")


@app.command()
def accounts() -> None:
    """List the accounts."""
    from assistant.records import staff

    with _records() as records:
        for one in staff.list_staff(records):
            print(f"{one.name:<24} {one.role:<8} {'' if one.active else 'closed':<8} {one.display_name}")


@app.command()
def key(label: Annotated[str, typer.Argument(help="What the key is for.")]) -> None:
    """Make a key for staff calls over HTTP. It is shown this once."""
    from assistant.records import api_keys

    with _records() as records:
        print(api_keys.create(records, label, by=_operator()))


@app.command()
def keys() -> None:
    """List the keys, without their secrets."""
    from assistant.records import api_keys

    with _records() as records:
        for one in api_keys.list_keys(records):
            state = f"revoked {one.revoked_at:%Y-%m-%d}" if one.revoked_at else "in use"
            print(f"{one.id}  {one.created_at:%Y-%m-%d}  {state:<20} {one.label}")


@app.command()
def revoke(key_id: Annotated[str, typer.Argument(help="The key's id (see keys).")]) -> None:
    """Take a key out of use."""
    from assistant.records import api_keys

    with _records() as records:
        api_keys.revoke(records, key_id, by=_operator())
    print(f"key {key_id} revoked")


def _new_password() -> str:
    return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True))
