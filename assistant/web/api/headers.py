"""ASGI middleware that sets the security headers of every response; outermost, so that none is without.

Gradio writes its configuration into scripts inside its page, so each page gets a number used once, which its scripts
carry: a script that slips in by other ways does not have it. Gradio compiles its own templates and event handlers at
run time, hence ``'unsafe-eval'``; styles may stand in attributes, hence ``'unsafe-inline'`` for styles alone. No host
but our own is named anywhere: nothing is loaded from, sent to or framed by another one.
"""

from __future__ import annotations

import re
import secrets

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_SCRIPT = re.compile(rb"<script\b((?:[^>\"']|\"[^\"]*\"|'[^']*')*)>(.*?)</script\s*>", re.S | re.I)
_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-eval' {nonce}; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; media-src 'self' data: blob:; connect-src 'self'; "
    "worker-src 'self' blob:; manifest-src 'self'; object-src 'none'; frame-src 'none'; base-uri 'self'; "
    "form-action 'self'; frame-ancestors 'none'"
)
_API_POLICY = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), "
    "magnetometer=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
FAULT_HEADERS = {**_ALWAYS, "Content-Security-Policy": _API_POLICY, "Cache-Control": "no-store"}
"""For the answer to a fault that nobody foresaw, which is made outside of every middleware."""

_ENCODINGS = (b"accept-encoding",)


class SecurityHeaders:
    """Sets the headers. ``https``: the pages are reached over https, and browsers are told to keep to it."""

    def __init__(self, app: ASGIApp, *, https: bool) -> None:
        self._app = app
        self._https = https

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        nonce = secrets.token_urlsafe(16)
        scope.setdefault("state", {})["nonce"] = nonce
        if _wants_page(scope):
            # A compressed page could not be given its number.
            scope = {**scope, "headers": [pair for pair in scope["headers"] if pair[0] not in _ENCODINGS]}
        await self._app(scope, receive, _Sender(send, scope["path"], nonce, https=self._https))


class _Sender:
    """Adds the headers; holds an HTML page back until it is whole, and gives its scripts their number."""

    def __init__(self, send: Send, path: str, nonce: str, *, https: bool) -> None:
        self._send = send
        self._path = path
        self._nonce = nonce
        self._https = https
        self._start: Message | None = None
        self._page: list[bytes] = []

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(raw=list(message["headers"]))
            self._set(headers)
            message = {**message, "headers": headers.raw}
            if _is_page(headers):
                self._start = message
                return
        elif message["type"] == "http.response.body" and self._start is not None:
            self._page.append(message.get("body", b""))
            if not message.get("more_body"):
                await self._send_page(self._start)
            return
        await self._send(message)

    async def _send_page(self, start: Message) -> None:
        body = number_scripts(b"".join(self._page), self._nonce)
        headers = MutableHeaders(raw=list(start["headers"]))
        if "content-length" in headers and body:  # an answer to HEAD has the length and no body
            headers["content-length"] = str(len(body))
        await self._send({**start, "headers": headers.raw})
        await self._send({"type": "http.response.body", "body": body})

    def _set(self, headers: MutableHeaders) -> None:
        for name, value in _ALWAYS.items():
            headers[name] = value
        policy = _API_POLICY if self._path.startswith("/api/") else _POLICY.format(nonce=f"'nonce-{self._nonce}'")
        headers["Content-Security-Policy"] = policy
        if self._https:
            headers["Strict-Transport-Security"] = "max-age=31536000"
        if _is_page(headers) or self._path.startswith("/api/"):
            headers.setdefault("Cache-Control", "no-store")
        for name in [name for name in headers if name.startswith("access-control-")] + ["server"]:
            # Gradio lets pages of any host read its answers, with cookies; ours are for our own pages.
            del headers[name]


def number_scripts(page: bytes, nonce: str) -> bytes:
    """An HTML page whose ``<script>`` elements carry ``nonce``; what merely looks like one inside a script does not."""
    mark = f' nonce="{nonce}"'.encode()
    return _SCRIPT.sub(lambda found: b"<script" + mark + found[0][len(b"<script") :], page)


def _is_page(headers: Headers) -> bool:
    return headers.get("content-type", "").startswith("text/html") and "content-encoding" not in headers


def _wants_page(scope: Scope) -> bool:
    return scope["method"] in ("GET", "HEAD") and "text/html" in Headers(scope=scope).get("accept", "")
