"""Parts of forms that several pages of the desk share."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from markupsafe import Markup

from assistant.policy.loader import Policy
from assistant.web.desk.wording import say
from assistant.web.view.html import Content, tag


def labelled(label: str, *control: Content, note: str = "") -> Markup:
    """A control under its label."""
    small = tag("span", note, class_="quiet") if note else None
    return tag("label", tag("span", label, class_="field-name"), *control, small, class_="field")


def choice(name: str, options: Mapping[str, str], chosen: str) -> Markup:
    """A list to choose one of, or all."""
    first = tag("option", say("field.all"), value="")
    rest = [tag("option", text, value=value, selected=value == chosen) for value, text in options.items()]
    return tag("select", first, rest, name=name)


def field(name: str, value: str = "", *, kind: str = "text", **more: str | int | bool | None) -> Markup:
    """A field of one line."""
    return tag("input", type=kind, name=name, value=value, **more)


def area(name: str, value: str, rows: int, **more: str | int | bool | None) -> Markup:
    """A field of several lines. A first line end would be swallowed by browsers, so one is given away."""
    return tag("textarea", "\n" + value, name=name, rows=rows, **more)


def articles(policy: Policy, chosen: Collection[str], legend: str) -> Markup:
    """Boxes to choose articles of the policy."""
    boxes = [
        tag(
            "label",
            tag("input", type="checkbox", name="articles", value=article.number, checked=article.number in chosen),
            tag("span", article.label, tag("span", _heading(article.heading, article.label), class_="quiet")),
            class_="check",
        )
        for article in policy.document.articles
    ]
    return tag(
        "fieldset", tag("legend", legend, class_="field-name"), tag("div", boxes, class_="checks"), class_="boxes"
    )


def _heading(heading: str, label: str) -> str:
    return "" if heading == label else heading
