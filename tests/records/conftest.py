"""Records to test with: on SQLite and on a real PostgreSQL server, started once in a temporary folder."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text

from assistant.records.answers import NewAnswer, save
from assistant.records.database import Records, open_engine
from assistant.records.keys import Keys
from assistant.records.tables import Base

START = datetime(2025, 3, 1, 4, 0, tzinfo=UTC)  # noon in China


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self, now: datetime = START) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: float) -> None:
        self.now += timedelta(**by)


def _postgresql_programs() -> Path | None:
    """The folder with initdb and postgres: on the PATH, or where Debian puts the newest version."""
    if found := shutil.which("initdb"):
        return Path(found).parent
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    return versions[-1].parent if versions else None


def _as_other_user(folder: Path) -> list[str]:
    """The server refuses to run as root: then it runs as another user, who is given the folder."""
    if os.geteuid() != 0:
        return []
    user = next(name for name in ("postgres", "nobody") if _exists(name))
    shutil.chown(folder, user)
    return ["setpriv", f"--reuid={user}", f"--regid={_group(user)}", "--clear-groups", "--"]


def _exists(user: str) -> bool:
    import pwd

    try:
        pwd.getpwnam(user)
    except KeyError:
        return False
    return True


def _group(user: str) -> int:
    import pwd

    return pwd.getpwnam(user).pw_gid


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    """Address of an empty PostgreSQL database on a server of its own."""
    programs = _postgresql_programs()
    if programs is None:
        if os.environ.get("CI"):
            pytest.fail("no PostgreSQL server programs (initdb, postgres) on this machine")
        pytest.skip(
            "no PostgreSQL server programs (initdb, postgres) on this machine; Debian: apt-get install postgresql"
        )
    folder = Path(tempfile.mkdtemp(prefix="assistant-pg-"))
    folder.chmod(0o755)
    other, data, port = _as_other_user(folder), folder / "data", _free_port()
    environment = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "HOME": str(folder)}

    def run(*command: str) -> None:
        done = subprocess.run(
            [*other, *command], cwd=folder, env=environment, capture_output=True, text=True, timeout=60, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr

    try:
        run(str(programs / "initdb"), "-D", str(data), "-U", "tester", "-A", "trust", "-E", "UTF8", "--no-sync")
        options = f"-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories= -c fsync=off"
        control = (str(programs / "pg_ctl"), "-D", str(data), "-w", "-l", str(folder / "log"))
        run(*control, "-o", options, "start")
        try:
            yield f"postgresql+psycopg://tester@127.0.0.1:{port}/postgres"
        finally:
            run(*control, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgresql_engine(postgresql_url: str) -> Iterator[Engine]:
    engine = open_engine(postgresql_url)
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with all the tables, to be copied."""
    path = tmp_path_factory.mktemp("template") / "records.db"
    open_engine(f"sqlite:///{path}").dispose()
    return path


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(params=["sqlite", "postgresql"])
def records(request: pytest.FixtureRequest, tmp_path: Path, clock: Clock) -> Iterator[Records]:
    """Empty records on one database and on the other."""
    if request.param == "sqlite":
        file = tmp_path / "records.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), file)
        opened = Records(open_engine(f"sqlite:///{file}"), Keys(b"k" * 32), clock=clock)
        yield opened
        opened.close()
        return
    engine: Engine = request.getfixturevalue("postgresql_engine")
    names = ", ".join(f'"{table.name}"' for table in Base.metadata.sorted_tables)
    with engine.begin() as connection:
        connection.execute(text(f"TRUNCATE {names} RESTART IDENTITY CASCADE"))
    yield Records(engine, Keys(b"k" * 32), clock=clock)


def answer_json(answer_id: str, question: str, **changes: Any) -> dict[str, Any]:
    """An answer in its JSON form."""
    return {
        "id": answer_id,
        "question": question,
        "as_of": "2025-03-01",
        "status": "answered",
        "reason": None,
        "text": "按建设总投资20%给予支持,最高2000万元。",
        "citations": [{"document": "p", "title": "t", "article": "六", "quote": "q", "start": 0, "end": 1}],
        "calculations": [{"measure": "platform-construction", "minimum": "3000000", "maximum": "3000000"}],
        "total": None,
        "eligibility": [],
        "crosscheck": {"figures": 4, "unsupported": []},
        "generated": False,
    } | changes


def ask(
    records: Records,
    answer_id: str,
    question: str,
    *,
    trace: Mapping[str, Any] | None = None,
    session: str | None = None,
    for_review: bool = False,
    milliseconds: float = 5.0,
    reviewed: int | None = None,
    **changes: Any,
) -> bool:
    """Store an answer to a question."""
    answer = answer_json(answer_id, question, **changes)
    return save(
        records, NewAnswer(answer, trace, "api", session, milliseconds, for_review=for_review, reviewed=reviewed)
    )
