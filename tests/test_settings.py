"""Settings: where they come from, what outranks what, and what a wrong one is told."""

from __future__ import annotations

import datetime as dt
import os
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import SettingsError
from assistant.settings import FILE_VARIABLE, PROJECT_ROOT, Settings, load_settings, unknown_variables


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting of the test session's own."""
    monkeypatch.delenv("ASSISTANT_DATA_DIR")


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The settings file in force, empty."""
    path = tmp_path / "own.toml"
    path.touch()
    monkeypatch.setenv(FILE_VARIABLE, str(path))
    return path


def test_defaults_are_absolute_whatever_the_folder(elsewhere: Path) -> None:
    settings = load_settings()
    assert settings.corpus_dir == PROJECT_ROOT / "corpus"
    assert settings.policy_dir == PROJECT_ROOT / "corpus" / "one-zone-two-centres"
    assert settings.related_dir == PROJECT_ROOT / "corpus" / "related"
    assert settings.index_dir == PROJECT_ROOT / "data" / "index"
    assert settings.embedding_model == str(PROJECT_ROOT / "assistant" / "retrieval" / "encoder")
    assert settings.database_url.get_secret_value() == f"sqlite:///{PROJECT_ROOT}/data/records.db"
    assert settings.as_of is None


def test_index_and_records_follow_the_data_folder(elsewhere: Path) -> None:
    settings = load_settings(data_dir="elsewhere/store")
    assert settings.index_dir == PROJECT_ROOT / "elsewhere" / "store" / "index"
    assert settings.database_url.get_secret_value() == f"sqlite:///{PROJECT_ROOT}/elsewhere/store/records.db"


def test_given_outranks_environment_outranks_file(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file.write_text('port = 1001\nhost = "0.0.0.0"\nlog_level = "ERROR"\nas_of = 2025-03-01\n', encoding="utf-8")
    monkeypatch.setenv("ASSISTANT_PORT", "1002")
    monkeypatch.setenv("ASSISTANT_HOST", "")
    assert load_settings().port == 1002
    assert load_settings(port=1003, host=None).port == 1003
    assert load_settings(port=1003, host=None).host == "0.0.0.0"
    assert load_settings().log_level == "error"
    assert load_settings().as_of == dt.date(2025, 3, 1)


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("corpus_dir", "a/../b", PROJECT_ROOT / "b"),
        ("corpus_dir", "/srv/corpus", Path("/srv/corpus")),
        ("corpus_dir", "~/corpus", Path.home() / "corpus"),
        ("embedding_model", "owner/model-v1.5", "owner/model-v1.5"),
        ("embedding_model", "./models/x", str(PROJECT_ROOT / "models" / "x")),
        ("embedding_model", "models/x/y", str(PROJECT_ROOT / "models" / "x" / "y")),
        ("embedding_model", "assistant", str(PROJECT_ROOT / "assistant")),
        ("host", "::1", "::1"),
        ("host", "desk.example.com", "desk.example.com"),
        ("log_format", "JSON", "json"),
        ("as_of", "2026-05-24", dt.date(2026, 5, 24)),
        ("port", "65535", 65535),
    ],
)
def test_values_that_can_be_used(monkeypatch: pytest.MonkeyPatch, name: str, value: str, expected: object) -> None:
    monkeypatch.setenv(f"ASSISTANT_{name.upper()}", value)
    assert getattr(load_settings(), name) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("sqlite:////srv/records.db", "sqlite:////srv/records.db"),
        ("sqlite:///store/records.db", f"sqlite:///{PROJECT_ROOT}/store/records.db"),
        ("sqlite:///:memory:", "sqlite:///:memory:"),
        ("sqlite:///a.db?timeout=3", f"sqlite:///{PROJECT_ROOT}/a.db?timeout=3"),
        ("postgres://u:p@h/n", "postgresql+psycopg://u:p@h/n"),
        ("postgresql://u:p@h:5433/n?sslmode=require", "postgresql+psycopg://u:p@h:5433/n?sslmode=require"),
    ],
)
def test_databases(value: str, expected: str) -> None:
    assert load_settings(database_url=value).database_url.get_secret_value() == expected


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("port", "0", "greater than or equal to 1"),
        ("port", "65536", "less than or equal to 65535"),
        ("port", "http", "valid integer"),
        ("host", "not a host", "write an address"),
        ("host", "a" * 64, "write an address"),
        ("policy_id", "../secret", "match pattern"),
        ("log_level", "loud", "'debug', 'info', 'warning' or 'error'"),
        ("as_of", "20250301", "write a day as 2025-03-01"),
        ("as_of", "2025-02-30", "day"),
        ("as_of", "1999-12-31", "2000-01-01"),
        ("as_of", "2101-01-01", "2100-12-31"),
        ("corpus_dir", " ", "name a folder"),
        ("corpus_dir", "~nobody-of-that-name/x", "home"),
    ],
)
def test_wrong_values_are_told_with_place_and_reason(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, reason: str
) -> None:
    variable = f"ASSISTANT_{name.upper()}"
    monkeypatch.setenv(variable, value)
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert caught.value.exit_status == 2
    assert caught.value.message.startswith(f"{variable}: ")
    assert reason in caught.value.message
    assert "\n" not in caught.value.message


@pytest.mark.parametrize("value", ["mysql://u:hunter2@h/n", "hunter2", "sqlite://hunter2", "sqlite:///"])
def test_a_wrong_database_address_is_not_repeated(value: str) -> None:
    with pytest.raises(SettingsError) as caught:
        load_settings(database_url=value)
    assert "postgresql://" in caught.value.message
    assert "hunter2" not in caught.value.message


def test_the_database_password_is_not_printed() -> None:
    assert "hunter2" not in repr(load_settings(database_url="postgresql://u:hunter2@h/n"))


def test_every_fault_is_told_in_one_line(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file.write_text('prot = 80\nhost = "a b"\n', encoding="utf-8")
    monkeypatch.setenv("ASSISTANT_PORT", "-1")
    with pytest.raises(SettingsError) as caught:
        load_settings(log_level="loud")
    message = caught.value.message
    assert f"prot in {file}: there is no such setting (did you mean port?)" in message
    assert f"host in {file}: write an address" in message
    assert "ASSISTANT_PORT: " in message
    assert "database_url" not in message
    assert "log_level: " in message
    assert "\n" not in message


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"port = ", "not valid TOML"),
        (b"port = 1\nport = 2\n", "not valid TOML"),
        ('log_level = "信息"'.encode("gb18030"), "not UTF-8"),
        (b"[web]\nport = 80\n", "there is no such setting"),
        (b'corpus_dir = "a\\u0000b"', "name a folder"),
        (b"as_of = 2025-03-01T00:00:00", "write a day"),
    ],
)
def test_a_broken_file_is_told(file: Path, content: bytes, reason: str) -> None:
    file.write_bytes(content)
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert str(file) in caught.value.message
    assert reason in caught.value.message


def test_a_named_file_that_is_missing_is_told(file: Path) -> None:
    file.unlink()
    with pytest.raises(SettingsError, match=FILE_VARIABLE):
        load_settings()


def test_mistyped_variables_are_found() -> None:
    environment = {"ASSISTANT_PROT": "1", "ASSISTANT_PORT": "1", FILE_VARIABLE: "x", "PATH": "y"}
    assert unknown_variables(environment) == ["ASSISTANT_PROT (did you mean ASSISTANT_PORT?)"]


def test_settings_cannot_be_changed() -> None:
    with pytest.raises(ValueError, match="frozen"):
        load_settings().port = 1


def test_every_setting_is_described() -> None:
    assert [name for name, field in Settings.model_fields.items() if not field.description] == []


def test_the_example_file_names_every_setting_and_is_valid(file: Path) -> None:
    example = (PROJECT_ROOT / "assistant.example.toml").read_text(encoding="utf-8")
    lines = [line.removeprefix("# ") for line in example.splitlines() if line.startswith("# ") and " = " in line]
    file.write_text("\n".join(lines), encoding="utf-8")
    assert set(tomllib.loads(file.read_text(encoding="utf-8"))) == set(Settings.model_fields)
    for name, field in Settings.model_fields.items():
        assert f"# {field.description}".split(" Default: ")[0] in example, name
    defaults = load_settings(as_of=None).model_dump(exclude={"as_of"})
    os.environ.pop(FILE_VARIABLE)
    assert defaults == load_settings().model_dump(exclude={"as_of"})


@given(st.text(max_size=40) | st.dates().map(str))
def test_any_text_for_a_day_gives_that_day_or_a_typed_error(text: str) -> None:
    try:
        day = load_settings(as_of=text).as_of
    except SettingsError:
        return
    assert day is not None
    assert day.isoformat() == text.strip()
