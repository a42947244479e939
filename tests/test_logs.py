"""Log lines: their form, their level, and that nobody's text can forge one."""

from __future__ import annotations

import io
import json
import logging
import subprocess
import sys
from collections.abc import Iterator

import pytest

from assistant.logs import configure_logging, get_logger


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield io.StringIO()
    root.handlers[:] = handlers
    root.setLevel(level)


def test_json_is_one_object_a_line_with_chinese_as_it_is(stream: io.StringIO) -> None:
    configure_logging("info", "json", stream)
    get_logger("assistant.test").info("index built", chunks=41, title="若干政策\n二")
    (line,) = stream.getvalue().splitlines()
    entry = json.loads(line)
    assert entry["event"] == "index built"
    assert entry["chunks"] == 41
    assert entry["title"] == "若干政策\n二"
    assert entry["level"] == "info"
    assert entry["logger"] == "assistant.test"
    assert "若干政策" in line


def test_lines_below_the_level_are_left_out(stream: io.StringIO) -> None:
    configure_logging("warning", "text", stream)
    get_logger("assistant.test").info("quiet")
    get_logger("assistant.test").warning("loud")
    assert "quiet" not in stream.getvalue()
    assert "loud" in stream.getvalue()


def test_other_libraries_lines_take_the_same_form(stream: io.StringIO) -> None:
    configure_logging("info", "json", stream)
    logging.getLogger("uvicorn.error").warning("port %d in use", 7860)
    entry = json.loads(stream.getvalue())
    assert entry["event"] == "port 7860 in use"
    assert entry["logger"] == "uvicorn.error"


def test_talkative_libraries_are_quiet_unless_debugging(stream: io.StringIO) -> None:
    configure_logging("info", "json", stream)
    logging.getLogger("httpx").info("HTTP request")
    assert stream.getvalue() == ""
    configure_logging("debug", "json", stream)
    logging.getLogger("httpx").info("HTTP request")
    assert "HTTP request" in stream.getvalue()


def test_configuring_again_replaces_and_does_not_double(stream: io.StringIO) -> None:
    configure_logging("info", "json", stream)
    configure_logging("info", "json", stream)
    get_logger("assistant.test").info("once")
    assert len(stream.getvalue().splitlines()) == 1


@pytest.mark.parametrize("style", ["text", "json"])
def test_control_characters_cannot_forge_a_line(stream: io.StringIO, style: str) -> None:
    configure_logging("info", style, stream)
    get_logger("assistant.test").warning("asked\nERROR forged\x1b[31m", question="甲\nERROR forged\x1b[31m")
    assert len(stream.getvalue().splitlines()) == 1
    assert "\x1b" not in stream.getvalue()


@pytest.mark.parametrize("style", ["text", "json"])
def test_a_traceback_carries_no_local_variables(stream: io.StringIO, style: str) -> None:
    configure_logging("info", style, stream)
    secret = "13800138000"
    try:
        raise ValueError(len(secret))
    except ValueError:
        get_logger("assistant.test").exception("failed")
    assert "ValueError: 11" in stream.getvalue()
    assert secret not in stream.getvalue()


def test_a_logger_alone_imports_nothing_heavy() -> None:
    code = (
        "import sys; from assistant.logs import configure_logging, get_logger;"
        "get_logger('x'); configure_logging();"
        "print(sorted({'structlog', 'rich'} & set(sys.modules)))"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"
