"""The frame of the desk's pages: head, header with navigation, notices, footer."""

from __future__ import annotations

import json
from functools import lru_cache
from hashlib import sha256
from http import HTTPStatus
from pathlib import Path

from markupsafe import Markup
from starlette.responses import HTMLResponse

from assistant.records.logins import Login
from assistant.web.desk.wording import say, table
from assistant.web.shell import address
from assistant.web.view.html import Content, join, tag
from assistant.web.wording import say as say_site
from assistant.web.wording import table as site_table

STATIC = Path(__file__).with_name("static")
STATIC_PATH = "/desk/static"
ACCOUNTS = "/desk/accounts"
PATHS = {page: f"/desk/{page}" for page in ("search", "records", "review", "corpus", "overview")}

_STYLES = ("tokens.css", "app.css", "card.css", "forms.css", "print.css")
_SCHEME = """
(() => {
  let chosen = null;
  try { chosen = localStorage.getItem("assistant.scheme"); } catch {}
  const dark = chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  document.documentElement.classList.toggle("dark", dark);
})();
"""


def page(
    name: str, login: Login, title: str, *content: Content, done: str = "", fault: str = "", status: int = 200
) -> HTMLResponse:
    """A page of the desk. ``name`` is the page of PATHS that it belongs to, ``done`` the key of what was just done (any
    other text is ignored: it comes from the address), ``fault`` what went wrong."""
    told = table("done").get(done)
    main = tag(
        "main",
        tag("h1", title),
        tag("p", told, class_="desk-done", role="status") if told else None,
        tag("p", fault, class_="problem", role="alert") if fault else None,
        *content,
        id="content",
        class_=f"page desk desk-{name}",
    )
    body = tag("body", _header(name, login), main)
    return HTMLResponse(Markup("<!doctype html>") + tag("html", _head(title), body, lang="zh-CN", id="site"), status)


def fault_page(login: Login, message: str, status: HTTPStatus) -> HTMLResponse:
    """A page that says what went wrong, and nothing else."""
    back = tag("p", tag("a", say("fault.back"), href=PATHS["search"], class_="action"))
    return page("", login, say("fault.title"), back, fault=message, status=status)


def hidden(login: Login, **values: str | int | None) -> Markup:
    """The hidden fields of a form: the token, and whatever it needs."""
    fields = {"token": login.form_token, **values}
    return join(
        tag("input", type="hidden", name=name, value=value) for name, value in fields.items() if value is not None
    )


def button(text: str, *, strong: bool = False, **attributes: str | bool | None) -> Markup:
    """A button that sends its form."""
    return tag("button", text, type="submit", class_="action strong" if strong else "action", **attributes)


@lru_cache(maxsize=1)
def _shared_head() -> Markup:
    words = json.dumps({"action": site_table("action"), "desk": table("script")}, ensure_ascii=False)
    return Markup("\n").join(
        [
            Markup('<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'),
            Markup('<meta name="color-scheme" content="light dark"><meta name="robots" content="noindex">'),
            Markup("<script>{}</script>").format(Markup(_SCHEME)),
            Markup('<script type="application/json" id="words">{}</script>').format(
                Markup(words.replace("<", "\\u003c"))
            ),
            *(Markup('<link rel="stylesheet" href="{}">').format(address(name)) for name in _STYLES),
            Markup('<link rel="stylesheet" href="{}">').format(_own("desk.css")),
            Markup('<script defer src="{}"></script>').format(address("app.js")),
            Markup('<script defer src="{}"></script>').format(_own("desk.js")),
        ]
    )


def _own(name: str) -> str:
    return f"{STATIC_PATH}/{name}?v={sha256((STATIC / name).read_bytes()).hexdigest()[:10]}"


def _head(title: str) -> Markup:
    return tag("head", _shared_head(), tag("title", f"{title} · {say('desk.name')}"))


def _header(current: str, login: Login) -> Markup:
    links = [
        tag("a", title, href=PATHS[name], aria_current="page" if name == current else None, class_="nav-link")
        for name, title in table("desk.titles").items()
    ]
    who = tag("a", login.display_name, href=ACCOUNTS, class_="quiet desk-who", title=say("accounts.title"))
    leave = tag("form", hidden(login), button(say("desk.logout")), method="post", action="/desk/logout")
    scheme = tag(
        "button",
        Markup(_HALF),
        type="button",
        class_="scheme",
        data_action="scheme",
        aria_label=say_site("site.theme"),
        title=say_site("site.theme"),
    )
    bar = tag(
        "div",
        tag("a", tag("span", say("desk.name")), href=PATHS["search"], class_="site-name"),
        tag("nav", links, aria_label=say_site("site.nav_label"), class_="site-nav"),
        tag("div", who, leave, scheme, class_="desk-account"),
        class_="site-bar",
    )
    skip = tag("a", say_site("site.skip"), href="#content", class_="skip")
    return tag("header", skip, bar, class_="site-header desk-header")


_HALF = (
    '<svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true" focusable="false">'
    '<circle cx="10" cy="10" r="7.5" fill="none" stroke="currentColor" stroke-width="1.5"/>'
    '<path d="M10 2.5a7.5 7.5 0 0 1 0 15z" fill="currentColor"/></svg>'
)
