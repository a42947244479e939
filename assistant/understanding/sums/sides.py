"""On which side an amount, or the quantity asked for, stands: support that somebody gives, or what the asker spends.

The word nearest before it decides, verb or noun (付给…多少, 补助要90万, 答应支持900万); the words are data. That
tells inverse questions (which base gives this support) and awards from bases, for every measure alike.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from assistant.calculator.money import Money
from assistant.understanding import lexicon
from assistant.understanding.sums.amounts import Placed, before_their_sum, place, words

SUPPORT, SPENT = "support", "spent"

NO_WAY_TO_A_LIMIT = frozenset({"own_cost", "open_fact_threshold"})
"""Asks for what is left to pay, or for the least that counts: never for the base that reaches an amount."""

_REACH = 24
_ASKED = re.compile(
    r"(?<!无论)(?<!不管)(多少(?!(家|人|年|个?点|成|比例|天|时间|条|次|个?月|台|套|场|%|倍|份|就|算(?!力)|可以就|补))"
    r"|多少(?=就[^,，。]{0,8}(不|白|没|顶|满|封|到))"
    r"|几(百|千|十)?(万|个?亿)|几多|[什啥]么?价(位|格)?|[什啥]么?(数|程度|规模|体量|水平)|多大|多高|多贵|哪一?[个条道](数|线|价|金额|点|档|坎)|什么地步)"
)
# 按成交的单台价算，是多少: what the support is reckoned by, and not what is asked for.
_BY_WHAT = re.compile(r"(按照?|照|依照?|根据)[^,，。;；\d]{1,8}$")
_RECKONED = re.compile(r"[^,，。;；\d]{0,4}?(?<![预测概])算(?!力|法)")
_BY_IT = re.compile(r"(按|按照|照|照着|根据|依)(实际|实|真实|最终|原来|合同)?$")


def side_of(item: Placed) -> str:
    """SUPPORT, SPENT, or nothing where no word tells."""
    named = _nearest(item.left)
    if named != SPENT and words()["support_after"].match(item.right):
        return SUPPORT
    return named or (_nearest(f"{item.before}{item.left}") if len(item.left) <= _SHORT else "")


_SHORT = 4


def base_asked(text: str, placed: Sequence[Placed]) -> bool:
    """Whether the base is asked for that reaches a sum of support or the ceiling, or from which nothing more comes."""
    asked = [(found, _asked_side(text, found, placed)) for found in _ASKED.finditer(text)]
    limit = words()["reached"]
    if {side for _, side in asked} - {""} == {SPENT}:
        return bool(limit.search(text)) or any(side_of(item) == SUPPORT for item in placed)
    # 能补多少，另外要拿满得投多少: beside the support only where the limit stands with the base asked for.
    return any(side == SPENT and limit.search(_sentence_at(text, found)) for found, side in asked)


def _sentence_at(text: str, found: re.Match[str]) -> str:
    """The clause of a quantity asked for and the one that goes on from it (付到多少，才能拿满)."""
    before = max(text.rfind(mark, 0, found.start()) for mark in ",，。;；?？!！ ")
    after = _GOES_ON.match(text, found.end())
    return text[before + 1 : after.end() if after else found.end()]


_GOES_ON = re.compile(r"[^,，。;；?？!！]*([,，][^,，。;；?？!！]{0,6}(才|就|便|正好|刚好)[^,，。;；?？!！]*)?")


def only_base_asked(text: str, placed: Sequence[Placed]) -> bool:
    """Whether spending is asked for and no support."""
    return _sides_asked(text, placed) == {SPENT}


def _sides_asked(text: str, placed: Sequence[Placed]) -> set[str]:
    return {_asked_side(text, found, placed) for found in _ASKED.finditer(text)} - {""}


def asked(text: str, amounts: Sequence[Money]) -> frozenset[str]:
    """What kinds of thing are asked for; whether the base is, is told by the sides and not by the patterns alone."""
    asks = frozenset(name for name, pattern in lexicon.asks().items() if pattern.search(text))
    if "shortfall" in asks:
        asks -= {"difference"}
    placed = place(text, amounts)
    if asks & NO_WAY_TO_A_LIMIT:
        return asks - {"inverse", "shortfall"}
    if "beyond_ceiling" in asks and amounts:
        return asks - {"inverse", "shortfall"}
    if "plus_more" in asks and _PUT_INTO.search(text):
        return asks - {"inverse"}
    if base_asked(text, placed):
        return asks | {"inverse"}
    ordinary = _sides_asked(text, placed) == {SUPPORT} and not _BACKWARDS.search(text)
    ordinary = ordinary or "difference" in asks
    return asks - {"inverse"} if ordinary else asks


_PUT_INTO = re.compile(r"(加|并|算|计|列|纳|归|追加|投)(进|入|到|在)")
"""董事会又批了900万，全加进总投资里，变成多少: what is asked for is the support of the whole."""
_BACKWARDS = re.compile(
    r"[倒反](着|过来|回去)?[推算]|([补拿领奖][满足]|顶格|到顶)[^,，。]{0,4}[要得需][^,，。]{0,4}多少"
)


def spent_only(placed: Sequence[Placed], candidates: Sequence[Placed], text: str, *, together: bool) -> list[Placed]:
    """The candidates without what is told as support (付了240万拿到48万), where there is a sum spent.

    A sum told with the support it gave is an example or done with (听人说投一个亿市里出两千万): it is left out as well
    where another is set against it (要是只投6600万呢), unless all are asked ``together``.
    """
    if before_their_sum(placed):  # 场地38万、奖金50万、差旅12万，就这三块一百万: what adds up to a cost is a cost
        return list(candidates)
    given = [item for item in placed if _is_given(item)]
    left = [item for item in candidates if item not in given]
    if not any(side_of(item) == SPENT for item in left):
        return list(candidates)
    paired = [one for one, other in pairwise(placed) if one in left and other in given and _told_with(one, other, text)]
    since = max((item.money.end for item in paired), default=len(text))
    later = [item for item in left if item.money.start > since and side_of(item) == SPENT]
    if together or not any(_SET_AGAINST.search(item.ahead) for item in later):
        return left
    return [item for item in left if item not in paired]


def _is_given(item: Placed) -> bool:
    """补了180万, and not 拿200万买设备."""
    direct = words()["given_directly"].search(item.left) and not _USED_FOR.match(item.right)
    return bool(direct) and side_of(item) == SUPPORT


_USED_FOR = re.compile(r"元?(出?来|去|用来|用于)?[买建办投付做装搞用]")


def _told_with(one: Placed, other: Placed, text: str) -> bool:
    between = text[one.money.end : other.money.start]
    return bool(_SAME_BREATH.fullmatch(between)) and not _GOAL.search(between)


_SAME_BREATH = re.compile(r"[^,，。;；?？]{0,14}[,，]?[^,，。;；?？]{0,10}")
_GOAL = re.compile(r"[想要]|希望|争取|目标|上限|封顶|最高|最多")
_SET_AGAINST = re.compile(r"我们|我家|我司|咱|要是|如果|假如|换成|换|那|今年|现在|这(台|次|回|边)|本(年|次|公司)")


def paid_last(left: str) -> bool:
    """Whether a word of paying or selling is what stands nearest (认定的一台卖700万), whoever was named before."""
    paid = max((found.end() for found in words()["sides.paid"].finditer(left)), default=-1)
    given = max((found.end() for found in words()["sides.support"].finditer(left)), default=-1)
    return paid > given


def _asked_side(text: str, found: re.Match[str], placed: Sequence[Placed]) -> str:
    """The side of the quantity asked for: by the words since the amount before it, its own clause first."""
    since = max((item.money.end for item in placed if item.money.end <= found.start()), default=0)
    left = _ITS_NAME.sub("", text[since : found.start()]) if since else text[: found.start()]
    left = left[-_REACH:]
    clause = re.split(r"[,，。;；?？!！]", left)[-1]
    named_after = words()["spent_after"].match(text, found.end())
    return _nearest(clause) or (SPENT if named_after else _nearest(left))


_ITS_NAME = re.compile(r"^元?的?(单价|售价|报价|总?投资额?|费用|利息|保费|销售额|损失|开销)(?!要|得|需)")
"""按1200万单价又是多少: what stands directly behind an amount names it, and not what is asked for."""


def _nearest(left: str) -> str:
    """The side of the last word in ``left``; one that is only counted by (按总投资) tells nothing."""
    ends = {SUPPORT: -1, SPENT: -1}
    for side in ends:
        for found in words()[f"sides.{side}"].finditer(left):
            before = left[: found.start()]
            if not (_BY_IT.search(before) or (_BY_WHAT.search(before) and _RECKONED.match(left, found.end()))):
                ends[side] = max(ends[side], found.end())
    if max(ends.values()) < 0:
        return ""
    return SUPPORT if ends[SUPPORT] >= ends[SPENT] else SPENT
