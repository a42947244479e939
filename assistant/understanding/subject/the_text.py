"""Turns about the words of the text itself: what a name of the policy stands for, whether it mentions a thing."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.understanding.mentioned import thing_asked
from assistant.understanding.premises import departments_named
from assistant.understanding.query import Query
from assistant.understanding.scope.topic_view import LIKELY
from assistant.understanding.subject.turn_view import Turn


def name_explained(turn: Turn) -> Query | None:
    """两中心是生物药和纳米吧: what a name of the policy stands for, though the words of a measure stand in it."""
    definition = turn.policy.definition_of(turn.text)
    if definition is None or definition.name is None or turn.state.measures or _GIVES.search(turn.text):
        return None
    opens = re.match(
        rf"[“\"]?{re.escape(definition.name)}[”\"]?(里面?|中|当中)?(到底|究竟|就|应该)*(是|指|包|有)", turn.text
    )
    return replace(turn.query, rules=(), articles=()) if opens else None


_GIVES = re.compile(r"[给补奖拿出投办管报领贴帮招推]|组织|实施|支持|合作|名额|共建|责任|部门")


def not_mentioned(turn: Turn) -> Query | None:
    """脑机接口写进去没有: a thing that no measure is known by and that stands nowhere in the text."""
    thing = thing_asked(turn.text)
    known = bool(turn.said.named or turn.state.measures or turn.query.articles)
    if thing and not thing.endswith(_OF_AN_OFFICE):
        known = known or bool(turn.said.found) or turn.topic.own_probability >= LIKELY
    if thing is None or known or turn.policy.document.has_word(thing):
        return None
    return replace(turn.query, rules=(), asks=turn.query.asks - {"overview"})


_OF_AN_OFFICE = ("局", "委", "办公室", "厅")


def words_of_the_text(turn: Turn) -> Query | None:
    """协议顾问, 市科技局: a message that is nothing but words of the text itself, asked for where they stand."""
    words = _MARKS.sub("", turn.text)
    if turn.state.measures or turn.query.articles or turn.rules or not _FEWEST <= len(words) <= _MOST:
        return None
    document = turn.policy.document
    if not document.has_word(words) or turn.said.amounts:
        return None
    if turn.said.named:
        return replace(turn.query, measures=tuple(subject.id for subject in turn.said.named))
    opening, _, _ = document.text.partition(document.articles[0].heading)
    if words in opening and "field" in turn.query.facts:  # 生物医药
        return replace(turn.query, rules=(), asks=turn.query.asks | {"overview"})
    own = tuple(m.id for m in turn.policy.measures if any(words in clause for clause in (m.quote, *m.also)))
    if 0 < len(own) <= _SEVERAL:
        return replace(turn.query, measures=own, rules=())
    if departments_named(turn.policy, words):
        return replace(turn.query, rules=())
    articles = tuple(a.number for a in document.articles if any(words in c.text for c in a.clauses))
    return replace(turn.query, rules=(), articles=articles) if len(articles) == 1 else None


_MARKS = re.compile(r"[\W_]+")
_FEWEST, _MOST, _SEVERAL = 4, 12, 3
