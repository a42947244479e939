"""The whole application as it is served: Gradio's open ends closed, nothing foreign in its pages."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from assistant.settings import PROJECT_ROOT, load_settings
from assistant.web.application import create_app

PAGE = {"accept": "text/html"}


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    folder = tmp_path_factory.mktemp("application")
    settings = load_settings(
        data_dir=str(folder), rate_limit_ask="off", rate_limit_calls="off", desk_password="Correct horse 7"
    )
    with TestClient(create_app(settings), base_url="http://desk.test", raise_server_exceptions=False) as client:
        yield client


def test_the_page_names_no_other_host(pages: TestClient) -> None:
    page = pages.get("/", headers=PAGE)
    assert page.status_code == 200
    sources = re.findall(r"""(?:src|href|content|action)\s*=\s*["'](?:https?:)?//([^"'/]+)""", page.text)
    assert set(sources) <= {"desk.test"}


def test_every_script_of_the_page_carries_its_number(pages: TestClient) -> None:
    page = pages.get("/", headers=PAGE)
    (number,) = re.findall(r"'nonce-([^']+)'", page.headers["content-security-policy"])
    opened = re.findall(r"<script\b[^>]*>(?=.*?</script>)", page.text, re.S)
    assert opened
    assert page.text.count(f'nonce="{number}"') >= 4


def test_forwarding_headers_of_a_stranger_are_not_believed(pages: TestClient) -> None:
    lies = {
        "x-forwarded-host": "evil.test",
        "x-forwarded-proto": "gopher",
        "x-forwarded-for": "1.2.3.4",
        "forwarded": "host=evil.test",
    }
    assert "evil.test" not in pages.get("/", headers=PAGE | lies).text
    assert "evil.test" not in pages.get("/config", headers=lies).text


def test_pages_elsewhere_may_not_read_ours(pages: TestClient) -> None:
    for path in ("/", "/config", "/api/v1/measures", "/gradio_api/info"):
        answer = pages.get(path, headers={"origin": "https://evil.test"})
        assert answer.headers.get("access-control-allow-origin") in (None, "http://desk.test")
        asked = pages.options(path, headers={"origin": "https://evil.test", "access-control-request-method": "POST"})
        assert asked.headers.get("access-control-allow-origin") in (None, "http://desk.test")


@pytest.mark.parametrize(
    "path",
    [
        "/gradio_api/file=/etc/passwd",
        "/gradio_api/file=../../../../etc/passwd",
        "/gradio_api/file=https://evil.test/x",
        "/gradio_api/file=pyproject.toml",
        "/gradio_api/file/etc/passwd",
        "/gradio_api/proxy=https://evil.test/x",
        "/web/../../../../etc/passwd",
        "/web/%2e%2e/%2e%2e/pyproject.toml",
        "/web/..%2f..%2fpyproject.toml",
        "/static/../../../../etc/passwd",
        "/assets/..%2f..%2f..%2f..%2fetc%2fpasswd",
        "/theme.css/../../etc/passwd",
        "/gradio_api/custom_component/../../x/y/z",
    ],
)
def test_no_path_from_outside_is_opened(pages: TestClient, path: str) -> None:
    answer = pages.get(path)
    assert answer.status_code in (400, 403, 404, 405, 422)
    assert "root:" not in answer.text
    assert "setuptools" not in answer.text


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/monitoring"),
        ("GET", "/monitoring/summary"),
        ("GET", "/gradio_api/runs"),
        ("GET", "/gradio_api/run-history/records"),
        ("POST", "/gradio_api/upload"),
        ("POST", "/gradio_api/vibe-edit"),
        ("GET", "/gradio_api/vibe-code"),
        ("GET", "/gradio_api/dev/reload"),
        ("GET", "/gradio_api/openapi.json"),
        ("GET", "/docs"),
        ("GET", "/redoc"),
        ("GET", "/openapi.json"),
    ],
)
def test_open_ends_are_closed(pages: TestClient, method: str, path: str) -> None:
    assert pages.request(method, path).status_code in (403, 404, 405)


def test_nothing_of_this_machine_is_told(pages: TestClient) -> None:
    for path in ("/", "/config", "/gradio_api/info", "/api/v1/openapi.json", "/gradio_api/app_id"):
        text = pages.get(path).text
        assert str(PROJECT_ROOT) not in text
        assert "Traceback" not in text


def test_the_desk_is_closed_to_the_public(pages: TestClient) -> None:
    for path in ("/desk", "/desk/config", "/desk/gradio_api/info", "/desk/gradio_api/queue/data?session_hash=x"):
        assert pages.get(path).status_code == 401
    assert pages.post("/desk/gradio_api/upload", files={"files": ("a.txt", b"x")}).status_code == 401


@pytest.mark.parametrize("text", ["<img src=x onerror=alert(1)>", "<script>alert(1)</script>"])
def test_markup_in_an_address_or_a_question_stays_text(pages: TestClient, text: str) -> None:
    assert text not in pages.get("/", params={"q": text}, headers=PAGE).text
    answer = pages.post("/api/v1/ask", json={"question": text})
    assert answer.headers["content-type"] == "application/json"


def test_health_and_api_stand_before_the_pages(pages: TestClient) -> None:
    assert pages.get("/health").json() == {"status": "ok"}
    assert pages.get("/api/v1/nothing").status_code == 404
    assert pages.get("/api/v1/measures").json()["measures"]
