"""From amounts with roles to the bases of measures: parts and wholes, shares, unit prices, months, years, exclusions.

Every derived base carries its derivation as Chinese steps (``280万元 − 30万元 = 250万元``), so that the figure can be
checked and nothing is computed in the dark.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.calculator.formatting import format_rate
from assistant.calculator.interval import Interval
from assistant.calculator.rates import Rate
from assistant.calculator.steps import show
from assistant.policy.measure import Kind, Measure
from assistant.understanding.articles import numeral as article_numeral
from assistant.understanding.amounts import Placed, Scored, score, takes_amounts, words
from assistant.understanding.dates import DateMention
from assistant.understanding.periods import numeral
from assistant.understanding.subject import Subject

_LABELLED = 1.0
_MONTHS = {"monthly": (Decimal(12), "个月"), "quarterly": (Decimal(4), "个季度")}


@dataclass(frozen=True, slots=True)
class BaseAmount:
    """The base of one measure. ``label`` tells several apart (2023年, 第2项); ``approximation`` as money has it."""

    amount: Interval
    label: str = ""
    derivation: tuple[str, ...] = ()
    approximation: str | None = None
    whole_only: bool = False  # a whole of which only a part counts, the part not named
    planned: bool = False  # a contract or budget sum, where the article counts what was paid or settled


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What else the question says: its text, shares, dates and named subjects."""

    text: str
    rates: Sequence[Rate]
    dates: Sequence[DateMention]
    subjects: Sequence[Subject]


def assign(
    measures: Sequence[Measure], candidates: Sequence[Placed], around: Surroundings
) -> dict[str, tuple[BaseAmount, ...]]:
    """The bases of each measure (by id) among the candidate amounts; a measure with none is absent."""
    takers = [measure for measure in measures if takes_amounts(measure)]
    table = {measure.id: [score(measure, item, around.subjects) for item in candidates] for measure in takers}
    result: dict[str, tuple[BaseAmount, ...]] = {}
    for measure in takers:
        mine = [
            scored
            for index, scored in enumerate(table[measure.id])
            if _belongs(scored, [table[other.id][index] for other in takers if other is not measure])
        ]
        if bases := _bases(measure, mine, around):
            result[measure.id] = bases
    return result


def narrow(before: BaseAmount, around: Surroundings, amounts: Sequence[Placed]) -> BaseAmount | None:
    """A base named earlier, narrowed by a share of it or by a part that does not count; None where the turn has neither."""
    share = next((r for r in around.rates if re.search(r"占|是|有|算", around.text[max(0, r.start - 8) : r.start])), None)
    if share and not amounts:
        amount = Interval(before.amount.minimum * share.minimum, before.amount.maximum * share.maximum)
        step = f"{show(before.amount)} × {format_rate(share.minimum, share.maximum)} = {show(amount)}"
        return BaseAmount(amount, before.label, (*before.derivation, step))
    out = amounts[0] if len(amounts) == 1 else None
    if out is None or not words()["part"].search(out.left) or out.money.maximum >= before.amount.minimum:
        return None
    amount = Interval(before.amount.minimum - out.money.maximum, before.amount.maximum - out.money.minimum)
    step = f"{show(before.amount)} - {show(out.amount)} = {show(amount)}"
    return BaseAmount(amount, before.label, (*before.derivation, step))


def _belongs(mine: Scored, others: Sequence[Scored]) -> bool:
    best = max((other.score for other in others if not other.excluded), default=0.0)
    return mine.excluded or mine.score >= best - 0.3


