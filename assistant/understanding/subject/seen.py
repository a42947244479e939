"""How the decisions come to see a turn: what the subject model thinks of it, what it only sounds like."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace

from assistant.policy.loader import Policy
from assistant.understanding.query import DialogueState, Query
from assistant.understanding.scope import foreign
from assistant.understanding.scope.asking_part import asking_part
from assistant.understanding.scope.topic_view import LIKELY, Topic
from assistant.understanding.subject import departments
from assistant.understanding.subject.turn_view import Said, Suggest, Turn
from assistant.understanding.turns import part_of_it, tells

_SUSPECT = 0.3
_GENERAL = "general"
_OF_ITS_TERMS = frozenset({"counted", "open_fact_further"})
# 有失信记录还能申请吗 asks of the applicant; with a word of time the period may be meant.
_OF_TIME = re.compile(r"[年月日期]|有效|现在|目前|截止|管用|作废|时候")
_APPLY = re.compile(r"申报|申请|报项目|报名|参报")


def seen(policy: Policy, suggest: Suggest, query: Query, said: Said, state: DialogueState) -> Turn:
    """The turn as the decisions see it, without what it only sounds like (an application, a period, another matter)."""
    definition = policy.definition_of(query.question)
    name = query.question.find(definition.name) if definition and definition.name else -1
    part = asking_part(query.question, said.named, rules=bool(said.rules), own_word=max(name, 0) or None)
    topic = _topic(suggest, query.question, part, {subject.id for subject in said.named}).without(said.aside)
    injection = bool(said.finding and said.finding.injection)
    query = foreign.asks_application(query, topic, discussed=bool(said.named or state.measures))
    applying = foreign.APPLICATION in query.asks
    applying = applying or ("open_fact_further" in query.asks and bool(_APPLY.search(query.question)))
    if applying and not (_OF_TIME.search(query.question) or foreign.says_little(query.question)):
        said = replace(said, rules=tuple(rule for rule in said.rules if rule != "validity"))
        query = replace(query, asks=query.asks - {"validity_now"})
    told = tells(query, state)
    reckons = "counted" in query.asks or said.amounts  # 是乘20吗, 那再加50万呢: no sum of anybody else's
    counted = said.finding and said.finding.subject == _GENERAL and reckons and state.measures
    within = state.measures and part_of_it(query.question)
    # 含税还是不含税, 注册资本有要求吗: of the measure under discussion
    told = told or bool(state.measures and query.asks & _OF_ITS_TERMS)
    priced = "open_fact_price" in query.asks and bool(said.found)  # 算力平台一张卡一小时收多少
    if told or applying or counted or within or priced or ("issuer" in query.asks and not said.named):
        said = replace(said, finding=None)
    policy_talk = foreign.talks_of_policy(query, bool(said.rules), topic, discussed=bool(state.measures))
    policy_talk = policy_talk or (bool(said.found) and departments.in_charge(policy, query.question))
    query = replace(query, rules=said.rules, injection=injection)
    return Turn(policy, query, said, state, topic, told, applying, policy_talk, part)


def _topic(suggest: Suggest, text: str, part: str, named: Collection[str]) -> Topic:
    """What the model takes ``text`` for. The talk before ``part``, what is asked, does not make it foreign where the
    model is sure that ``part`` is about a measure that it names, or nothing is named."""
    topic = Topic.of(suggest(foreign.asked_for(text)))
    if part == text or topic.foreign < _SUSPECT:
        return topic
    asked = Topic.of(suggest(part))
    meant = not named or (asked.own_label in named and asked.own_probability >= LIKELY)
    return asked if meant and asked.foreign < topic.foreign else topic
