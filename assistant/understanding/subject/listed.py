"""Turns that ask which measures share something, or have a ceiling of some size."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.calculator.money import find_money
from assistant.understanding.listing import ceiling_range, shared_property
from assistant.understanding.query import Query
from assistant.understanding.scope.topic_view import FRESH
from assistant.understanding.subject.turn_view import Turn


def listed(turn: Turn) -> Query | None:
    """哪些是每年给的: all measures that share something, or those of several named (首台套和首批次哪样没写金额);
    哪个最高 in a dialogue compares what was discussed."""
    if "open_fact_whole_cap" in turn.query.asks:  # 每家单位总共最多能拿多少
        return None
    text = _after_talk(turn)
    if ceilings := ceiling_range(text):
        return replace(turn.query, rules=(), ceilings=ceilings)
    shared = shared_property(text)
    discussed = turn.state.measures and not _OF_ALL.search(turn.text)
    hits = [(hit.start, hit.end) for s in (*turn.said.named, *turn.said.found) for hit in s.hits]
    if shared and not discussed and not turn.query.articles and not _of_one(turn, shared, hits):
        return replace(turn.query, rules=(), listing=shared)
    several = [s.id for s in turn.said.named] + [s.id for s in turn.said.found if s.strong]
    if len(turn.query.articles) == 1:
        several = [measure.id for measure in turn.policy.of_article(turn.query.articles[0])]
    if len(set(several)) < _SEVERAL or turn.said.amounts:
        return None
    if not (_WHICH_OF_ARTICLE if turn.query.articles else _WHICH).search(turn.text):
        return None
    among = shared_property(_without(turn.text, hits))
    if among is None or (among in _OF_ALL_ONLY and not turn.query.articles):
        return None
    return replace(turn.query, rules=(), measures=tuple(dict.fromkeys(several)), listing=among)


def _after_talk(turn: Turn) -> str:
    """The text without the clauses before the one that asks for the list (看完头都大了,最小的封顶是多少), where they
    tell nothing of measures, sums or the asker."""
    if turn.query.facts or turn.topic.foreign >= FRESH or shared_property(turn.text) or ceiling_range(turn.text):
        return turn.text
    told = [hit.start for s in (*turn.said.named, *turn.said.found) for hit in s.hits]
    for clause in _CLAUSE.finditer(turn.text):
        rest = turn.text[clause.end() :]
        if any(start < clause.end() for start in told) or find_money(turn.text[: clause.end()]):
            break
        if shared_property(rest) or ceiling_range(rest):
            return rest
    return turn.text


_CLAUSE = re.compile(
    r"[^,，。;；:：!！?？]+[,，。;；:：!！?？]+(这份|这个)?(“[^”]+”)?(文件|政策|条文)?(里面?|中|上)?,?"
)
_WHICH = re.compile("哪")
_WHICH_OF_ARTICLE = re.compile("哪|几|多少|最")
_SEVERAL = 2
_OF_ALL = re.compile(r"哪(些|几)|政策|文件|条文|全部|所有|里面|里头|当中")


def _of_one(turn: Turn, shared: str, hits: Sequence[tuple[int, int]]) -> bool:
    """揭榜项目有没有最高限额: asked of the one measure that it names, beside the words of the property."""
    return len(turn.said.named) == 1 and shared_property(_without(turn.text, hits)) == shared


def _without(text: str, spans: Sequence[tuple[int, int]]) -> str:
    return "".join(character for i, character in enumerate(text) if not any(a <= i < b for a, b in spans))


_OF_ALL_ONLY = frozenset({"highest", "second", "lowest", "ordered"})
"""Which of several named gives the most is a comparison of their sums; of an article, a list."""
