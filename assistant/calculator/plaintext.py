"""One spelling for every way of typing figures, with the way back to the original positions.

Full-width characters, traditional characters, financial capitals (伍仟万元), odd spaces, dashes and invisible
characters are made plain before anything is read; ``Plain.span`` leads back to the text as the user typed it.
Nothing here changes the meaning: every mapping is one character to one character, or to none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_TRADITIONAL = str.maketrans(
    "萬億圓圆兩個幾數餘點塊錢幣歐鎊約過達滿將貳參陸貮叄〇○來臺隻條間項種張顆輛歲內於級戶會員輪車門",
    "万亿元元两个几数余点块钱币欧镑约过达满将贰叁陆贰叁零零来台只条间项种张颗辆岁内于级户会员轮车门",
)
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if chr(code) not in "，；"}
_SPACES = dict.fromkeys([0x3000, 0x00A0, *range(0x2000, 0x200B), 0x202F, 0x205F], ord(" "))
_DASHES = dict.fromkeys(map(ord, "–—―−‒‐‑﹣－"), ord("-")) | dict.fromkeys(map(ord, "～〜∼˜﹋"), ord("~"))
_SIGNS = str.maketrans("￥﹪﹩￡∶", "¥%$£:")
_TABLE: dict[int, int] = {**_TRADITIONAL, **_FULL_WIDTH, **_SPACES, **_DASHES, **_SIGNS}

_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u206a-\u206f\ufe00-\ufe0f\ufeff]+"
)
# A full-width comma usually ends a clause (付了300，200万是软件). It groups digits where nothing else makes sense:
# between full-width digits, before 000, before 元, or in a short figure (3，200万).
_WIDE_GROUP = re.compile(r"(?<=[０-９])，(?=[０-９]{3}(?![０-９]))")
_GROUPED = re.compile(
    r"(?<![0-9，,.])(?:[0-9]{1,3}(?:，[0-9]{3}){1,4}(?=(?:\.[0-9]{1,2})?[ ]?[元圆块])|[0-9]{1,3}(?:，000){1,4}"
    r"|[1-9][0-9]?，[0-9]{3}(?=(?:\.[0-9]+)?[ ]?万))(?![0-9，])"
)

_CAPITALS = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千")
# 陆, 伍, 拾 … are everyday characters too (大陆, 队伍, 收拾): one alone counts only before 元 or a
# unit (伍百万), after 人民币 or ¥, or (拾, 佰, 仟) after a digit.
_CAPITAL_RUN = re.compile(
    "[零壹贰叁肆伍陆柒捌玖拾佰仟](?:[零壹贰叁肆伍陆柒捌玖拾佰仟一二三四五六七八九十百千万亿元角分 ]*"
    "[零壹贰叁肆伍陆柒捌玖拾佰仟一二三四五六七八九十百千万亿元角分])?"
)
_CAPITAL = re.compile("[壹贰叁肆伍陆柒捌玖拾佰仟]")
_MIXED_RUN = re.compile("[壹贰叁肆伍陆柒捌玖](?:[十百千]|[万亿](?![科达向华家物众事里通豪一]))")
_CAPITAL_UNIT = re.compile("(?<=[0-9一二三四五六七八九两几])[拾佰仟]")


@dataclass(frozen=True, slots=True)
class Plain:
    """A text in plain spelling. ``positions`` is None when no character was dropped (positions are the same)."""

    text: str
    original: str
    positions: tuple[int, ...] | None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span in the original of ``text[start:end]`` (start < end)."""
        if self.positions is None:
            return start, end
        return self.positions[start], self.positions[end - 1] + 1


def _capitals(match: re.Match[str]) -> str:
    run = match.group()
    before = match.string[: match.start()].rstrip(" :")[-1:]
    sure = len(_CAPITAL.findall(run)) > 1 or ("元" in run and len(run) > 1) or before in ("币", "¥", "写")
    sure = sure or _MIXED_RUN.match(match.string, match.start()) is not None
    return run.translate(_CAPITALS) if sure else run


def plain(text: str) -> Plain:
    """``text`` in plain spelling: half-width, simplified where it matters to figures, no invisible characters."""
    positions: tuple[int, ...] | None = None
    shown = text
    if not text.isascii():
        if _INVISIBLE.search(text):
            dropped = {i for found in _INVISIBLE.finditer(text) for i in range(*found.span())}
            positions = tuple(i for i in range(len(text)) if i not in dropped)
            shown = "".join(text[i] for i in positions)
        shown = _WIDE_GROUP.sub(",", shown).translate(_TABLE)
        shown = _GROUPED.sub(lambda found: found.group().replace("，", ","), shown)
        shown = _CAPITAL_RUN.sub(_capitals, shown)
        shown = _CAPITAL_UNIT.sub(lambda found: found.group().translate(_CAPITALS), shown)
    return Plain(shown, text, positions)
