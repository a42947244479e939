"""The frame around Gradio's page."""

from __future__ import annotations

import asyncio
from pathlib import Path

import gradio
import pytest
from fastapi import FastAPI
from fastapi.responses import HTMLResponse, PlainTextResponse
from fastapi.testclient import TestClient

from assistant.web import shell
from assistant.web.shell import SCRIPTS, STATIC, STYLES, PageShell, address, dress, head

TEMPLATE = Path(gradio.__file__).parent / "templates" / "frontend" / "index.html"


@pytest.fixture
def client() -> TestClient:
    app = FastAPI()

    @app.get("/")
    def page() -> HTMLResponse:
        return HTMLResponse(TEMPLATE.read_text(encoding="utf-8"))

    @app.get("/other")
    def other() -> HTMLResponse:
        return HTMLResponse('<html lang="en"></html>')

    @app.get("/policy")
    def plain() -> PlainTextResponse:
        return PlainTextResponse('<html lang="en">')

    app.add_middleware(PageShell, titles={"/": "咨询", "/policy": "政策原文"}, term=lambda: "ended")
    return TestClient(app)


def test_the_installed_template_is_dressed(client: TestClient) -> None:
    response = client.get("/", headers={"accept-encoding": "br, gzip"})
    page = response.text
    assert 'lang="zh-CN" id="site" data-term="ended"' in page
    assert "<title>咨询 · “一区两中心”政策助手</title>" in page
    assert 'lang="en"' not in page
    assert int(response.headers["content-length"]) == len(response.content)
    assert page.index("tokens.css") < page.index("gradio_config")
    assert "<noscript>" in page


def test_the_page_names_no_other_host(client: TestClient) -> None:
    page = client.get("/").text
    for foreign in ("raw.githubusercontent", "gradio.app", "@Gradio", "og:", "twitter:", "googleapis"):
        assert foreign not in page


def test_other_pages_and_other_types_pass_untouched(client: TestClient) -> None:
    assert client.get("/other").text == '<html lang="en"></html>'
    assert client.get("/policy").text == '<html lang="en">'
    assert client.get("/nowhere").status_code == 404


def test_addresses_change_with_the_content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert address("app.css").startswith("/web/app.css?v=")
    monkeypatch.setattr(shell, "STATIC", tmp_path)
    (tmp_path / "app.css").write_text("a")
    first = address("app.css")
    (tmp_path / "app.css").write_text("b")
    assert address("app.css") != first


def test_styles_and_scripts_load_nothing_from_elsewhere() -> None:
    for name in (*STYLES, *SCRIPTS):
        content = (STATIC / name).read_text(encoding="utf-8")
        assert "http://" not in content
        assert "https://" not in content
        assert "@import" not in content
        assert "url(" not in content
    assert {file.name for file in STATIC.glob("*.css")} >= set(STYLES)


def test_words_for_scripts_cannot_close_their_script() -> None:
    words = str(head("x")).split('id="words">')[1].split("</script>")[0]
    assert "<" not in words


def test_a_page_without_the_marks_is_left_alone() -> None:
    assert dress("<p>x</p>", "extra", "ended") == "<p>x</p>"


def test_other_protocols_pass() -> None:
    seen: list[str] = []

    async def app(scope: object, receive: object, send: object) -> None:
        seen.append("called")

    async def nothing(*_: object) -> None:
        return None

    asyncio.run(PageShell(app, {"/": "x"}, lambda: "ended")({"type": "lifespan"}, nothing, nothing))  # type: ignore[arg-type]
    assert seen == ["called"]
