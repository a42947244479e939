"""What a message asks once the talk before it is left off (我媳妇刚生二胎忙得很,平台绩效最高多少)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.understanding.scope.foreign import POLICY_WORDS
from assistant.understanding.scope.words import scope_words
from assistant.understanding.subject.names import Subject

_MARK = re.compile(r"[,，。;；?？!！\n]|\.(?!\d)")
_ENOUGH = 4


def asking_part(text: str, named: Sequence[Subject], *, rules: bool, own_word: int | None = None) -> str:
    """``text`` from the clause that first names a measure, or, for a rule of the policy, last speaks of the policy.

    ``own_word``: where the text asks for a name of the policy (一区两中心指什么). The whole text where something is
    asked before that clause, or too little is left.
    """
    if named:
        at = min(hit.start for subject in named for hit in subject.hits)
    elif own_word is not None:
        at = own_word
    elif rules and (spoken := list(POLICY_WORDS.finditer(text))):
        at = spoken[-1].start()
    else:
        return text
    opening = max((mark.end() for mark in _MARK.finditer(text, 0, at)), default=0)
    talk, part = text[:opening], text[opening:]
    return text if len(part) < _ENOUGH or scope_words().question.search(talk) else part