def _bases(measure: Measure, scored: Sequence[Scored], around: Surroundings) -> tuple[BaseAmount, ...]:
    usage = _by_usage(scored, around.text) or _by_count(measure, scored, around.text)
    if usage:
        return usage
    if paid := _paid_share(measure, scored, around):
        return (paid,)
    if measure.kind is Kind.MATCHED:
        return _one_side(scored)
    if not _counts_a_part(measure) and (part := _named_share(measure, scored, around)):
        return (part,)
    kept = [s for s in scored if not s.excluded and s.score > 0]
    if measure.base and measure.base.unit:
        return _unit_prices(scored, kept, around)
    if any(s.settled for s in kept):
        kept = [s for s in kept if s.settled or not s.planned]
    labelled = [s for s in kept if s.score >= _LABELLED]
    kept = labelled or kept
    if not kept and not _counts_a_part(measure):
        return ()
    wholes, parts = [s for s in kept if s.whole], [s for s in kept if not s.whole]
    if _counts_a_part(measure):
        return _partial(measure, wholes, parts, scored, around)
    surest = max((s.score for s in parts), default=0.0)
    if wholes and surest > max(s.score for s in wholes) + 0.15:
        wholes, kept = [], parts
    if wholes and not _apart(around.text, kept):
        return (_reduced(max(wholes, key=lambda s: s.score), scored, measure, around),)
    return _several(measure, parts if parts and not wholes else kept, scored, around)


def _one_side(scored: Sequence[Scored]) -> tuple[BaseAmount, ...]:
    """What one side of a 1:1 measure gives; of a sum of both sides, its half."""
    item = next((s.item for s in scored), None)
    if item is None:
        return ()
    if not re.search(r"合计|两级|市区|市、区|总共|一共|两边|共", item.left):
        return (_plain(item),)
    half = Interval(item.money.minimum / 2, item.money.maximum / 2)
    return (BaseAmount(half, derivation=(f"{show(item.amount)} ÷ 2 = {show(half)}",)),)


def _named_share(measure: Measure, scored: Sequence[Scored], around: Surroundings) -> BaseAmount | None:
    """A share that the measure's own matter has in a whole (营收6200万，其中首版次软件占一成五)."""
    hits = [hit for subject in around.subjects if subject.id == measure.id for hit in subject.hits]
    for rate in around.rates:
        if not re.search(r"占(了|到|比|大约|大概|约)*$", around.text[max(0, rate.start - 6) : rate.start]):
            continue
        whole = next((s.item for s in scored if s.item.money.end <= rate.start), None)
        if whole and any(whole.money.end <= hit.start < rate.start for hit in hits):
            return _shared(whole, rate)
    return None


def _counts_a_part(measure: Measure) -> bool:
    return bool(measure.base and "部分" in measure.base.name)


def _partial(
    measure: Measure,
    wholes: Sequence[Scored],
    parts: Sequence[Scored],
    scored: Sequence[Scored],
    around: Surroundings,
) -> tuple[BaseAmount, ...]:
    if not wholes and not parts:
        wholes = [s for s in scored if s.whole]
    surer = [s for s in wholes if s.own >= _PART_WORD]
    if surer and len(wholes) + len(parts) > len(surer):
        wholes, parts = [s for s in wholes if s not in surer], [*parts, *surer]
    if wholes and (share := _share(measure, around)):
        whole = max(wholes, key=lambda s: s.score).item
        return (_shared(whole, share),)
    if wholes and (rest := _remainder(wholes[0].item, [*parts, *(s for s in scored if s.excluded)], around)):
        return (rest,)
    if parts and not wholes and (share := _share(measure, around)) and len(parts) == 1:
        return (_shared(parts[0].item, share),)
    if parts:
        return _several(measure, parts, parts, around)
    return tuple(_plain(s.item, whole_only=True) for s in wholes[:1])


_PART_WORD = 1.8
_REST = re.compile(r"(剩下|剩余|其余|余下|余款|剩)")


def _remainder(whole: Placed, others: Sequence[Scored], around: Surroundings) -> BaseAmount | None:
    """What is left of a whole when the rest is what counts (土建2500万，剩下全是人工智能)."""
    rest = _REST.search(around.text, whole.money.end)
    out = [s.item for s in others if whole.money.end <= s.item.money.start and s.item.money.maximum < whole.money.minimum]
    if rest is None or not out or out[-1].money.start > rest.start():
        return None
    amount = whole.amount
    for item in out:
        amount = Interval(amount.minimum - item.money.maximum, amount.maximum - item.money.minimum)
    terms = " - ".join(show(item.amount) for item in out)
    return BaseAmount(amount, derivation=(f"{show(whole.amount)} - {terms} = {show(amount)}",))


