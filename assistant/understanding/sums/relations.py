"""How the amounts of a question stand to each other: settled once, before any of them is held against a measure.

A sum told as a change of another (比去年多付80万, 退回来50万, 比计划省了8%) is no base: the sum that results is.
What the asker works out with the policy's own rate (两成是520万) is no base either. Every result carries its step.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from assistant.calculator.interval import Interval
from assistant.calculator.money import find_money
from assistant.calculator.rates import Rate
from assistant.calculator.steps import show
from assistant.understanding.sums.amounts import Placed, valued, words
from assistant.understanding.sums.scaling import DOUBLED
from assistant.understanding.sums.taxes import net_if_asked, without_tax
from assistant.understanding.time.dates import DateMention


def settle(text: str, items: Sequence[Placed], rates: Sequence[Rate]) -> tuple[Placed, ...]:
    """The amounts with every change carried out; a change of nothing named here is left out."""
    settled: list[Placed] = []
    meant = [item for item in items if not words()["set_aside"].match(item.right)]
    items = net_if_asked(_without_sources(_referred_to(meant or items)), text)
    for item in _after_what_they_change(items, text):
        if (change := _comparison().search(item.ahead)) and _denied(change):
            continue
        if change:
            base = _compared_with(change["than"], settled, text)
            if base is not None:
                if thing := _another_thing(change, item):
                    settled.append(
                        replace(_changed(base, item, more=bool(change["more"])), left=thing, ahead=thing.strip())
                    )
                    continue
                if not _both_asked(text) or (words()["planned"].search(base.around) and not _MORE_ASKED.search(text)):
                    settled.remove(base)
                settled.append(_changed(base, item, more=bool(change["more"])))
        elif returned(item) and (base := next((s for s in settled[::-1] if _larger(s, item)), None)):
            settled[settled.index(base)] = _lowered(base, item)
        else:
            settled.append(item)
    if len(settled) == 1 == len(items):
        now = _by_share(settled[0], text, rates)
        both = _both_asked(text) and now is not settled[0] and not words()["planned"].search(text)
        settled = [settled[0], now] if both else [without_tax(now, text, rates)]
    return tuple(replace(item, has_parts=_has_parts(item, settled)) for item in settled)


def _after_what_they_change(items: Sequence[Placed], text: str) -> Sequence[Placed]:
    """The amounts, a change behind what it is told against (AI投资比土建多200万，土建300万)."""
    ordered = list(items)
    for item, later in pairwise(items):
        change = _comparison().search(item.ahead)
        if change and change["than"] and change["than"][:2] in text[item.money.end : later.money.start]:
            ordered.remove(item)
            ordered.insert(ordered.index(later) + 1, item)
    return ordered


def _another_thing(change: re.Match[str], item: Placed) -> str:
    """The thing whose sum a change tells against that of another (AI比土建多200万): both sums stand. Nothing where one
    sum is told against what it was or was to be (比去年多80万, 比预算省了60万)."""
    named = item.left.split("比")[0] if change["than"] and "比" in item.left else ""
    once = words()["planned"].search(change["than"] or "") or _EARLIER.search(f"{named}{change['than']}")
    return "" if once or _WE.fullmatch(named) else named.ljust(len(item.left))


_EARLIER = re.compile(
    r"年|月|季|上[次回一届]|往[年届]|[这那本]次|之前|以前|原|先前|起初|当初|目标|现在|目前|标底|市场|同行|别人"
)
_WE = re.compile(
    r"(我们?|咱们?|公司|实际|最后|最终|结果|总?投资|费用|价格?|售价|单价|付|花|也|又|还|就|成交价?|中标价?|决算|结算)*"
)


def _referred_to(items: Sequence[Placed]) -> Sequence[Placed]:
    """The amounts without what only points back: an amount named again (按人工智能那196万) is not a second one, and the
    sum of some named before (按场地和搭建那150万) is what the asker means by them."""
    kept: list[Placed] = []
    for item in items:
        if not _POINTS_BACK.search(item.left):
            kept.append(item)
        elif any(some.amount == item.amount for some in kept):
            continue
        elif any(_add_up(kept[a:b], item) for a in range(len(kept)) for b in range(a + _SEVERAL, len(kept) + 1)):
            kept = [item]
        else:
            kept.append(item)
    return kept


def _without_sources(items: Sequence[Placed]) -> Sequence[Placed]:
    """The amounts without those that tell who put up a part of a sum told before (总投资6000万，其中国资入股2000万)."""
    kept: list[Placed] = []
    told = False
    for item in items:
        within = any(_larger(whole, item) for whole in kept)
        named = words()["sources"].search(f"{item.left}|{item.right}")
        told = within and bool(named) and bool(told or _OPENS_PARTS.match(item.ahead))
        if not told:
            kept.append(item)
    return kept


def _add_up(items: Sequence[Placed], whole: Placed) -> bool:
    return sum(item.amount.minimum for item in items) == whole.amount.minimum


_POINTS_BACK = re.compile(r"[那这](个|笔|部分|块|一块|项|些)?$")


def _has_parts(whole: Placed, items: Sequence[Placed]) -> bool:
    """Whether other amounts are parts of this one: told so (其中AI 450万), or they make it up.

    One of a list (学校出400万、企业260万、园区140万), or amid the others, is no whole, even where they happen to make
    it up.
    """
    others = [item for item in items if item is not whole]
    smaller = [item for item in others if _larger(whole, item)]
    one_of_a_list = whole.after.startswith("、") or whole.ahead.startswith("、") or smaller != others
    aside = all(i.money.start > whole.money.end for i in smaller) or all(
        i.money.end < whole.money.start for i in smaller
    )
    adds_up = (
        aside and len(smaller) >= _SEVERAL and sum(item.amount.minimum for item in smaller) == whole.amount.minimum
    )
    if adds_up and (words()["whole"].search(whole.left) or not (one_of_a_list or is_one_cost(whole))):
        return True
    later = [item for item in others if item.money.start >= whole.money.end]
    return bool(later) and _larger(whole, later[0]) and bool(_OPENS_PARTS.match(later[0].ahead))


def is_one_cost(item: Placed) -> bool:
    """Whether an amount is told of one thing that money goes on (场地180万), and is no total of others that happen to
    make it up (搭建120万，宣传60万)."""
    return bool(one_cost().search(item.left)) and not words()["whole"].search(item.left)


@lru_cache(maxsize=1)
def one_cost() -> re.Pattern[str]:
    """What leads up to the sum of one thing that money goes on, with the ``thing``."""
    after = "费用?|款|租金|租赁|采购|购置|投入|改造|这块|那块|部分|又|再|还|也|有|是|要|花|投|用|付|了|大概|约"
    return re.compile(rf"(?P<thing>{words()['spent_on'].pattern})(?:{after})*$")


_SEVERAL = 2
_OPENS_PARTS = re.compile(r"元?[,，。;；:：、 ]*(我们|这)?(其中|里面|里头|里边|当中|这里(面|头)?|这当中|内含|含有?)")


def of_the_matter(text: str, dates: Sequence[DateMention]) -> tuple[DateMention, ...]:
    """The dates without those that something is only compared with (比去年多)."""
    return tuple(
        date for date in dates if not re.search(r"[比较跟]$", text[: date.start]) and text[date.end :][:3] != "基础上"
    )


def returned(item: Placed) -> bool:
    """Whether an amount is told as given back or struck off (退回来50万, 审计核减了60万)."""
    return bool(words()["relations.returned"].search(item.left))


def only_changes(text: str) -> bool:
    """Whether a text only tells by how much a sum told before changes (审计核减了400万; 比原来少花了600万)."""
    amounts = find_money(text)
    before = text[: amounts[0].start] if amounts else ""
    return len(amounts) == 1 and bool(words()["relations.returned"].search(before) or _comparison().search(before))


@lru_cache(maxsize=1)
def _comparison() -> re.Pattern[str]:
    """比去年(又)多付了, 在这个基础上增加, 同比少花: the words of the comparison directly before an amount or a rate."""
    more, less = words()["relations.more"].pattern, words()["relations.less"].pattern
    against = (
        r"(?:(?<!占)比(?!例|率|重)|较|比起|相比|相较于?)(?P<than>[^,，。;；]{1,8}?)|[同环]比"
        r"|(?:在)?[^,，。;；]{1,6}基础上"
    )
    return re.compile(
        rf"(?:{against})[,，]?(?:{_IN_BETWEEN})*(?:(?P<more>{more})|(?P<less>{less}))[^,，。;；?？!！\d]{{0,5}}$"
    )


def _denied(change: re.Match[str]) -> bool:
    """没比去年多20%, 比计划没省几成: a change that did not happen changes nothing."""
    return bool(
        _NOT.search(change.string[: change.start()])
        or _NOT.search(change.string[: max(change.start("more"), change.start("less"))])
    )


_NOT = re.compile(r"(没有?|(?<!是)(?<!能)不|未)$")
_IN_BETWEEN = "没有?|未|又|还|再|要|整整|足足|只|反而|实际上?|净|总共|一共|大概|最后|今年|每年"
_NOW = re.compile(r"今年|本年|这(次|届|回|一年)|本(届|次)|现在|目前|眼下")
_MORE_ASKED = re.compile(r"(能|可以|会)?[多少](拿|补|给|奖|得|领|支持)(到|出|来)*(多少|几)")
_BOTH = re.compile(rf"两(年|届|次|场|期|个)|一共|总共|合计|加起来|分别|各|{_MORE_ASKED.pattern}")


def _compared_with(than: str | None, earlier: Sequence[Placed], text: str) -> Placed | None:
    """The earlier amount that a change is told against: the one that its words name, else the last one before it."""
    starts = [0, *(item.money.end for item in earlier)]
    contexts = [(item, text[start : item.money.end]) for item, start in zip(earlier, starts, strict=False)]
    if than and (named := [item for item, context in contexts if than[:2] in context]):
        return named[-1]
    if not contexts or _NOW.search(contexts[-1][1]):
        return None
    return contexts[-1][0]


def _both_asked(text: str) -> bool:
    return bool(_BOTH.search(text))


def _larger(base: Placed, item: Placed) -> bool:
    return base.amount.minimum > item.amount.maximum


def _changed(base: Placed, by: Placed, *, more: bool) -> Placed:
    """The sum that a change makes of ``base``, standing where the change is told and named as ``base`` is."""
    if not more:
        return _at(by, _lowered(base, by))
    amount = base.amount + by.amount
    return _at(by, valued(base, amount, f"{show(base.amount)} + {show(by.amount)} = {show(amount)}"))


def _at(place: Placed, item: Placed) -> Placed:
    named = words()["planned"].sub("", f"{item.left}{place.left}")
    money = replace(item.money, start=place.money.start, end=place.money.end)
    return replace(item, money=money, left=named, right=place.right, ahead=place.ahead, after=place.after)


def _lowered(base: Placed, by: Placed) -> Placed:
    amount = Interval(base.amount.minimum - by.amount.maximum, base.amount.maximum - by.amount.minimum)
    return valued(base, amount, f"{show(base.amount)} - {show(by.amount)} = {show(amount)}")


def _by_share(item: Placed, text: str, rates: Sequence[Rate]) -> Placed:
    """A sum changed by a share of itself (去年付了160万，今年比去年多了五成; 按计划500万，完工省了8%)."""
    for rate in rates:
        before = text[max(0, rate.start - _REACH) : rate.start]
        change = _comparison().search(before)
        compared = bool(change) and _compared_with(change["than"] if change else None, [item], text)
        done = words()["settled"].search(text) or _OVERRUN.search(before)
        if not compared and words()["planned"].search(text) and done:
            change = _off_plan().search(before)
        change = change if compared else _changed_later().search(before) or change
        if change is None or _denied(change) or rate.minimum != rate.maximum or rate.start < item.money.end:
            continue
        factor = 1 + rate.minimum if change["more"] else 1 - rate.minimum
        amount = Interval(item.amount.minimum * factor, item.amount.maximum * factor)
        step = f"{show(item.amount)} × {factor} = {show(amount)}"
        changed = valued(item, amount, step)
        money = replace(changed.money, start=rate.start, end=rate.end)
        return replace(changed, money=money, left=words()["planned"].sub("", item.left))
    if doubled := _DOUBLED_LATER.search(text, item.money.end):  # 第一年卖300万，第二年翻一倍
        changed = valued(
            item, item.amount + item.amount, f"{show(item.amount)} × 2 = {show(item.amount + item.amount)}"
        )
        return replace(changed, money=replace(changed.money, start=doubled.end() - 1, end=doubled.end()))
    return item


_DOUBLED_LATER = re.compile(
    rf"(第[二三四]年|[今次明后]年|下一?年|来年)[^,，。;；\d]{{0,6}}?({DOUBLED.pattern}|翻倍|(多|涨|增|增加|增长)(了|到)?一倍|加倍)"
)


@lru_cache(maxsize=1)
def _changed_later() -> re.Pattern[str]:
    """今年涨了25%, 董事会砍掉四分之一, 后来压缩了三成: said of the sum told before, whoever decided it."""
    more, less = words()["relations.more"].pattern, words()["relations.less"].pattern
    return re.compile(
        rf"(?:^|[,，。;；])(?:{_IN_BETWEEN}|{_LATER})*(?:(?P<more>{more})|(?P<less>{less}))"
        r"(?:长|加|缩|少|低|减)?(?:掉|了|去)(?:大概|大约|约|将近|差不多)?$"
    )


_LATER = (
    "去年|现在|后来|结果|最终|这次|本年|如今|董事会|领导|老板|上面|集团|总部|财务|审计|财政|评审|客户|实际(?:执行)?|"
    "(?:投资|费用|预算|规模|总投资|算力费|用量)"
)


_OVERRUN = re.compile(r"(超支|超预算|超概算|超标|超出|超|省|节约|节省|结余)了?[^,，。;；\d]{0,3}$")


@lru_cache(maxsize=1)
def _off_plan() -> re.Pattern[str]:
    more, less = words()["relations.more"].pattern, words()["relations.less"].pattern
    return re.compile(rf"(?:(?P<more>{more})|(?P<less>{less}))[^,，。;；?？!！\d]{{0,4}}$")


_REACH = 20
