"""The chat page before the first question, and what is shown in place of an answer that did not come."""

from __future__ import annotations

from markupsafe import Markup

from assistant.web.view.card import question
from assistant.web.view.html import tag
from assistant.web.wording import say, table


def welcome(notice: Markup) -> Markup:
    """Introduction, examples by audience, the empty log and the tools for it; ``notice`` is the line on the term."""
    return tag(
        "div",
        tag("h1", say("chat.heading"), class_="unseen"),
        tag("div", notice, _introduction(), _examples(), class_="welcome", id="welcome"),
        _tools(),
        tag("div", id="log", class_="log", role="log", aria_label=say("chat.log_label"), aria_live="polite"),
        id="content",
        class_="chat page",
    )


def problem(text: str) -> Markup:
    """A plain sentence with a way on."""
    return tag(
        "div",
        tag("p", text),
        tag("button", say("chat.retry"), type="button", class_="action", data_action="retry"),
        class_="problem",
        role="alert",
    )


def _introduction() -> Markup:
    return tag(
        "div",
        tag("p", say("site.tagline"), class_="tagline"),
        tag("p", say("chat.intro"), class_="intro"),
        class_="introduction",
    )


def _examples() -> Markup:
    groups = [
        tag(
            "section",
            tag("h3", group["who"]),
            tag("ul", [tag("li", question(text)) for text in group["questions"]]),
            class_="example-group",
        )
        for group in table("chat")["examples"]
    ]
    return tag(
        "div",
        tag("h2", say("chat.examples_title"), class_="section-title"),
        tag("div", groups, class_="example-groups"),
        class_="examples",
    )


def _tools() -> Markup:
    def tool(action: str) -> Markup:
        return tag("button", say(f"chat.{action}"), type="button", class_="action", data_action=action)

    return tag(
        "div",
        tag("p", say("chat.kept"), class_="quiet"),
        tag("div", [tool(name) for name in ("export", "print", "clear")], class_="tool-row"),
        id="chat-tools",
        class_="chat-tools",
        role="group",
        aria_label=say("chat.tools_label"),
        hidden=True,
    )
