"""Elements of an HTML fragment by a simple CSS selector: names, classes, [attribute=value], descendants, commas."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

_PART = re.compile(r"(?P<tag>[a-z0-9]+)?(?P<rest>(?:\.[\w-]+|\[[\w-]+(?:=[\w-]+)?\])*)")


def select(element: HtmlElement, selector: str) -> list[HtmlElement]:
    """All matches below ``element`` in the document's order (``>`` for children)."""
    paths = [_path(one.strip()) for one in selector.split(",")]
    return [found for found in element.xpath(" | ".join(paths)) if found is not element]


def text_of(element: HtmlElement, selector: str) -> str:
    """The text of all matches, one after another."""
    return "".join(found.text_content() for found in select(element, selector))


def _path(selector: str) -> str:
    path, axis = ".", "//"
    for part in selector.split():
        if part == ">":
            axis = "/"
            continue
        found = _PART.fullmatch(part)
        assert found, selector
        tests = [
            f"contains(concat(' ', normalize-space(@class), ' '), ' {name} ')"
            for name in re.findall(r"\.([\w-]+)", found["rest"])
        ]
        tests += [
            f"@{name}='{value}'" if value else f"@{name}"
            for name, value in re.findall(r"\[([\w-]+)(?:=([\w-]+))?\]", found["rest"])
        ]
        path += f"{axis}{found['tag'] or '*'}" + "".join(f"[{test}]" for test in tests)
        axis = "//"
    return path
