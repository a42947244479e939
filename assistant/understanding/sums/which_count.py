"""Of a list of amounts those that count, where the text says so behind it: by name (硬件不是软件销售) or by place
(前两项算)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.understanding.sums.amounts import Placed, words
from assistant.understanding.time.periods import numeral


def of_those_that_count(items: Sequence[Placed], text: str) -> Sequence[Placed]:
    """The items without those left out by what is said behind the list; all where nothing is."""
    if len(items) < _LIST or any(words()["whole"].search(item.left) for item in items):
        return items
    said = text[items[-1].money.end :]
    if (found := _BY_PLACE.search(said)) and 0 < (count := numeral(found["n"]) or 0) < len(items):
        those = items[:count] if found["side"] == "前" else items[-count:]
        return [item for item in items if (item in those) is not bool(found["out"])]
    for found in _BY_NAME.finditer(said):
        named = [item for item in items if found["what"] in item.left]
        if len(named) == 1:
            return [item for item in items if item not in named]
    return items


_LIST = 3
_BY_PLACE = re.compile(
    r"(?P<side>[前后])(?:面)?(?P<n>[一二两三四五2-5])(?:项|个|样|笔|块|条|类)(?:都|全|才|是|也)*(?:(?P<out>不算|不认|不计|不属于|除外|不是)|算|认|计|属于)"
)
_BY_NAME = re.compile(
    r"(?<=[,，。;；])(?:其中|里面的?|但|不过|那个|那)?(?P<what>[一-龥A-Za-z]{2,5}?)(?:这块|那块|部分|那笔|的钱|费用?|款)?"
    r"(?:可|都|也|就|并|应该)?(?:不是|不算|不属于|不能算|算不上|不计|不认|得?扣掉|除外|要?去掉|要?剔除)(?!多|高|贵|少)"
)
