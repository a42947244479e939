"""ASGI middleware before everything else: size of requests, number of calls, and Gradio's own doors that stay shut."""

from __future__ import annotations

import re
from http import HTTPStatus

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.settings import Settings
from assistant.web.api.clients import RateLimits, client_address, is_from_proxy, networks
from assistant.web.api.errors import ApiError, not_found

_MEBIBYTE = 1024 * 1024
# What Gradio's pages send is larger than a call of the API: the state of all components of a page.
_PAGE_LIMIT = 2 * _MEBIBYTE

# Gradio serves more than its pages need: files and addresses named by the caller, its monitor, its run history, an
# editor of the program, and uploads. None of it is for the public; uploads are, for staff (the desk is behind a login).
_SHUT = re.compile(
    r"(?:/gradio_api)?/(?:proxy=|monitoring|runs|run-history|dev/|vibe|undo-vibe|profiling|custom_component|process_recording"
    r"|deep_link|token|openapi\.json|svelte/)"
)
_FORWARDED = (b"x-forwarded-", b"forwarded", b"x-real-ip", b"x-original-", b"x-rewrite-")
_UPLOAD = re.compile(r"/gradio_api/upload(?:_progress)?")
DESK_UPLOAD = "/desk/corpus/upload"


class TooLarge(Exception):
    """More came than is taken."""


class Guard:
    """Refuses what is too large, too often, or for nobody, before any of it is read."""

    def __init__(self, app: ASGIApp, settings: Settings, limits: RateLimits) -> None:
        self._app = app
        self._settings = settings
        self._limits = limits
        self._trusted = networks(settings.trusted_proxies)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            if scope["type"] == "websocket":  # nothing here speaks it
                await send({"type": "websocket.close", "code": 1008})
                return
            await self._app(scope, receive, send)
            return
        address = client_address(scope, self._trusted)
        if not is_from_proxy(scope, self._trusted):
            # Gradio writes the forwarded host into its pages, whoever sent it.
            scope = {**scope, "headers": [pair for pair in scope["headers"] if not pair[0].startswith(_FORWARDED)]}
        scope.setdefault("state", {})["client_address"] = address
        if refusal := self._refusal(scope, address):
            await refusal.response()(scope, receive, send)
            return
        await _limited(self._app, scope, receive, send, self._body_limit(scope["path"]))

    def _refusal(self, scope: Scope, address: str) -> ApiError | None:
        path, method = scope["path"], scope["method"]
        if method in ("TRACE", "CONNECT"):
            return ApiError(
                HTTPStatus.METHOD_NOT_ALLOWED, "method_not_allowed", "不支持这种请求方法。", "请使用 GET 或 POST。"
            )
        if _SHUT.match(path.removeprefix("/desk")) or _UPLOAD.match(path):
            return not_found()
        kind = _kind(path, method)
        verdict = self._limits.hit(kind, address) if kind else None
        if verdict is None or verdict.allowed:
            return None
        return ApiError(
            HTTPStatus.TOO_MANY_REQUESTS,
            "rate_limited",
            "请求过于频繁。",
            f"请在 {verdict.retry_after} 秒后重试。",
            {"Retry-After": str(verdict.retry_after)},
        )

    def _body_limit(self, path: str) -> int:
        if path.startswith(("/api/", "/desk/log", "/desk/setup")):
            return self._settings.body_limit_kib * 1024
        if path == DESK_UPLOAD or (path.startswith("/desk") and _UPLOAD.match(path.removeprefix("/desk"))):
            return self._settings.upload_limit_mib * _MEBIBYTE + 64 * 1024
        return _PAGE_LIMIT


def _kind(path: str, method: str) -> str | None:
    """Which limit a call counts under; None for pages and their parts, and for the signs of life."""
    if path.endswith(("/health", "/ready")):
        return None
    if path.startswith("/api/"):
        return "ask" if path.endswith("/ask") else "calls"
    return "calls" if method not in ("GET", "HEAD", "OPTIONS") else None


async def _limited(app: ASGIApp, scope: Scope, receive: Receive, send: Send, limit: int) -> None:
    """Run ``app``; a body longer than ``limit`` bytes, announced or not, is refused as soon as that is known."""
    announced = Headers(scope=scope).get("content-length", "0")
    if not announced.isdecimal() or int(announced) > limit:
        await _too_large(limit).response()(scope, receive, send)
        return
    taken, started = 0, False

    async def counted() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > limit:
            raise TooLarge
        return message

    async def watched(message: Message) -> None:
        nonlocal started
        if taken > limit and not started:
            return  # what the application makes of the fault; ours is said below
        started = started or message["type"] == "http.response.start"
        await send(message)

    try:
        await app(scope, counted, watched)
    except TooLarge:
        if started:
            raise
    if taken > limit and not started:
        await _too_large(limit).response()(scope, receive, send)


def _too_large(limit: int) -> ApiError:
    size = f"{limit // _MEBIBYTE} MB" if limit >= _MEBIBYTE else f"{limit // 1024} KB"
    return ApiError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too_large", "请求内容过大。", f"请控制在 {size} 以内。")
