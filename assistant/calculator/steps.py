"""The wording of a calculation's steps: short Chinese lines that a person can follow with a pocket calculator."""

from __future__ import annotations

from decimal import Decimal

from assistant.calculator.formatting import format_range, format_rate, format_yuan
from assistant.calculator.interval import Interval
from assistant.policy.measure import Cap, Per, Rates

_PER = {Per.YEAR: "每年上限", Per.ONCE: "一次性上限", None: "上限"}


def show(amount: Interval) -> str:
    """An amount or a range of amounts, as shown everywhere."""
    return format_range(amount.minimum, amount.maximum)


def proportional(base: Interval, rate: Rates, raw: Interval, cap: Cap, amount: Interval) -> tuple[str, ...]:
    lines = [_product(base.minimum, rate.minimum, raw.minimum)]
    if raw.maximum != raw.minimum:
        lines.append(_product(base.maximum, rate.maximum, raw.maximum))
    if amount == raw:
        lines.append(f"未超过{_PER[cap.per]}{format_yuan(cap.amount)}")
    elif raw.minimum > cap.amount or raw.single:
        lines.append(f"{show(raw)}超过{_PER[cap.per]}{format_yuan(cap.amount)}，按{format_yuan(cap.amount)}计")
    else:
        lines.append(
            f"{format_yuan(raw.maximum)}超过{_PER[cap.per]}{format_yuan(cap.amount)}，按{format_yuan(cap.amount)}计"
        )
    return tuple(lines)


def without_rate(base: Interval, cap: Cap) -> tuple[str, ...]:
    limit = min(base.maximum, cap.amount)
    relation = "不超过" if base.maximum <= cap.amount else "超过"
    return (
        f"条文只写{_PER[cap.per]}{format_yuan(cap.amount)}，没有写比例",
        f"{show(base)}{relation}{_PER[cap.per]}{format_yuan(cap.amount)}，最多不会超过{format_yuan(limit)}",
    )


def at_ceiling(cap: Cap) -> str:
    return f"按拿满{_PER[cap.per]}{format_yuan(cap.amount)}计"


def which_year(name: str, year: int) -> str:
    return f"{name}即{year}年"


def received(amount: Interval) -> str:
    return f"按已拿到{show(amount)}计"


def no_rate_caveat() -> str:
    return "条文没有写比例，实际数额由主管部门核定"


def matched(base: Interval, matching: tuple[int, int], amount: Interval, both: Interval) -> tuple[str, ...]:
    city, district = matching
    return (
        f"市、区按{city}:{district}，一方{show(base)}，另一方{show(amount)}",
        f"两级合计：{show(base)} + {show(amount)} = {show(both)}",
    )


def both_sides() -> str:
    return "市、区合计"


def still_owed(side: Interval, paid: Interval, owed: Interval) -> tuple[str, str]:
    """The name and the step of what a side still has to give."""
    return f"已给{show(paid)}后还差", f"还差：{show(side)} - {show(paid)} = {show(owed)}"


def with_own_funds(both: Interval, own: Interval, whole: Interval) -> tuple[str, str]:
    """The name and the step of what all sides put up, the applicant among them."""
    return "连同自筹合计", f"连同自筹：{show(own)} + {show(both)} = {show(whole)}"


def each_year() -> str:
    return "每年"


def times_years(amount: Interval, years: int, whole: Interval) -> str:
    return f"{show(amount)} × {years}年 = {show(whole)}"


def reading_amount(cap: Cap) -> str:
    return f"奖励额上浮、上限仍为{format_yuan(cap.amount)}"


def reading_both(raised_cap: Decimal) -> str:
    return f"奖励额和上限都上浮（上限{format_yuan(raised_cap)}）"


def readings_agree() -> str:
    return "上浮后（两种读法结果相同）"


def uplift_caveat() -> str:
    return "上浮的是奖励额、比例还是上限，条文没有写明，以主管部门口径为准"


def uplifted(
    base: Interval,
    rate: Rates,
    raw: Interval,
    uplift: Decimal,
    raised: Interval,
    ends: tuple[tuple[Decimal, Interval], ...],
) -> tuple[str, ...]:
    lines = [_product(base.minimum, rate.minimum, raw.minimum)]
    lift = format_rate(uplift, uplift)
    lines.append(f"{format_yuan(raw.minimum)}上浮{lift} = {format_yuan(raised.minimum)}")
    if not raw.single:
        lines.append(_product(base.maximum, rate.maximum, raw.maximum))
        lines.append(f"{format_yuan(raw.maximum)}上浮{lift} = {format_yuan(raised.maximum)}")
    for cap, amount in ends:
        if amount != raised:
            lines.append(f"上限按{format_yuan(cap)}：{show(amount)}")
    return tuple(lines)


def _product(base: Decimal, rate: Decimal, result: Decimal) -> str:
    return f"{format_yuan(base)} × {format_rate(rate, rate)} = {format_yuan(result)}"
