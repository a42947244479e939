"""Building HTML that is escaped by construction: text stays text, only ``Markup`` is taken as it is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from markupsafe import Markup, escape

Content: TypeAlias = "str | Markup | int | Iterable[Content] | None"
Attribute: TypeAlias = "str | int | float | bool | None"

_VOID = frozenset({"br", "hr", "input"})


def tag(element: str, /, *content: Content, **attributes: Attribute) -> Markup:
    """An element. ``class_`` → class, ``data_id`` → data-id; None and False leave an attribute out, True sets it bare.

    Content is escaped unless it is ``Markup``; None is nothing, lists and generators are joined.
    """
    head = f"<{element}{_attributes(attributes)}>" if attributes else f"<{element}>"
    if element in _VOID:
        return Markup(head)
    return Markup(f"{head}{_joined(content)}</{element}>")


def join(*content: Content) -> Markup:
    """Contents one after another, escaped where they are plain text."""
    return Markup(_joined(content))


def _joined(content: Iterable[Content]) -> str:
    """The parts as one string of HTML: ``escape`` leaves ``Markup`` as it is and escapes everything else."""
    parts: list[str] = []
    for item in content:
        if isinstance(item, (str, int)):
            parts.append(escape(item))
        elif item is not None:
            parts.append(_joined(item))
    return "".join(parts)


def _attributes(attributes: dict[str, Attribute]) -> str:
    parts: list[str] = []
    for key, value in attributes.items():
        if value is None or value is False:
            continue
        name = key.rstrip("_").replace("_", "-")
        parts.append(f" {name}" if value is True else f' {name}="{escape(value)}"')
    return "".join(parts)
