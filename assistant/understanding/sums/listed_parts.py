"""The parts listed of a whole, where the rest of it is told to be none of what counts (合同980万，其中平台开发180万、
运维80万，其余720万与人工智能无关)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.policy.measure import Measure
from assistant.understanding.sums.match import Scored, none_of_it
from assistant.understanding.sums.shares import counts_a_part

_FEWEST = 3
"""A whole, a part and the rest."""


def listed_beside_rest(measure: Measure, scored: Sequence[Scored]) -> list[Scored]:
    """The parts that count: all of a list, whatever they are called, that makes up the whole with the rest; empty where
    the amounts do not add up so, or nothing is said of the rest."""
    if not counts_a_part(measure) or len(scored) < _FEWEST:
        return []
    ordered = sorted(scored, key=lambda s: s.item.money.start)
    for end, rest in enumerate(ordered):
        if not (_REST.search(rest.item.left) and _is_none_of_it(rest)):
            continue
        for start in range(end - 1):
            parts = ordered[start + 1 : end]
            listed = sum(part.item.money.maximum for part in parts)
            if listed + rest.item.money.maximum == ordered[start].item.money.maximum:
                return [part for part in parts if not part.excluded]
    return []


def _is_none_of_it(rest: Scored) -> bool:
    return none_of_it(rest.item) or bool(_UNRELATED.match(rest.item.after))


_REST = re.compile(r"(剩下?|其余|余下|余款|另外|(其他|其它|别的)的?)(部分|那|的)*$")
_UNRELATED = re.compile(
    r"[^。;；?？]*?((跟|和|与|同)(人工智能|AI|ai|智能)[^,，。;；]{0,4}(没|无关|不)|(不属于|不算|不涉及|不是)(人工智能|AI|ai|智能))"
)
