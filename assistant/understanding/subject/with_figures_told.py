"""What a turn does with figures told before: leaves one out, takes one again, puts back a part, takes several."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.calculator.money import find_money
from assistant.understanding.query import Query
from assistant.understanding.subject import referents
from assistant.understanding.subject.turn_view import Step, Turn
from assistant.understanding.sums.put_back import put_back
from assistant.understanding.sums.same_again import same_again
from assistant.understanding.turns import asks_why, several_discussed

STACKED = re.compile(
    r"就高|重复|叠加|同时|冲突|都(能|可以)?(拿|要|报|享受)|一起拿|只能(挑|选|拿|要|报|留)|两(头|边|份|笔|个)(都|能|可以|一起)*(拿|给|领|享|报|要|补)"
)
"""Words that ask whether several go together, whatever else is named."""


def _taken_out(turn: Turn) -> Query | None:
    """算力那项先去掉: the sum of what is left, which may be told anew (大赛不办了，概念验证中心加到1100万)."""
    out = referents.left_out(turn.policy, turn.text, turn.said.found, turn.state)
    if not out or (turn.said.amounts and not _others_told(turn, out)):
        return None
    rest = tuple(measure for measure in referents.with_figures(turn.state) if measure not in out)
    asks = turn.query.asks | {"add_up"}
    # 软件没评上: the facts told are of what is left out
    return replace(turn.query, rules=(), measures=rest, asks=asks, facts={}, left_out=out, carried=True)


def _others_told(turn: Turn, out: tuple[str, ...]) -> bool:
    """Whether the sums that a turn tells are of what it leaves: named after all that it says of what it takes out."""
    gone = max((hit.end for s in turn.said.found if s.id in out for hit in s.hits), default=len(turn.text))
    left = {s.id for s in turn.said.found for hit in s.hits if hit.start >= gone}
    first = find_money(turn.text)[0].start
    return gone < first and bool(left) and left <= set(referents.with_figures(turn.state)) - set(out)


def _once_more(turn: Turn) -> Query | None:
    """又认定了一台同样价格的，加起来多少: the figure under discussion for another year or thing."""
    one = turn.state.measures if len(turn.state.measures) == 1 and not (turn.said.named or turn.said.amounts) else ()
    again = one and same_again(turn.policy.by_id[one[0]], turn.query, turn.state)
    return replace(turn.carried(), rules=()) if again else None


def _put_back(turn: Turn) -> Query | None:
    """车险先不扣的话呢: what was deducted is no fact of the matter."""
    return replace(turn.carried(), rules=(), facts={}) if put_back(turn.query, turn.state) else None


def _both_levels(turn: Turn) -> Query | None:
    """市和区合在一起是多少: what both levels give for the one measure under discussion."""
    both = turn.query.asks & {"add_up", "amount"} and not (turn.said.named or STACKED.search(turn.text))
    both = both and referents.both_sides(turn.policy, turn.text, turn.state)
    return replace(turn.carried(), rules=()) if both else None


def _why(turn: Turn) -> Query | None:
    """为什么只给2000万: the sum under discussion once more, with its steps."""
    why = asks_why(turn.text, turn.state) and not turn.said.named and not turn.rules
    return replace(turn.carried(), asks=frozenset({"amount"})) if why else None


def _several(turn: Turn) -> Query | None:
    """这三项, 那一共多少: the measures discussed last."""
    one = turn.said.named or referents.both_sides(turn.policy, turn.text, turn.state)
    several = () if one else several_discussed(turn.query, turn.state)
    rules = turn.rules if STACKED.search(turn.text) else ()
    return replace(turn.query, rules=rules, measures=several, carried=True) if several else None


WITH_FIGURES_TOLD: tuple[Step, ...] = (
    _taken_out,
    _once_more,
    _put_back,
    _both_levels,
    _why,
    _several,
)
"""Tried in order among what is said outright."""
