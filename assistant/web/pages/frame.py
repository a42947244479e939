"""What every page has above and below its content: name, navigation, notice of the policy's term, source line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from markupsafe import Markup

from assistant.policy.loader import Policy
from assistant.web.view.figures import day
from assistant.web.view.html import tag
from assistant.web.wording import say, table

Today = Callable[[], date]
"""Which day it is, asked anew for every page."""

PATHS = {"chat": "/", "calculator": "/calculator", "fits": "/fits", "policy": "/policy"}
"""Page → path; titles are ``site.titles`` of the wording."""


def titles() -> dict[str, str]:
    """Path → title of every page."""
    return {PATHS[page]: str(title) for page, title in table("site.titles").items()}


def header(page: str) -> Markup:
    """The head of a page, the link of the page itself marked."""
    links = [
        tag("a", title, href=PATHS[name], aria_current="page" if name == page else None, class_="nav-link")
        for name, title in table("site.titles").items()
    ]
    return tag(
        "header",
        tag("a", say("site.skip"), href=f"{PATHS[page]}#content", class_="skip"),
        tag(
            "div",
            tag("a", Markup(_SEAL), tag("span", say("site.name")), href="/", class_="site-name"),
            tag("nav", links, aria_label=say("site.nav_label"), class_="site-nav"),
            tag(
                "button",
                Markup(_HALF),
                type="button",
                class_="scheme",
                data_action="scheme",
                aria_label=say("site.theme"),
                title=say("site.theme"),
            ),
            class_="site-bar",
        ),
        class_="site-header",
    )


def term_notice(policy: Policy) -> Markup:
    """The line on the policy's end. It stands on every page and shows when the page is marked as read after the end
    (``data-term``, see the shell): a server may run longer than the policy."""
    text = say(
        "site.validity_ended",
        last_day=day(policy.validity.last_day),
        contact=policy.contact_department,
        hotline=policy.hotline,
    )
    return tag("p", text, class_="notice notice-ended term-notice", role="note")


def term(policy: Policy, today: Today) -> str:
    """How a page is marked: in-force, before or ended."""
    day_now = today()
    if policy.validity.ended(day_now):
        return "ended"
    return "in-force" if policy.validity.in_force(day_now) else "before"


def footer(policy: Policy) -> Markup:
    """Where the text comes from, and what an answer is not."""
    source = say("site.source", title=policy.document.title, issuer=policy.issuer, day=day(policy.issued))
    return tag(
        "footer",
        tag("p", say("site.footer", hotline=policy.hotline)),
        tag("p", source),
        class_="site-footer",
    )


_SEAL = (
    '<svg viewBox="0 0 32 32" width="28" height="28" aria-hidden="true" focusable="false">'
    '<rect x="1.5" y="1.5" width="29" height="29" rx="5" fill="none" stroke="currentColor" stroke-width="2"/>'
    '<path d="M8 11h16M8 16h16M8 21h9" stroke="currentColor" stroke-width="2" stroke-linecap="round"/>'
    '<path d="M19.5 21.5l2 2 3.5-4" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" '
    'stroke-linejoin="round"/></svg>'
)
_HALF = (
    '<svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true" focusable="false">'
    '<circle cx="10" cy="10" r="7.5" fill="none" stroke="currentColor" stroke-width="1.5"/>'
    '<path d="M10 2.5a7.5 7.5 0 0 1 0 15z" fill="currentColor"/></svg>'
)
