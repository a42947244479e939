"""A plan as a link writes it: ``a=platform-construction~1.5亿~x2&b=…&goal=500万``.

``a`` and ``b`` are the items of the two plans, repeated; an item is measure, amount and flags between ``~``: ``x2`` two
of them, ``y3`` three years, ``up`` the measure's uplift. ``goal`` is the support to be reached (inverse).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

MOST_ITEMS = 6
MOST_COUNT = 20
MOST_YEARS = 10
QUERY_LIMIT = 4000

_FLAG = re.compile(r"x(?P<count>\d{1,3})|y(?P<years>\d{1,3})|(?P<up>up)")


@dataclass(frozen=True, slots=True)
class Item:
    """One matter: the measure's id, the amount as typed, how many of it, for how many years, with uplift or not."""

    measure: str
    amount: str
    count: int = 1
    years: int = 1
    uplifted: bool = False

    def __str__(self) -> str:
        flags = [f"x{self.count}"] * (self.count > 1) + [f"y{self.years}"] * (self.years > 1) + ["up"] * self.uplifted
        return "~".join([self.measure, self.amount, *flags])


@dataclass(frozen=True, slots=True)
class Plans:
    """The first plan, the second (empty: none), and the support to be reached as typed."""

    first: tuple[Item, ...] = ()
    second: tuple[Item, ...] = ()
    goal: str = ""

    def query(self) -> str:
        """The link's query, which reads back to the same plans."""
        pairs = [("a", str(item)) for item in self.first] + [("b", str(item)) for item in self.second]
        return urlencode([*pairs, ("goal", self.goal)] if self.goal else pairs, safe="~")


def read_plans(query: str) -> Plans:
    """The plans of a link's query. What cannot be read is left out: a link is never an error."""
    if len(query) > QUERY_LIMIT:
        return Plans()
    pairs = parse_qsl(query.lstrip("?"), max_num_fields=40)
    items = {side: tuple(_item(value) for key, value in pairs if key == side)[:MOST_ITEMS] for side in ("a", "b")}
    goal = next((value for key, value in pairs if key == "goal"), "")
    return Plans(items["a"], items["b"], goal.strip()[:60])


def _item(text: str) -> Item:
    measure, amount, *flags = [*text.split("~"), ""][: max(2, text.count("~") + 1)]
    count, years, uplifted = 1, 1, False
    for flag in flags:
        found = _FLAG.fullmatch(flag)
        if found is None:
            continue
        count = min(MOST_COUNT, max(1, int(found["count"]))) if found["count"] else count
        years = min(MOST_YEARS, max(1, int(found["years"]))) if found["years"] else years
        uplifted = uplifted or bool(found["up"])
    return Item(measure.strip()[:64], amount.strip()[:60], count, years, uplifted)