def _share(measure: Measure, around: Surroundings) -> Rate | None:
    for rate in around.rates:
        left = around.text[max(0, rate.start - 14) : rate.start]
        right = around.text[rate.end : rate.end + 10]
        if not re.search(r"占|里有|其中|里头|里面|比重|比例|大约|左右|约|差不多|有", left) and not re.match(r".{0,2}(是|为|属于|算|用于|都是|花在|投在)", right):
            continue
        names = measure.base.words if measure.base else ()
        if any(name in left or name in right for name in names):
            return rate
    return None


def _shared(whole: Placed, share: Rate) -> BaseAmount:
    amount = Interval(whole.money.minimum * share.minimum, whole.money.maximum * share.maximum)
    step = f"{show(whole.amount)} × {format_rate(share.minimum, share.maximum)} = {show(amount)}"
    return BaseAmount(amount, derivation=(step,), approximation=whole.money.approximation)


def _unit_prices(scored: Sequence[Scored], kept: Sequence[Scored], around: Surroundings) -> tuple[BaseAmount, ...]:
    word = words()
    units = [s for s in scored if word["unit_price"].search(s.item.left + "|" + s.item.right[:6]) and not _is_sum(s)]
    count = _count(around.text)
    if units:
        return _labelled_items([s.item for s in units], around) if _apart(around.text, units) else (_plain(units[0].item),)
    sums = [s for s in scored if _is_sum(s) and s.score >= _UNIT_SUM]
    if sums and count and count > 1:
        return (_divided(sums[0].item, count),)
    prices = [s for s in kept if not _is_sum(s)]
    if count and count > 1 and len(prices) == 1 and re.search(r"(一共|总共|共|合计|总价|合同)", around.text):
        return (_divided(prices[0].item, count),)
    best = max(prices, key=lambda s: s.score, default=None)
    if best is None:
        return ()
    if _apart(around.text, prices) and len(prices) > 1:
        return _labelled_items([s.item for s in prices if s.score >= best.score - 1.0], around)
    return (_plain(best.item),)


_UNIT_SUM = 0.0


def _is_sum(scored: Scored) -> bool:
    near = scored.item.left + "|" + scored.item.right[:6]
    return bool(re.search(r"总价|总额|合同|一共|总共|合计|共计|共|总计|全年|年销售|销售额", near))


def _count(text: str) -> int | None:
    for found in re.finditer(r"(?P<n>\d+|[一二两三四五六七八九十]+)(台|套|件)(?!\))", text):
        count = numeral(found["n"])
        if count and count > 1 and not re.search(r"首$|单$|每$", text[: found.start()]):
            return count
    return None


def _divided(whole: Placed, count: int) -> BaseAmount:
    low, high = whole.money.minimum / count, whole.money.maximum / count
    cent = Decimal("0.01")
    amount = Interval(low.quantize(cent).normalize() + 0, high.quantize(cent).normalize() + 0)
    return BaseAmount(amount, derivation=(f"{show(whole.amount)} ÷ {count} = {show(amount)}（单台/套）",))


def _by_usage(scored: Sequence[Scored], text: str) -> tuple[BaseAmount, ...]:
    """A price by hour or card-hour times the quantity used (12.5元/卡时 × 40万卡时)."""
    price = next((s for s in scored if _USAGE.match(s.item.right) or _USAGE.search(s.item.left[-5:])), None)
    quantity = re.search(r"(\d+(?:\.\d+)?)\s*(万)?\s*(?:个)?(卡时|小时|机时|核时|P时)", text)
    if price is None or quantity is None:
        return ()
    amount_of = Decimal(quantity[1]) * (10_000 if quantity[2] else 1)
    money = price.item.money
    amount = Interval(money.minimum * amount_of, money.maximum * amount_of)
    return (BaseAmount(amount, derivation=(f"{show(price.item.amount)} × {quantity[1]}{quantity[2] or ''}{quantity[3]} = {show(amount)}",)),)


