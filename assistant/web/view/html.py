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
    head = Markup("").join([Markup("<"), Markup(element), *_attributes(attributes), Markup(">")])
    if element in _VOID:
        return head
    return head + join(*content) + Markup(f"</{element}>")


def join(*content: Content) -> Markup:
    """Contents one after another, escaped where they are plain text."""
    parts: list[Markup] = []
    for item in content:
        if item is None:
            continue
        if isinstance(item, (str, int)):
            parts.append(escape(item))
        else:
            parts.append(join(*item))
    return Markup("").join(parts)


def _attributes(attributes: dict[str, Attribute]) -> Iterable[Markup]:
    for key, value in attributes.items():
        name = Markup(key.rstrip("_").replace("_", "-"))
        if value is None or value is False:
            continue
        yield Markup(" ") + name if value is True else Markup(' {}="{}"').format(name, str(value))
