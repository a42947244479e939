"""Opens the records: SQLite in the data folder, or PostgreSQL; brings the tables up to date under a lock.

Every operation is one session and one transaction: ``with records.writing() as session: …`` commits as a whole or not
at all. Faults of the database become ``RecordsError``.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session
from sqlalchemy.pool import StaticPool

from assistant.errors import AssistantError
from assistant.records.keys import Keys, load_keys

if TYPE_CHECKING:
    from assistant.settings import Settings

CHINA = timezone(timedelta(hours=8))
_MIGRATIONS = Path(__file__).with_name("migrations")
_MIGRATION_LOCK = 7_160_523_001  # PostgreSQL's advisory locks are named by a number: any will do, always the same
_BUSY_SECONDS = 15


class RecordsError(AssistantError):
    """The database of the records cannot be opened, read or written."""

    exit_status = 3


class Records:
    """The open records. ``enabled`` is false when questions and answers are not to be stored; the desk's own tables
    (staff, audit, documents, approved answers) are there all the same. Safe to use from several threads."""

    def __init__(
        self, engine: Engine, keys: Keys, *, enabled: bool = True, clock: Callable[[], datetime] | None = None
    ):
        self.engine = engine
        self.keys = keys
        self.enabled = enabled
        self.knowledge_version = 0
        self._clock = clock or (lambda: datetime.now(UTC))
        # SQLite takes one writer at a time: waiting here in turn is quicker and fairer than its own retries.
        self._turn: AbstractContextManager[Any] = threading.Lock() if engine.dialect.name == "sqlite" else nullcontext()

    def knowledge_changed(self) -> None:
        """Say that approved answers or synonyms have changed (see ``knowledge``)."""
        self.knowledge_version += 1

    def now(self) -> datetime:
        """This moment, with its time zone."""
        return self._clock()

    def today(self) -> date:
        """The day it is in China."""
        return self.now().astimezone(CHINA).date()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session for looking things up; nothing done in it is kept. Raises RecordsError."""
        with _translated(), Session(self.engine, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session that is committed as a whole at the end, or not at all when an error passes through it.

        Raises RecordsError.
        """
        with self._turn, _translated(), Session(self.engine, expire_on_commit=False) as session, session.begin():
            session.connection(execution_options={"sqlite_begin": "BEGIN IMMEDIATE"})
            yield session

    @contextmanager
    def inserting(self) -> Iterator[Connection]:
        """As ``writing``, with a plain connection: for what is stored at every question. Raises RecordsError."""
        with self._turn, _translated(), self.engine.connect() as connection:
            connection.execution_options(sqlite_begin="BEGIN IMMEDIATE")
            with connection.begin():
                yield connection

    def close(self) -> None:
        """Give every connection back."""
        self.engine.dispose()


def open_records(settings: Settings, clock: Callable[[], datetime] | None = None) -> Records:
    """The records that the settings name, with their tables brought up to date. Raises RecordsError, SettingsError."""
    secret = settings.secret_key.get_secret_value() if settings.secret_key else None
    keys = load_keys(settings.data_dir, secret)
    engine = open_engine(settings.database_url.get_secret_value())
    return Records(engine, keys, enabled=settings.records_enabled, clock=clock)


def open_engine(url: str) -> Engine:
    """An engine whose database has all the tables. Several processes may do this at once. Raises RecordsError."""
    try:
        target = make_url(url)
        engine = _sqlite(url, target.database) if target.get_backend_name() == "sqlite" else _postgresql(url)
    except SQLAlchemyError as error:
        raise RecordsError(
            f"the address of the database cannot be used ({_reason(error)}); check database_url"
        ) from error
    try:
        with _translated():
            _upgrade(engine, target.database)
    except RecordsError:
        engine.dispose()
        raise
    return engine


def hold(session: Session, name: str) -> None:
    """Let one transaction at a time pass here, on PostgreSQL too (SQLite takes one writer anyway)."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(hashtext(:name))"), {"name": name})


def _sqlite(url: str, file: str | None) -> Engine:
    memory = file in (None, "", ":memory:")
    if not memory:
        folder = Path(str(file)).parent
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise RecordsError(f"{folder}: cannot be made ({error.strerror}); let the program write there") from error
    engine = create_engine(
        url,
        connect_args={"timeout": _BUSY_SECONDS, "check_same_thread": False},
        **({"poolclass": StaticPool} if memory else {"pool_size": 8, "max_overflow": 64}),
    )

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # SQLAlchemy says BEGIN itself, below
        for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "secure_delete=FAST"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(connection.get_execution_options().get("sqlite_begin", "BEGIN"))

    return engine


def _postgresql(url: str) -> Engine:
    return create_engine(url, pool_size=8, max_overflow=32, pool_pre_ping=True, pool_timeout=_BUSY_SECONDS)


def _upgrade(engine: Engine, file: str | None) -> None:
    if engine.dialect.name == "postgresql":
        with engine.connect() as connection:
            connection.execute(text("SELECT pg_advisory_lock(:lock)"), {"lock": _MIGRATION_LOCK})
            try:
                run_migrations(connection)
            finally:
                connection.rollback()
                connection.execute(text("SELECT pg_advisory_unlock(:lock)"), {"lock": _MIGRATION_LOCK})
                connection.commit()
    elif file in (None, "", ":memory:"):
        with engine.connect() as connection:
            run_migrations(connection)
    else:
        from filelock import FileLock

        with FileLock(f"{file}.lock", timeout=120), engine.connect() as connection:
            run_migrations(connection)


def run_migrations(connection: Connection, revision: str = "head") -> None:
    """Bring the tables to ``revision``, in one transaction. Raises RecordsError when they are newer than this."""
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    logging.getLogger("alembic").setLevel(logging.WARNING)
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, revision)
    except CommandError as error:
        raise RecordsError(
            f"the tables of the records do not fit this program ({error}); "
            "they were made by a newer version: update the program, or restore a backup"
        ) from error
    connection.commit()


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except SQLAlchemyError as error:
        raise RecordsError(f"the database of the records failed: {_reason(error)}") from error


def _reason(error: SQLAlchemyError) -> str:
    """The driver's first line: it names the fault, and neither statement nor values."""
    return str(getattr(error, "orig", None) or error).strip().splitlines()[0][:300]