def _by_count(measure: Measure, scored: Sequence[Scored], text: str) -> tuple[BaseAmount, ...]:
    """A yearly turnover from a price by piece and the pieces sold (每套4.8万，卖出150套)."""
    if not (measure.base and measure.base.yearly and not measure.base.unit):
        return ()
    price = next((s.item for s in scored if _EACH.search(s.item.left)), None)
    if price is None or price.money.is_range:
        return ()
    counts = [m for m in _PIECES.finditer(text) if m.start() >= price.money.end or m.end() <= price.money.start]
    if not counts or not (count := numeral(counts[-1]["n"])) or count < 2:
        return ()
    amount = Interval.exactly(price.money.minimum * count)
    return (BaseAmount(amount, derivation=(f"{show(price.amount)} × {count} = {show(amount)}",)),)


_EACH = re.compile(r"(每|单|一)(套|个?家|个?客户|台|份|个?用户|个?授权|个?许可|家客户)[^,，。]{0,6}$|单价[^,，。]{0,4}$")
_PIECES = re.compile(r"(?P<n>\d+|[二两三四五六七八九十百]+)(套|家|个客户|份|台|个用户|个授权)")


def _paid_share(measure: Measure, scored: Sequence[Scored], around: Surroundings) -> BaseAmount | None:
    """The paid share of a contract (签了500万，只付了三成), for a measure that counts what was paid."""
    if not (measure.base and "实际支付" in measure.base.name):
        return None
    share = next((r for r in around.rates if _PAID.search(around.text[max(0, r.start - 10) : r.start])), None)
    contract = next((s.item for s in scored if words()["planned"].search(s.item.left + "|" + s.item.right[:6])), None)
    if share and contract is None:
        contract = next((s.item for s in scored if s.item.money.end <= share.start), None)
    return _shared(contract, share) if share and contract else None


_PAID = re.compile(r"(付|结|支付|付款|打款|结算)(了|过|掉|到)?(大概|约|大约|差不多|将近)?$")


_USAGE = re.compile(r"\s*(/|每|一个?|一)(卡时|小时|机时|核时|P时)")


def _several(
    measure: Measure, kept: Sequence[Scored], scored: Sequence[Scored], around: Surroundings
) -> tuple[BaseAmount, ...]:
    if by_year := _by_year(measure, [s.item for s in kept], around):
        return by_year
    best = max(s.score for s in kept)
    near = [s for s in kept if s.score >= best - 1.6] if best >= _LABELLED else list(kept)
    if len(near) == 1:
        year = _year_near(near[0].item, around) if measure.base and measure.base.yearly else ""
        return (_periodic(replace(_reduced(near[0], scored, measure, around), label=year), near[0].item, measure),)
    if _apart(around.text, near):
        return _labelled_items([s.item for s in near], around)
    if best < _LABELLED and not re.search(r"[全都]算|合计|一共|总共|加起来|相加|分.{1,2}期|共", around.text):
        return ()
    if whole := _sum_among(near):
        return (_plain(whole.item),)
    return (_summed([s.item for s in near]),)


def _by_year(measure: Measure, items: Sequence[Placed], around: Surroundings) -> tuple[BaseAmount, ...]:
    """Sums of single years for a measure counted by year, each year's amounts added up."""
    years = _years_of(items, around)
    if not (measure.base and measure.base.yearly and len(items) > 1 and all(years) and len(set(years)) > 1):
        return ()
    groups: dict[str, list[Placed]] = {}
    for item, year in zip(items, years, strict=True):
        groups.setdefault(year, []).append(item)
    return tuple(
        replace(_summed(group), label=year) if len(group) > 1 else _plain(group[0], label=year)
        for year, group in groups.items()
    )


def _year_near(item: Placed, around: Surroundings) -> str:
    """The single year in whose clause an amount stands (去年花了1300万)."""
    start = item.money.start - len(item.left)
    near = [d for d in around.dates if start <= d.start < item.money.start and d.first.year == d.last.year]
    return f"{near[-1].first.year}年" if near else ""


