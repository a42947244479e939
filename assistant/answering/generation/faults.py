"""What can go wrong with a model. None of it reaches the user: the deterministic answer is shown."""

from __future__ import annotations

from enum import StrEnum


class Fault(StrEnum):
    """Kinds of faults, as they stand in log lines and records."""

    TIMEOUT = "timeout"
    UNREACHABLE = "unreachable"
    KEY = "key refused"
    UNKNOWN_MODEL = "unknown model or address"
    REFUSED = "request refused"
    BUSY = "too many requests"
    SERVER = "server error"
    CUT = "answer cut off"
    EMPTY = "empty answer"
    ENDLESS = "answer too long"
    UNREADABLE = "answer unreadable"
    CLIENT = "client fault"


class ModelFault(Exception):
    """The model could not be used. ``detail`` is for the log: an error's class and status, never its text (servers
    repeat keys and questions in it)."""

    def __init__(self, fault: Fault, detail: str = "") -> None:
        super().__init__(f"{fault}: {detail}" if detail else str(fault))
        self.fault = fault
        self.detail = detail
