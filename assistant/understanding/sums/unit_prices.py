"""The price of one unit, for a measure that counts it: told as such, or worked out of a sum for several."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from assistant.calculator.interval import Interval
from assistant.calculator.steps import show
from assistant.understanding.sums.amounts import Placed, words
from assistant.understanding.sums.base_amount import BaseAmount, Surroundings, plain, times
from assistant.understanding.sums.match import Scored
from assistant.understanding.sums.units import apart, labelled_items
from assistant.understanding.time.periods import numeral


def unit_prices(scored: Sequence[Scored], kept: Sequence[Scored], around: Surroundings) -> tuple[BaseAmount, ...]:
    word = words()
    scored, kept = _struck(scored), _struck(kept)
    units = [s for s in scored if word["unit_price"].search(s.item.left + "|" + s.item.right[:6]) and not _is_sum(s)]
    if kinds := _of_several_kinds(kept):
        return labelled_items(kinds, around)
    count = _count(around.text)
    alone = units or kept
    if len(alone) == 1 and (parts := parts_of_a_set(around.text, alone[0].item)):
        return (times(plain(alone[0].item), Decimal(parts)),)
    if units:
        return labelled_items([s.item for s in units], around) if apart(around.text, units) else (plain(units[0].item),)
    sums = [s for s in scored if _is_sum(s)]
    if sums and count and count > 1:
        counted = [s for s in sums if re.search(r"[0-9一二两三四五六七八九十](台|套)", s.item.left)]
        return (_divided((counted or sums)[0].item, count),)
    prices = [s for s in kept if not _is_sum(s)]
    if count and count > 1 and len(prices) == 1 and _FOR_ALL.search(around.text):
        return (_divided(prices[0].item, count),)
    best = max(prices, key=lambda s: s.score, default=None)
    if best is None:
        return ()
    if apart(around.text, prices) and len(prices) > 1:
        return labelled_items([s.item for s in prices if s.score >= best.score - 1.0], around)
    return (plain(best.item),)


_FOR_ALL = re.compile(
    r"一共|总共|共|合计|总价|合同|打包|整单|大单|订单|一单|一笔|均价|平均|(每|单)(台|套)[^,，。;；\d]{0,4}(一样|相同|同价|均等|平摊)"
)
"""Words of one sum for several (三台打包签了1290万，每台价钱一样)."""


def parts_of_a_set(text: str, price: Placed) -> int:
    """How many machines of this price make up the set that is asked for (一套里面4台主机、每台150万); 0 for none."""
    found = _MADE_UP_OF.search(text, 0, price.money.start)
    count = numeral(found["n"]) if found and _OF_THE_SET.search(text) else None
    return count if count and count > 1 and re.search(r"每一?(台|个|件)|单个|单件", price.left) else 0


_MADE_UP_OF = re.compile(
    r"(一|整|每|这)(套|条)[^,，。;；\d]{0,8}(里|由|有|含|包括|包含|用|共)[^,，。;；\d]{0,4}?(?P<n>\d+|[二两三四五六七八九十]+)(台|个|件)"
)
_OF_THE_SET = re.compile(r"整套|按套|按整|一套(算|奖|多少)|成套|整条|整线")


def _struck(scored: Sequence[Scored]) -> Sequence[Scored]:
    """Of what was asked for a thing and what it was sold for, the latter (报价600万，实际成交510万)."""
    sold = [s for s in scored if _SOLD.search(f"{s.item.left}|{s.item.right[:5]}")]
    return [s for s in scored if s in sold or not _OFFERED.search(s.item.left)] if sold else scored


_SOLD = re.compile(
    r"\|元?(才|就|给)?(卖|成交|签|拿下|中标)|(谈|砍|降|让|压|还)(价)?(到|成)[^,，。;；|\d]{0,4}\||成交|结算|决算|开票|中标|(实际|最终|最后|落到)[^,，。;；\d]{0,4}(卖|售|价|签)"
)
_OFFERED = re.compile(r"报价|标价|挂牌|原价|定价|指导价|目录价|叫价|开价|要价|预算|原来|起初|一开始")


def _of_several_kinds(kept: Sequence[Scored]) -> list[Placed]:
    """The price of each of several kinds of the thing (单价低的300万高的500万; 一个180万一个240万)."""
    ordered = [s.item for s in sorted(kept, key=lambda s: s.item.money.start)]
    counted = [item for item in ordered if _ONE_KIND.search(item.left)]
    if len(counted) > 1 and len(counted) == len(ordered) and not any(_OF_THE_SAME.search(i.left) for i in counted):
        return counted
    told = [item for item in ordered if _A_KIND.search(item.left)]
    names = {found["kind"] for item in told if (found := _A_KIND.search(item.left))}
    return told if len(told) == len(names) > 1 else []


# 单价一个180万一个240万, 一款卖180万，另一款240万
_ONE_KIND = re.compile(r"(?<![每第单])(另(外)?)?一(个|款|种|型|台|套)(型号|产品)?(是|要|卖|价|单价|售价|定价)*$")
_OF_THE_SAME = re.compile(rf"{_OFFERED.pattern}|合同|成本|发票|开票")
_A_KIND = re.compile(
    r"(?P<kind>高配|低配|高|低|大|小|贵|便宜|入门|基础|标准|普通|旗舰|专业|新|老|旧)[^,，。;；\d]{0,2}(的|款|型|机|版|台|套)"
    r"[^,，。;；\d]{0,6}$"
)


def _is_sum(scored: Scored) -> bool:
    near = scored.item.left + "|" + scored.item.right[:6]
    if _PER_ONE.search(near):
        return False  # 合同价318万元/台
    return bool(re.search(r"总价|总额|合同|一共|总共|合计|共计|共|总计|全年|年销售|销售额|[台套](收入|收了)", near))


_PER_ONE = re.compile(
    r"(首|第一|单|每|(?<![十百两二三四五六七八九\d])一)(台|套)(的|设备|装备|机器)?(销售|供货|成交)?合同(单?价|金额)[^,，。;；|\d]{0,3}\||"
    r"(?<![十百两二三四五六七八九\d])[单每一](台|套)(单?售?价格?|定价|报价|成交价?|卖|给|是|为|大概|约)*\||单价(是|为|定|大概|约|在)*\||"
    r"[卖售]价含[^,，。;；|\d]{0,8}\||[单每](台|套)?(售)?价[^,，。;；|\d]{0,3}\||\|元?[ ]?(/|每|一)(台|套)"
)


def _count(text: str) -> int | None:
    for found in re.finditer(r"(?P<n>\d+|[一二两三四五六七八九十]+)(台|套)(?!\))", text):
        count = numeral(found["n"])
        if count and count > 1 and not re.search(r"[首单每第]$", text[: found.start()]):
            return count
    return None


def _divided(whole: Placed, count: int) -> BaseAmount:
    low, high = whole.money.minimum / count, whole.money.maximum / count
    cent = Decimal("0.01")
    amount = Interval(low.quantize(cent).normalize() + 0, high.quantize(cent).normalize() + 0)
    return BaseAmount(amount, derivation=(f"{show(whole.amount)} ÷ {count} = {show(amount)}（单台/套）",))
