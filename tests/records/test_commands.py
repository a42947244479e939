"""The operator's commands."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant.errors import InputError
from assistant.records import api_keys, staff
from assistant.records.answers import list_answers
from assistant.records.commands import app
from assistant.records.database import Records, open_records
from assistant.settings import load_settings

from .conftest import ask

PASSWORD = "Correct horse 7"


@pytest.fixture
def opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Records:
    monkeypatch.setenv("ASSISTANT_DATA_DIR", str(tmp_path))
    return open_records(load_settings())


def run(*arguments: str, typed: str = "") -> str:
    result = CliRunner().invoke(app, arguments, input=typed, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def test_purge_deletes_by_the_setting_or_by_days(opened: Records, monkeypatch: pytest.MonkeyPatch) -> None:
    old = Records(opened.engine, opened.keys, clock=lambda: datetime.now(UTC) - timedelta(days=100))
    ask(old, "old", "平台")
    ask(opened, "new", "平台")
    assert "deleted: 0 answers" in run("purge")
    monkeypatch.setenv("ASSISTANT_RETENTION_DAYS", "0")
    assert "everything is kept" in run("purge")
    assert "deleted: 1 answers" in run("purge", "--days", "30")
    assert [record.id for record in list_answers(opened)[0]] == ["new"]


def test_accounts_are_made_changed_and_closed(opened: Records) -> None:
    typed = f"{PASSWORD}\n{PASSWORD}\n"
    assert "li.min (admin)" in run("account", "li.min", "--admin", typed=typed)
    shown = run("account", "wang", "--display-name", "王芳", typed=typed)
    assert PASSWORD not in shown
    run("password", "wang", typed="Another horse 8\nAnother horse 8\n")
    run("close", "wang")
    listed = run("accounts").splitlines()
    assert [line.split() for line in listed] == [["li.min", "admin", "li.min"], ["wang", "officer", "closed", "王芳"]]
    with pytest.raises(InputError):
        run("account", "li.min", typed=typed)
    with pytest.raises(InputError):
        run("close", "li.min")
    assert staff.any_staff(opened)


def test_keys_are_made_listed_and_revoked(opened: Records) -> None:
    made = run("key", "报表").strip()
    found = api_keys.verify(opened, made)
    assert found is not None
    assert "in use" in run("keys")
    assert made not in run("keys")
    run("revoke", found.id)
    assert api_keys.verify(opened, made) is None
    assert "revoked" in run("keys")
