"""Amounts and rates as text: exact, short, and readable again by ``money`` and ``rates``."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal

from assistant.calculator.digits import ONE, WAN, YI

_MOST_DECIMALS = 4  # of a 万 or 亿: one yuan is 0.0001万, and longer fractions are unreadable
_EXACT = Context(prec=60, rounding=ROUND_HALF_UP)


def _shown(value: Decimal) -> str:
    """``value`` in plain digits without trailing zeros (never 1E+3)."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _decimals(value: Decimal) -> int:
    return len(_shown(value).partition(".")[2])


def format_yuan(amount: Decimal) -> str:
    """``amount`` (yuan) as 3000万元, 1.5亿元, 86.4万元, 8000元: the largest unit of at most four decimals, exact.

    ``find_money`` reads the text back to the same value. A fraction of a yuan is shown in 元 (12345.60元).
    """
    if amount == 0:
        return "0元"
    for unit, name in ((YI, "亿元"), (WAN, "万元")):
        scaled = _EXACT.divide(amount, unit)
        if abs(amount) >= unit and _decimals(scaled) <= _MOST_DECIMALS:
            return _shown(scaled) + name
    decimals = _decimals(amount)
    return (format(_EXACT.quantize(amount, Decimal("0.01")), "f") if decimals == 1 else _shown(amount)) + "元"


def format_range(minimum: Decimal, maximum: Decimal) -> str:
    """Both ends joined by 至 (90万元至270万元); one amount when they are equal. Raises ValueError when out of order."""
    if minimum > maximum:
        raise ValueError(f"range out of order: {minimum} > {maximum}")
    return format_yuan(minimum) if minimum == maximum else f"{format_yuan(minimum)}至{format_yuan(maximum)}"


def format_rate(minimum: Decimal, maximum: Decimal) -> str:
    """Ratios as percentages: 20%, 10%~30%, 12.5%. Raises ValueError when out of order."""
    if minimum > maximum:
        raise ValueError(f"range out of order: {minimum} > {maximum}")
    low, high = (f"{_shown(_EXACT.multiply(value, 100 * ONE))}%" for value in (minimum, maximum))
    return low if minimum == maximum else f"{low}~{high}"
