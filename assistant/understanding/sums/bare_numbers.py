"""Numbers told without a unit that can only be money (一年花了六百五, 搭建120)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.calculator.money import find_money
from assistant.policy.measure import Measure
from assistant.understanding.sums.amounts import Placed, place


def lacks_unit(measures: Sequence[Measure], text: str) -> bool:
    """Whether a bare number of ``text`` is what was paid or given, or what is counted in a base of ``measures``."""
    bare = place(text, find_money(text, bare=True))
    return any(_PAID_OR_GIVEN.search(item.left) or _of_a_base(measures, item) for item in bare)


_PAID_OR_GIVEN = re.compile(
    r"([付花投卖交缴批给出]|(?<![营产推])销|总?投资|费用?|价格?|总价|利息|销售额)(了|出|到|过|去|是|为|额|给了?)*(大概|约|差不多)?$"
)
"""What leads up to a number without a unit that can only be money (一年花了六百五)."""


def _of_a_base(measures: Sequence[Measure], item: Placed) -> bool:
    """Whether what is counted in a base stands right before a number without a unit (搭建120, AI部分430)."""
    words = (word for measure in measures if measure.base for word in measure.base.words if len(word) > 1)
    return any(item.left.rstrip("是了为大概约 ").endswith(word) for word in words)
