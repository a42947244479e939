"""Which of the measures discussed a turn points at (装备那个, 前面那个平台), and which it leaves out of a sum."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.policy.loader import Policy
from assistant.policy.measure import Measure
from assistant.understanding.query import DialogueState
from assistant.understanding.subject.names import Subject

_AFTER_IT = re.compile(r"(?<=.)[那这](一)?(个|项|笔|块|条|份|头|边|部分|方面|台|套|场|样|档)")
_BEFORE_IT = re.compile(
    r"(前面|刚才|先前|之前|上面|最早|最先|开头|一开始|回到|说回|倒回)(我)?(说|提|问|讲)?(过)?(的|去)?[那这]?(个|项|笔|块|条)?的?"
)
_LEFT_OUT = re.compile(
    r"(去掉|去除|拿掉|剔除|剔掉|撤掉|撤了|删掉|刨掉|刨去|撇开|拿走|砍掉|放弃|扣掉|抹掉|(先)?不(算|报|要|做|办|搞|计|弄|申请)(了|它)?)(的话|呢|吧|后|以后|之后)?[,，。?？]|"
    r"(除了|除去|除掉|去掉|撇开|刨去|不算|不要|不含|剔除)[^,，。]{1,12}(呢)?[,，。?？]"
)
_LONGEST, _SHORTEST = 8, 2


def pointed_at(policy: Policy, text: str, found: Sequence[Subject], state: DialogueState) -> tuple[str, ...]:
    """The measure discussed before whose name stands beside 那个, 那笔, 前面的 …; none where no name fits."""
    spots = [(text[max(0, m.start() - _LONGEST) : m.start()], False) for m in _AFTER_IT.finditer(text)]
    spots += [(text[m.end() : m.end() + _LONGEST], True) for m in _BEFORE_IT.finditer(text)]
    if not spots:
        return ()
    hinted = [subject.id for subject in found if subject.id in state.discussed]
    discussed = [measure for measure in reversed(state.discussed) if measure in policy.by_id]
    named = {m: max(_shared(policy.by_id[m], *spot) for spot in spots) for m in discussed}
    best = max(named, key=lambda m: named[m], default=None)
    if best and named[best]:
        return (best,)
    return tuple(hinted[:1])


def _shared(measure: Measure, words: str, forward: bool) -> int:
    """How many characters of ``words``, from the end that the pointing word stands at, are in the measure's name."""
    names = f"{measure.short}|{measure.base.name if measure.base else ''}"
    for size in range(min(len(words), _LONGEST), _SHORTEST - 1, -1):
        if (words[:size] if forward else words[-size:]) in names:
            return size
    return 0


def left_out(policy: Policy, text: str, found: Sequence[Subject], state: DialogueState) -> tuple[str, ...]:
    """The measure that a turn takes out of the sum of several (算力那项先去掉); none where it is not clear which."""
    summed = with_figures(state)
    if len(summed) < _FEWEST or not _LEFT_OUT.search(f"{text.rstrip('。!！')}。"):
        return ()
    out = pointed_at(policy, text, found, state) or tuple(s.id for s in found if s.id in summed)
    return out if len(out) == 1 and out[0] in summed else ()


def with_figures(state: DialogueState) -> tuple[str, ...]:
    """The measures discussed for which a base was named."""
    return tuple(measure for measure in state.discussed if measure in state.bases)


_FEWEST = 2
