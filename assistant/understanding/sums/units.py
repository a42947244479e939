"""Bases from prices by hour, by piece and by the times paid; several items told apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from assistant.calculator.interval import Interval
from assistant.calculator.steps import show
from assistant.policy.measure import Measure
from assistant.understanding.articles import numeral as article_numeral
from assistant.understanding.sums.amounts import Placed, words
from assistant.understanding.sums.base_amount import BaseAmount, Surroundings, plain
from assistant.understanding.sums.match import Scored
from assistant.understanding.sums.months import HALF_YEAR, months_told
from assistant.understanding.time.periods import numeral

_MONTHS = {"monthly": (Decimal(12), "个月"), "quarterly": (Decimal(4), "个季度")}


def by_rate(measure: Measure, scored: Sequence[Scored], around: Surroundings) -> tuple[BaseAmount, ...]:
    """A sum for each unit times the units (每月9.8万付了10个月, 每张卡每月6500元, 每个授权2.5万卖了320个)."""
    if measure.base is None or measure.base.unit:
        return ()
    for scored_item in scored:
        if scored_item.excluded or scored_item.item.steps:
            continue
        item = scored_item.item
        named_month = _OTHER_MONTH.search(around.text)  # 一月20万，二月30万: January, and not every month
        each = [m for m in _EACH_UNIT.finditer(item.left[-_REACH:]) if not (named_month and m.group() == "一月")]
        told = [(m["of"], m["unit"]) for m in each]
        # 每台月租2.5万: for each of them, and for each month.
        units = [unit for of, last in told for unit in ((of, last) if of and last in _PERIODS else (last,))]
        if not units and _ONE_QUARTER.search(item.left) and _each_quarter(around.text):
            units = ["季"]
        if not units and measure.base.yearly and len(scored) == 1:
            units = _period_of(item)  # 月租42万，用了7个月
        factors = [(unit, _times(unit, around, item)) for unit in units]
        if not units or item.money.is_range or not all(times for _, times in factors):
            continue
        amount, terms = item.money.minimum, show(item.amount)
        for _, times in factors:
            amount *= times or 1
            terms += f" × {times}"
        result = Interval.exactly(amount)
        steps = [f"{terms} = {show(result)}"]
        if units[-1] in _QUARTERLY and (first := _first_quarter(scored, scored_item)):
            result, before = result + first.amount, result
            steps.append(f"{show(first.amount)} + {show(before)} = {show(result)}")
        return (BaseAmount(result, derivation=tuple(steps), approximation=item.money.approximation),)
    return ()


def _first_quarter(scored: Sequence[Scored], other: Scored) -> Placed | None:
    """The sum of the first quarter, told apart from that of each of the others (首季20万，后面三个季度每季25万)."""
    told = (s.item for s in scored if s is not other and not s.excluded and _FIRST_QUARTER.search(s.item.left))
    return next(told, None)


def _each_quarter(text: str) -> bool:
    """Whether quarters are counted or paid for one like another, and none but the first is told with its own sum."""
    return bool(_QUARTERS.search(text)) and not _OTHER_QUARTER.search(text)


def _period_of(item: Placed) -> list[str]:
    near = item.left + "|" + item.right[:4]
    return next(([unit] for key, unit in (("monthly", "月"), ("quarterly", "季")) if words()[key].search(near)), [])


_REACH = 14
_EACH_UNIT = re.compile(
    r"(每|一)(个|家|位|名|(?P<of>张|块|台|套|节点|机柜))?"
    r"(?P<unit>天|日|月|台(?=[每一])|(?<!一)季度|(?<!一)季|卡|(?<=每)张(?!卡)|授权|客户|用户|席位|节点|许可|机时|[账帐]号|坐席|终端|门店"
    r"|(?<=每)人|(?<=每[个名位])(人|员工|工程师|研发))(?!前|内|后)"
)
# 一季22万，四个季度都付了: the price of a quarter, and not of the first one, where quarters are counted.
_ONE_QUARTER = re.compile(r"(?<!第)[一单]季度?(的话|是|要|得|付|交|花|大概|约|算力费|费用)*$")
_QUARTERS = re.compile(r"[二两三四2-4]个季度?|[两三四]季(?!度)|按季|季付|每季|每个季")
_OTHER_QUARTER = re.compile(r"[二两三四]个?季度?[^,，。;；]{0,8}?\d")
_FIRST_QUARTER = re.compile(r"(首|头一?个?|第一个?)季度?")
_QUARTERLY = frozenset({"季", "季度"})
_OTHERS_COUNTED = re.compile(r"(?P<n>[二两三23])个?季度?[^,，。;；\d]{0,3}(每|各|都)")
_OTHER_MONTH = re.compile(r"(?<!个)(?<![一\d十])([二三四五六七八九十]|十[一二]|[2-9]|1[0-2])月份?[^,，。;；月]{0,8}\d")
_ONE_MONTH = re.compile(r"(付|用|租|满|只有|才)(了|过)[一1]个月(?![^,，。]{0,2}\d)")
_HEADS = ("人", "员工", "工程师", "研发")
_PERIODS = frozenset({"天", "日", "月", "季", "季度"})
_DEFAULT_TIMES = {"月": 12, "季度": 4, "季": 4}


def _times(unit: str, around: Surroundings, item: Placed) -> int | None:
    """How many units: named elsewhere in the text, else a year's months or quarters."""
    text = around.text
    outside = text[: item.money.start - min(len(item.left), _REACH)] + "|" + text[item.money.end :]
    # 四月 is a month's name, 四个月 are four.
    alike = {
        "天": "(天|日)(?!\\d)",
        "季": "季度?",
        "卡": "卡|张卡|张",
        "张": "张卡?",
        "台": "台(?!机柜)",
        "月": "(?<=个)月(?!\\d)",
        **dict.fromkeys(_HEADS, "人(?!次)|员工|工程师|研发"),
    }.get(unit, unit)
    found = re.search(
        rf"(?P<n>\d+|[二两三四五六七八九十百]+)\s*(个|张|块|家|名|位)?(付费|正式|活跃)?({alike})", outside
    )
    if not found and unit in ("授权", "客户", "用户", "许可", "席位", "账号", "帐号", "坐席"):
        found = re.search(r"(卖|签|付费|有|共)[^,，。]{0,6}?(?P<n>\d+|[二两三四五六七八九十百]+)(个|家|名)", outside)
    if not found and unit == "月" and (told := HALF_YEAR.search(outside) or _ONE_MONTH.search(outside)):
        return 6 if told.re is HALF_YEAR else 1
    if not found and unit in _QUARTERLY:
        found = _OTHERS_COUNTED.search(item.left)
    if found and (count := numeral(found["n"])):
        return count
    if unit == "月" and (months := months_told(item, outside, around)):
        return months
    return _DEFAULT_TIMES.get(unit)


