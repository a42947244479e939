"""Opening the records: tables on both databases, several processes at once, faults as typed errors."""

from __future__ import annotations

import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, inspect, text

from assistant.errors import SettingsError
from assistant.records import answers
from assistant.records.database import Records, RecordsError, open_engine, open_records
from assistant.records.keys import KEY_FILE, Keys, load_keys
from assistant.records.tables import Base
from assistant.settings import PROJECT_ROOT, load_settings

from .conftest import ask


def test_the_migrations_make_exactly_the_tables_of_the_program(records: Records) -> None:
    with records.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
    assert set(inspect(records.engine).get_table_names()) == {*Base.metadata.tables, "alembic_version"}


def test_opening_again_changes_nothing(records: Records) -> None:
    ask(records, "a1", "平台补多少")
    url = records.engine.url.render_as_string(hide_password=False)
    again = Records(open_engine(url), records.keys)
    assert answers.get_answer(again, "a1") is not None
    again.close()


def test_the_tables_can_be_taken_down_and_made_again(tmp_path: Path) -> None:
    from alembic import command
    from alembic.config import Config

    engine = open_engine(f"sqlite:///{tmp_path}/r.db")
    with engine.connect() as connection:
        config = Config()
        config.set_main_option("script_location", str(PROJECT_ROOT / "assistant" / "records" / "migrations"))
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
        connection.commit()
        assert inspect(connection).get_table_names() == ["alembic_version"]
    engine.dispose()
    assert "answers" in inspect(open_engine(f"sqlite:///{tmp_path}/r.db")).get_table_names()


def test_several_processes_may_start_at_once(tmp_path: Path) -> None:
    code = "import sys; from assistant.records.database import open_engine; open_engine(sys.argv[1])"
    url = f"sqlite:///{tmp_path}/new/records.db"
    starts = [
        subprocess.Popen([sys.executable, "-c", code, url], cwd=PROJECT_ROOT, stderr=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    assert [(start.wait(60), start.communicate()[1]) for start in starts] == [(0, "")] * 3
    assert "answers" in inspect(create_engine(url)).get_table_names()


def test_several_openings_of_postgresql_at_once(postgresql_url: str) -> None:
    admin = create_engine(postgresql_url, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text("CREATE DATABASE at_once"))
    url = postgresql_url.replace("/postgres", "/at_once")
    with ThreadPoolExecutor(4) as pool:
        engines = list(pool.map(open_engine, [url] * 4))
    assert {len(inspect(engine).get_table_names()) for engine in engines} == {len(Base.metadata.tables) + 1}
    for engine in engines:
        engine.dispose()
    with admin.connect() as connection:
        connection.execute(text("DROP DATABASE at_once"))
    admin.dispose()


def test_tables_of_a_newer_program_are_told(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/r.db"
    engine = open_engine(url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'r9999'"))
    engine.dispose()
    with pytest.raises(RecordsError, match="newer version") as caught:
        open_engine(url)
    assert caught.value.exit_status == 3


def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    (tmp_path / "r.db").write_text("not a database, and long enough to be looked at " * 20)
    with pytest.raises(RecordsError, match="not a database"):
        open_engine(f"sqlite:///{tmp_path}/r.db")


def test_a_folder_in_the_way_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(RecordsError, match="cannot be made"):
        open_engine(f"sqlite:///{tmp_path}/file/r.db")


def test_a_server_that_does_not_answer_is_told_without_its_password() -> None:
    with pytest.raises(RecordsError) as caught:
        open_engine("postgresql+psycopg://user:hunter2@127.0.0.1:1/x")
    assert "hunter2" not in caught.value.message
    assert "\n" not in caught.value.message
    assert "12345" in caught.value.user_message


def test_a_transaction_is_kept_whole_or_not_at_all(records: Records) -> None:
    ask(records, "a1", "平台补多少")

    def half_done() -> None:
        with records.writing() as session:
            session.execute(text("DELETE FROM answers"))
            raise KeyError("something went wrong half way")

    with pytest.raises(KeyError):
        half_done()
    assert answers.get_answer(records, "a1") is not None


def test_an_id_that_is_taken_is_a_typed_error(records: Records) -> None:
    ask(records, "a1", "平台补多少", for_review=True)
    with pytest.raises(RecordsError):
        ask(records, "a1", "平台补多少", for_review=True)
    assert answers.list_answers(records)[1] == 1


def test_many_threads_write_at_once(records: Records) -> None:
    start = threading.Barrier(8)

    def write(thread: int) -> None:
        start.wait()
        for number in range(10):
            ask(records, f"{thread}-{number}", "平台补多少", for_review=True)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(8)))
    assert answers.list_answers(records)[1] == 80


def test_the_secret_is_made_once_and_kept(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        made = set(pool.map(lambda _: load_keys(tmp_path / "new").root, range(8)))
    assert len(made) == 1
    file = tmp_path / "new" / KEY_FILE
    assert file.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in (tmp_path / "new").iterdir()] == [KEY_FILE]
    assert load_keys(tmp_path / "new").root == file.read_bytes()


def test_a_given_secret_is_used_on_every_machine(tmp_path: Path) -> None:
    assert load_keys(tmp_path / "a", "s" * 16) == load_keys(tmp_path / "b", "s" * 16)
    assert not (tmp_path / "a").exists()
    assert load_keys(tmp_path, "s" * 16) != load_keys(tmp_path, "t" * 16)


@pytest.mark.parametrize("content", [b"", b"short", b"x" * 33])
def test_a_damaged_secret_is_told(tmp_path: Path, content: bytes) -> None:
    (tmp_path / KEY_FILE).write_bytes(content)
    with pytest.raises(SettingsError, match="damaged"):
        load_keys(tmp_path)


def test_marks_differ_by_purpose_and_secret_and_do_not_show_it() -> None:
    keys, others = Keys(b"a" * 32), Keys(b"b" * 32)
    marks = {keys.mark("session", "x"), keys.mark("form", "x"), keys.mark("session", "y"), others.mark("session", "x")}
    assert len(marks) == 4
    assert keys.mark("session", "x") == Keys(b"a" * 32).mark("session", "x")
    assert "aaaa" not in repr(keys)


def test_records_open_by_the_settings(tmp_path: Path) -> None:
    records = open_records(load_settings(data_dir=str(tmp_path / "data"), records_enabled=False))
    assert not records.enabled
    assert (tmp_path / "data" / "records.db").is_file()
    assert (tmp_path / "data" / KEY_FILE).is_file()
    records.close()


@pytest.mark.parametrize("name", ["secret_key", "desk_password"])
def test_secrets_of_the_settings_are_not_printed(name: str) -> None:
    settings = load_settings(**{name: "hunter2-hunter2-hunter2"})
    assert "hunter2" not in repr(settings)
    if name == "secret_key":
        with pytest.raises(SettingsError) as caught:
            load_settings(secret_key="hunter2")
        assert "hunter2" not in caught.value.message
