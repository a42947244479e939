"""What a turn is about: decisions tried in order, the first that fits settles it.

In a dialogue a turn brings a figure or a fact for the measure under discussion, names another measure, asks for a rule
of the whole policy, or is foreign. What is said outright comes first (``_OUTRIGHT``), then what the dialogue tells,
and the subject model's guess last (``BY_DIALOGUE``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.policy.loader import Policy
from assistant.understanding.articles import article_topic
from assistant.understanding.query import DialogueState, Query, Scope
from assistant.understanding.scope import foreign
from assistant.understanding.scope.asking_part import asking_part
from assistant.understanding.scope.findings import judge_subject
from assistant.understanding.scope.foreign_place import foreign_place, recognised_there
from assistant.understanding.scope.higher_level import higher_level
from assistant.understanding.scope.private_life import is_private
from assistant.understanding.scope.topic_view import FRESH, LIKELY, SURE
from assistant.understanding.subject import by_article, departments, referents
from assistant.understanding.subject import measure_choice as choice
from assistant.understanding.subject.by_dialogue import BY_DIALOGUE, asks_its_sum, surely_hinted
from assistant.understanding.subject.listed import listed
from assistant.understanding.subject.only_mentioned import only_in_trade
from assistant.understanding.subject.same_thing import one_thing
from assistant.understanding.subject.seen import seen
from assistant.understanding.subject.the_text import name_explained, not_mentioned, words_of_the_text
from assistant.understanding.subject.turn_view import OTHERS, Said, Step, Suggest, Turn
from assistant.understanding.subject.who_asks import mends, passes_on, tells_who
from assistant.understanding.subject.with_figures_told import WITH_FIGURES_TOLD
from assistant.understanding.turns import asks_why, introduces, leans_on, together_with_it, with_earlier

_SUSPECT = 0.3
_UNSUSPECTED = 0.05
_UNLIKE_OURS = 0.1
_OFF_TOPIC = 6
_THAT_FIGURE = re.compile(r"(那|这|多出来的?|上浮的?)(个|的)?\d+%")


def settle(policy: Policy, suggest: Suggest, query: Query, said: Said, state: DialogueState) -> Query:
    """``query`` with its measures and rules, or with why it does not belong here."""
    if not re.search(r"\w", query.question):
        return query
    turn = seen(policy, suggest, query, said, state)
    for step in _OUTRIGHT:
        if (settled := step(turn)) is not None:
            return settled
    turn = _without_asides(turn)
    return next((settled for step in BY_DIALOGUE if (settled := step(turn)) is not None), turn.query)


def _small_talk(turn: Turn) -> Query | None:
    finding = turn.said.finding
    if not finding or not finding.small_talk or turn.said.named or turn.rules:
        return None
    return replace(turn.query, small_talk=finding.small_talk)


def _about_other_companies(turn: Turn) -> Query | None:
    finding = turn.said.finding
    if (
        not finding
        or finding.subject != OTHERS
        or not finding.whole
        or by_article.asks_who_is_in_charge(turn.query, turn.state)
    ):
        return None
    if turn.topic.foreign < (_UNSUSPECTED if _GIVEN.search(turn.text) else _SUSPECT):
        return None
    return turn.refused(Scope("subject", finding.subject))


# Support that others have had, and that nobody asks for: 去年哪几家的展会拿到了补贴.
_GIVEN = re.compile(
    r"(?<!能)(?<!才)(?<!想)(?<!要)(拿|领|得|获|享受|评|入选|入围|中标)(上|到了|到过|了|过)(?![^,，。]{0,12}(才|还能|能不能|可以))"
)


def _about_another_place(turn: Turn) -> Query | None:
    whole = turn.said.named or foreign.whole_of_another(turn.text, turn.topic)
    state = None if whole else turn.state
    asked = foreign_place(turn.text, turn.said.reading, state, talk=len(turn.text) - len(turn.part))
    meant = {subject.id for subject in turn.said.named} or {turn.topic.own_label}
    asked = asked or recognised_there(turn.policy, turn.text, turn.said.reading, meant) or higher_level(turn.text)
    if not asked or choice.place_decides(turn.policy, turn.said.named, turn.query):
        return None
    measures = tuple(subject.id for subject in turn.said.named)
    return replace(turn.query, rules=(), measures=measures, scope=Scope("place", asked))


def _nothing_yet(turn: Turn) -> Query | None:
    dated = turn.state.rules and turn.query.dates  # 还有效吗 … 到6月呢
    discussed = turn.state.measures or turn.state.articles
    known = turn.said.named or turn.said.found or discussed or turn.policy_talk or dated
    return turn.query if foreign.says_nothing(turn.text) and not known else None


def _of_its_own(turn: Turn) -> Query | None:
    discussed = turn.state.measures or turn.state.rules or turn.state.articles
    if not discussed or turn.said.named or turn.query.articles:
        return None
    if (turn.told and turn.topic.foreign < foreign.BEYOND_DOUBT) or asks_why(turn.text, turn.state):
        return None
    if turn.said.amounts and _comes_back(turn.text, turn.state.turns):
        return None
    another_grant = turn.topic.foreign_label == "other-grant" and turn.topic.foreign >= foreign.BEYOND_DOUBT
    if turn.speaks_of_itself or (foreign.POLICY_WORDS.search(turn.text) and not another_grant):
        return None
    if turn.policy_talk and any(subject.id in turn.state.measures for subject in turn.said.found):
        return None  # 利率给优惠几个点, after a loan: asked of it in its own words
    figures = turn.said.amounts or turn.said.shares or bool(turn.query.dates)
    other = foreign.whole_of_another(turn.text, turn.topic)
    other = other or (not figures and foreign.nothing_of_ours(turn.query, turn.topic))
    return turn.refused(turn.topic.scope) if other else None


def _comes_back(text: str, turns: Sequence[str]) -> bool:
    """分析仪器招标下来便宜了，1900万: words of a thing that was told before stand in it."""
    before = "|".join(turns)
    words = (text[at : at + _A_NAME] for at in range(len(text) - _A_NAME + 1))
    return any(word in before for word in words if _LETTERS.fullmatch(word))


_A_NAME = 3
_LETTERS = re.compile(r"[一-鿿]+")


def _private_life(turn: Turn) -> Query | None:
    """我的车险涨价了能补吗: the asker's own life, whatever measure's words stand in it."""
    if turn.query.articles and article_topic(turn.text):
        return None
    if turn.told or turn.topic.foreign < _UNSUSPECTED or not is_private(foreign.asked_for(turn.text)):
        return None
    if not is_private(turn.part):  # 我媳妇刚生二胎忙得很,平台绩效最高多少
        return None
    return replace(turn.refused(Scope("subject", "personal")), rules=())


def _foreign_words(turn: Turn) -> Query | None:
    finding = turn.said.finding
    if not finding or not finding.subject or turn.said.named or (turn.query.articles and article_topic(turn.text)):
        return None
    part = turn.part if turn.rules else asking_part(turn.text, turn.said.found, rules=False)
    if (turn.rules or turn.said.found) and part != turn.text:
        asked = judge_subject(part, has_measure=False)
        if asked is None or asked.subject is None:  # 刚交完企业所得税,这个政策还有效吗
            return None
    ours = turn.policy_talk and (turn.said.found or finding.confidence < SURE)
    ours = ours or asks_its_sum(turn) or by_article.asks_of_article(turn.query)
    ours = ours or by_article.asks_who_is_in_charge(turn.query, turn.state)
    return None if ours else replace(turn.refused(Scope("subject", finding.subject)), rules=())


def _only_completes(turn: Turn) -> Query | None:
    """A share, a move or the base of the measure under discussion, though its words name another."""
    state, said, named = turn.state, turn.said, turn.said.named
    whole_told = bool(state.last_bases) and state.last_bases[0].whole_only
    completes = (
        (whole_told and said.shares and not said.amounts)
        or (said.adding and not named)
        or (bool(named) and referents.points_at_it(turn.policy, turn.text, named, state))
        or (bool(named) and choice.only_moves(turn.policy, turn.query, named, state))
        or (bool(named) and said.amounts and choice.only_its_base(turn.policy, named, state))
        or (bool(named) and "counted" in turn.query.asks and choice.names_base_in_full(turn.policy, turn.query, state))
    )
    return turn.carried() if completes else None


def _names(turn: Turn) -> Query | None:
    """The measures named, with those that the turn takes together with them."""
    named, query, state = turn.said.named, turn.query, turn.state
    if not named:
        return None
    if only_in_trade(turn.text, named) and surely_hinted(turn):
        return replace(query, measures=(turn.topic.own_label,))
    pertinent = choice.pertinent_to(turn.policy, named, query)
    scope = foreign.foreign_after_all(
        query, named, turn.said.finding, turn.topic, state, pertinent=pertinent, of_itself=turn.speaks_of_itself
    )
    if scope and not choice.asks_what_counts(turn.policy, named, query):
        return turn.refused(scope)
    joined = state.measures if turn.rules and together_with_it(turn.text) else ()
    if "add_up" in query.asks and with_earlier(turn.text):
        joined = tuple(measure for measure in state.discussed if measure in state.bases)
    told = sorted(named, key=lambda subject: min((hit.start for hit in subject.hits), default=0))
    measures = (*(subject.id for subject in told), *joined)
    return replace(query, measures=tuple(dict.fromkeys((*measures, *choice.beside(turn.policy, measures, query)))))


def _names_article(turn: Turn) -> Query | None:
    if not (turn.query.articles or turn.query.unknown_articles):
        return None
    return replace(turn.query, measures=by_article.of_article(turn.policy, turn.query, turn.said.found))


def _department(turn: Turn) -> Query | None:
    """公安局管什么: asked of a department, whatever was under discussion."""
    if not (turn.said.named or turn.state.measures) and departments.asks_where_named(turn.policy, turn.text):
        return replace(turn.query, rules=())
    asked = departments.asks_of_department(turn.policy, turn.text)
    return replace(turn.query, rules=()) if asked and (asked == "only" or not turn.said.named) else None


def _issuer(turn: Turn) -> Query | None:
    return turn.query if "issuer" in turn.query.asks and not turn.rules else None


def _by_figure(turn: Turn) -> Query | None:
    looks = choice.looks_for_figure(turn.policy, turn.query, discussed=bool(turn.state.measures))
    looks = looks and not foreign.speaks_of_another(turn.text)
    if turn.state.measures and _THAT_FIGURE.search(turn.text) and choice.about_it(turn.policy, turn.query, turn.state):
        return None  # 多出来那20%到底浮在哪儿: of the measure under discussion
    if "open_fact_rate_choice" in turn.query.asks and (meant := choice.with_ends(turn.policy, turn.query)):
        return replace(turn.query, rules=(), measures=meant)
    return replace(turn.query, rules=(), by_figure=True) if looks else None


def _introduces(turn: Turn) -> Query | None:
    asks_else = turn.topic.foreign >= FRESH and foreign.asks_something(turn.text)  # 帮我把企业愿景改得有气势些
    return turn.query if introduces(turn.query) and not turn.state.measures and not asks_else else None


def _off_topic(turn: Turn) -> Query | None:
    said, state = turn.said, turn.state
    # 中午吃什么好: a question with no word of a policy or of what is under discussion needs less to be foreign.
    blank = not (turn.query.asks or said.found or state.rules) and foreign.asks_something(turn.text)
    blank = blank and turn.topic.own_probability < _UNLIKE_OURS and not foreign.OUR_BUSINESS.search(turn.text)
    off_topic = (
        turn.topic.foreign >= (LIKELY if blank else FRESH)
        and not turn.speaks_of_itself
        and len(turn.text) >= _OFF_TOPIC
        and not (said.amounts or turn.policy_talk or turn.query.facts or turn.told)
        and not foreign.says_nothing(turn.text)
        and not (said.shares and state.bases)
        and not (turn.query.dates and foreign.says_little(turn.text) and (state.measures or state.rules))
        and not choice.names_base(turn.policy, turn.query, state)
        and not choice.asks_of_its_facts(turn.policy, turn.text, state)
        and not leans_on(turn.text)
        and not turn.policy.document.quoted_in(turn.text)
    )
    return turn.refused(turn.topic.scope) if off_topic else None


def _back_to(turn: Turn) -> Query | None:
    back = referents.back_to(turn.policy, turn.query, turn.said.found, turn.state)
    return replace(turn.query, measures=back, carried=True) if back else None


def _foreign_rule(turn: Turn) -> Query | None:
    plain = (
        turn.query.asks & (foreign.POLICY_ASKS - foreign.LOOSE_ASKS)
        or foreign.POLICY_WORDS.search(turn.text)
        or foreign.about_support(turn.query, turn.topic)
    )
    return turn.refused(turn.topic.scope) if turn.rules and turn.topic.foreign >= SURE and not plain else None


def _plain_rule(turn: Turn) -> Query | None:
    """A rule of the whole policy, unless figures are told for what is under discussion."""
    told = turn.said.amounts and turn.state.measures
    return turn.query if turn.rules and "no-duplication" not in turn.rules and not told else None


def _without_asides(turn: Turn) -> Turn:
    """The turn without rules that it only mentions while it tells figures."""
    return turn if "no-duplication" in turn.rules else replace(turn, query=replace(turn.query, rules=()))


_OUTRIGHT: tuple[Step, ...] = (
    _small_talk,
    listed,
    one_thing,
    name_explained,
    passes_on,
    _about_other_companies,
    _about_another_place,
    _nothing_yet,
    _private_life,
    _of_its_own,
    not_mentioned,
    words_of_the_text,
    *WITH_FIGURES_TOLD,
    _foreign_words,
    _only_completes,
    tells_who,
    mends,
    _department,
    _names,
    _names_article,
    _issuer,
    _by_figure,
    _introduces,
    _off_topic,
    _back_to,
    _foreign_rule,
    _plain_rule,
)
