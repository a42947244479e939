"""The frame around Gradio's pages: language, title, our style sheets and scripts, nothing of another host.

Gradio writes its page from a template of its own with ``lang="en"``, no title and preview tags that name foreign
addresses. An ASGI middleware corrects the few page responses; everything else passes untouched.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path

from markupsafe import Markup, escape
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.web.view.html import tag
from assistant.web.wording import say, table

STATIC = Path(__file__).with_name("static")
STATIC_PATH = "/web"
STYLES = ("tokens.css", "app.css", "card.css", "forms.css", "policy.css", "print.css")
SCRIPTS = ("app.js", "chat.js", "pages.js")

_SCRIPT_WORDS = ("chat", "action", "calculator", "policy")

_FOREIGN = re.compile(r"<meta\s+(?:property|name)=\"(?:og|twitter):[^>]*>\s*")
_LANGUAGE = re.compile(r"(<html\b[^>]*?\blang=)\"en\"", re.S)
_CHARSET = '<meta charset="utf-8" />'

# Before the first paint: the colour scheme, and Chinese for Gradio's own few words whatever the browser's language.
_EARLY = """
Object.defineProperty(navigator, "language", {get: () => "zh-CN"});
Object.defineProperty(navigator, "languages", {get: () => ["zh-CN", "zh"]});
(() => {
  let chosen = null;
  try { chosen = localStorage.getItem("assistant.scheme"); } catch {}
  const dark = chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  document.documentElement.classList.toggle("dark", dark);
})();
"""


_NO_SCRIPT = tag("noscript", tag("p", say("site.noscript"), class_="notice"))


def address(name: str) -> str:
    """A static file's address; its content is part of it, so that a browser never keeps an old one."""
    digest = sha256((STATIC / name).read_bytes()).hexdigest()[:10]
    return f"{STATIC_PATH}/{name}?v={digest}"


def head(title: str) -> Markup:
    """What goes to the top of a page's <head>."""
    words = json.dumps({name: table(name) for name in _SCRIPT_WORDS}, ensure_ascii=False).replace("<", "\\u003c")
    return Markup("\n").join(
        [
            tag("title", f"{title} · {say('site.name')}"),
            Markup('<meta name="color-scheme" content="light dark">'),
            Markup("<script>{}</script>").format(Markup(_EARLY)),
            Markup('<script type="application/json" id="words">{}</script>').format(Markup(words)),
            *(Markup('<link rel="stylesheet" href="{}">').format(address(name)) for name in STYLES),
            *(Markup('<script defer src="{}"></script>').format(address(name)) for name in SCRIPTS),
        ]
    )


def dress(page: str, extra: str, term: str) -> str:
    """Gradio's page with its language set, its foreign preview tags gone and ``extra`` at the top of its head.

    The id lets our styles outrank Gradio's own; ``term`` says where the day stands to the policy's term.
    """
    page = _FOREIGN.sub("", page)
    page = _LANGUAGE.sub(rf'\1"zh-CN" id="site" data-term="{escape(term)}"', page, count=1)
    page = page.replace(_CHARSET, _CHARSET + "\n" + extra, 1)
    return page.replace("<gradio-app", f"{_NO_SCRIPT}<gradio-app", 1)


class PageShell:
    """ASGI middleware: dresses the pages named in ``titles`` (path → title), marked with what ``term`` says then."""

    def __init__(self, app: ASGIApp, titles: Mapping[str, str], term: Callable[[], str]) -> None:
        self._app = app
        self._term = term
        self._heads = {path: str(head(title)) for path, title in titles.items()}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "")
        extra = self._heads.get(path.rstrip("/") or "/")
        if scope["type"] != "http" or extra is None or scope["method"] != "GET":
            await self._app(scope, receive, send)
            return
        await self._app(_uncompressed(scope), receive, _Dresser(send, extra, self._term()))


class _Dresser:
    """Collects an HTML response, dresses it and sends it on; passes any other response through."""

    def __init__(self, send: Send, extra: str, term: str) -> None:
        self._send = send
        self._term = term
        self._extra = extra
        self._start: Message | None = None
        self._body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            if "text/html" in Headers(raw=message["headers"]).get("content-type", ""):
                self._start = message
                return
        elif self._start is not None:
            self._body += message.get("body", b"")
            if message.get("more_body"):
                return
            body = dress(self._body.decode("utf-8"), self._extra, self._term).encode("utf-8")
            headers = MutableHeaders(raw=list(self._start["headers"]))
            headers["content-length"] = str(len(body))
            await self._send({**self._start, "headers": headers.raw})
            await self._send({"type": "http.response.body", "body": body})
            return
        await self._send(message)


def _uncompressed(scope: Scope) -> Scope:
    kept = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
    return {**scope, "headers": kept}
