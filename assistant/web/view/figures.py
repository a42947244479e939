"""Amounts, rates, ceilings and days of an answer as text, from the strings that the contract carries (yuan, ratios)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from assistant.answering.answer import CapView, Interval
from assistant.answering.compose.draft import department_names
from assistant.calculator.formatting import format_range, format_rate, format_yuan
from assistant.policy.document import CLOSING
from assistant.web.wording import say


def amount(interval: Interval) -> str:
    """300万元, 90万元至270万元."""
    return format_range(Decimal(interval.minimum), Decimal(interval.maximum))


def rate(interval: Interval) -> str:
    """20%, 10%~30%."""
    return format_rate(Decimal(interval.minimum), Decimal(interval.maximum))


def cap(view: CapView) -> str:
    """2000万元（条文未写按年还是一次性）, 200万元（每年）."""
    return say(f"sum.per.{view.per or 'unstated'}", amount=format_yuan(Decimal(view.amount)))


def departments(names: Sequence[str]) -> str:
    """市科技局、各县级市(区)人民政府（管委会）: as in the answer's text."""
    return department_names(list(names))


def article(number: str) -> str:
    """第六条, 附则."""
    return say("article_closing") if number == CLOSING else say("article", number=number)


def day(value: date) -> str:
    """2026年5月23日."""
    return f"{value.year}年{value.month}月{value.day}日"
