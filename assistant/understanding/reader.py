"""Understanding: a question and what was said before become a typed query, with no language model."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.calculator.money import find_money
from assistant.calculator.rates import find_rates
from assistant.policy.loader import Policy
from assistant.policy.measure import Kind
from assistant.understanding.articles import by_heading, find_articles
from assistant.understanding.denial import of_other_things, passed_off, set_aside, without
from assistant.understanding.dialogue import carry
from assistant.understanding.facts import read_facts
from assistant.understanding.in_pieces import told_before
from assistant.understanding.lexicon import Lexicon, build_lexicon
from assistant.understanding.normalise import normalise
from assistant.understanding.places.roles import find_places, roles_of_places
from assistant.understanding.query import DialogueState, Query
from assistant.understanding.remembering import remember
from assistant.understanding.scope.asking_part import asking_part
from assistant.understanding.scope.findings import judge_subject
from assistant.understanding.scope.foreign import says_nothing
from assistant.understanding.subject.by_dialogue import APPLYING_NOW
from assistant.understanding.subject.further_point import further_point
from assistant.understanding.subject.measure_choice import asks_base, for_applicant, puts_right
from assistant.understanding.subject.name_ends import with_name_ends
from assistant.understanding.subject.names import Subject, find_measures, find_rules, named_aside
from assistant.understanding.subject.only_mentioned import beside_amounts, pruned
from assistant.understanding.subject.other_awards import (
    NO_DUPLICATION,
    of_an_earlier_year,
    own_facts,
    tells_of_another_award,
)
from assistant.understanding.subject.settle import settle
from assistant.understanding.subject.short_names import named_in_short
from assistant.understanding.subject.turn_view import Said, Suggest
from assistant.understanding.subject.with_figures_told import STACKED
from assistant.understanding.sums.corrections import STAGE, corrected, names_all_stages, of_the_policy, with_stages_anew
from assistant.understanding.sums.goals import still_asks
from assistant.understanding.sums.items import adds_up_items
from assistant.understanding.sums.ledger import focused
from assistant.understanding.sums.ordinal_years import with_following_years
from assistant.understanding.sums.parts_told import adds_up, with_parts
from assistant.understanding.sums.picked import picked_sum
from assistant.understanding.sums.reading import read_amounts
from assistant.understanding.sums.received import EARLIER_AWARD
from assistant.understanding.sums.shares import REST_COUNTS, counts_a_part
from assistant.understanding.sums.sides import NO_WAY_TO_A_LIMIT, asked
from assistant.understanding.sums.told_changes import Change, change_told
from assistant.understanding.sums.told_sums import sums_told
from assistant.understanding.sums.told_wholes import counts_now, with_whole
from assistant.understanding.sums.totals import goes_with_before, matters_meant, parted, total_of
from assistant.understanding.time.dates import find_dates
from assistant.understanding.turns import asks_why, with_units, years

_NOT_LOOKED_AT = 4000
_NEGATIVE = re.compile(r"(^|[^\d万亿元~])-\s*$")
_ONLY_UNIT = re.compile(
    r"(?:单位|金额)?(?:都|全部?|统一)?(?:是|就是|按|用)?(百万|千万|万|亿|元)元?(?:吧|啊|呀|哦|的)?[。.!！]?"
)
"""The answer to the question after the unit of a sum."""
_NUMBER = re.compile(r"\d+(?:\.\d+)?(?![\d.年月日号])")
_NO_WAY_BACK = frozenset({"inverse", "shortfall"})
"""Asks for the base that gives a sum: not of a measure whose support is a ratio between two levels."""
_NO_REPETITION = frozenset({"open_fact_again", "open_fact_sharing"})
_OF_WHAT_IS_LEFT = frozenset({"add_up", "difference", "each", "department", "own_cost"})
_ONE_BILL = re.compile(r"同一(笔|张|份|批)")
"""去年拿过今年还能报吗 asks of another year; the same bill twice is a repetition."""
_THIS_ONE = re.compile(r"(这|那)(一)?(条|项|块|款)")


@dataclass(frozen=True)
class Reader:
    """Reads questions about one policy. ``suggest`` is the learned subject model."""

    policy: Policy
    lexicon: Lexicon
    suggest: Suggest

    def read(self, question: str, state: DialogueState, as_of: date) -> Query:
        """The query for ``question`` asked on ``as_of`` after the dialogue ``state``."""
        normal = normalise(question[:_NOT_LOOKED_AT])
        if whole := told_before(normal.text, state):
            return replace(self.read(whole, DialogueState(), as_of), original=question)
        if total := self._total(question, normal.text, state, as_of):
            return total
        state = focused(normal.text, state)
        if change := change_told(self.policy, normal.text, state) or picked_sum(self.policy, normal.text, state):
            return carry(self.policy, self._with_what_changes(question, normal.text, change, state, as_of), state)
        text = with_following_years(with_units(normal.text, state), _last_told(state))
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
            facts=_of_a_stage(read_facts(spoken_of, reading), spoken_of, state.told),
            dates=find_dates(text, as_of),
            foreign_money=any(money.currency != "CNY" for money in amounts),
            zero_money=any(money.maximum <= 0 for money in amounts) or len(amounts) < len(every_amount),
            corrections=normal.corrections,
        )
        if query.foreign_money and "eligibility" in query.asks:  # a sum is asked for, which needs it in yuan
            query = replace(query, asks=query.asks | {"amount"})
        aside = named_aside(self.lexicon, text, discussed=bool(state.measures))
        found = tuple(subject for subject in find_measures(self.lexicon, text) if subject.id not in aside)
        rules = tuple(rule.id for rule in find_rules(self.lexicon, spoken_of))
        named = [s for s in found if s.strong or any(_THIS_ONE.match(text, hit.end) for hit in s.hits)]
        hinted = [] if "inverse" in query.asks else beside_amounts(self.policy, text, found, amounts)
        named = pruned(self.policy, [*named, *hinted], query, amounts, both=bool(rules))
        named += named_in_short(self.policy, text, amounts, named, state)
        named = with_name_ends(self.policy, text, named, found, amounts)
        named = for_applicant(self.policy, named, found, {**state.facts, **query.facts})
        query = replace(query, facts=_without_talk(query.facts, text, asking_part(text, named, rules=False)))
        if not named and not query.articles and not unknown_articles:
            query = replace(query, articles=by_heading(self.policy.document, text))
        if "open_fact_deadline" in query.asks and APPLYING_NOW.search(text):
            rules = tuple(rule for rule in rules if rule != "validity")
        if query.years > 1:  # 连着三年都拿最高,加起来多少: a sum over years
            query = replace(query, asks=query.asks - {"open_fact_again"})
        if "open_fact_again" in query.asks:  # 今年还能报吗: of the asker, not of the policy's term
            query = replace(query, asks=query.asks - {"validity_now"})
        if (
            query.asks & _NO_REPETITION
            and (not amounts or of_an_earlier_year(text))
            and not _ONE_BILL.search(text)
            and not tells_of_another_award(spoken_of)
        ):
            rules = tuple(rule for rule in rules if rule != NO_DUPLICATION)
            query = replace(query, asks=query.asks | ({EARLIER_AWARD} if amounts else set()))
        discussed = [subject.id for subject in named] or state.measures
        if discussed and tells_of_another_award(spoken_of):
            rules = tuple(dict.fromkeys((*rules, NO_DUPLICATION)))
            query = replace(query, facts=own_facts(text, query.facts))
        if any(self.policy.by_id[m].kind is Kind.MATCHED for m in discussed) and not STACKED.search(text):
            rules = tuple(rule for rule in rules if rule != NO_DUPLICATION)
        if (
            len(named) > 1
            and not amounts
            and {"compare", "difference"} <= query.asks
            and "same_matter" not in query.asks
        ):
            rules = tuple(rule for rule in rules if rule != NO_DUPLICATION)  # 国家平台的绩效跟公共平台的哪个高
        if any(self._period_stated(measure) for measure in discussed) and of_an_earlier_year(text):
            rules = tuple(rule for rule in rules if rule != NO_DUPLICATION)
            query = replace(query, asks=query.asks - {"open_fact_again"} | {"period", EARLIER_AWARD})
        adding = len(discussed) == 1 and adds_up_items(query, discussed, state, self._unit(discussed[0]), len(amounts))
        if adding:
            rules = tuple(rule for rule in rules if rule != NO_DUPLICATION)
        spans = tuple((hit.start, hit.end) for subject in named for hit in subject.hits)
        finding = judge_subject(text, has_measure=bool(named), measure_spans=spans)
        said = Said(named, found, rules, reading, finding, bool(amounts), bool(rates), adding, aside)
        query = settle(self.policy, self.suggest, query, said, state)
        if query.measures and all(self.policy.by_id[m].kind is Kind.MATCHED for m in query.measures):
            query = replace(query, asks=query.asks - _NO_WAY_BACK)  # 区里掏多少: the other half, no way to a limit
        elif asks_base(self.policy, query) and not query.asks & NO_WAY_TO_A_LIMIT:
            query = replace(query, asks=query.asks | {"inverse"})
        # What was told for several measures is not read again for one of them (利息我看错了，是85万).
        same = bool(state.told and query.measures) and set(query.measures) >= set(state.measures)
        if why:
            return carry(self.policy, query, state)
        told = corrected(text, _told_of_the_stages(text, state)) if same else None
        if not told:
            own = any(not of_the_policy(text, rate) for rate in rates)
            told = self._with_what_was_told(query, state, shares=own, amounts=bool(amounts))
            told = told or self._with_the_whole(query, state)
        reread = self._retold(query, told, named, state) if told else None
        if not reread and same and (whole := with_whole(text, query.measures, state)):
            reread = self._retold(query, whole, named, state)
            reread = reread if counts_now(reread) else None
        if not reread and same and (parts := with_parts([self.policy.by_id[m] for m in query.measures], text, state)):
            reread = self._retold(query, parts, named, state)
            reread = replace(reread, asks=reread.asks - {"plus_more"}) if adds_up(reread, text, state) else None
        new = rates or not {money.maximum for money in amounts} <= sums_told(state)
        query = reread or read_amounts(self.policy, query, named, amounts, rates, state)
        point = None if new or reread else further_point(self.policy, query, found, state)
        query = replace(query, asks=frozenset({point})) if point else query
        return carry(self.policy, query, state)

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

    def _period_stated(self, measure: str) -> bool:
        cap = self.policy.by_id[measure].cap
        return cap is not None and cap.per is not None

    def _unit(self, measure: str) -> str | None:
        base = self.policy.by_id[measure].base
        return base.unit if base else None

    def _with_the_whole(self, query: Query, state: DialogueState) -> str | None:
        """The text with the whole told just before, of which the turn says that the rest counts (合同1000万 …
        硬件400万，剩下的都是AI的)."""
        parted = len(query.measures) == 1 and counts_a_part(self.policy.by_id[query.measures[0]])
        if not (parted and query.carried and state.turns and REST_COUNTS.search(query.question)):
            return None
        before = state.turns[-1]
        whole, parts = find_money(before), find_money(query.question)
        fits = whole and sum(part.maximum for part in parts) < whole[0].minimum
        return f"{before}，{query.question}" if fits else None

    def _with_what_was_told(self, query: Query, state: DialogueState, *, shares: bool, amounts: bool) -> str | None:
        """The text with the sum told just before that was no base yet: its share is given (合同340万 … 已经付了四成),
        what it was for (花了300万能补多少 … 算力), or what it lacked (阿里云380万 … 都搬到苏州算力平台)."""
        if amounts or not state.turns or any(measure in state.bases for measure in query.measures):
            return None
        before = state.turns[-1]
        if unit := _ONLY_UNIT.fullmatch(query.question):
            bare = () if find_money(before) else find_money(before, bare=True)
            if len(bare) < len(_NUMBER.findall(before)):  # 场地80搭建120: what the 80 is stays open
                return None
            for money in reversed(bare):
                before = f"{before[: money.end]}{unit[1]}{before[money.end :]}"
            return before if bare else None
        if shares:
            return f"{before}，{query.question}" if query.carried else None
        told = find_money(before)
        if len(told) != 1 or len(query.measures) != 1 or query.asks & {"inverse"}:
            return None
        if not state.measures:
            return f"{before}，{query.question}" if says_nothing(before) else None
        return f"{query.question}，{told[0].text}" if puts_right(self.policy, query, state) else None


def _told_of_the_stages(text: str, state: DialogueState) -> str:
    """What was told before; of stages that were left aside since (只报一期呢 … 那二期呢, 两期一共呢) the turn that told
    their sums."""
    named = STAGE.findall(text)
    turns = [*state.turns, state.told]
    for at in range(len(turns) - 1, -1, -1):
        turn = turns[at]
        aside = len(named) == 1 and named[0] in turn and (turn == state.told or len(find_money(turn)) > 1)
        if aside or names_all_stages(text, turn):
            return turn if turn == state.told else with_stages_anew(turn, turns[at + 1 : -1])
    return state.told


def _last_told(state: DialogueState) -> str:
    """What was told before, with the last turn where that told of no base (第一年拿了380万)."""
    return "，".join((state.told, *state.turns[-1:]))


def _without_talk(facts: Mapping[str, str], text: str, part: str) -> Mapping[str, str]:
    """房贷利率又涨了愁人,公司这边科技贷款利息38万: the kind of loan or insurance is that of what is asked."""
    if part == text or not _ITS_SUM.search(part) or _TOLD_OF_IT.search(text[: len(text) - len(part)]):
        return facts
    asked_of = read_facts(part, roles_of_places(part, find_places(part)))
    return {**facts, **{fact: asked_of[fact] for fact in _KINDS & facts.keys() & asked_of.keys()}}


def _of_a_stage(facts: Mapping[str, str], text: str, told: str) -> Mapping[str, str]:
    """二期只有2000万, after both stages of a new platform were told: no extension of an older one; and what was not
    paid in one part of a year (四季度没付) is not said of the rest."""
    if find_money(told) and _NOT_PAID_THEN.search(text) and not find_money(text):
        facts = {fact: value for fact, value in facts.items() if fact != "payment"}
    if facts.get(_BUILT) != "extension" or not STAGE.search(told):
        return facts
    read = read_facts(f"{told}，{text}", roles_of_places(told, ())).get(_BUILT)
    rest = {fact: value for fact, value in facts.items() if fact != _BUILT}
    return {**rest, _BUILT: read} if read else rest


_NOT_PAID_THEN = re.compile(rf"({STAGE.pattern})(还|都|就|的)*(没有?|未)(付|用|花|交|缴)")
_BUILT = "construction"
_ITS_SUM = re.compile(r"科技(贷款|保险)[^,，。;]{0,8}\d")
_TOLD_OF_IT = re.compile(r"是|我|咱|[买投贷借办]的")
_KINDS = frozenset({"loan", "insurance"})


def open_reader(policy: Policy, suggest: Suggest) -> Reader:
    """A reader for one policy. Raises CorpusError for unusable vocabulary."""
    return Reader(policy, build_lexicon(policy), suggest)
