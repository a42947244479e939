"""The API with everything real behind it: the assistant on the shipped corpus, records in a file of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from assistant.answering.service import Assistant, open_assistant
from assistant.records.database import Records, open_records
from assistant.settings import Settings, load_settings
from assistant.web.api.app import create_api

PASSWORD = "Correct horse 7"
AS_OF = "2025-03-01"


@dataclass(frozen=True)
class Site:
    """A running application and what lies behind it."""

    client: TestClient
    app: FastAPI
    records: Records
    settings: Settings

    def ask(self, question: str, **more: Any) -> dict[str, Any]:
        answer = self.client.post("/api/v1/ask", json={"question": question, "as_of": AS_OF, **more})
        assert answer.status_code == 200, answer.text
        return dict(answer.json())


@pytest.fixture(scope="session")
def assistant() -> Iterator[Assistant]:
    opened = open_assistant(load_settings())
    yield opened
    opened.close()


Open = Callable[..., Site]


@pytest.fixture
def open_site(assistant: Assistant, tmp_path: Path) -> Iterator[Open]:
    """Opens an application with settings of the test's choice (limits are off unless asked for)."""
    opened: list[Site] = []

    def make(**changes: Any) -> Site:
        given = {"data_dir": str(tmp_path / "data"), "rate_limit_ask": "off", "rate_limit_calls": "off"} | changes
        settings = load_settings(**given)
        records = open_records(settings)
        app = create_api(assistant, records, settings)
        scheme = "https" if settings.https else "http"
        client = TestClient(
            app, base_url=f"{scheme}://desk.test", raise_server_exceptions=False, follow_redirects=False
        )
        client.__enter__()
        opened.append(Site(client, app, records, settings))
        return opened[-1]

    yield make
    for site in opened:
        site.client.__exit__(None, None, None)
        site.records.close()


@pytest.fixture
def site(open_site: Open) -> Site:
    return open_site()
