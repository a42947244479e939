"""What goes to the model is data: no invisible characters, no marks of a chat template, a bounded length."""

from __future__ import annotations

import re
import unicodedata

# Drawn as nothing, though Unicode does not class them as format characters: variation selectors, fillers.
_FILLERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0\u2800")
_HIDDEN = frozenset(("Cf", "Cc", "Cs", "Co", "Cn"))
_TEMPLATE = re.compile(
    r"<\s*[|｜].*?[|｜]\s*>|</?(?:s|system|user|assistant|think|tool_call)>|\[/?INST\]|<<SYS>>", re.I
)
_SPACE = re.compile(r"\s+")


def clean(text: str, limit: int) -> str:
    """``text`` on one line without what no reader sees and what a chat template would take for its own marks,
    cut after ``limit`` characters."""
    shown = "".join(" " if character in "\r\n\t" else character for character in text if not hidden(character))
    return _SPACE.sub(" ", _TEMPLATE.sub(" ", shown)).strip()[:limit]


def hidden(character: str) -> bool:
    """Whether a character is drawn as nothing (line breaks and tabs apart)."""
    if character in "\r\n\t":
        return False
    code = ord(character)
    if 0xFE00 <= code <= 0xFE0F or 0xE0000 <= code <= 0xE0FFF or character in _FILLERS:
        return True
    return unicodedata.category(character) in _HIDDEN