def by_period(measure: Measure, scored: Sequence[Scored], text: str) -> tuple[BaseAmount, ...]:
    """A sum for each time, and how often in a year it is paid (每两个月付一次，每次45万)."""
    if measure.base is None or measure.base.unit:
        return ()
    each = [s.item for s in scored if not s.excluded and _EACH_TIME.search(s.item.left)]
    whole = [s for s in scored if not s.excluded and s.whole]
    if len(each) == len(whole) == 1 and whole[0].item.money.maximum % each[0].money.maximum == 0:
        return (plain(whole[0].item),)  # 每次11万5，全年46万
    found = _EVERY.search(text)
    if found is None or not measure.base.yearly:
        return ()
    if len(each) != 1 or len([s for s in scored if not s.excluded]) > 1:
        return ()
    months = 6 if found["half"] else 3 if found["quarter"] else numeral(found["n"] or found["run"] or "一") or 1
    if 12 % months:
        return ()
    times, item = 12 // months, each[0]
    amount = Interval(item.amount.minimum * times, item.amount.maximum * times)
    step = f"{show(item.amount)} × {times}次 = {show(amount)}"
    return (BaseAmount(amount, derivation=(step,), approximation=item.money.approximation),)


_TIME = "(次|回|笔|期|趟)"
_EVERY = re.compile(
    r"(?P<half>每隔?半年|半年[一结付交缴])|(?P<quarter>每个?季|季度?[一结付交缴])"
    r"|每隔?(?P<n>[两二三四六2346])?个?月|(?P<run>[两二三四六2346])个月[一结付交缴]"
)
_EACH_TIME = re.compile(rf"(每|一){_TIME}[^,，。;；\d]{{0,6}}$|(每隔?(半年|[两二三四六2346]个月))[^,，。;；\d]{{0,8}}$")


