"""A served application and a browser in front of it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from assistant.settings import PROJECT_ROOT

AS_OF = "2025-03-01"
expect.set_options(timeout=10_000)


@dataclass
class Watched:
    """A page with what it asked for and what went wrong on it."""

    page: Page
    origin: str
    requests: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    @property
    def foreign(self) -> list[str]:
        own = (self.origin, "data:", "blob:", "about:")
        return [address for address in self.requests if not address.startswith(own)]

    def open(self, path: str = "/") -> Page:
        self.page.goto(self.origin + path)
        return self.page

    def ask(self, question: str) -> None:
        """Ask and wait for the finished answer."""
        turns = self.page.locator(".turn").count()
        self.page.fill("#question textarea", question)
        self.page.press("#question textarea", "Enter")
        expect(self.page.locator(".turn")).to_have_count(turns + 1)
        expect(self.page.locator(".turn").last.locator(".answer .conclusion, .problem")).to_be_visible()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


def serve(folder: Path, **extra: str) -> Iterator[str]:
    """Runs the application as users do, until the generator is closed; gives its address."""
    port = _free_port()
    environment = os.environ | {"ASSISTANT_DATA_DIR": str(folder), "ASSISTANT_PORT": str(port), **extra}
    log = (folder / "server.log").open("w")
    server = subprocess.Popen(
        [sys.executable, str(PROJECT_ROOT / "app.py")],
        env=environment,
        stdout=log,
        stderr=subprocess.STDOUT,
        cwd=folder,
    )
    origin = f"http://127.0.0.1:{port}"
    try:
        deadline = time.monotonic() + 90
        while not _answers(origin):
            if server.poll() is not None or time.monotonic() > deadline:
                raise AssertionError((folder / "server.log").read_text()[-2000:])
            time.sleep(0.1)
        yield origin
    finally:
        server.terminate()
        server.wait(timeout=20)
        log.close()


def _answers(origin: str) -> bool:
    try:
        with urllib.request.urlopen(origin + "/", timeout=5) as response:
            return bool(response.status == 200)
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


@pytest.fixture(scope="session")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an application that answers as on a day inside of the policy's term."""
    yield from serve(tmp_path_factory.mktemp("served"), ASSISTANT_AS_OF=AS_OF)


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture
def watched(browser: Browser, origin: str) -> Iterator[Watched]:
    """A new browser profile on the application; a script error on any page fails the test."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-US", accept_downloads=True)
    page = context.new_page()
    found = Watched(page, origin)
    page.on("request", lambda request: found.requests.append(request.url))
    page.on("pageerror", lambda error: found.faults.append(str(error)))
    yield found
    context.close()
    assert found.faults == []
    assert found.foreign == []
