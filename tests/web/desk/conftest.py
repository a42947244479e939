"""The desk with everything real behind it: the assistant on the shipped corpus, records in a file, a login."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from httpx import Response
from starlette.testclient import TestClient

from assistant.records import staff
from assistant.records.database import Records, open_records
from assistant.records.documents import published
from assistant.settings import load_settings
from assistant.web.api.app import create_api
from assistant.web.desk.live import LiveAssistant
from assistant.web.desk.office import Office
from assistant.web.desk.site import add_desk

PASSWORD = "Correct horse 7"
AS_OF = "2025-03-01"


@dataclass
class Desk:
    """The application with somebody logged in."""

    client: TestClient
    office: Office
    token: str = field(default="")

    @property
    def records(self) -> Records:
        return self.office.records

    def ask(self, question: str, **more: Any) -> dict[str, Any]:
        """As a company."""
        answer = self.client.post("/api/v1/ask", json={"question": question, "as_of": AS_OF, **more})
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    def get(self, path: str, **query: str) -> str:
        """A page that must be there."""
        answer = self.client.get(path, params=query)
        assert answer.status_code == 200, answer.text[-2000:]
        return answer.text

    def post(self, path: str, files: Any = None, **fields: Any) -> Response:
        """A form with its token."""
        return self.client.post(path, data={"token": self.token, **fields}, files=files)

    def log_in(self, name: str = "admin", password: str = PASSWORD) -> None:
        self.client.cookies.clear()
        page = self.client.get("/desk/login", headers={"accept": "text/html"})
        form = {"name": name, "password": password, "token": hidden(page.text, "token")}
        assert self.client.post("/desk/login", data=form).status_code == 303
        self.token = self.client.get("/desk/session").json()["form_token"]


def hidden(page: str, name: str) -> str:
    """The value of a hidden field."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, f"no field {name}"
    return found[1]


def words(page: str) -> str:
    """What a page says, without its markup."""
    body = page[page.index("<main") :]
    return " ".join(re.sub(r"<[^>]+>", " ", body).split())


Open = Callable[..., Desk]


@pytest.fixture(scope="session")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveAssistant]:
    opened = LiveAssistant(load_settings(data_dir=tmp_path_factory.mktemp("desk-index")))
    yield opened
    opened.close()


@pytest.fixture
def open_desk(tmp_path: Path) -> Iterator[Open]:
    """Opens an application on the test's own data and logs the admin in."""
    opened: list[Desk] = []

    def make(assistant: LiveAssistant | None = None, **changes: Any) -> Desk:
        given = {
            "data_dir": str(tmp_path / "data"),
            "rate_limit_ask": "off",
            "rate_limit_calls": "off",
            "desk_password": PASSWORD,
            "as_of": AS_OF,
        } | changes
        settings = load_settings(**given)
        records = open_records(settings)
        assistant = assistant or LiveAssistant(settings, published(records))
        app = create_api(assistant, records, settings)
        office = add_desk(app, assistant, records, settings)
        client = TestClient(app, base_url="http://desk.test", raise_server_exceptions=False, follow_redirects=False)
        client.__enter__()
        desk = Desk(client, office)
        desk.log_in()
        opened.append(desk)
        return desk

    yield make
    for desk in opened:
        desk.client.__exit__(None, None, None)
        desk.office.publisher.close()
        desk.records.close()


@pytest.fixture
def desk(open_desk: Open, live: LiveAssistant) -> Desk:
    """The desk over an assistant that tests share: nothing is published on it."""
    return open_desk(live)


@pytest.fixture
def officer(desk: Desk) -> Desk:
    """The same with somebody logged in who is no admin."""
    staff.create(desk.records, "li.min", PASSWORD, by="admin")
    desk.log_in("li.min")
    return desk
