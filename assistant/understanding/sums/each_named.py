"""Whose each amount is where the measures are named one by one, each before its own amount (新建平台，总投资1.3亿；
另外新建概念验证中心，总投资870万): the words beside the amounts may be the same."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.policy.measure import Measure
from assistant.understanding.sums.amounts import Placed
from assistant.understanding.sums.base_amount import Surroundings


def each_by_its_name(takers: Sequence[Measure], candidates: Sequence[Placed], around: Surroundings) -> dict[int, str]:
    """The measure (by id) of each amount, by its place among ``candidates``; empty unless as many amounts as measures
    are told, each behind the name of just one of them."""
    if len(takers) != len(candidates) or len(takers) < _SEVERAL:
        return {}
    own = {measure.id for measure in takers}
    hits = [(hit.start, subject.id) for subject in around.subjects if subject.id in own for hit in subject.hits]
    owners: list[str] = []
    since = 0
    for item in candidates:
        named = {name for start, name in hits if since <= start < item.money.start}
        if len(named) != 1:
            return {}
        owners += named
        since = item.money.end
    return dict(enumerate(owners)) if len(set(owners)) == len(owners) else {}


_SEVERAL = 2
