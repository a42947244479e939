"""Years told by their place in a row (第一年90万，后面两年每年1000万): each by itself, under its own ceiling."""

from __future__ import annotations

import re

from assistant.understanding.articles import numeral as chinese
from assistant.understanding.time.periods import numeral

_ORDINAL = r"第[一二三四五六]年|头一年|首年"
_SAID = r"\d|[一二三四五六七八九十百千][万亿千百]|满|顶|最高|上限"
_TOLD = re.compile(rf"((?P<ordinal>{_ORDINAL})|(?P<named>去年|今年|明年))(?=[^,，。;；?？]{{0,16}}?({_SAID}))")
_FOLLOWING = re.compile(
    r"(?<![以之])(后面?|后头|后续|接下来|剩下|余下|之后|以后|往后|另外)(的|那)?(?P<n>[两二三四2-4])个?年(每年|一年|年年|各|逐年)*(?P<said>[^,，。;；?？]{2,20})"
)
_EACH_LATER = re.compile(
    r"(?<![以之])(后面?|后头|后续|接下来|之后|以后|往后|第二年(起|开始|以后))(的|那)?(每年|年年|逐年)(?P<said>[^,，。;；?？]{2,20})"
)
_ALL_YEARS = re.compile(r"(共|总共|一共|合计|合同期?|签|做|期限)(了|是|为)?(?P<n>[二两三四五2-5])个?年(?!前|后|内)")
_IN_A_ROW = ("去年", "今年", "明年", "后年", "大后年")


def with_following_years(text: str, told: str) -> str:
    """``text`` with 后面两年每年… told for each of these years, which come after the last one told before them."""
    found = _FOLLOWING.search(text) or _EACH_LATER.search(text)
    if found is None or not _EACH_SAID.search(found["said"]):
        return text
    before = list(_TOLD.finditer(f"{told}，{text[: found.start()]}"))
    count = _how_many(found, before[-1]) if before else 0
    if not before or not (names := _after(before[-1], count)):
        return text
    said = "，".join(f"{name}{found['said']}" for name in names)
    return f"{text[: found.start()]}{said}{text[found.end() :]}"


def _how_many(found: re.Match[str], last: re.Match[str]) -> int:
    """How many years follow: as told, or what is left of all the years told (首年160万，后面每年30万，共三年)."""
    if "n" in found.re.groupindex:
        return numeral(found["n"]) or 0
    everything = _ALL_YEARS.search(found.string)
    return (numeral(everything["n"]) or 0) - place_of(last["ordinal"]) if everything and last["ordinal"] else 0


def _after(last: re.Match[str], count: int) -> list[str]:
    """The names of so many years after ``last``; none where it has no name for them all."""
    if last["named"]:
        row = _IN_A_ROW[_IN_A_ROW.index(last["named"]) + 1 :]
        return list(row[:count]) if len(row) >= count else []
    place = place_of(last["ordinal"])
    return [f"第{chinese(place + n)}年" for n in range(1, count + 1)]


def place_of(label: str) -> int:
    """Which year of a row a name says (第三年: 3, 首年: 1); 0 for any other label."""
    if not re.fullmatch(_ORDINAL, label):
        return 0
    return numeral(label[1]) or 1 if label.startswith("第") else 1


def named_in_a_row(text: str) -> list[tuple[str, int]]:
    """The years of a row that ``text`` names (头一年 as 第一年), with where each name ends."""
    return [(f"第{chinese(place_of(m.group()))}年", m.end()) for m in re.finditer(_ORDINAL, text)]


_EACH_SAID = re.compile(_SAID)


def goes_on(text: str, told: str) -> bool:
    """Whether ``text`` tells of years that come after those of ``told`` in a row, to be read together with it."""
    now = [place_of(name) for name in re.findall(_ORDINAL, text)]
    before = [place_of(name) for name in re.findall(_ORDINAL, told)]
    return bool(now and before) and max(before) < min(now)
