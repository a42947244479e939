"""A question sent in two pieces: what the first turn only told belongs to the turn that asks for what comes of it.

应用场景示范想拿到160万 | 人工智能那部分要投多少才行 is one question typed in two messages. Read alone, the second has
lost what the sum of the first was; so both are read as the one text that they are.
"""

from __future__ import annotations

import re

from assistant.calculator.money import find_money
from assistant.understanding import lexicon
from assistant.understanding.query import DialogueState
from assistant.understanding.scope.findings import judge_subject
from assistant.understanding.scope.words import scope_words
from assistant.understanding.time.periods import numeral

_OF_ALL = ("add_up", "each")
"""What is asked of all sums told."""
_ASKS_TO_RECKON = re.compile(
    r"(测|核|计|重)?算(一)?下?(支持|补贴|补助|奖励)|(请|烦请?|望)[^,，。]{0,4}(测算|核算|告知|给出)"
    r"|(支持|补贴|补助|奖励)(额|金额|区间|范围|几何)|哪个区间|多大[?？]?$"
)
_SUPPOSES_OR_CORRECTS = re.compile(
    r"^(那)?(如果|要是|假如|假设|若是?|倘若|万一|换|改|不对|不是|错了|其实|还是|不要|不算|只算|只报|先不|顺便|插一句)"
    r"|呢[?？]?$|(说|写|看|算|记|报)[错少多漏]了|更正|纠正|(改|换|变|涨|降|砍|减|翻|缩)(成|到|为|一)"
)
"""The dialogue knows how to go on from what it answered: such a turn takes something back or tries something else."""
_GOES_ON = re.compile(r"算吗[?？]?$|算(进|在)[去内]|^(两级|市区|[两三四五]年|第[一二三四五]年|[一二三]期)")
"""So it does where one part, another year or the other level is asked about."""


def told_before(text: str, named: set[str], state: DialogueState) -> str | None:
    """What the one turn before told and ``text``, as one; None where that turn asked, or where ``text`` asks for
    nothing, changes what was told, or is of another matter. ``named``: the measures that ``text`` names or is surely
    about."""
    of_all = any(lexicon.asks()[ask].search(text) for ask in _OF_ALL)
    told = _only_told(state.turns, each=of_all)
    if not told or (len(state.turns) > 1 and _ANOTHER.search(text)):
        return None
    others = named - set(state.measures)
    if _GOES_ON.search(text) or (lexicon.asks()["plus_more"].search(text) and not (of_all and others)):
        return None
    asks = _asks(text) or bool(_NAMES_WHAT_IS_ASKED.search(text))
    if not (asks and not _SETTLES.search(text)) and not _ASKS_TO_RECKON.search(text):
        return None
    if any(map(_SUPPOSES_OR_CORRECTS.search, state.turns)) or (not of_all and _SUPPOSES_OR_CORRECTS.search(text)):
        return None
    sums = len(find_money(text))
    if not of_all and {m.minimum for m in find_money(text)} & {m.minimum for m in find_money(told)}:
        return None  # 接下来看利息52万那笔: comes back to one of the sums told
    if of_all and len(named) > 1 and sums > 1 and _counted(text) <= len(named):
        return None  # 场景示范AI部分760万,苏州算力平台付了95万,两项合计: all of them told here
    if others and state.measures and find_money(told) and not of_all:
        return None  # a measure of its own, after one with its sum
    if (_OTHER_PARTY.fullmatch(text) and not named) or _BELIEVES.search(text):
        return None
    if find_money(told) and not any(lexicon.asks()[ask].search(text) for ask in _OF_SUMS):
        return None  # 材料交哪些: nothing that the sum told is needed for
    finding = judge_subject(text, has_measure=False)
    return None if finding and finding.reason != "hint" else f"{told}，{text}"


_OF_SUMS = (
    *("amount", "inverse", "difference", "shortfall", "own_cost", "compare", "eligibility", "cap", "rate"),
    *_OF_ALL,
)
_BELIEVES = re.compile(r"(说|讲|认为|觉得)[^,，。;；]{0,4}(照|按)\d")
"""主任讲照2200算直接到顶: somebody's reckoning with a figure told, to be held against the clause."""
_OTHER_PARTY = re.compile(r"[^,，我咱这那它还也都]{2,8}(可以|行|能|算)(吗|么|不|不行|不可以)?[?？]?")
"""关联公司可以吗: a point of its own, of somebody else than was told of."""


def _only_told(turns: tuple[str, ...], *, each: bool) -> str:
    """The turns as one text where they asked for nothing and changed nothing; else "". Sums in several of them the
    dialogue keeps apart, unless ``each`` of them is asked for, or all together."""
    asked = any(_asks(turn) or _ASKS_TO_RECKON.search(turn) or _only_names_what_is_asked(turn) for turn in turns)
    sums = [turn for turn in turns if find_money(turn)]
    apart = len(sums) > 1 and (not each or any(map(_CHANGES.search, turns)))
    return "" if asked or apart or len(turns) > _PIECES else "，".join(turns)


def _only_names_what_is_asked(turn: str) -> bool:
    """揭榜挂帅市里跟区里出资比例: asked by its name alone."""
    return bool(_NAMES_WHAT_IS_ASKED.search(turn)) and not find_money(turn)


def _counted(text: str) -> int:
    """How many things are to be added up by their number (三项一共); 0 where none is named."""
    found = _SO_MANY.search(text)
    return (numeral(found["n"]) or 0) if found else 0


_SO_MANY = re.compile(r"(?P<n>[两二三四五六])(项|样|个|笔|条|种|件|码|份|块)")
_NAMES_WHAT_IS_ASKED = re.compile(r"(上限|比例|区间|范围|总额|金额|成本|支持额|补贴额|奖励额)(是|为|=|:)?$")
_PIECES = 3
_ANOTHER = re.compile(
    r"另外?[一二两三]?[款台套个家笔项]|^(那|刚才)|第[一二三四五](件|项|个|样|笔)|前面|刚才|再[加算]|剩|不要|不算|去掉|除"
)
_CHANGES = re.compile(
    r"另外|还有|又|也|[甲乙丙丁]|错|更正|改口|回到|回头|涨|降|预计到|定下来|漏|其实|变|不对|不是|应该是|第[二三四五](件|项|个|样|笔)|再[加问]"
)
_SETTLES = re.compile(r"为准")
_ASKS_WITHOUT_ITS_WORD = re.compile(
    r"吧[?？]?$|几[何成折倍百千]|(?P<verb>[一-龥])[不没](?P=verb)|[一-龥]没有?[?？]?$|还是[^,，]{1,8}$"
    r"|[ ,，](奖励|补贴|补助|支持|比例|上限|区间|范围)[?？]?$"
)
"""对不对, 补不补, 写了没, 打几折, 首版次卖了47套 奖励: asked as plainly as with a word that asks."""


def _asks(text: str) -> bool:
    return bool(scope_words().question.search(text) or _ASKS_WITHOUT_ITS_WORD.search(text))
