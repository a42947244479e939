"""Whether a question asks for support that the nation or the province gives by itself (国家重点研发计划一个课题给多少).

Told of as what the asker has, or beside this city's support, it is a question about this policy.
"""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.understanding.data import load_yaml
from assistant.understanding.lexicon import needed_patterns

_FILE = "higher_programmes.yaml"
_NAMES = {"nation": "国家", "province": "江苏省"}


def higher_level(text: str) -> str | None:
    """The level whose own support is all that is asked for, as a refusal names it; None where none is."""
    patterns = _patterns()
    if only := patterns["only"].search(text):
        return _NAMES["province" if "省" in only.group() else "nation"]
    if patterns["background"].search(text):
        return None
    return next((name for level, name in _NAMES.items() if patterns[level].search(text)), None)


@lru_cache(maxsize=1)
def _patterns() -> dict[str, re.Pattern[str]]:
    content = load_yaml(_FILE)
    return {key: needed_patterns(content, key, _FILE) for key in (*_NAMES, "only", "background")}
