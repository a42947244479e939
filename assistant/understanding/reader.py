"""Understanding: a question and what was said before become a typed query, with no language model."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.calculator.money import Money, find_money
from assistant.calculator.rates import Rate, find_rates
from assistant.policy.loader import Policy
from assistant.policy.measure import Kind
from assistant.understanding.articles import by_heading, find_articles
from assistant.understanding.denial import of_other_things, passed_off, set_aside, without
from assistant.understanding.dialogue import carry
from assistant.understanding.empty_talk import without_empty_talk
from assistant.understanding.facts import read_facts
from assistant.understanding.facts_of_a_part import of_a_stage, without_talk
from assistant.understanding.in_pieces import told_before
from assistant.understanding.lexicon import Lexicon, build_lexicon
from assistant.understanding.normalise import Normalised, normalise
from assistant.understanding.places.roles import PlaceReading, find_places, roles_of_places
from assistant.understanding.query import DialogueState, Query
from assistant.understanding.remembering import remember
from assistant.understanding.scope.asking_part import asking_part
from assistant.understanding.scope.findings import judge_subject
from assistant.understanding.scope.foreign import asks_for_other_things
from assistant.understanding.scope.topic_view import FRESH, Topic
from assistant.understanding.subject.further_point import further_point
from assistant.understanding.subject.measure_choice import asks_base, for_applicant
from assistant.understanding.subject.name_ends import with_name_ends
from assistant.understanding.subject.names import Subject, find_measures, find_rules, named_aside
from assistant.understanding.subject.only_mentioned import beside_amounts, pruned
from assistant.understanding.subject.other_awards import NO_DUPLICATION
from assistant.understanding.subject.repetition import of_repetition, of_the_term
from assistant.understanding.subject.settle import settle
from assistant.understanding.subject.short_names import named_in_short, parts_told
from assistant.understanding.subject.turn_view import Said, Suggest
from assistant.understanding.sums.corrections import corrected, of_the_policy
from assistant.understanding.sums.goals import still_asks
from assistant.understanding.sums.items import adds_up_items
from assistant.understanding.sums.ledger import focused
from assistant.understanding.sums.ordinal_years import with_following_years
from assistant.understanding.sums.parts_told import adds_up, with_parts
from assistant.understanding.sums.picked import picked_sum
from assistant.understanding.sums.reading import read_amounts
from assistant.understanding.sums.sides import NO_WAY_TO_A_LIMIT, asked
from assistant.understanding.sums.told_changes import Change, change_told
from assistant.understanding.sums.told_sums import sums_told
from assistant.understanding.sums.told_wholes import counts_now, with_whole
from assistant.understanding.sums.totals import goes_with_before, matters_meant, parted, total_of
from assistant.understanding.time.dates import find_dates
from assistant.understanding.told_text import last_told, told_of_the_stages, with_the_whole, with_what_was_told
from assistant.understanding.turns import asks_why, with_units, years

_NOT_LOOKED_AT = 4000
_NEGATIVE = re.compile(r"(^|[^\d万亿元~])-\s*$")
_NO_WAY_BACK = frozenset({"inverse", "shortfall"})
"""Asks for the base that gives a sum: not of a measure whose support is a ratio between two levels."""
_OF_WHAT_IS_LEFT = frozenset({"add_up", "difference", "each", "department", "own_cost"})
_THIS_ONE = re.compile(r"(这|那)(一)?(条|项|块|款)")


@dataclass(frozen=True, slots=True)
class _Turn:
    """What stands in a turn itself; ``spoken_of``: its text without what is set aside; ``asks_why``: it asks how the
    last answer came about."""

    query: Query
    spoken_of: str
    places: PlaceReading
    amounts: tuple[Money, ...]
    rates: tuple[Rate, ...]
    asks_why: bool


@dataclass(frozen=True)
class Reader:
    """Reads questions about one policy. ``suggest`` is the learned subject model."""

    policy: Policy
    lexicon: Lexicon
    suggest: Suggest

    def read(self, question: str, state: DialogueState, as_of: date) -> Query:
        """The query for ``question`` asked on ``as_of`` after the dialogue ``state``."""
        normal = normalise(question[:_NOT_LOOKED_AT])
        if state.measures or state.rules or state.articles:
            view = lambda clause: Topic.of(self.suggest(clause))  # noqa: E731
            normal = replace(normal, text=without_empty_talk(normal.text, state.turns, self.lexicon, view))
        named = self._named_strongly(normal.text) if state.turns else set()
        if whole := self._in_pieces(normal.text, named, state):
            return replace(self.read(whole, DialogueState(), as_of), original=question)
        if total := self._total(question, normal.text, state, as_of):
            return total
        state = focused(normal.text, state)
        others = bool(named - set(state.discussed))
        change = change_told(self.policy, normal.text, state, names_another=others)
        if change := change or picked_sum(self.policy, normal.text, state):
            return carry(self.policy, self._with_what_changes(question, normal.text, change, state, as_of), state)
        turn = self._turn(question, normal, state, as_of)
        query, said = self._subjects(turn, state)
        query = self._on_the_way_back(settle(self.policy, self.suggest, query, said, state))
        if not turn.asks_why:
            query = self._with_sums(query, turn, said, state)
        return carry(self.policy, query, state)

    def _in_pieces(self, text: str, named: set[str], state: DialogueState) -> str | None:
        """``text`` and what was told before it, where they are one question."""
        if not state.turns or self.policy.definition_of(text):
            return None
        topic = Topic.of(self.suggest(text))
        hinted = {subject.id for subject in find_measures(self.lexicon, text)}
        about = {topic.own_label} & hinted if topic.own_probability >= FRESH else set()
        whole = told_before(text, named | about, state)
        return None if whole and asks_for_other_things(text, topic) else whole

    def _named_strongly(self, text: str) -> set[str]:
        """The measures that ``text`` names."""
        return {subject.id for subject in find_measures(self.lexicon, text) if subject.strong}

    def _turn(self, question: str, normal: Normalised, state: DialogueState, as_of: date) -> _Turn:
        """What stands in the turn itself: amounts, rates, places, facts, dates, what it asks."""
        text = with_following_years(with_units(normal.text, state), last_told(state))
        every_amount, rates = find_money(text), find_rates(text)
        amounts = tuple(money for money in every_amount if not _NEGATIVE.search(text[: money.start]))
        why = asks_why(text, state)
        if why:  # its figures are those of the answer
            amounts, rates = (), ()
        spoken_of = without(text, (*set_aside(text), *passed_off(text), *of_other_things(text)))
        reading = roles_of_places(spoken_of, find_places(spoken_of))
        articles, unknown_articles = find_articles(self.policy.document, text)
        query = Query(
            question=text,
            original=question,
            as_of=as_of,
            language=normal.language,
            asks=asked(text, amounts) | still_asks(text, state),
            articles=articles,
            unknown_articles=unknown_articles,
            years=years(text),
            facts=of_a_stage(read_facts(spoken_of, reading), spoken_of, state.told),
            dates=find_dates(text, as_of),
            foreign_money=any(money.currency != "CNY" for money in amounts),
            zero_money=any(money.maximum <= 0 for money in amounts) or len(amounts) < len(every_amount),
            corrections=normal.corrections,
        )
        if query.foreign_money and "eligibility" in query.asks:  # a sum is asked for, which needs it in yuan
            query = replace(query, asks=query.asks | {"amount"})
        return _Turn(query, spoken_of, reading, amounts, tuple(rates), why)

    def _subjects(self, turn: _Turn, state: DialogueState) -> tuple[Query, Said]:
        """The measures and rules that the turn names, with the asks and facts that they leave."""
        query, text, amounts = turn.query, turn.query.question, turn.amounts
        found = find_measures(self.lexicon, text)
        aside = named_aside(self.lexicon, text, discussed=bool(state.measures))
        aside |= parts_told(text, state.told, found, state.measures)
        found = tuple(subject for subject in found if subject.id not in aside)
        rules = tuple(rule.id for rule in find_rules(self.lexicon, turn.spoken_of))
        named = [s for s in found if s.strong or any(_THIS_ONE.match(text, hit.end) for hit in s.hits)]
        hinted = [] if "inverse" in query.asks else beside_amounts(self.policy, text, found, amounts)
        named = pruned(self.policy, [*named, *hinted], query, amounts, both=bool(rules))
        named += named_in_short(self.policy, text, amounts, named, state)
        named = with_name_ends(self.policy, text, named, found, amounts)
        named = for_applicant(self.policy, named, found, {**state.facts, **query.facts})
        query = replace(query, facts=without_talk(query.facts, text, asking_part(text, named, rules=False)))
        if not named and not query.articles and not query.unknown_articles:
            query = replace(query, articles=by_heading(self.policy.document, text))
        query, rules = of_the_term(query, rules)
        discussed = [subject.id for subject in named] or state.measures
        query, rules = of_repetition(
            self.policy, query, rules, discussed, named=len(named), amounts=bool(amounts), told=turn.spoken_of
        )
        adding = len(discussed) == 1 and adds_up_items(query, discussed, state, self._unit(discussed[0]), len(amounts))
        if adding:
            rules = tuple(rule for rule in rules if rule != NO_DUPLICATION)
        spans = tuple((hit.start, hit.end) for subject in named for hit in subject.hits)
        finding = judge_subject(text, has_measure=bool(named), measure_spans=spans)
        return query, Said(named, found, rules, turn.places, finding, bool(amounts), bool(turn.rates), adding, aside)

    def _on_the_way_back(self, query: Query) -> Query:
        """Whether the base that gives a sum is asked for, now that the measures are known."""
        if query.measures and all(self.policy.by_id[m].kind is Kind.MATCHED for m in query.measures):
            return replace(query, asks=query.asks - _NO_WAY_BACK)  # 区里掏多少: the other half, no way to a limit
        if asks_base(self.policy, query) and not query.asks & NO_WAY_TO_A_LIMIT:
            return replace(query, asks=query.asks | {"inverse"})
        return query

    def _with_sums(self, query: Query, turn: _Turn, said: Said, state: DialogueState) -> Query:
        """The query with the bases of its amounts: of what was told before where the turn corrects or completes it,
        else of the turn; and with what is asked further where it brings nothing new."""
        text, named = query.question, said.named
        # What was told for several measures is not read again for one of them (利息我看错了，是85万).
        same = bool(state.told and query.measures) and set(query.measures) >= set(state.measures)
        told = corrected(text, told_of_the_stages(text, state)) if same else None
        if not told:
            own = any(not of_the_policy(text, rate) for rate in turn.rates)
            told = with_what_was_told(self.policy, query, state, shares=own, amounts=bool(turn.amounts))
            told = told or with_the_whole(self.policy, query, state)
        reread = self._retold(query, told, named, state) if told else None
        if not reread and same and (whole := with_whole(text, query.measures, state)):
            reread = self._retold(query, whole, named, state)
            reread = reread if counts_now(reread) else None
        if not reread and same and (parts := with_parts([self.policy.by_id[m] for m in query.measures], text, state)):
            reread = self._retold(query, parts, named, state)
            reread = replace(reread, asks=reread.asks - {"plus_more"}) if adds_up(reread, text, state) else None
        new = turn.rates or not {money.maximum for money in turn.amounts} <= sums_told(state)
        query = reread or read_amounts(self.policy, query, named, turn.amounts, turn.rates, state)
        point = None if new or reread else further_point(self.policy, query, said.found, state)
        return replace(query, asks=frozenset({point})) if point else query

    def _retold(self, query: Query, told: str, named: Sequence[Subject], state: DialogueState) -> Query:
        """``query`` with the amounts of ``told``: what was said before, as the turn corrects or completes it."""
        if len(query.measures) > 1:  # whose each sum is stands beside it
            named = [subject for subject in find_measures(self.lexicon, told) if subject.id in query.measures]
        amounts, rates = find_money(told), find_rates(told)
        retold = replace(query, question=told, dates=find_dates(told, query.as_of))
        read = read_amounts(self.policy, retold, named, amounts, rates, state, retold=True)
        return replace(read, question=query.question, dates=query.dates, told=told)

    def _total(self, question: str, text: str, state: DialogueState, as_of: date) -> Query | None:
        """The sum of matters told before, after what the turn tells or corrects first; None where it asks for none."""
        turn = parted(text) if state.ledger else None
        if turn is None or not goes_with_before(turn, state):
            return None
        first = self.read(turn.head, state, as_of) if turn.head else None
        after = remember(first, state) if first else state
        matters = matters_meant(self.policy, self.lexicon, text, turn.tail, after)
        if not matters or (first and not first.bases):
            return None
        asks = asked(turn.tail, ())
        return total_of(self.policy, matters, Query(text, question, as_of, asks=asks), first)

    def _with_what_changes(self, question: str, text: str, change: Change, state: DialogueState, as_of: date) -> Query:
        """The measures under discussion with the sums that the turn leaves of those told; its other words are of the
        sum that it changes."""
        return Query(
            question=text,
            original=question,
            as_of=as_of,
            asks=asked(text, ()) & _OF_WHAT_IS_LEFT | {"amount"},
            measures=state.measures,
            bases={**{m: state.bases[m] for m in state.measures if m in state.bases}, **change.bases},
            told=change.told,
            changed=True,
            dropped=change.dropped,
            carried=True,
        )

    def _unit(self, measure: str) -> str | None:
        base = self.policy.by_id[measure].base
        return base.unit if base else None


def open_reader(policy: Policy, suggest: Suggest) -> Reader:
    """A reader for one policy. Raises CorpusError for unusable vocabulary."""
    return Reader(policy, build_lexicon(policy), suggest)
