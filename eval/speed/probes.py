"""One function a measurement, each through a door that users have: the command line, the page, ``open_assistant``."""

from __future__ import annotations

import json
import socket
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from eval.speed import chatting
from eval.speed.questions import questions

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 300.0
MEGABYTE = 10**6
MANY, MANY_PEOPLE = 5000, 20


class ProbeError(Exception):
    """The measured program failed; the message is its last line."""


@dataclass(frozen=True, slots=True)
class Warm:
    """Warm answers: milliseconds (median, 95th percentile) and resident memory in MB."""

    median: float
    p95: float
    resident: float


@dataclass(frozen=True, slots=True)
class Page:
    """The served page: seconds until it was there, and resident memory in MB then."""

    ready: float
    resident: float


@dataclass(frozen=True, slots=True)
class Crowd:
    """Fifty people at once: 95th percentiles in milliseconds through the page and the API, both with time to read, and
    through the page without any; and by how many MB the application grew over 5,000 questions."""

    page: float
    api: float
    rushed: float
    grown: float


def start(arguments: Sequence[str], environment: Mapping[str, str], runs: int = 7) -> float:
    """Median seconds of ``python -m assistant …`` from start to end."""
    return statistics.median(_run(["-m", "assistant", *arguments], environment).seconds for _ in range(runs))


def imports(arguments: Sequence[str], environment: Mapping[str, str]) -> frozenset[str]:
    """Top-level packages that ``python -m assistant …`` imports."""
    done = _run(["-X", "importtime", "-m", "assistant", *arguments], environment)
    names = [line.rpartition("|")[2].strip() for line in done.errors.splitlines() if line.startswith("import time:")]
    return frozenset(name.partition(".")[0] for name in names)


def index(environment: Mapping[str, str]) -> float:
    """Seconds of ``python -m assistant index``; the caller's data folder decides what there is to do."""
    return _run(["-m", "assistant", "index"], environment).seconds


def batch(environment: Mapping[str, str], count: int = 200) -> float:
    """Seconds for ``count`` questions through ``ask --batch``, start-up included."""
    jobs = [
        json.dumps({"id": str(number), "as_of": "2025-03-01", "turns": [question]}, ensure_ascii=False)
        for number, question in enumerate(questions(count))
    ]
    done = _run(["-m", "assistant", "ask", "--batch"], environment, "\n".join(jobs) + "\n")
    lines = [line for line in done.output.splitlines() if line.strip()]
    if len(lines) != count:
        raise ProbeError(f"{count} questions, {len(lines)} lines of answers")
    return done.seconds


def warm(environment: Mapping[str, str]) -> Warm:
    """The time of an answer in a running process, on one core."""
    measured = json.loads(_run(["-m", "eval.speed.warm"], environment).output)
    milliseconds = [1000 * second for second in measured["seconds"]]
    return Warm(
        median=statistics.median(milliseconds),
        p95=statistics.quantiles(milliseconds, n=20, method="inclusive")[-1],
        resident=measured["resident"] / MEGABYTE,
    )


def page(environment: Mapping[str, str]) -> Page:
    """Seconds from the start of ``serve`` until its page is there, and the memory of all its processes then."""
    with _served(environment) as served:
        return Page(served.ready, served.resident())


def crowd(environment: Mapping[str, str]) -> Crowd:
    """Fifty people asking at once, reading about five seconds between two questions; then 5,000 questions in a row.

    Raises ProbeError when a question gets no answer.
    """
    unlimited = {**environment, "ASSISTANT_RATE_LIMIT_ASK": "off", "ASSISTANT_RATE_LIMIT_CALLS": "off"}
    with _served(unlimited) as served:
        chatting.measure(served.origin, people=10, rounds=4, pause=0.1)
        loads = {door: chatting.measure(served.origin, door=door) for door in ("page", "api")}
        rushed = chatting.measure(served.origin, pause=0.0)
        before = served.resident()
        many = chatting.measure(served.origin, door="api", people=MANY_PEOPLE, rounds=MANY // MANY_PEOPLE, pause=0.0)
        grown = served.resident() - before
    if errors := [error for load in (*loads.values(), rushed, many) for error in load.errors]:
        raise ProbeError(f"{len(errors)} questions without an answer, the first: {errors[0]}")
    return Crowd(loads["page"].p95 * 1000, loads["api"].p95 * 1000, rushed.p95 * 1000, grown)


@dataclass(frozen=True, slots=True)
class _Served:
    """A running ``serve``: its address, the process, and the seconds until its page was there."""

    origin: str
    process: psutil.Process
    ready: float

    def resident(self) -> float:
        family = [self.process, *self.process.children(recursive=True)]
        return sum(process.memory_info().rss for process in family) / MEGABYTE


@contextmanager
def _served(environment: Mapping[str, str]) -> Iterator[_Served]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    origin = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "assistant", "serve", "--host", "127.0.0.1", "--port", str(port)]
    began = time.perf_counter()
    server = subprocess.Popen(
        command, cwd=ROOT, env=dict(environment), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    try:
        while not _answers(f"{origin}/"):
            if server.poll() is not None:
                _, errors = server.communicate()
                raise ProbeError(_last_line(errors) or f"serve ended with status {server.returncode}")
            if time.perf_counter() - began > PATIENCE:
                raise ProbeError(f"no page after {PATIENCE:.0f} s")
            time.sleep(0.02)
        yield _Served(origin, psutil.Process(server.pid), time.perf_counter() - began)
    finally:
        server.terminate()
        try:
            server.communicate(timeout=20)
        except subprocess.TimeoutExpired:
            server.kill()
            server.communicate()


@dataclass(frozen=True, slots=True)
class _Done:
    seconds: float
    output: str
    errors: str


def _run(arguments: Sequence[str], environment: Mapping[str, str], stdin: str = "") -> _Done:
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=dict(environment),
        input=stdin,
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE,
    )
    seconds = time.perf_counter() - began
    if done.returncode:
        raise ProbeError(_last_line(done.stderr) or f"exit status {done.returncode}")
    return _Done(seconds, done.stdout, done.stderr)


def _answers(address: str) -> bool:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(address, timeout=5) as response:
            return response.status == 200 and b"<html" in response.read(4096).lower()
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


def _last_line(text: str) -> str:
    return next((line.strip() for line in reversed(text.splitlines()) if line.strip()), "")