def _sum_among(items: Sequence[Scored]) -> Scored | None:
    """One amount that equals the sum of the others is their whole."""
    everything = sum((s.item.money.maximum for s in items), Decimal(0))
    return next((s for s in items if len(items) > 2 and s.item.money.maximum * 2 == everything), None)


def _summed(items: Sequence[Placed]) -> BaseAmount:
    amount = items[0].amount
    for item in items[1:]:
        amount = amount + item.amount
    terms = " + ".join(show(item.amount) for item in items)
    return BaseAmount(amount, derivation=(f"{terms} = {show(amount)}",))


def _labelled_items(items: Sequence[Placed], around: Surroundings) -> tuple[BaseAmount, ...]:
    years = _years_of(items, around)
    labels = years if all(years) and len(set(years)) == len(items) else [f"第{article_numeral(n)}项" for n in range(1, len(items) + 1)]
    return tuple(_plain(item, label=label if len(items) > 1 else "") for item, label in zip(items, labels, strict=True))


def _apart(text: str, items: Sequence[Scored]) -> bool:
    return len(items) > 1 and bool(words()["separate"].search(text))


def _years_of(items: Sequence[Placed], around: Surroundings) -> list[str]:
    """The year named nearest before each amount ("" where none is)."""
    labels = []
    for item in items:
        named = [d for d in around.dates if d.end <= item.money.start and d.first.year == d.last.year]
        since = max((other.money.end for other in items if other.money.end <= item.money.start), default=0)
        named = [d for d in named if d.start >= since]
        labels.append(f"{named[-1].first.year}年" if named else "")
    return labels


def _reduced(whole: Scored, scored: Sequence[Scored], measure: Measure, around: Surroundings) -> BaseAmount:
    """A whole less what is expressly left out of it (其中30万是商务宴请), or its counted share."""
    out = [
        s.item
        for s in scored
        if s.excluded
        and s.item.money.start > whole.item.money.end
        and s.item.money.maximum < whole.item.money.minimum
    ]
    refunded = any(re.search(r"退|返还|扣|核减", item.left[-4:]) for item in out)
    included = refunded or not re.search(r"(不含|不包括|另付|另外|此外|另有|还有|另)", "".join(item.left for item in out))
    if out and included and (refunded or words()["part"].search(around.text[whole.item.money.end : out[-1].money.end + _EXCLUSION_REACH])):
        amount = whole.item.amount
        for item in out:
            amount = Interval(amount.minimum - item.money.maximum, amount.maximum - item.money.minimum)
        terms = " - ".join(show(item.amount) for item in out)
        return BaseAmount(amount, derivation=(f"{show(whole.item.amount)} - {terms} = {show(amount)}",))
    if share := _own_share(measure, around):
        return _shared(whole.item, share)
    return _plain(whole.item, planned=whole.planned and not whole.settled)


_EXCLUSION_REACH = 14


def _own_share(measure: Measure, around: Surroundings) -> Rate | None:
    """A share of the whole that counts for a measure paid on what went to its own place (六成付给苏州算力平台)."""
    if measure.kind is not Kind.PROPORTIONAL or not (measure.base and measure.base.yearly):
        return None
    for rate in around.rates:
        right = around.text[rate.end : rate.end + 14]
        if re.match(r".{0,3}(付给|给|用在|花在|是|用于|走).{0,4}(苏州)", right):
            return rate
    return None


def _periodic(base: BaseAmount, item: Placed, measure: Measure) -> BaseAmount:
    """A monthly or quarterly sum becomes the year's, for a measure counted by year."""
    if not (measure.base and measure.base.yearly):
        return base
    near = item.left + "|" + item.right[:4]
    for key, (times, unit) in _MONTHS.items():
        if words()[key].search(near):
            amount = Interval(base.amount.minimum * times, base.amount.maximum * times)
            return BaseAmount(amount, base.label, derivation=(*base.derivation, f"{show(base.amount)} × {times}{unit} = {show(amount)}"))
    return base


def _plain(item: Placed, *, label: str = "", whole_only: bool = False, planned: bool = False) -> BaseAmount:
    return BaseAmount(item.amount, label, (), item.money.approximation, whole_only, planned)

