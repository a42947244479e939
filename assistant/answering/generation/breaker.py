"""A circuit breaker: a dead endpoint is not asked again and again."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

_FAILURES = 3
_REST_SECONDS = 30.0
_LONGEST_REST_SECONDS = 600.0


class Breaker:
    """After ``failures`` faults in a row the endpoint rests; then one question tries it, and a fault doubles the rest.
    Safe to use from several threads. ``clock`` gives seconds."""

    def __init__(
        self,
        failures: int = _FAILURES,
        rest: float = _REST_SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._most, self._first_rest, self._clock = failures, rest, clock
        self._lock = threading.Lock()
        self._failed = 0
        self._rest = rest
        self._until = 0.0
        self._trying = False

    def allows(self) -> bool:
        """Whether to ask now. After a rest only one caller gets True until it reports back."""
        with self._lock:
            if self._failed < self._most:
                return True
            if self._trying or self._clock() < self._until:
                return False
            self._trying = True
            return True

    def worked(self) -> None:
        with self._lock:
            self._failed, self._rest, self._trying = 0, self._first_rest, False

    def failed(self) -> None:
        with self._lock:
            again = self._trying
            self._failed, self._trying = self._failed + 1, False
            if self._failed >= self._most:
                self._rest = min(self._rest * 2, _LONGEST_REST_SECONDS) if again else self._rest
                self._until = self._clock() + self._rest

    def let_go(self) -> None:
        """A question that was given up by its asker: says nothing about the endpoint."""
        with self._lock:
            self._trying = False

    @property
    def open(self) -> bool:
        with self._lock:
            return self._failed >= self._most