def parts_of_a_year(measure: Measure, scored: Sequence[Scored]) -> tuple[Scored, ...]:
    """The sums of single parts of one year (一二季度38.2万，三四季度51.8万; 上半年…), where there are several and the
    measure counts what is paid over time: by the year, or up to a ceiling alone."""
    over_time = measure.base and (measure.base.yearly or measure.rate is None)
    if not (measure.base and over_time and not measure.base.unit):
        return ()
    found = tuple(s for s in scored if not s.excluded and _PART_OF_YEAR.search(s.item.ahead))
    of_several_years = sum(bool(_NAMED_YEAR.search(s.item.ahead)) for s in found) >= _SEVERAL
    return found if len(found) >= _SEVERAL and not of_several_years else ()


_SEVERAL = 2


_NAMED_YEAR = re.compile(r"[去今明前]年|(?<!\d)(20)?\d\d年")


_PART_OF_YEAR = re.compile(
    r"(上|下|前|后)半年|第?[一二三四]{1,2}季度?|[其剩余后]{1}[余下面]?的?[二两三]个季度|[Qq][1-4]|(?<!\d)(\d{1,2}|[一二三四五六七八九十]{1,2})月份?(?!底)"
)


def by_usage(scored: Sequence[Scored], text: str) -> tuple[BaseAmount, ...]:
    """A price by hour or card-hour times the quantity used (12.5元/卡时 × 40万卡时)."""
    price = next((s for s in scored if _USAGE.match(s.item.right) or _USAGE.search(s.item.left[-5:])), None)
    quantity = re.search(r"(\d+(?:\.\d+)?)\s*(万)?\s*(?:个)?(卡时|小时|机时|核时|P时)", text)
    if price is None or quantity is None:
        return ()
    amount_of = Decimal(quantity[1]) * (10_000 if quantity[2] else 1)
    money = price.item.money
    amount = Interval(money.minimum * amount_of, money.maximum * amount_of)
    return (
        BaseAmount(
            amount,
            derivation=(f"{show(price.item.amount)} × {quantity[1]}{quantity[2] or ''}{quantity[3]} = {show(amount)}",),
        ),
    )


def by_count(measure: Measure, scored: Sequence[Scored], text: str) -> tuple[BaseAmount, ...]:
    """A yearly turnover from a price by piece and the pieces sold (每套4.8万，卖出150套)."""
    if not (measure.base and measure.base.yearly and not measure.base.unit):
        return ()
    price = next((s.item for s in scored if _EACH.search(s.item.left) or _EACH_AFTER.match(s.item.right)), None)
    if price is None or price.money.is_range or sum(bool(_EACH.search(s.item.left)) for s in scored) > 1:
        return ()
    told = [*_EACH.finditer(price.left), *_EACH_AFTER.finditer(price.right)]
    unit = next((m["unit"] for m in told if m["unit"]), None)
    if unit == "家" and _ONE_OF_SEVERAL.search(text):
        return ()
    counts = [m for m in _PIECES.finditer(text) if m.start() >= price.money.end or m.end() <= price.money.start]
    counts = [m for m in counts if unit not in _GOODS or m["unit"] in _GOODS]
    counts = [m for m in counts if unit and m["unit"].lstrip("个") == unit.lstrip("个")] or counts
    back = [m for m in counts if _GIVEN_BACK.search(text[: m.start()])]
    sold = [m for m in counts if m not in back]
    count = (numeral(sold[-1]["n"]) or 0) - sum(numeral(m["n"]) or 0 for m in back) if sold else 0
    if count < 2:
        return ()
    amount = Interval.exactly(price.money.minimum * count)
    return (BaseAmount(amount, derivation=(f"{show(price.amount)} × {count} = {show(amount)}",)),)


