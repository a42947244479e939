"""Clauses of a turn within a dialogue that say nothing of its matter (我手机快没电了，那上限是多少).

A short turn is understood by what was said before it; talk beside it makes it look like a matter of its own. Known
courtesies are told by their words (``asides``); what is left here is told by having nothing that anybody reads.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from assistant.understanding import lexicon
from assistant.understanding.facts import read_facts
from assistant.understanding.lexicon import Lexicon
from assistant.understanding.places.names import find_places
from assistant.understanding.places.roles import roles_of_places
from assistant.understanding.scope.foreign import left_of
from assistant.understanding.scope.topic_view import Topic
from assistant.understanding.scope.words import scope_words
from assistant.understanding.subject.names import find_measures, find_rules

_CLAUSE = re.compile(r"[^,，。;；!！?？\n]+")
_MARKS = re.compile(r"[,，。;；!！?？\n ]*")
_LONGEST = 16
_FOREIGN, _SURELY_FOREIGN = 0.8, 0.97
_OF_ITS_OWN = 4
_FIGURE = re.compile(
    r"\d|[一二两三四五六七八九十百千]{2}|第[一二三四五]|[甲乙丙丁]|[A-D](?![A-Za-z])"
    r"|[一二两三四五六七八九十百千万亿半][个台套家场年月日号成倍份期项笔%]|[万亿]|翻|倍|减半|对半|平分"
)
_CHANGES = re.compile(
    r"如果|要是|假如|假设|若|倘|万一|换|改|不对|不是|错|其实|仅|全|除|扣|减|加|算|含|包括|里[面头]|其中|剩|按|照|同样|一样|变|涨|降|砍|缩"
    r"|超|退|付|花|投|卖|买|签|交|缴|租|建|办|报|领|补|奖|只|保守|少|多|转|迁|搬|注册|成立|落户|有限公司"
)
"""Words by which a clause may change, narrow or go on with what was said before it."""
_MAY_GO_ON = re.compile(r"也|还|再|又|都|那|这|它|先|后来|现在|今年|去年|明年|没有?|未|不|拿|给")
"""Words that stand in such clauses and in talk: the subject model decides."""


def without_empty_talk(text: str, before: Sequence[str], known: Lexicon, suggest: Callable[[str], Topic]) -> str:
    """``text`` without the clauses that tell, ask and change nothing and speak of nothing spoken of ``before`` (the
    earlier turns); the whole of it where no other clause is left, or it names a measure, a question by itself."""
    clauses = list(_CLAUSE.finditer(text))
    if len(clauses) < 2 or any(subject.strong for subject in find_measures(known, text)):
        return text
    spoken_of = "|".join(before)
    empty = [
        clause
        for clause in clauses
        if not _speaks_of(clause.group(), spoken_of) and _says_nothing(text, clause, known, suggest)
    ]
    if not empty or len(empty) == len(clauses):
        return text
    rest = text
    for clause in reversed(empty):
        marks = _MARKS.match(rest, clause.end())
        rest = rest[: clause.start()] + rest[marks.end() if marks else clause.end() :]
    # 健身中心关门了，卡里的钱找谁要: what seems to be talk says what another matter is asked of.
    return text if len(left_of(rest)) >= _OF_ITS_OWN and suggest(text).foreign >= _SURELY_FOREIGN else rest


def _speaks_of(clause: str, before: str) -> bool:
    """Whether a pair of letters of ``clause`` stands in what was said before (分析仪器招标下来便宜了)."""
    return any(pair in before for pair in map("".join, pairwise(clause)) if _LETTERS.fullmatch(pair))


_LETTERS = re.compile(r"[^\W\d_我们你他的了是在有就一这那]{2}")


def _says_nothing(text: str, clause: re.Match[str], known: Lexicon, suggest: Callable[[str], Topic]) -> bool:
    said = clause.group().strip()
    asked = text[clause.end() : clause.end() + 1] in "?？" and clause.end() < len(text)
    if asked or len(said) > _LONGEST or _FIGURE.search(said) or scope_words().question.search(said):
        return False
    if any(pattern.search(said) for pattern in lexicon.asks().values()):
        return False
    if find_measures(known, said) or find_rules(known, said) or find_places(said):
        return False
    if read_facts(said, roles_of_places(said, ())).items() - {("applicant", "company")}:
        return False  # a firm's people (老板, 财务) tell of a company only
    return not _CHANGES.search(said) and (not _MAY_GO_ON.search(said) or suggest(said).foreign >= _FOREIGN)
