"""Tokens of a day: counted in a file, so that a restart and a second process know of them."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path

from filelock import FileLock, Timeout

from assistant.logs import get_logger

_log = get_logger(__name__)
_PATIENCE_SECONDS = 0.5


class Budget:
    """``limit`` tokens a day; 0 for no limit (nothing is written then)."""

    def __init__(self, path: Path, limit: int, today: Callable[[], date] = date.today) -> None:
        self._path, self._limit, self._today = path, limit, today
        self._lock = threading.Lock()
        self._own: tuple[date, int] = (date.min, 0)

    def left(self) -> bool:
        """Whether some of today's tokens are left."""
        return not self._limit or self.spent() < self._limit

    def spent(self) -> int:
        """Today's tokens: of the file, or of this process where the file cannot be read."""
        own = self._own[1] if self._own[0] == self._today() else 0
        return max(own, self._read())

    def charge(self, tokens: int) -> None:
        """Counts tokens that were used."""
        if not self._limit:
            return
        with self._lock:
            day = self._today()
            self._own = (day, tokens + (self._own[1] if self._own[0] == day else 0))
            try:
                with FileLock(f"{self._path}.lock", timeout=_PATIENCE_SECONDS):
                    self._write(day, self._read() + tokens)
            except (OSError, Timeout) as error:
                _log.warning("token count not written", file=str(self._path), fault=type(error).__name__)

    def _read(self) -> int:
        try:
            raw = json.loads(self._path.read_text(encoding="utf-8"))
            return int(raw["tokens"]) if raw["day"] == self._today().isoformat() else 0
        except (OSError, ValueError, KeyError, TypeError):
            return 0

    def _write(self, day: date, tokens: int) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        draft = self._path.with_name(f"{self._path.name}.{os.getpid()}")
        draft.write_text(json.dumps({"day": day.isoformat(), "tokens": tokens}), encoding="utf-8")
        draft.replace(self._path)
