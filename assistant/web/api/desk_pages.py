"""The two pages before the desk: login and first account. Plain HTML that works without scripts."""

from __future__ import annotations

from markupsafe import Markup

from assistant.web.shell import address
from assistant.web.view.html import tag

_STYLE = """
body{margin:0;min-height:100vh;display:grid;place-items:center;background:var(--paper,#f5f7f7);
color:var(--ink,#1a262e);font-family:var(--font-text,system-ui,sans-serif);line-height:1.75}
main{box-sizing:border-box;width:min(26rem,100% - 2rem);padding:2rem;background:var(--surface,#fff);
border:1px solid var(--line,#d7dfe1);border-radius:10px}
h1{margin:0 0 .25rem;font-size:1.375rem}p{margin:.25rem 0 1rem;color:var(--ink-2,#52606a)}
label{display:block;margin:.9rem 0 .25rem}
input{box-sizing:border-box;width:100%;padding:.6rem .75rem;font:inherit;color:inherit;
background:var(--surface,#fff);border:1px solid var(--line-strong,#8a989f);border-radius:6px}
input:focus-visible,button:focus-visible{outline:3px solid var(--accent,#155e75);outline-offset:1px}
button{width:100%;margin-top:1.5rem;padding:.7rem;font:inherit;font-weight:600;cursor:pointer;border:0;
border-radius:6px;color:var(--on-accent,#fff);background:var(--accent,#155e75)}
.fault{padding:.6rem .75rem;border-radius:6px;color:var(--no,#a5342a);background:var(--no-soft,#fbeae7)}
small{display:block;color:var(--ink-2,#52606a)}
"""
_DARK = """
(() => {
  let chosen = null;
  try { chosen = localStorage.getItem("assistant.scheme"); } catch {}
  const dark = chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  document.documentElement.classList.toggle("dark", dark);
})();
"""


def login_page(token: str, target: str, *, name: str = "", fault: str = "", expired: bool = False) -> str:
    """The login form. ``target`` is the page to go to, ``fault`` what was wrong, ``expired`` whether one was there."""
    note = "请登录后继续。" if expired else "仅供窗口工作人员使用。"
    return _page(
        "登录工作台",
        note,
        fault,
        "/desk/login",
        _field("name", "用户名", value=name, autocomplete="username", autofocus=not name),
        _field("password", "密码", kind="password", autocomplete="current-password", autofocus=bool(name)),
        _hidden("token", token),
        _hidden("next", target),
        tag("button", "登录", type="submit"),
    )


def setup_page(token: str, *, name: str = "admin", fault: str = "") -> str:
    """The form that makes the first account."""
    return _page(
        "设置工作台",
        "首次使用：请创建管理员账号。启动码在服务端日志中。",
        fault,
        "/desk/setup",
        _field("code", "启动码", autocomplete="off", autofocus=True),
        _field("name", "用户名", value=name, autocomplete="username"),
        _field("password", "密码", kind="password", autocomplete="new-password", note="至少 10 个字符。"),
        _field("again", "再输入一次密码", kind="password", autocomplete="new-password"),
        _hidden("token", token),
        tag("button", "创建", type="submit"),
    )


def _field(
    name: str,
    label: str,
    *,
    value: str = "",
    kind: str = "text",
    autocomplete: str,
    note: str = "",
    autofocus: bool = False,
) -> Markup:
    return (
        tag("label", label, for_=name)
        + tag(
            "input",
            id=name,
            name_=name,
            type=kind,
            value=value,
            autocomplete=autocomplete,
            required=True,
            maxlength=128,
            autofocus=autofocus,
        )
        + (tag("small", note) if note else Markup(""))
    )


def _hidden(name: str, value: str) -> Markup:
    return tag("input", type="hidden", name_=name, value=value)


def _page(title: str, note: str, fault: str, action: str, *fields: Markup) -> str:
    head = tag(
        "head",
        Markup('<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'),
        Markup('<meta name="color-scheme" content="light dark"><meta name="robots" content="noindex">'),
        tag("title", title),
        Markup('<link rel="stylesheet" href="{}">').format(address("tokens.css")),
        tag("style", Markup(_STYLE)),
        tag("script", Markup(_DARK)),
    )
    main = tag(
        "main",
        tag("h1", title),
        tag("p", note),
        tag("p", fault, class_="fault", role="alert") if fault else None,
        tag("form", *fields, method="post", action=action),
    )
    return Markup("<!doctype html>") + tag("html", head, tag("body", main), lang="zh-CN")
