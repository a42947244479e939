"""The months of one year alone, where sums by the month are told of several.

去年9月到12月每月15万，今年1月和2月每月22万，只问去年那四个月的; the other year asked of later takes its place.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.calculator.money import Money, find_money
from assistant.understanding.sums.months_named import MONTHLY

_A_YEAR = r"去年|今年|前年|明年|20\d\d年"
_YEAR = re.compile(_A_YEAR)
_ASKED = re.compile(
    r"(只|光|单|就|先|仅)(想|要|是|先|单|说|看|问|算|报|讲|独|按|照|管|知道)+[^,，。;；\d]{0,2}?"
    rf"(?P<year>{_A_YEAR})(度|这|那|的|头|[一二两三四五六七八九十\d]+个月|部分|[这那]块|能|补)*(吧|呢|多少|[,，。;；?？]|$)"
)


def of_year_asked(text: str, amounts: Sequence[Money]) -> Sequence[Money]:
    """``amounts`` of the one year that ``text`` asks of last; all where it asks of none alone."""
    years = _years_of(text, amounts)
    asked = [found["year"] for found in _ASKED.finditer(text)]
    if not asked or not MONTHLY.search(text) or len(set(years)) < _SEVERAL or asked[-1] not in years:
        return amounts
    return [money for money, year in zip(amounts, years, strict=True) if year == asked[-1]]


def told_of_one_year(text: str, told: str) -> str | None:
    """``told`` with ``text``, which asks of one year alone among those that it tells sums by the month of, in the place
    of the year asked of before; None where it does not."""
    found = _ASKED.search(text)
    several = len(set(years := _years_of(told, find_money(told)))) >= _SEVERAL
    if not found or not several or found["year"] not in years or not MONTHLY.search(told) or find_money(text):
        return None
    clauses = _CLAUSE.split(told)
    kept = [clause for clause in clauses if find_money(clause) or not _ASKED.search(clause)]
    return f"{'，'.join(clause for clause in kept if clause)}，{text}"


def _years_of(text: str, amounts: Sequence[Money]) -> list[str]:
    """The year named last before each sum; "" for none."""
    return [(_YEAR.findall(text, 0, money.start) or [""])[-1] for money in amounts]


_CLAUSE = re.compile(r"[,，。;；?？]")
_SEVERAL = 2
