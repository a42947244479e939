"""The signs of a list (A. … B. …; 1、 … 2、 …; ① … ② …) become the mark that parts clauses.

Without it what belongs to the next item is read as said of the one before (总投400万 B.科技贷款利息88万).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_BEFORE = r"(?:^|(?<=[\s,，;；。:：、?？!！万元亿%]))"
_KINDS = (
    ("ABCDEFGH", re.compile(rf"{_BEFORE}\s*([A-H])\s?[.、．:：)]\s?(?=[^\d\sA-Z.])")),
    ("abcdefgh", re.compile(rf"{_BEFORE}\s*([a-h])\s?[.、．)]\s?(?=[^\d\sa-z.])")),
    ("123456789", re.compile(r"(?:^|(?<=[\s,，;；。:：?？!！]))\s*([1-9])\s?[.、．)]\s?(?=[^\d\s.])")),
    ("123456789", re.compile(r"\s*\(([1-9])\)\s?(?=[^\d\s.])")),  # ① is (1) by then
    ("一二三四五六七八九", re.compile(rf"{_BEFORE}\s*([一二三四五六七八九])[、.．]\s?")),
)
_PART = ";"


def list_signs(text: str) -> Iterator[tuple[int, int, str]]:
    """Edits that put ``;`` for the signs of a list of two items or more, and nothing for the very first."""
    for signs, pattern in _KINDS:
        found = list(pattern.finditer(text))
        if len(found) > 1 and "".join(match[1] for match in found) == signs[: len(found)]:
            yield from ((match.start(), match.end(), _PART if match.start() else "") for match in found)
            return
