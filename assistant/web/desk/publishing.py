"""Publishing and withdrawing documents: the index is built anew beside the one in use, and only then exchanged.

One job at a time, in a thread of its own; the page asks how far it is. When anything fails, what was public before is
public still, and the index in use was never touched. Several processes on one database follow each other: each looks
every few seconds whether another has published or withdrawn, and then opens the same documents.
"""

from __future__ import annotations

import threading
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from sqlalchemy.exc import SQLAlchemyError

from assistant.errors import AssistantError, InputError
from assistant.logs import get_logger
from assistant.records.database import Records
from assistant.records.documents import list_documents, published, published_numbers, publishing
from assistant.settings import Settings
from assistant.web.desk.live import LiveAssistant, digests_of, open_with, readable
from assistant.web.desk.wording import say

_log = get_logger(__name__)

State = Literal["running", "done", "failed"]
STEPS = ("register", "cut", "index", "switch")


@dataclass(frozen=True, slots=True)
class Job:
    """One publication (``number`` None: a withdrawal) and how far it is: ``step`` counts the STEPS that are done."""

    document: str
    title: str
    number: int | None
    by: str
    started_at: datetime
    state: State = "running"
    step: int = 0
    fault: str = ""


class Publisher:
    """Runs the jobs of one installation. Safe to call from several threads."""

    def __init__(self, records: Records, settings: Settings, live: LiveAssistant) -> None:
        self._records = records
        self._settings = settings
        self._live = live
        self._lock = threading.Lock()
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="publishing")
        self._job: Job | None = None
        self._closed = threading.Event()

    @property
    def job(self) -> Job | None:
        """The job that runs, or the last one; None before the first."""
        return self._job

    def start(self, document: str, number: int | None, *, by: str) -> Job:
        """Begin to publish a version (None: withdraw the document) and return at once.

        Raises InputError when another job is running, or there is no such document or version.
        """
        known = next((item for item in list_documents(self._records) if item.id == document), None)
        if known is None or number not in (None, *(version.number for version in known.versions)):
            raise InputError(f"no version {number} of {document}", user_message=say("corpus.fault.unknown"))
        with self._lock:
            if self._job is not None and self._job.state == "running":
                raise InputError("a publication is running", user_message=say("corpus.fault.busy"))
            self._job = Job(document, known.title, number, by, self._records.now())
            begun = self._job
        self._worker.submit(self._run, begun).add_done_callback(self._finished)
        return begun

    def close(self) -> None:
        """Let the job that runs come to its end, and follow no longer."""
        self._closed.set()
        self._worker.shutdown()

    def _run(self, job: Job) -> None:
        with publishing(self._records, job.document, job.number, by=job.by) as versions:
            self._advance(1)
            digests = digests_of(versions)
            self._advance(2)
            fresh = open_with(self._settings, digests)
            self._advance(3)
        self._live.take(fresh, versions)
        self._advance(4)

    def watch(self, seconds: float) -> None:
        """Follow other processes from now until ``close``, looking every ``seconds``."""
        threading.Thread(target=self._watch, args=(seconds,), name="following", daemon=True).start()

    def follow(self) -> bool:
        """Answer from what is public now, where another process changed it; whether it had. Raises AssistantError."""
        return self._worker.submit(self._follow).result()

    def _watch(self, seconds: float) -> None:
        while not self._closed.wait(seconds):
            try:
                self.follow()
            except (AssistantError, SQLAlchemyError) as error:
                _log.error("published documents could not be followed; trying again", exc_info=error)
            except RuntimeError:  # closed in the meantime
                return

    def _follow(self) -> bool:
        if published_numbers(self._records) == self._live.numbers:
            return False
        versions = published(self._records)
        self._live.take(open_with(self._settings, readable(versions)), versions)
        _log.info("following what another process published", documents=len(versions))
        return True

    def _advance(self, step: int) -> None:
        if self._job is not None:
            self._job = replace(self._job, step=step)

    def _finished(self, future: Future[None]) -> None:
        if self._job is None:
            return
        error = future.exception()
        if error is None:
            self._job = replace(self._job, state="done")
            _log.info("published" if self._job.number else "withdrawn", document=self._job.document, by=self._job.by)
            return
        told = error.user_message if isinstance(error, AssistantError) else say("corpus.fault.failed")
        self._job = replace(self._job, state="failed", fault=told)
        _log.error("publication failed, nothing changed", document=self._job.document, exc_info=error)
