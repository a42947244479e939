"""What a turn leaves for the turns after it."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.understanding.query import DialogueState, Query
from assistant.understanding.sums.base_amount import BaseAmount
from assistant.understanding.sums.items import LASTING
from assistant.understanding.sums.ledger import focused, recorded
from assistant.understanding.sums.matters import ORDINAL
from assistant.understanding.sums.spent_before import spent_before_the_company
from assistant.understanding.sums.years_told import kept_by_year
from assistant.understanding.turns import asks_of_another


def asked_after(question: str, state: DialogueState) -> DialogueState:
    """The state that ``question`` is asked after: the one before the last turn where that turn is sent once more (a
    second click, a line that broke off), so that nothing told is counted twice. 再加20万 may well be said twice."""
    again = state.earlier is not None and bool(state.words) and _bare(question) == _bare(state.words[-1])
    return state.earlier if again and state.earlier and not _ADDS.match(question) else state


def _bare(text: str) -> str:
    return _MARKS.sub("", text)


_MARKS = re.compile(r"[\W_]+")
_ADDS = re.compile(r"\s*(再|又)")


def remember(query: Query, state: DialogueState) -> DialogueState:
    """The state after a query that belonged here; off-topic turns and small talk leave the state but for the words."""
    return replace(_remembered(query, state), earlier=replace(state, earlier=None))


def _remembered(query: Query, state: DialogueState) -> DialogueState:
    if query.totals:
        return _after_total(query, state)
    state = focused(query.question, state)
    words, turns = state.with_words(query.original), state.with_turns(query.question)
    if query.scope and query.scope.reason == "place" and query.measures and not state.measures:
        return replace(state, measures=query.measures, words=words, turns=turns)
    if query.scope or query.small_talk or not (query.measures or query.rules or query.articles):
        lasting = {} if query.scope else {key: value for key, value in query.facts.items() if key in LASTING}
        off_topic = bool(state.measures) or query.small_talk
        return replace(state, facts={**state.facts, **lasting}, words=words, turns=state.turns if off_topic else turns)
    measures = query.measures or (state.measures if query.rules else ())
    before = {} if spent_before_the_company(query, state) else state.bases
    bases = {m: some for m, some in {**before, **query.bases}.items() if m not in query.left_out}
    if query.compared:  # of sums set against each other the last is what the talk goes on from
        bases = {m: tuple(replace(base, label="") for base in some[-1:]) for m, some in bases.items()}
    earlier = tuple(m for m in state.discussed if m not in query.measures and m not in query.left_out)
    last = next(iter(query.bases.values()), state.last_bases)
    facts, told = _settled_facts(query, state), _told(query, state)
    return DialogueState(
        measures=measures,
        rules=query.rules,
        articles=query.articles if not query.measures else (),
        asks=tuple(sorted(query.asks)),
        bases=bases,
        last_bases=last,
        facts=facts,
        awards=query.awards,
        years=query.years,
        words=words,
        turns=turns,
        discussed=(*earlier, *query.measures),
        by_year=kept_by_year(query, state),
        told=told,
        ledger=recorded(query, state, facts, told),
        before=_before(query, state),
        target=query.target or (state.target if measures == state.measures and "inverse" not in query.asks else None),
        facts_of={**state.facts_of, **dict.fromkeys(query.measures, facts)},
    )


def _after_total(query: Query, state: DialogueState) -> DialogueState:
    """The state after matters were added up: nothing new but what the turn told first, and what is under discussion."""
    after = _remembered(query.first, state) if query.first else state
    earlier = tuple(m for m in after.discussed if m not in query.measures)
    return replace(
        after,
        measures=query.measures,
        rules=(),
        articles=(),
        asks=tuple(sorted(query.asks)),
        words=state.with_words(query.original),
        turns=state.with_turns(query.question),
        discussed=(*earlier, *query.measures),
    )


_SUPPOSED = re.compile(r"(可以不|行不|行吗|行么|可以吗|算数吗|算不算|算吗|能不能|能吗|有份吗|也行么)[?？]?$")


def _settled_facts(query: Query, state: DialogueState) -> dict[str, str]:
    """The facts to keep: 浙江认定的可以不 asks what would be, it does not tell who recognised the asker's own."""
    if asks_of_another(query) and query.bases == {m: state.bases.get(m) for m in query.bases}:
        return {**query.facts, **state.facts}
    if not _SUPPOSED.search(query.original) or re.search(r"我|咱|本公司|公司", query.original):
        return dict(query.facts)
    kept = {key: value for key, value in query.facts.items() if key not in _OF_THE_CASE}
    return {**kept, **{key: value for key, value in state.facts.items() if key in _OF_THE_CASE}}


_OF_THE_CASE = frozenset({"recognition", "place", "title", "construction", "ai-platform", "organiser", "applicant"})


def _before(query: Query, state: DialogueState) -> dict[str, tuple[BaseAmount, ...]]:
    """The bases that those of this turn take the place of (砍到900万); kept while only asked about."""
    told = {m: some for m, some in query.bases.items() if some != state.bases.get(m) and m in state.bases}
    replaced = {m: state.bases[m] for m in told if not query.compared and "add_up" not in query.asks}
    return {**{m: some for m, some in state.before.items() if m in query.measures}, **replaced}


def _told(query: Query, state: DialogueState) -> str:
    """The text that the base rests on: corrected, added to, or told anew."""
    if query.told:
        return query.told
    if query.left_out:
        return ""  # it told of more than what is left
    if (
        not query.bases
        or query.bases == state.bases
        or not re.search(r"\d|[一二三四五六七八九十百千万亿半]", ORDINAL.sub("", query.question))
    ):
        return state.told
    same = query.carried and state.told and not any(b.derivation == () for bases in query.bases.values() for b in bases)
    return f"{state.told}，{query.question}" if same else query.question
