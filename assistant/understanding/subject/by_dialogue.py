"""What a turn is about where nothing says so outright: what the dialogue tells, the subject model's guess last."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.understanding.dialogue import follows
from assistant.understanding.query import Query, Scope
from assistant.understanding.scope import foreign
from assistant.understanding.scope.other_kinds import another_kind
from assistant.understanding.scope.topic_view import FRESH, LIKELY, SURE
from assistant.understanding.subject import by_article
from assistant.understanding.subject import measure_choice as choice
from assistant.understanding.subject.turn_view import Step, Turn
from assistant.understanding.turns import leans_on

_FULL_QUESTION = 9
_CERTAIN = 0.97
APPLYING_NOW = re.compile(r"申报|申请|报名|受理")
_OF_A_MEASURE = frozenset({"amount", "period"})
_ASKED_OF_THE_WHOLE = frozenset({"open_fact_payment_time", "open_fact_publication", "open_fact_deadline"})


def _quoted(turn: Turn) -> Query | None:
    of_policy = turn.topic.foreign < LIKELY or foreign.POLICY_WORDS.search(turn.text)
    quoted = choice.by_quoted_term(turn.policy, turn.text) if of_policy else ()
    hinted = {subject.id for subject in turn.said.found}  # 普通的团队能谈一事一议吗: of the team alone
    meant = tuple(measure for measure in quoted if measure in hinted) or quoted
    return replace(turn.query, measures=meant) if quoted else None


def _of_its_words(turn: Turn) -> Query | None:
    """做二期算新建吗, where no clause under discussion has the word: of those that have it. With nothing
    under discussion (个体户算本市企业吗): of the one clause that has it."""
    state, policy = turn.state, turn.policy
    word = next((found["word"] or found["term"] for found in _COUNTS_AS.finditer(turn.text)), None)
    if word is None or any(word in policy.by_id[m].quote for m in state.measures):
        return None
    having = [measure.id for measure in policy.measures if word in measure.quote]
    ours = turn.topic.foreign < LIKELY or "place" in turn.query.facts
    alone = ours and len(having) == 1 and len(word) >= _TELLING and not turn.said.found
    if not (state.measures or alone):
        return None
    likely = [m for m in having if m == turn.topic.own_label] or having
    return replace(turn.query, measures=tuple(likely)) if having else None


_TELLING = 4
_COUNTS_AS = re.compile(
    r"(算(不算|是|作|得上)?|属(不属)?于|当作|叫)(?P<word>[一-龥]{2,6}?)(的)?(吗|么|不|吧|[?？]|$)"
    r"|^[“\"]?(?P<term>[一-龥]{4,6}?)[”\"]?(到底|究竟|具体)?(是指|指的是|指|怎么(算|认定|界定|理解|定义))"
)


def _opens_new(turn: Turn) -> bool:
    """Whether a turn that could go on opens a new subject: the subject model is sure of one. It is asked only where
    words hint at that subject too (那没东西抵押怎么贷款), or where nothing is leant on and no figure told: a figure
    (结账了，实际花了520万) is for what is under discussion."""
    if _PART_OF_IT.match(turn.text):  # 其中400万是土地，不认的话呢
        return False
    label = turn.topic.own_label
    hinted = label not in turn.state.measures and label in {subject.id for subject in turn.said.found}
    enough = SURE if hinted and not turn.said.amounts else FRESH
    if turn.topic.own_probability < enough or len(turn.text) < _FULL_QUESTION:
        return False
    if label.removeprefix("rule:") in turn.state.rules:
        return False
    if turn.said.amounts and "no-duplication" in turn.rules:  # 区里也给800万,能叠加不: for what is under discussion
        return False
    certain = label == "rule:no-duplication" and turn.topic.own_probability >= _CERTAIN and not turn.state.bases
    if label.startswith("rule:") and not certain and turn.query.asks & _OF_A_MEASURE and turn.state.measures:
        return False  # 按原来的文件算能有多少, 分年给还是一把给: a rule of the whole policy gives no sum
    told_of_it = turn.said.amounts and bool(turn.state.measures)
    return hinted or not (told_of_it or leans_on(turn.text))


_PART_OF_IT = re.compile(r"(其中|里面|里头|里边|当中)")


def surely_hinted(turn: Turn) -> bool:
    """平台2019年就建好了,今年扩建能按20%补吗, after an exhibition: what is hinted at is so sure that a word of what is
    under discussion (20%) does not count against it."""
    return turn.topic.own_probability >= _CERTAIN and turn.topic.own_label in {s.id for s in turn.said.found}


_WHICH_OF_ALL = re.compile(r"哪(一|几)?(项|条|个|种|些)[^,，。;；]{0,4}(写|是|按|给|有|能)")


def _what_else(turn: Turn) -> Query | None:
    """还有什么能拿的: all that fits, and not the measure under discussion."""
    asked = "overview" in turn.query.asks and _ELSE.search(turn.text) and not _OF_ONE_ARTICLE.search(turn.text)
    return replace(turn.query, asks=frozenset({"overview"})) if asked and turn.state.measures else None


_ELSE = re.compile(r"还有|还(能|可以)|别的|其他|其它|另外|除了")
_OF_ONE_ARTICLE = re.compile(r"(这|那|本|同)一?条|条(里|中|下)")


def _continued(turn: Turn) -> Query | None:
    """What is under discussion, where the turn reads as a continuation and opens no new subject."""
    query, state, said = turn.query, turn.state, turn.said
    its_own = choice.names_base(turn.policy, query, state) or choice.about_it(turn.policy, query, state)
    told = turn.told or (said.amounts and bool(state.measures))
    continued = follows(turn.text, state) or its_own or told or asks_its_sum(turn) or _names_nothing_else(turn)
    if not continued or (not state.measures and (said.found or said.amounts)):
        return None
    if _opens_new(turn) and (not its_own or surely_hinted(turn) or _WHICH_OF_ALL.search(turn.text)):
        return None
    rules = turn.rules or (state.rules if not state.measures and _OF_WHOM not in query.asks else ())
    measures = by_article.for_whom(turn.policy, _article(turn), turn.text)
    measures = measures or choice.for_newcomer(turn.policy, query, state)
    if "period" in query.asks:  # 建完以后每年还给吗: what the same article gives year by year
        known = replace(query, facts={**state.facts, **query.facts})
        measures = tuple(choice.beside(turn.policy, measures, known)) or measures
    return replace(query, measures=measures, articles=state.articles, rules=rules, carried=True)


def asks_its_sum(turn: Turn) -> bool:
    """我们公司在吴江，补贴金额怎么算; 两家一共能要回来多少: the sum of what is under discussion; no other is named."""
    asked = bool(turn.query.asks & _SUMS) and bool(turn.state.measures) and not turn.said.named
    little = len(foreign.left_of(turn.text)) <= _LITTLE_ELSE or bool(foreign.POLICY_WORDS.search(turn.text))
    return asked and little and turn.topic.foreign < FRESH and "field" not in turn.query.facts


def _names_nothing_else(turn: Turn) -> bool:
    """二期要是后年才建，还算新建吗: next to nothing stands in it that another matter could be asked by."""
    little = len(foreign.left_of(turn.text)) <= _LITTLE_ELSE and turn.topic.foreign < LIKELY
    return little and bool(turn.state.measures) and not turn.said.found and not turn.rules


_SUMS = frozenset({"amount", "add_up", "each", "own_cost"})
_LITTLE_ELSE = 4
_OF_WHOM = "open_fact_phone"
"""打什么号码 after who explains the policy: what the rule does not say is asked, and not the rule once more."""


def _article(turn: Turn) -> tuple[str, ...]:
    """The article under discussion: named, or that of the measures."""
    of_measures = dict.fromkeys(turn.policy.by_id[m].article for m in turn.state.measures if m in turn.policy.by_id)
    return turn.state.articles or tuple(of_measures)


def _rule(turn: Turn) -> Query | None:
    if not (turn.rules or "validity_now" in turn.query.asks):
        return None
    hinted = turn.said.found[:1] if "no-duplication" in turn.rules and turn.said.amounts else ()
    if hinted:  # 平台建设花了1.2亿，区里给了1500万: a hint is enough beside the figures of what goes together
        return replace(turn.query, measures=tuple(subject.id for subject in hinted))
    return replace(turn.query, rules=turn.rules or ("validity",))


def _definition(turn: Turn) -> Query | None:
    return turn.query if turn.policy.definition_of(turn.text) else None


def _another_kind(turn: Turn) -> Query | None:
    """电脑太卡,换块二手显卡行不行: hinted at, or thought of by the model, only for another kind of its thing."""
    if turn.said.amounts or turn.state.measures:
        return None
    thought_of = {subject.id for subject in turn.said.found} or {turn.topic.own_label}
    kind = another_kind(turn.text, thought_of)
    return None if kind is None else turn.refused(Scope("subject", kind))


_FIELDS = re.compile(r"(哪|什么|啥)[^,，。;；?？]{0,3}(产业|行业|领域|赛道)")
_WHICH = re.compile(r"哪(几|些)?(个|种|类)|什么|啥|哪些|没有?|但")


def _foreign_by_model(turn: Turn) -> Query | None:
    if turn.applying or turn.speaks_of_itself or foreign.about_support(turn.query, turn.topic):
        return None
    about = turn.query.facts.get("applicant") == "company" or foreign.POLICY_WORDS.search(turn.text)
    if about and foreign.says_nothing(_WHICH.sub("", turn.text)):  # 昆山公司能拿什么补贴: nothing foreign is named
        return None
    if "open_fact_fields" in turn.query.asks:  # 碳化硅算第三代半导体吗: the policy's own fields
        return None
    return (
        turn.refused(turn.topic.scope)
        if turn.topic.foreign >= foreign.bound(bool(turn.said.found), turn.policy_talk)
        else None
    )


def _small_by_model(turn: Turn) -> Query | None:
    small = turn.topic.small and turn.topic.probability >= SURE and not turn.policy_talk
    return replace(turn.query, small_talk=turn.topic.label.removeprefix("small:")) if small else None


def _says_nothing(turn: Turn) -> Query | None:
    if not foreign.says_nothing(turn.text) or turn.said.found:
        return None
    return replace(turn.query, measures=turn.state.measures, carried=bool(turn.state.measures))


def _suggested(turn: Turn) -> Query:
    """The subject model's choice where it is likely, or a hint of the vocabulary that it does not speak against."""
    query, topic, found = turn.query, turn.topic, turn.said.found
    label = topic.own_label
    # 申报材料有哪些 is asked of the policy as a whole; 什么时候到账, 哪天截止申报 only sound like its term.
    term = label == "rule:validity" and not query.asks & _ASKED_OF_THE_WHOLE and not APPLYING_NOW.search(turn.text)
    if foreign.about_support(query, topic) and not term:
        return query
    if label == "rule:overview" and topic.own_probability >= LIKELY:
        return replace(query, asks=query.asks | {"overview"})
    if label == foreign.APPLYING or (label == "rule:validity" and query.asks & _ASKED_OF_THE_WHOLE):
        return query
    if "overview" in query.asks and not found and _FIELDS.search(turn.text):
        return query  # 今天刚接手,这份文件照顾哪几个产业: whatever is told beside it
    if label.startswith("rule:") and topic.own_probability >= LIKELY:
        return replace(query, rules=(label.removeprefix("rule:"),), suggested=True)
    if "overview" in query.asks and {"field", "applicant"} & set(query.facts):
        return query
    if "overview" in query.asks and not found and foreign.says_little(_WHICH.sub("", turn.text)):
        return query  # 政策支持哪几个产业: of the policy as a whole
    hints = {subject.id for subject in found}
    if told := [s.id for s in found if turn.topic.own_label not in hints and _tells_of(turn, s.id)]:
        return replace(query, measures=(told[0],))  # 平台开了三年,再添两台设备: no new one
    guessed = label not in hints and topic.own_probability < FRESH
    if turn.said.amounts and guessed and not found:  # 备案花了30万有补贴吗: no sum for what is only guessed
        return query
    if label in turn.policy.by_id and (topic.own_probability >= LIKELY or label in hints):
        unsure = label not in hints and topic.own_probability < SURE
        return replace(query, measures=(label,), suggested=unsure)
    # Who asks what reaches a limit means the measure hinted at (平台要投到多大规模才拿得满).
    return replace(query, measures=(found[0].id,), suggested="inverse" not in query.asks) if found else query


def _tells_of(turn: Turn, measure: str) -> bool:
    """Whether a fact is told that this measure has a condition on, and not one that anybody may tell."""
    return bool({c.fact for c in turn.policy.by_id[measure].criteria} & (set(turn.query.facts) - choice.OF_ANYBODY))


BY_DIALOGUE: tuple[Step, ...] = (
    _quoted,
    _of_its_words,
    _what_else,
    _continued,
    _rule,
    _definition,
    _another_kind,
    _foreign_by_model,
    _small_by_model,
    _says_nothing,
    _suggested,
)
"""Tried in order, the first that fits settles it."""
