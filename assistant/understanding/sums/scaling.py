"""By what a turn multiplies the figure named before (如果翻倍呢, 涨到三倍, 只有一半呢)."""

from __future__ import annotations

import re
from decimal import Decimal

from assistant.understanding.time.periods import numeral

DOUBLED = re.compile(r"翻(了|上)?(一倍|番|一番)")


def scaled(text: str) -> Decimal | None:
    """By what a turn multiplies the figure named before (如果翻倍呢, 只有一半呢); None where it does not."""
    if DOUBLED.search(text) or re.search(r"翻倍|(增加|多|涨|加|增)(了|到)?一倍|两倍", text):
        return Decimal(2)
    if times_over := _TIMES_OVER.search(text):
        return Decimal(numeral(times_over["n"]) or 1)
    return (
        Decimal("0.5")
        if re.search(
            r"减半|对半砍|砍(掉)?一半|(只有|少|降到|变成|减少)(了)?(一半|原来的一半)|(只|就|各)(出|付|掏|摊|承担|投)(了)?一半",
            text,
        )
        else None
    )


_TIMES_OVER = re.compile(r"(翻|涨到|变成|扩到|增加到|增至)(了|原来的)?(?P<n>\d+|[三四五六七八九十])倍")
