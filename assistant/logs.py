"""Log lines for the operator: on standard error, so that standard output carries answers alone.

``get_logger`` costs nothing until the first line is written: structlog (and what it brings) is imported then, so
that ``--help`` and ``calculate`` start at once. Lines of other libraries (web server, database) take the same form.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import MutableMapping
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, TextIO, cast

if TYPE_CHECKING:
    import structlog

Style = Literal["text", "json"]

# Libraries whose own news at level info is of no use to an operator.
_TALKATIVE = ("chromadb", "httpcore", "httpx", "httpx2", "sentence_transformers", "urllib3", "watchfiles")
_CONTROL = {code: f"\\x{code:02x}" for code in (*range(0x20), 0x7F, *range(0x80, 0xA0))}


class _LateFormatter(logging.Formatter):
    """Formats by structlog, imported with the first line."""

    def __init__(self, style: Style, *, colors: bool) -> None:
        super().__init__()
        self._lines: Style = style
        self._colors = colors
        self._formatter: logging.Formatter | None = None

    def format(self, record: logging.LogRecord) -> str:
        if self._formatter is None:
            self._formatter = _formatter(self._lines, colors=self._colors)
        return self._formatter.format(record)


class _Handler(logging.StreamHandler[TextIO]):
    """Ours, so that a second call replaces it and leaves other handlers alone."""


class _LateLogger:
    """Stands for a structlog logger until its first use."""

    __slots__ = ("_name",)

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, attribute: str) -> Any:
        return getattr(_structlog().stdlib.get_logger(self._name), attribute)


def get_logger(name: str) -> structlog.stdlib.BoundLogger:
    """A logger that takes an event and named values: ``log.warning("index rebuilt", chunks=41)``."""
    return cast("structlog.stdlib.BoundLogger", _LateLogger(name))


def configure_logging(level: str = "info", style: Style = "text", stream: TextIO | None = None) -> None:
    """Send log lines from ``level`` (debug, info, warning, error) up to ``stream`` (default: standard error).

    ``text`` is for people, ``json`` one object a line for a collector. May be called again: the last call counts.
    """
    handler = _Handler(stream or sys.stderr)
    handler.setFormatter(_LateFormatter(style, colors=handler.stream.isatty()))
    root = logging.getLogger()
    root.handlers[:] = [other for other in root.handlers if not isinstance(other, _Handler)] + [handler]
    root.setLevel(level.upper())
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.NOTSET if level == "debug" else logging.WARNING)


def _shared_processors() -> list[structlog.typing.Processor]:
    import structlog

    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="%Y-%m-%dT%H:%M:%S%z", utc=False),
        _one_line,
    ]


@cache
def _structlog() -> Any:
    """Structlog, set up to hand its lines to the standard library's logging."""
    import structlog

    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_shared_processors(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    return structlog


def _formatter(style: Style, *, colors: bool) -> logging.Formatter:
    import structlog

    rendering: list[structlog.typing.Processor] = (
        [structlog.processors.format_exc_info, structlog.processors.JSONRenderer(ensure_ascii=False)]
        if style == "json"
        # The plain traceback: richer ones print local variables, and with them what users wrote.
        else [structlog.dev.ConsoleRenderer(colors=colors, exception_formatter=structlog.dev.plain_traceback)]
    )
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=_shared_processors(),
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *rendering],
    )


def _one_line(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Write control characters of a message out, so that nobody's text can forge a line or colour a terminal."""
    event["event"] = str(event.get("event", "")).translate(_CONTROL)
    return event