_SOLD = "客户|用户|授权|许可|[账帐]号|席位|坐席|节点|终端|点位|门店|医院|学校"
_EACH = re.compile(rf"(每|单|一)(?P<unit>套|个?家|台|份|个?({_SOLD})|家客户)[^,，。]{{0,6}}$|单价[^,，。]{{0,4}}$")
# 卖出去37套，8万块一套
_EACH_AFTER = re.compile(rf"元?(一|每|/)(?P<unit>套|个?家|台|份|个?({_SOLD}))(?![一-鿿]*(多少|几))")
_PIECES = re.compile(rf"(?P<n>\d+|[二两三四五六七八九十百]+)(?P<unit>套|家|份|台|个({_SOLD}))")
_GIVEN_BACK = re.compile(r"(退|返修|取消|退回|退货|退订)(了|掉|回来?|货)*(其中的?)?$")
_GOODS = frozenset({"台"})
_ONE_OF_SEVERAL = re.compile(r"(另外?一|第[一二三四五])家|一家[\s\S]*?一家")
"""Companies told apart (一家付了300万，另一家付了1500万), and not one customer's price."""


_USAGE = re.compile(r"\s*(/|每|一个?|一)(卡时|小时|机时|核时|P时)")


def labelled_items(items: Sequence[Placed], around: Surroundings) -> tuple[BaseAmount, ...]:
    years = years_of(items, around)
    labels = (
        years
        if all(years) and len(set(years)) == len(items)
        else [f"第{article_numeral(n)}项" for n in range(1, len(items) + 1)]
    )
    return tuple(plain(item, label=label if len(items) > 1 else "") for item, label in zip(items, labels, strict=True))


def apart(text: str, items: Sequence[Scored]) -> bool:
    """Whether several amounts are told of several things, and not of one and the same (同一个项目)."""
    return len(items) > 1 and bool(words()["separate"].search(text)) and not words()["one_thing"].search(text)


def years_in_turn(items: Sequence[Placed], text: str) -> list[str]:
    """A year for each amount where the text says so of them all (三年分别花了500万、900万、1200万); else none."""
    found = _IN_TURN.search(text, 0, items[0].money.start)
    if not found or numeral(found["n"]) != len(items):
        return []
    return [f"第{article_numeral(n)}年" for n in range(1, len(items) + 1)]


_IN_TURN = re.compile(r"(?P<n>[二两三四五六]|[2-6])(个)?年(度)?[^,，。;；\d]{0,10}(分别|依次|各是|先后|逐年)")


def years_of(items: Sequence[Placed], around: Surroundings) -> list[str]:
    """The year named nearest before each amount ("" where none is)."""
    labels = []
    for item in items:
        named = [d for d in around.dates if d.end <= item.money.start and d.first.year == d.last.year]
        since = max((other.money.end for other in items if other.money.end <= item.money.start), default=0)
        named = [d for d in named if d.start >= since]
        ordinal = _YEAR_OF_SEVERAL.search(around.text, since, item.money.start)
        labels.append(f"{named[-1].first.year}年" if named else ordinal.group() if ordinal else "")
    return labels


_YEAR_OF_SEVERAL = re.compile(r"第[一二三四五]年|头一年|现在|如今|眼下|这次|这回")


def periodic(base: BaseAmount, item: Placed, measure: Measure) -> BaseAmount:
    """A monthly or quarterly sum becomes the year's, for a measure counted by year."""
    if not (measure.base and measure.base.yearly) or item.steps:
        return base
    near = item.left + "|" + item.right[:4]
    for key, (times, unit) in _MONTHS.items():
        if words()[key].search(near):
            amount = Interval(base.amount.minimum * times, base.amount.maximum * times)
            return BaseAmount(
                amount,
                base.label,
                derivation=(*base.derivation, f"{show(base.amount)} × {times}{unit} = {show(amount)}"),
            )
    return base
