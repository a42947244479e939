"""An assistant whose related documents can be exchanged while it answers, so that publishing needs no restart."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from dataclasses import replace

from assistant.answering.service import Assistant, open_assistant
from assistant.errors import CorpusError, SearchIndexError
from assistant.logs import get_logger
from assistant.policy.digest import Digest, parse_digest
from assistant.records.documents import Version
from assistant.settings import Settings
from assistant.web.documents import digest_text

_log = get_logger(__name__)

_GRACE_SECONDS = 60.0
"""How long an index that was exchanged stays open for the questions that are still being answered from it."""


class LiveAssistant(Assistant):
    """Answers from the policy, the project's digests and the documents that staff have published.

    ``numbers``: which version of which published document it knows.
    """

    def __init__(self, settings: Settings, versions: Iterable[Version] = ()) -> None:
        """Raises CorpusError, ModelError, SearchIndexError. A published document that can no longer be read is left out
        and logged: it must not keep the service from starting."""
        versions = tuple(versions)
        self.numbers = numbers_of(versions)
        self._settings = settings
        self._turn = threading.Lock()
        vars(self).update(vars(open_with(settings, readable(versions))))

    def take(self, fresh: Assistant, versions: Iterable[Version]) -> None:
        """Answer from ``fresh``, which knows ``versions``, from now on; what was answered from before is closed when
        its last callers are done."""
        before = Assistant.__new__(Assistant)
        with self._turn:
            vars(before).update(vars(self))
            vars(self).update(vars(fresh))
            self.numbers = numbers_of(versions)
        closing = threading.Timer(_GRACE_SECONDS, before.close)
        closing.daemon = True
        closing.start()


def open_with(settings: Settings, digests: Sequence[Digest]) -> Assistant:
    """An assistant over the corpus and ``digests``, its index built when needed. Raises CorpusError, ModelError,
    SearchIndexError.

    With digests the index has a folder of its own, so that the command line, which knows only the corpus, and the
    pages do not replace each other's.
    """
    own = settings.model_copy(update={"index_dir": settings.index_dir / "published"}) if digests else settings
    try:
        return open_assistant(own, digests)
    except (OSError, RuntimeError, ValueError) as error:
        raise SearchIndexError(f"{own.index_dir}: the search index could not be built: {error}") from error


def digests_of(versions: Iterable[Version]) -> tuple[Digest, ...]:
    """Published versions as digests. Raises CorpusError."""
    return tuple(replace(parse_digest(digest_text(version), version.document), published=True) for version in versions)


def numbers_of(versions: Iterable[Version]) -> frozenset[tuple[str, int]]:
    """Which version of which document: as ``published_numbers`` tells it."""
    return frozenset((version.document, version.number) for version in versions)


def readable(versions: Iterable[Version]) -> tuple[Digest, ...]:
    """The same without those that can no longer be read, which are logged."""
    found: list[Digest] = []
    for version in versions:
        try:
            found += digests_of((version,))
        except CorpusError as error:
            _log.error("published document left out", document=version.document, reason=error.message)
    return tuple(found)
