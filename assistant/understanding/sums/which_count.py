"""Of several amounts those that count, where the text says so: the one to reckon with (审计只认2500万, 先按400万算),
the one part kept (只按我们出的算), or of a list by name (硬件不是软件销售) or by place (前两项算)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.calculator.interval import Interval
from assistant.calculator.money import find_money
from assistant.calculator.rates import Rate
from assistant.policy.measure import Measure
from assistant.understanding.sums.amounts import Placed, words
from assistant.understanding.sums.corrections import ONLY_PART
from assistant.understanding.sums.match import is_part
from assistant.understanding.sums.shares import counts_whole
from assistant.understanding.time.periods import numeral


def of_those_that_count(items: Sequence[Placed], text: str) -> Sequence[Placed]:
    """The items without those left out by what is said behind the list; all where nothing is."""
    items = _without_offered(items, text)
    kept = _of_the_only_part(items, text)
    if kept is not items or len(items) < _LIST or any(words()["whole"].search(item.left) for item in items):
        return kept
    said = text[items[-1].money.end :]
    if (found := _BY_PLACE.search(said)) and 0 < (count := numeral(found["n"]) or 0) < len(items):
        those = items[:count] if found["side"] == "前" else items[-count:]
        return [item for item in items if (item in those) is not bool(found["out"])]
    for found in _BY_NAME.finditer(said):
        named = [item for item in items if found["what"] in item.left]
        if len(named) == 1:
            return [item for item in items if item not in named]
    return items


def _without_offered(items: Sequence[Placed], text: str) -> Sequence[Placed]:
    """The items without the two that are only asked between (花了300万，赞助100万，按300万还是200万算), where one of
    them is told before."""
    found = _WHICH_OF_TWO.search(text)
    before = [item for item in items if found and item.money.end <= found.start()]
    offered = [item for item in items if found and found.start() <= item.money.start < found.end()]
    amounts = find_money(found.group()) if found else ()
    told = any(item.amount == Interval(money.minimum, money.maximum) for item in before for money in amounts)
    return [item for item in items if item not in offered] if told else items


_WHICH_OF_TWO = re.compile(
    r"(按照?|照|拿|用|以|算)(那个|这个)?[\d.]+(万|亿|千万|百万)?元?[^,，。;；\d]{0,4}[,，]?还是(按照?|照|拿|用|以|算)?(那个|这个)?[\d.]+(万|亿|千万|百万)?"
)
_LIST = 3
_BY_PLACE = re.compile(
    r"(?P<side>[前后])(?:面)?(?P<n>[一二两三四五2-5])(?:项|个|样|笔|块|条|类)(?:都|全|才|是|也)*(?:(?P<out>不算|不认|不计|不属于|除外|不是)|算|认|计|属于)"
)
_BY_NAME = re.compile(
    r"(?<=[,，。;；])(?:其中|里面的?|但|不过|那个|那)?(?P<what>[一-龥A-Za-z]{2,5}?)(?:这块|那块|部分|那笔|的钱|费用?|款)?"
    r"(?:可|都|也|就|并|应该)?(?:不是|不算|不属于|不能算|算不上|不计|不认|得?扣掉|除外|要?去掉|要?剔除)(?!多|高|贵|少)"
)


def _of_the_only_part(items: Sequence[Placed], text: str) -> Sequence[Placed]:
    """Of several amounts that of the one part kept at the end (一期600万，二期900万，只报一期); all where none is."""
    found = ONLY_PART.search(text, items[-1].money.end) if len(items) > 1 else None
    if not found:
        return items
    part = found["part"].rstrip("的了")
    starts = [0, *(item.money.end for item in items)]
    told = [text[start : item.money.start] for start, item in zip(starts, items, strict=False)]
    named = [item for item, before in zip(items, told, strict=True) if part and part in before]
    return named if len(named) == 1 else items


def reckoned_with(measure: Measure, placed: Sequence[Placed], items: Sequence[Placed], text: str) -> Placed | None:
    """Of ``items`` the one amount that the asker says to reckon with, named and steady as what it stands for; None
    where none or several are, where that is asked, or where the measure counts a smaller one told beside it."""
    said = {item.amount: item for item in placed if _told_to_reckon(item, text)}
    if len(said) != 1 or len(items) < _SEVERAL:
        return None
    (one,) = said.values()
    kept = next((item for item in items if item.amount == one.amount), None)
    others = [item for item in items if kept and item.amount != kept.amount]
    if kept is None or not others or _HAS_PARTS.match(text, one.money.end):
        return None
    if not counts_whole(measure) and any(_counts_more_surely(measure, item, kept) for item in others):
        return None
    before = [i for i in others if i.money.end <= kept.money.start and i.money.minimum > kept.money.maximum]
    if kept is not one or not before:
        return kept
    return replace(kept, left=words()["planned"].sub("", f"{before[-1].left}{kept.left}"))


def _told_to_reckon(item: Placed, text: str) -> bool:
    """审计只认2500万, 就按900万报, 先按400万算; not 能按780万报吗, 按每月20万算, 是按1800万算还是…"""
    if _ASKED.match(text, item.money.end) or _BY_UNIT.search(item.left):
        return False
    by_word = _AS_TOLD_WITH.search(text, item.money.end)
    if by_word and by_word["what"] in item.left[-_TOLD_WITH:]:
        return True
    if _ONLY.search(item.left):
        return not _LIMIT.match(item.right)
    by = _BY.search(item.left)
    if by is None or _NOT_SAID.search(item.left[: by.start()]) or _ALTERNATIVE.search(text[: item.money.start]):
        return False
    return bool(_RECKON.match(item.right))


def _counts_more_surely(measure: Measure, item: Placed, kept: Placed) -> bool:
    """Whether the measure counts ``item`` rather than a larger sum: the part, what was paid, the price of one."""
    if item.money.minimum >= kept.money.maximum:
        return False
    unit = bool(measure.base and measure.base.unit) and words()["unit_price"].search(item.around)
    paid = bool(measure.base and "实际" in measure.base.name) and words()["settled"].search(item.left)
    return bool(unit or paid or is_part(measure, item, before=True))


def explained(rates: Sequence[Rate], kept: Placed, items: Sequence[Placed]) -> list[Rate]:
    """The rates by which the amount kept came of another (报1500万，砍掉四成，按900万算): applied no more."""
    ends = {item.amount.minimum for item in items}
    result = kept.amount.minimum
    return [r for r in rates if any(end * r.minimum == result or end * (1 - r.minimum) == result for end in ends)]


_SEVERAL = 2
_ONLY = re.compile(
    r"(只|仅|光)(能|会|给|肯|敢|想|先|打算|够)*(认|认定|认可|核|核定|核准|承认|接受|算|计|计入|按|按照|照)(了|到|下来|下)?"
    r"[^,，。;；\d]{0,10}$|(只|仅|就)(能|会|敢|想|先|打算|准备)*(申?报|列)(?!了|过|到|价|销)[^,，。;；\d]{0,8}$"
    r"|(就|先|暂时|统一|那就)(都|先|直接|全)?(按照?|照|拿|用)(?!什么)[^,，。;；\d]{0,10}$"
)
_TOLD_WITH = 12
_AS_TOLD_WITH = re.compile(
    r"(?<![是能])(按照?|照|以)(最后|最终|实际)?的?(?P<what>结算|决算|审计|审定|核定|实付|合同|预算|概算|成交|挂牌|开票|发票)(后|上)?的?"
    r"(那个|这个)?(数字?|价格?|额|金额)?(来|去)?(算|为准|计|申?报|核|测算|重算)(?![不吗么?？])"
)
"""最后结算545万,请按结算数算: the sum that was told with that word."""
_BY = re.compile(r"(按照?|照|拿|用|以)(着)?(?!什么)[^,，。;；\d]{0,12}$")
_NOT_SAID = re.compile(
    r"(能|可以|可否|能否|(?<![要就还都])是|是否|还是|不|别|没有?|该|怎么|为什么|拟|(?<!我)(?<!我们)想|非要)(应该|直接|全部|都|给我们)*$"
)
_ALTERNATIVE = re.compile(r"(按|照)[^。;；?？]{0,20}还是(按|照|拿|用|以)[^,，。;；?？]*$")
_RECKON = re.compile(
    r"元?(的)?(这个|那个)?(数字?|口径|金额|标准|基数|投资)?(来|去|先)?(算(?!力)|申?报|测算|计(?!划)|为准|为基数|[做作]基数|上报|估算?)"
)
_ASKED = re.compile(
    r"元?(的)?(来|去)?(算|申?报|计|为准)?(的|了)?[,，]?((这样|这么|就)?(行|可以|对|没错|合适|妥|合理|没问题|成|是)(吗|么|吧|不|否)|吗|还是)"
    r"|元?(的)?(来|去)?(上|申)?报(给|了)"
)
"""Asked, or told already to somebody else (就按36万报给总经理了，没问题吧)."""
_BY_UNIT = re.compile(r"(每|(?<!第)一|单)个?(月|季度?|年|天|台|套|件|场|人|家|户)|按(月|季|年)|(月|年|季)(均|租|付)")
_LIMIT = re.compile(r"元?(及|或)?(以上|以下|以内|以外|起步?|封顶|为限|的?(上限|封顶))")
_HAS_PARTS = re.compile(r"[^。;；?？]{0,10}[,，](其中|里面|里头|当中|扣|减)")
