"""Articles that a question names by number: 第六条, 第10条, 六条, 附则."""

from __future__ import annotations

import re

from assistant.policy.document import CLOSING, Document

_NAMED = re.compile(r"第\s*(?P<n>\d{1,3}|[一二三四五六七八九十百]{1,4})\s*(?:条|款(?!项))")
_LOOSE = re.compile(
    r"(?<![第\d一二三四五六七八九十几哪这那本该此每一共])(?P<n>\d{1,2}|[一二三四五六七八九十]{1,3})条"
    r"(?=原文|内容|讲|说|写|是|规定|归|里|的|怎)(?![里中内]?[面头边]?[^,，。]{0,6}(最|哪))"
)
_CLOSING = re.compile(r"附则|最后一(段|条)|末尾|文末")
_DIGITS = "零一二三四五六七八九"


def numeral(number: int) -> str:
    """1 … 99 as Chinese numerals (11 → 十一)."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else ("十" if tens == 1 else f"{_DIGITS[tens]}十")
    return head + (_DIGITS[ones] if ones else "")


def find_articles(document: Document, text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(numbers that the document has, numbers that it has not), each once, in order."""
    known: dict[str, None] = {}
    unknown: dict[str, None] = {}
    for pattern in (_NAMED, _LOOSE):
        for found in pattern.finditer(text):
            number = found["n"]
            if number.isdigit():
                number = numeral(int(number)) if 0 < int(number) < 100 else number
            (known if number in document.by_number else unknown)[number] = None
    if _CLOSING.search(text) and CLOSING in document.by_number:
        known[CLOSING] = None
    return tuple(known), tuple(unknown)
