"""What the blanks and line ends of a question stand for: nothing inside a word or a figure, a mark between clauses.

Each function gives edits of a text: (start, end, what stands there instead), in order, not overlapping.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

Edit = tuple[int, int, str]

_SPACES = re.compile(r"[^\S\n]+")
# 3 000 万, 18 000 000 元, 9 0 0 万; but 300 500万 are two figures: nobody groups thousands of 万 above 9999万.
_DIGIT_GROUPS = re.compile(
    r"(?<![\d.,万亿块])(?:\d{1,3}(?: \d{3}){2,}(?!\d)|\d(?: \d{3})(?!\d)|\d{2,3} \d{3}(?!\d| ?[万亿])"
    r"|\d(?: \d)+(?= ?[万亿千百元%]))"
)
# Where a mark could stand: between words and figures, before the letter of a list (B公司, C 260万), between a sum and
# what is Latin. Elsewhere what is Latin may be half of a name (Level 3).
_BREAK = re.compile(
    r"(?<=[\u3400-\u9fff%])[ \n](?=[\u3400-\u9fff\d]|[A-Z](?![A-Za-z]))|(?<=\d)[ \n](?=[\u3400-\u9fff])"
    r"|(?<=[万亿元%])[ \n](?=[A-Za-z])|(?<=[万亿块]\d)[ \n](?=\d)"
)
_SUMS = re.compile(r"([万亿元块]\d|.?[万亿元块])[ \n]\d")
"""28万 31万5 9万8: one sum after the other, with no word between."""
_FULL_STOP = re.compile(r"(?<=[\u3400-\u9fff%])\.[ \n]?(?=[\u3400-\u9fff])")
_SMALL_CHANGE = re.compile(r"[万亿块]\d$")
_ITEM = re.compile(r"[A-Z](?![A-Za-z])")
_CLAUSE = 3
"""So many characters together are no piece of a word that was written with blanks in it."""

_NUMERALS = frozenset("〇零一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟")
_MULTIPLIERS = frozenset("百千万亿佰仟")
_UNITS = _NUMERALS | frozenset("元块角分%成")
_SUM_ENDS = frozenset("万亿元")
_TIGHT = frozenset("。、;:?!()《》〈〉【】「」『』“”‘’〔〕…~")


def clause_ends(text: str) -> Iterator[Edit]:
    """The mark that a blank, a line end or an English full stop stands for in Chinese text: 、 between sums, else a
    comma or a full stop."""
    ends = [(match.start(), match.end(), "。") for match in _FULL_STOP.finditer(text)]
    for match in _BREAK.finditer(text):
        start, end = match.span()
        ends.append((start, end, "、" if _SUMS.fullmatch(text, max(0, start - 2), end + 1) else ","))
    return iter(sorted(ends))


def digit_groups(text: str) -> Iterator[Edit]:
    """Takes out the blanks inside one figure: 3 000 万, 9 0 0 万."""
    for match in _DIGIT_GROUPS.finditer(text):
        for position in range(match.start(), match.end()):
            if text[position] == " ":
                yield position, position + 1, ""


def _is_han(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff" or character > "\U0001ffff"


def inner_blanks(text: str, language: str) -> Iterator[Edit]:
    """Takes out the blanks inside words and figures, and those beside a mark."""
    for match in _SPACES.finditer(text):
        start, end = match.span()
        if start > 0 and end < len(text) and _joins(text, start, end, language):
            yield start, end, ""


def _joins(text: str, start: int, end: int, language: str) -> bool:
    """Whether the blank at ``start:end`` stands inside a word, or beside a mark that needs none."""
    left, right = text[start - 1], text[end]
    if left == "\n" or right == "\n":
        return True
    if _is_han(left) and _is_han(right):
        return _joins_han(text, start, end)
    if left.isdigit() and right.isdigit():
        return False
    if left.isdigit() and _is_han(right):
        # 2600 万 is one figure; 2600 一共 and 12块5 去年 are not.
        return (right not in _NUMERALS or right in _MULTIPLIERS) and not _SMALL_CHANGE.search(text[:start])
    if _is_han(left) and right.isdigit():
        # 两个亿 300万 are two figures.
        return left not in _UNITS
    if left.isdigit() and right in "wW%":
        return not text[end + 1 : end + 2].isalpha() or right == "%"
    if left.isascii() and left.isalpha() and _is_han(right):
        return language != "en"
    if _is_han(left) and right.isascii() and right.isalpha():
        starts_item = _ITEM.match(text, end) and _run(text, start - 1, -1) == _CLAUSE
        return language != "en" and not starts_item and left not in _SUM_ENDS
    return left in _TIGHT or right in _TIGHT or (_is_han(left) and right in ",.") or (_is_han(right) and left in ",.")


def _joins_han(text: str, start: int, end: int) -> bool:
    left, right = text[start - 1], text[end]
    left_run = _run(text, start - 1, -1)
    right_run = _run(text, end, 1)
    if left in _NUMERALS and right in _NUMERALS:
        return right in _MULTIPLIERS or (left_run == 1 and right_run == 1)
    # A long run on both sides is two clauses; a short one is a word cut in pieces, or a word of a list of key words.
    return left_run < _CLAUSE or right_run < _CLAUSE


def _run(text: str, position: int, step: int) -> int:
    """How many characters (``_CLAUSE`` at most) stand together from ``position`` in the direction ``step``."""
    length = 0
    while length < _CLAUSE and 0 <= position < len(text) and text[position].isalnum():
        length += 1
        position += step
    return length
