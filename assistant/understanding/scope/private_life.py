"""Whether a question is about the asker's own life (我的车险涨价了能补吗): refused, whatever measure's words it has.

A company's, a founder's or a talent's matter stays a question about the policy (我儿子的公司买了科技保险).
"""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.understanding.data import load_yaml
from assistant.understanding.lexicon import needed_patterns

_FILE = "private_life.yaml"


def is_private(text: str) -> bool:
    """Whether ``text`` (normalised) asks about the asker's own life."""
    private, business = _patterns()
    return private.search(text) is not None and business.search(text) is None


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    content = load_yaml(_FILE)
    return needed_patterns(content, "private", _FILE), needed_patterns(content, "business", _FILE)
