"""What a message tells beside its matter: courtesies, who is asking for whom, the size of a company.

None of it is asked about or reckoned with, but each of its words and figures could be taken for something that is
(服务过56家医院 for a hospital that applies, 出口占30% for a share of the base). Kinds and words: data/asides.yaml.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from assistant.understanding.blanks import Edit
from assistant.understanding.data import load_yaml
from assistant.understanding.lexicon import needed_patterns, with_words, word_lists

_CLAUSE = re.compile(r"(?:[^,，。;；:!！?？~…()\n]|(?<=\d),(?=\d{3}(?!\d)))+")
_MARKS = re.compile(r"[,，。;；:!！~…()\n ]+")
_REFERS = re.compile(
    r"^(其中|里面|里头|当中|[这那](里面|里头|当中|个数|些钱|笔|块)|含|包括|[一二两三四五六七八九]成|\d+(\.\d+)?%|一半|扣|减|除)"
    r"|占(了|到|比|约)*[\d一二两三四五六七八九半]"
)
"""The clause after it goes on about the same sum (营收2.2亿,其中软件1800万; 营收5000万,软件占18%)."""
_HEADS = re.compile(r"\d[个名位]?(人|员工|职工|工程师|研发)")
_PER_HEAD = re.compile(r"每[个名位]?(人|员工|职工|工程师|研发)|人均|按人(头|数)")
_SAYS_NOTHING = re.compile(r"[\W\d的了吗呢啊吧呀哈一二两三四五六七八九十百千多来几个号名位人]*")


def asides(text: str) -> Iterator[Edit]:
    """Edits (start, end, "") that take the clauses told beside out of ``text``, in order; none where nothing else
    would be left."""
    clauses = list(_CLAUSE.finditer(text))
    told_beside = [clause for index, clause in enumerate(clauses) if _is_aside(text, clauses, index)]
    rest = "".join(clause.group() for clause in clauses if clause not in told_beside)
    if _SAYS_NOTHING.fullmatch(rest):
        return
    for clause in told_beside:
        marks = _MARKS.match(text, clause.end())
        yield clause.start(), marks.end() if marks else clause.end(), ""


def _is_aside(text: str, clauses: list[re.Match[str]], index: int) -> bool:
    clause = clauses[index]
    if _patterns().courtesy.fullmatch(clause.group().strip()):
        return True
    if text[clause.end() : clause.end() + 1] == "?" or not _of_a_company(clause.group(), text):
        return False
    if _HEADS.search(clause.group()) and _PER_HEAD.search(text):
        return False  # 每人每月1800元,我们25名工程师: they are reckoned with
    following = clauses[index + 1].group() if index + 1 < len(clauses) else ""
    return not _REFERS.search(following) or _of_a_company(following, text)


def _of_a_company(clause: str, text: str) -> bool:
    """Whether a clause tells of nothing but the size of a company that ``text`` does not come back to."""
    patterns, clause = _patterns(), clause.strip()
    if not patterns.company.fullmatch(clause) and not any(
        sums.fullmatch(clause) and not unless.search(text) for sums, unless in patterns.possible_bases
    ):
        return False
    return all(text.count(noun) == clause.count(noun) for noun in patterns.about.findall(clause))


@dataclass(frozen=True, slots=True)
class _Patterns:
    """Patterns of whole clauses; of what a clause of a company is about; of clauses that tell of a sum, each with the
    words of the questions whose base it could be."""

    courtesy: re.Pattern[str]
    company: re.Pattern[str]
    about: re.Pattern[str]
    possible_bases: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]


@lru_cache(maxsize=1)
def _patterns() -> _Patterns:
    name = "asides.yaml"
    content = load_yaml(name)
    words = word_lists(content.get("words"), name)
    words["share"] = with_words(words["share"], words, name)

    def patterns(entry: Mapping[str, object], key: str) -> re.Pattern[str]:
        value = entry.get(key)
        spelled_out = [with_words(str(item), words, name) for item in value] if isinstance(value, list) else []
        return needed_patterns({key: spelled_out}, key, name)

    sums = content.get("possible_bases")
    return _Patterns(
        courtesy=re.compile(f"(?:(?:{patterns(content, 'courtesies').pattern}) ?){{1,3}}"),
        company=patterns(content, "company"),
        about=patterns(content, "about"),
        possible_bases=tuple(
            (patterns(entry, "clauses"), patterns(entry, "unless"))
            for entry in (sums if isinstance(sums, list) else ())
            if isinstance(entry, dict)
        ),
    )
