"""What stands before every page: headers, sizes, rates, proxies, doors that stay shut, faults without tracebacks."""

from __future__ import annotations

import logging
import re
from collections.abc import AsyncIterator, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.responses import PlainTextResponse, StreamingResponse
from starlette.websockets import WebSocketDisconnect

from assistant.web.api.clients import RateLimits, client_address, limit_key, networks
from assistant.web.api.headers import number_scripts

from .conftest import Open, Site

PATHS = ("/health", "/api/v1/measures", "/api/v1/nothing", "/nothing", "/desk/", "/desk/login", "/api/v1/openapi.json")


@pytest.mark.parametrize("path", PATHS)
def test_every_response_has_the_headers(site: Site, path: str) -> None:
    headers = site.client.get(path, headers={"accept": "text/html"}).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "same-origin"
    assert "camera=()" in headers["permissions-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "strict-transport-security" not in headers
    assert "server" not in headers


def test_the_policy_names_no_other_host(site: Site) -> None:
    for path in PATHS:
        policy = site.client.get(path, headers={"accept": "text/html"}).headers["content-security-policy"]
        sources = {part for rule in policy.split(";") for part in rule.split()[1:]}
        assert {part for part in sources if not part.startswith("'")} <= {"data:", "blob:"}
        scripts = next((rule for rule in policy.split("; ") if rule.startswith("script-src")), "")
        assert "unsafe-inline" not in scripts
        assert "data:" not in scripts


def test_a_pages_scripts_carry_a_number_used_once(site: Site) -> None:
    seen = set()
    for _ in range(2):
        page = site.client.get("/desk/setup", headers={"accept": "text/html"})
        (number,) = re.findall(r"'nonce-([^']+)'", page.headers["content-security-policy"])
        assert re.findall(r"<script[^>]*>", page.text) == [f'<script nonce="{number}">']
        assert int(page.headers["content-length"]) == len(page.content)
        seen.add(number)
    assert len(seen) == 2


def test_what_looks_like_a_script_inside_one_is_left_alone() -> None:
    page = (
        b'<script>let a = "<script>";</script><SCRIPT type="module" src="x>y"></SCRIPT>'
        b"<p>&lt;script></p><scripts></scripts>"
    )
    assert number_scripts(page, "N") == (
        b'<script nonce="N">let a = "<script>";</script><script nonce="N" type="module" src="x>y"></SCRIPT>'
        b"<p>&lt;script></p><scripts></scripts>"
    )


@given(st.binary(max_size=200))
def test_any_bytes_are_numbered_without_loss(page: bytes) -> None:
    assert number_scripts(page, "N").replace(b' nonce="N"', b"").lower() == page.lower()


def test_pages_and_answers_are_not_kept_by_caches(site: Site) -> None:
    for path in ("/desk/setup", "/api/v1/measures", "/api/v1/nothing"):
        assert site.client.get(path).headers["cache-control"] == "no-store"


@pytest.mark.parametrize("length", ["announced", "streamed", "lied"])
def test_large_requests_are_refused(site: Site, length: str) -> None:
    body = b'{"question": "' + b"x" * 70_000 + b'"}'

    def pieces() -> Iterator[bytes]:
        for start in range(0, len(body), 1000):
            yield body[start : start + 1000]

    headers = {"content-type": "application/json"} | ({"content-length": "100"} if length == "lied" else {})
    content = body if length == "announced" else pieces()
    answer = site.client.post("/api/v1/ask", content=content, headers=headers)
    assert (answer.status_code, answer.json()["error"]["code"]) == (413, "too_large")
    assert "64 KB" in answer.json()["error"]["hint"]


def test_requests_of_the_largest_size_pass(site: Site) -> None:
    body = b'{"question": "\xe9\x97\xae", "as_of": "2025-03-01"' + b" " * 65_000 + b"}"
    assert len(body) <= 65_536
    answer = site.client.post("/api/v1/ask", content=body, headers={"content-type": "application/json"})
    assert answer.status_code == 200


@pytest.mark.parametrize("announced", ["-1", "x", "1e3", "99999999999999999999"])
def test_nonsense_lengths_are_refused(site: Site, announced: str) -> None:
    answer = site.client.post("/api/v1/ask", content=b"{}", headers={"content-length": announced})
    assert answer.status_code == 413


def test_too_many_questions_are_refused_and_told_when_to_come_back(open_site: Open) -> None:
    site = open_site(rate_limit_ask="3/minute", rate_limit_calls="5/minute")
    for _ in range(3):
        assert site.client.post("/api/v1/ask", json={"question": "你好"}).status_code == 200
    refused = site.client.post("/api/v1/ask", json={"question": "你好"})
    assert (refused.status_code, refused.json()["error"]["code"]) == (429, "rate_limited")
    assert 1 <= int(refused.headers["retry-after"]) <= 60
    for _ in range(5):
        assert site.client.get("/api/v1/measures").status_code == 200
    assert site.client.get("/api/v1/measures").status_code == 429
    assert site.client.post("/desk/login").status_code == 429
    for _ in range(10):
        assert site.client.get("/health").status_code == 200


def test_a_made_up_forwarding_header_does_not_help(open_site: Open) -> None:
    site = open_site(rate_limit_ask="2/minute")
    codes = [
        site.client.post(
            "/api/v1/ask", json={"question": "你好"}, headers={"x-forwarded-for": f"10.0.0.{n}"}
        ).status_code
        for n in range(3)
    ]
    assert codes == [200, 200, 429]


def scope(peer: str | None, *forwarded: str) -> dict[str, object]:
    headers = [(b"x-forwarded-for", value.encode("latin-1", "replace")) for value in forwarded]
    return {"type": "http", "client": (peer, 1) if peer else None, "headers": headers}


@pytest.mark.parametrize(
    ("trusted", "peer", "forwarded", "address"),
    [
        ("", "203.0.113.5", ["198.51.100.1"], "203.0.113.5"),
        ("10.0.0.0/8", "10.0.0.2", ["198.51.100.1"], "198.51.100.1"),
        ("10.0.0.0/8", "10.0.0.2", ["1.1.1.1, 198.51.100.1"], "198.51.100.1"),
        ("10.0.0.0/8", "10.0.0.2", ["1.1.1.1, 198.51.100.1, 10.0.0.9"], "198.51.100.1"),
        ("10.0.0.0/8", "10.0.0.2", ["1.1.1.1", "198.51.100.1"], "198.51.100.1"),
        ("10.0.0.0/8", "10.0.0.2", ["nonsense"], "10.0.0.2"),
        ("10.0.0.0/8", "10.0.0.2", ["1.1.1.1, nonsense, 10.0.0.3"], "10.0.0.3"),
        ("10.0.0.0/8", "10.0.0.2", [], "10.0.0.2"),
        ("10.0.0.0/8", "203.0.113.5", ["198.51.100.1"], "203.0.113.5"),
        ("::1", "::1", ["2001:db8::7"], "2001:db8::7"),
        ("10.0.0.1", "::ffff:10.0.0.1", ["198.51.100.1"], "198.51.100.1"),
        ("", None, ["198.51.100.1"], "unknown"),
    ],
)
def test_forwarding_is_believed_of_trusted_proxies_only(
    trusted: str, peer: str | None, forwarded: list[str], address: str
) -> None:
    assert client_address(scope(peer, *forwarded), networks(trusted)) == address


@given(st.lists(st.text(max_size=40), max_size=3))
def test_any_forwarding_header_gives_an_address(forwarded: list[str]) -> None:
    assert client_address(scope("10.0.0.2", *forwarded), networks("10.0.0.0/8"))


def test_a_household_of_ipv6_is_one_client() -> None:
    assert limit_key("2001:db8:1:2::1") == limit_key("2001:db8:1:2:ffff::9") != limit_key("2001:db8:1:3::1")
    assert limit_key("10.0.0.1") != limit_key("10.0.0.2")


def test_limits_count_each_client_and_kind_by_itself() -> None:
    limits = RateLimits(ask="1/hour", calls="off")
    assert [limits.hit("ask", client).allowed for client in ("10.0.0.1", "10.0.0.1", "10.0.0.2")] == [True, False, True]
    assert all(limits.hit("calls", "10.0.0.1").allowed for _ in range(50))
    assert limits.hit("unknown", "10.0.0.1").allowed


@pytest.mark.parametrize(
    "path",
    [
        "/gradio_api/proxy=https://evil.test/",
        "/gradio_api/upload",
        "/gradio_api/upload_progress",
        "/monitoring",
        "/monitoring/summary",
        "/gradio_api/dev/reload",
        "/gradio_api/vibe-code",
        "/gradio_api/runs",
        "/gradio_api/run-history/records",
        "/gradio_api/token",
        "/gradio_api/openapi.json",
        "/gradio_api/custom_component/x/y/z/w",
        "/svelte/x",
    ],
)
def test_gradios_other_doors_are_shut(site: Site, path: str) -> None:
    @site.app.api_route("/{rest:path}", methods=["GET", "POST"])
    def behind(rest: str) -> PlainTextResponse:
        return PlainTextResponse("open")

    assert site.client.get("/gradio_api/config").text == "open"
    for method in ("GET", "POST"):
        assert site.client.request(method, path).status_code == 404


@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "DELETE", "PUT"])
def test_other_methods_are_refused(site: Site, method: str) -> None:
    answer = site.client.request(method, "/api/v1/measures")
    assert (answer.status_code, answer.json()["error"]["code"]) == (405, "method_not_allowed")


def test_a_fault_nobody_foresaw_is_told_without_its_traceback(site: Site, caplog: pytest.LogCaptureFixture) -> None:
    @site.app.get("/api/v1/broken")
    def broken() -> None:
        raise RuntimeError("secret detail of /some/path")

    with caplog.at_level(logging.ERROR):
        answer = site.client.get("/api/v1/broken")
    assert (answer.status_code, answer.json()["error"]["code"]) == (500, "internal")
    assert "secret" not in answer.text
    assert "12345" in answer.json()["error"]["hint"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "unforeseen fault" in caplog.text


def test_a_page_that_comes_in_pieces_is_whole_again(site: Site) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        for piece in (b"<script>", b"1</scr", b"ipt><p>x</p>"):
            yield piece

    @site.app.get("/pieces", response_model=None)
    def page() -> StreamingResponse:
        return StreamingResponse(pieces(), media_type="text/html")

    answer = site.client.get("/pieces", headers={"accept": "text/html"})
    assert re.fullmatch(r'<script nonce="[^"]+">1</script><p>x</p>', answer.text)


def test_websockets_are_not_spoken(site: Site) -> None:
    with pytest.raises(WebSocketDisconnect), site.client.websocket_connect("/api/v1/ask"):
        pass
