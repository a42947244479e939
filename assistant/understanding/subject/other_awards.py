"""Whether a question tells of what another level of government gives for the same matter, or asks to take from both.

Who gives, that it gives, and how that stands to this policy are told apart, so that any of the many ways of saying it
is understood: a level or a place of Suzhou, a verb of giving or a word of support in the same clause.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from assistant.errors import CorpusError
from assistant.understanding.data import gazetteer, load_yaml
from assistant.understanding.lexicon import compile_any, with_words, word_lists

NO_DUPLICATION = "no-duplication"
"""The rule of the policy about awards by others."""

_FILE = "other_awards.yaml"
_GAP = (
    r"(?:(?!认定|评上|评定|企业|公司|客户|单位|没|未|不|我们?(?:付|花|投|买|卖|交)"
    r"|合办|主办|承办|协办|联办|新?建[的了]|办的)[^,，。;；?？!！\n\d]){0,10}?"
)
"""What may stand between a giver and what it does: no new subject, nothing that denies it, no deed but giving."""


def of_an_earlier_year(text: str) -> bool:
    """去年已经拿了算力补贴,今年还能拿吗: what the policy itself gave for another year."""
    return bool(_EARLIER.search(text)) and not tells_of_another_award(text)


_EARLIER = re.compile(
    r"(去年|前年|上一?年度?|往年|头一年|第一年)[^,，。;；?？]{0,14}(拿|领|享受|获得?|得|补|给)(了|过|到|满|足)"
    r"|(拿|领|享受)(了|过)(去年|前年|上一?年度?|往年)"
    r"|(今年|本年度?|当年|20\d\d年)[^,，。;；?？]{0,14}(拿|领|享受|获得?|得|补|给)(了|过|到|满|足)[\s\S]{0,16}(明年|后年|来年|次年|下一?年|第二年)[^,，。;]{0,4}(还|再|又|接着|继续)"
)


def tells_of_another_award(text: str) -> bool:
    """Whether ``text`` tells or supposes that another level gives, or asks to take from two levels."""
    return any(
        pattern.search(text) for name, pattern in _patterns().items() if name not in (_GIVER, _CITY, _ALONE, _WHO)
    )


def asked_alone(text: str) -> str | None:
    """Another level whose own support is all that is asked for (省里的首台套奖励能拿多少), as the text names it."""
    patterns = _patterns()
    if patterns[_CITY].search(text) or not patterns[_ALONE].search(text):
        return None
    giver = patterns[_WHO].search(text)
    return giver.group().removesuffix("的") if giver else None


def given_by_another(clause: str) -> bool:
    """Whether what stands at the end of ``clause`` is said of what another level gives (区里按三成, 镇上报了)."""
    giver, city = _last(_patterns()[_GIVER], clause), _last(_patterns()[_CITY], clause)
    return giver > city


def own_facts(text: str, facts: Mapping[str, str]) -> dict[str, str]:
    """``facts`` without what was read from who gives an award: a district that gave one has recognised nothing."""
    if facts.get("recognition") not in _NO_AWARDS or _RECOGNISED.search(text):
        return dict(facts)
    return {name: value for name, value in facts.items() if name != "recognition"}


_GIVER, _CITY, _ALONE, _WHO = "giver", "city", "asked_alone", "who"
_NO_AWARDS = ("district", "none")
_RECOGNISED = re.compile(r"认|评|选|证|名单|目录|列入|入选|批文|牌子")


def _last(pattern: re.Pattern[str], text: str) -> int:
    return max((found.end() for found in pattern.finditer(text)), default=-1)


@lru_cache(maxsize=1)
def _patterns() -> Mapping[str, re.Pattern[str]]:
    """The patterns of the file by name, with ``giver`` (another level that gives) and ``city``."""
    content = dict(load_yaml(_FILE))
    words = word_lists(content.pop("words", {}), _FILE)
    places = (name for entry in gazetteer().suzhou if entry.level != "city" for name in (entry.name, *entry.aliases))
    place = "|".join(re.escape(name) for name in sorted(places, key=len, reverse=True))
    words["giver"] = f"(?:(?:{place}|{words['level']})(?:{words['side']})?)"
    words["gap"] = _GAP
    content |= {_GIVER: ["<giver><gap>(?:<gives>|<support>|按|报)"], _CITY: ["<city>"], _WHO: ["<giver>"]}
    compiled = {}
    for key, patterns in content.items():
        if not isinstance(patterns, list):
            raise CorpusError(f"{_FILE}: {key}: must be a list of patterns in quotation marks")
        spelled_out = [with_words(str(pattern), words, f"{_FILE}: {key}") for pattern in patterns]
        if pattern := compile_any(spelled_out, f"{_FILE}: {key}"):
            compiled[key] = pattern
    return compiled
