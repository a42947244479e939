"""What officers have taught the program, kept at hand: looked up at every question, changed a few times a day."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass

from assistant.records import approved, synonyms
from assistant.records.approved import Approved
from assistant.records.database import Records
from assistant.records.masking import mask
from assistant.records.questions import question_key
from assistant.records.synonyms import Synonym

FRESH_SECONDS = 2.0
"""After so long what another process has changed is seen too; a change of this process is seen at once."""


@dataclass(frozen=True, slots=True)
class _Snapshot:
    version: int
    taken: float
    by_key: dict[str, Approved]
    accepted: tuple[Synonym, ...]


class DeskKnowledge:
    """Approved answers and accepted synonyms of open records. Safe to use from several threads."""

    def __init__(self, records: Records) -> None:
        self._records = records
        self._lock = threading.Lock()
        self._snapshot: _Snapshot | None = None

    def approved_for(self, question: str) -> Approved | None:
        """The approved answer to the same question, None when there is none. Raises RecordsError."""
        found = self._current().by_key
        return found.get(question_key(mask(question))) if found else None

    def reword(self, question: str) -> str:
        """The question with every accepted synonym replaced by its meaning. Raises RecordsError."""
        return synonyms.apply(question, self._current().accepted)

    def _current(self) -> _Snapshot:
        with self._lock:
            kept, version, now = self._snapshot, self._records.knowledge_version, time.monotonic()
            if kept is None or kept.version != version or now - kept.taken > FRESH_SECONDS:
                found = approved.list_approved(self._records)
                by_key = {question_key(row.question): row for row in found}
                accepted = synonyms.list_synonyms(self._records, "accepted")
                self._snapshot = kept = _Snapshot(version, now, by_key, accepted)
            return kept
