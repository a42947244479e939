"""Turns about the words of the text itself: what a name of the policy stands for, whether it mentions a thing."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.understanding.mentioned import thing_asked
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
    known = turn.said.found or turn.state.measures or turn.query.articles or turn.topic.own_probability >= LIKELY
    if thing is None or known or turn.policy.document.has_word(thing):
        return None
    return replace(turn.query, rules=())
