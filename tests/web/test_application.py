"""The application over HTTP: pages, files, downloads, and what stays shut."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from openpyxl import load_workbook

from assistant.settings import load_settings
from assistant.web.application import create_app
from assistant.web.pages.frame import PATHS


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    settings = load_settings(
        data_dir=tmp_path_factory.mktemp("application"), as_of="2025-03-01", rate_limit_calls="off"
    )
    with TestClient(create_app(settings), base_url="http://127.0.0.1:7860") as client:
        yield client


@pytest.mark.parametrize("path", PATHS.values())
def test_every_page_is_served_in_chinese(client: TestClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 200
    assert 'lang="zh-CN"' in response.text
    assert re.search(r"<title>[^<]*政策助手</title>", response.text)


@pytest.mark.parametrize("path", PATHS.values())
def test_no_page_names_another_host(client: TestClient, path: str) -> None:
    page = client.get(path).text
    hosts = set(re.findall(r"https?://([\w.-]+)", page)) - {"127.0.0.1", "www.w3.org"}
    assert hosts == set()


def test_our_files_may_be_kept_and_are_there(client: TestClient) -> None:
    page = client.get("/").text
    files = re.findall(r'(?:href|src)="(/web/[^"]+)"', page)
    assert len(files) >= 8
    for file in files:
        response = client.get(file)
        assert response.status_code == 200
        assert "immutable" in response.headers["cache-control"]


def test_no_way_out_of_the_folder_of_files(client: TestClient) -> None:
    for path in ("/web/../shell.py", "/web/%2e%2e/shell.py", "/web/..%2fwording.yaml", "/web//etc/passwd"):
        assert client.get(path).status_code in (404, 405)


def test_the_downloads_take_the_query_of_the_page(client: TestClient) -> None:
    response = client.get("/calculator/sheet.xlsx?a=platform-construction~1.5亿")
    assert response.status_code == 200
    assert "attachment" in response.headers["content-disposition"]
    sheet = load_workbook(io.BytesIO(response.content)).active
    assert sheet["I2"].value == 20_000_000
    text = client.get("/calculator/sheet.csv?a=platform-construction~1.5亿").content.decode("utf-8-sig")
    assert "3000万元超过上限2000万元" in text
    assert client.get("/calculator/sheet.csv").status_code == 200
    assert client.get("/calculator/sheet.csv?a=%00~%ff&a=&goal=x").status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/monitoring",
        "/monitoring/summary",
        "/gradio_api/runs",
        "/gradio_api/run-history/buckets",
        "/gradio_api/deep_link?session_hash=x",
        "/gradio_api/proxy=http://127.0.0.1:1/",
        "/gradio_api/file=/etc/passwd",
        "/gradio_api/file=/proc/self/environ",
        "/docs",
        "/redoc",
    ],
)
def test_gradios_open_ends_are_shut(client: TestClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code in (403, 404, 405)
    assert "root:" not in response.text


def test_the_page_is_marked_by_the_day_that_it_is_read_on(client: TestClient, tmp_path: Path) -> None:
    assert 'data-term="in-force"' in client.get("/policy").text
    later = create_app(load_settings(data_dir=tmp_path, as_of="2026-05-24"))
    with TestClient(later, base_url="http://127.0.0.1:7860") as client:
        assert 'data-term="ended"' in client.get("/policy").text


def test_the_footer_of_gradio_is_gone(client: TestClient) -> None:
    config = client.get("/config").json()
    assert config["footer_links"] == []
    assert config["analytics_enabled"] is False


def test_the_signs_of_life_are_there_beside_the_pages(client: TestClient) -> None:
    assert client.get("/api/v1/health").status_code == 200
    assert client.get("/nothing-here").status_code == 404
