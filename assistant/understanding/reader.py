"""Understanding: a question and what was said before become a typed query, with no language model."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.calculator.money import find_money
from assistant.calculator.rates import find_rates
from assistant.policy.loader import Policy
from assistant.policy.measure import Kind
from assistant.understanding.amount_reading import read_amounts
from assistant.understanding.amount_sides import asked
from assistant.understanding.articles import find_articles
from assistant.understanding.dates import find_dates
from assistant.understanding.dialogue import carry, corrected, follows
from assistant.understanding.facts import read_facts
from assistant.understanding.foreign import (
    APPLICATION,
    APPLYING,
    POLICY_ASKS,
    POLICY_WORDS,
    about_support,
    asks_application,
    bound,
    foreign_after_all,
    foreign_place,
    says_little,
    says_nothing,
    speaks_of_another,
    talks_of_policy,
)
from assistant.understanding.lexicon import Lexicon, build_lexicon
from assistant.understanding.measure_choice import (
    about_it,
    asks_base,
    back_to,
    beside,
    beside_amounts,
    by_quoted_term,
    for_applicant,
    for_newcomer,
    in_charge,
    looks_for_figure,
    names_base,
    of_article,
    only_its_base,
    only_moves,
    pertinent_to,
    pruned,
    puts_right,
)
from assistant.understanding.normalise import normalise
from assistant.understanding.places import PlaceReading, find_places, roles_of_places
from assistant.understanding.query import DialogueState, Query, Scope
from assistant.understanding.referents import left_out, with_figures
from assistant.understanding.scope import ScopeFinding, judge_subject
from assistant.understanding.subject import Subject, find_measures, find_rules
from assistant.understanding.topic_view import FRESH, LIKELY, SURE, Topic
from assistant.understanding.turns import (
    asked_only,
    introduces,
    leans_on,
    several_discussed,
    tells,
    together_with_it,
    with_earlier,
    with_units,
    years,
)

Suggest = Callable[[str], Sequence[tuple[str, float]]]
"""Text → (subject label, probability), most probable first: the learned subject model."""


_SUSPECT = 0.3
_STACKED = re.compile(r"就高|重复|叠加|同时|冲突|都能拿|一起拿")


_FULL_QUESTION = 9
_OTHERS = "other-company"
_NOT_LOOKED_AT = 4000
_OFF_TOPIC = 6
_NEGATIVE = re.compile(r"(^|[^\d万亿元~])-\s*$")
_APPLY = re.compile(r"申报|申请|报项目|报名|参报")
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
        text = with_units(normal.text, state)
        every_amount, rates = find_money(text), find_rates(text)
        amounts = tuple(money for money in every_amount if not _NEGATIVE.search(text[: money.start]))
        reading = roles_of_places(text, find_places(text))
        articles, unknown_articles = find_articles(self.policy.document, text)
        query = Query(
            question=text,
            original=question,
            as_of=as_of,
            language=normal.language,
            asks=asked(text, amounts),
            articles=articles,
            unknown_articles=unknown_articles,
            years=years(text),
            facts=read_facts(text, reading),
            dates=find_dates(text, as_of),
            foreign_money=any(money.currency != "CNY" for money in amounts),
            zero_money=any(money.maximum <= 0 for money in amounts) or len(amounts) < len(every_amount),
            corrections=normal.corrections,
        )
        found = find_measures(self.lexicon, text)
        rules = tuple(rule.id for rule in find_rules(self.lexicon, text))
        named = [s for s in found if s.strong or any(_THIS_ONE.match(text, hit.end) for hit in s.hits)]
        hinted = [] if "inverse" in query.asks else beside_amounts(self.policy, text, found, amounts)
        named = pruned(self.policy, [*named, *hinted], query, amounts, both=bool(rules))
        named = for_applicant(self.policy, named, found, {**state.facts, **query.facts})
        if "open_fact_deadline" in query.asks and re.search(r"申报|申请|报名|受理", text):
            rules = tuple(rule for rule in rules if rule != "validity")
        discussed = [subject.id for subject in named] or state.measures
        if any(self.policy.by_id[m].kind is Kind.MATCHED for m in discussed) and not _STACKED.search(text):
            rules = tuple(rule for rule in rules if rule != "no-duplication")
        spans = tuple((hit.start, hit.end) for subject in named for hit in subject.hits)
        finding = judge_subject(text, has_measure=bool(named), measure_spans=spans)
        query = self._subject(query, named, found, rules, state, reading, finding, bool(amounts), bool(rates))
        if asks_base(self.policy, query):
            query = replace(query, asks=query.asks | {"inverse"})
        told = corrected(text, state.told) if state.told and set(query.measures) & set(state.measures) else None
        if not told:
            told = self._with_what_was_told(query, state, shares=bool(rates), amounts=bool(amounts))
        if told:
            corrected_query = replace(query, question=told)
            amounts, rates = find_money(told), find_rates(told)
            query = read_amounts(self.policy, corrected_query, named, amounts, rates, state, retold=True)
            query = replace(query, question=text, told=told)
        else:
            query = read_amounts(self.policy, query, named, amounts, rates, state)
        return carry(self.policy, query, state)

    def _with_what_was_told(self, query: Query, state: DialogueState, *, shares: bool, amounts: bool) -> str | None:
        """The text with the sum told just before that was no base yet: its share is given (合同340万 … 已经付了四成),
        what it was for (花了300万能补多少 … 算力), or what it lacked (阿里云380万 … 都搬到苏州算力平台)."""
        if amounts or not state.words or any(measure in state.bases for measure in query.measures):
            return None
        before = normalise(state.words[-1]).text
        if shares:
            return f"{before}，{query.question}" if query.carried else None
        told = find_money(before)
        if len(told) != 1 or len(query.measures) != 1 or query.asks & {"inverse"}:
            return None
        if not state.measures:
            return f"{before}，{query.question}" if says_nothing(before) else None
        return f"{query.question}，{told[0].text}" if puts_right(self.policy, query, state) else None

    def _subject(
        self,
        query: Query,
        named: Sequence[Subject],
        found: Sequence[Subject],
        rules: tuple[str, ...],
        state: DialogueState,
        reading: PlaceReading,
        finding: ScopeFinding | None,
        amounts: bool,
        shares: bool,
    ) -> Query:
        """Settles what the question is about: small talk, another place or subject, named, carried or suggested."""
        injection = bool(finding and finding.injection)
        if not re.search(r"\w", query.question):
            return query
        told = tells(query, state)
        topic = Topic.of(self.suggest(asked_only(query.question)))
        query = asks_application(query, topic, discussed=bool(named or state.measures))
        applying = APPLICATION in query.asks
        applying = applying or ("open_fact_further" in query.asks and bool(_APPLY.search(query.question)))
        if told or applying or ("issuer" in query.asks and not named):
            finding = None
        if finding and finding.small_talk and not named and not rules:
            return replace(query, small_talk=finding.small_talk, injection=injection)
        asked_for = asked_only(query.question)
        topic = Topic.of(self.suggest(query.question if says_little(asked_for) else asked_for))
        if finding and finding.subject == _OTHERS and finding.whole and topic.foreign >= _SUSPECT:
            return replace(query, scope=Scope("subject", finding.subject), injection=injection)
        if asked := foreign_place(query.question, reading, state):
            measures = tuple(subject.id for subject in named)
            return replace(query, measures=measures, scope=Scope("place", asked), injection=injection)
        policy_talk = talks_of_policy(query, bool(rules), discussed=bool(state.measures))
        policy_talk = policy_talk or (bool(found) and in_charge(self.policy, query.question))
        if says_nothing(query.question) and not (named or found or state.measures or policy_talk):
            return query
        if not amounts and (out := left_out(self.policy, query.question, found, state)):
            rest = tuple(measure for measure in with_figures(state) if measure not in out)
            return replace(query, measures=rest, asks=query.asks | {"add_up"}, left_out=out, carried=True)
        several = several_discussed(query, state)
        if several and not named:
            rules = rules if _STACKED.search(query.question) else ()
            return replace(query, rules=rules, measures=several, carried=True)
        if finding and finding.subject and not named and not (policy_talk and (found or finding.confidence < SURE)):
            return replace(query, scope=Scope("subject", finding.subject), injection=injection)
        query = replace(query, rules=rules, injection=injection)
        share_told = bool(state.last_bases) and state.last_bases[0].whole_only and not amounts and shares
        if share_told:
            return replace(query, measures=state.measures, carried=True)
        if named and only_moves(self.policy, query, named, state):
            return replace(query, measures=state.measures, carried=True)
        if named and amounts and only_its_base(self.policy, named, state):
            return replace(query, measures=state.measures, carried=True)
        if named:
            pertinent = pertinent_to(self.policy, named, query)
            if scope := foreign_after_all(query, named, finding, topic, state, pertinent=pertinent):
                return replace(query, scope=scope)
            joined = state.measures if rules and together_with_it(query.question) else ()
            if "add_up" in query.asks and with_earlier(query.question):
                joined = tuple(measure for measure in state.discussed if measure in state.bases)
            measures = (*(subject.id for subject in named), *joined)
            return replace(query, measures=tuple(dict.fromkeys((*measures, *beside(self.policy, measures, query)))))
        if query.articles or query.unknown_articles:
            return replace(query, measures=of_article(self.policy, query))
        fresh = (
            topic.own_probability >= FRESH
            and len(query.question) >= _FULL_QUESTION
            and not names_base(self.policy, query, state)
            and not about_it(self.policy, query, state)
            and not (amounts and "no-duplication" in rules)  # 区里也给800万,能叠加不: for what is under discussion
        )
        if "issuer" in query.asks and not rules:
            return query
        if looks_for_figure(self.policy, query) and not speaks_of_another(query.question):
            return replace(query, rules=(), by_figure=True)
        if introduces(query) and not state.measures:
            return query
        off_topic = (
            topic.foreign >= FRESH
            and not amounts
            and not policy_talk
            and not says_nothing(query.question)
            and not query.facts
            and not (shares and state.bases)
            and not told
            and not (state.measures and says_nothing(query.question))
            and len(query.question) >= _OFF_TOPIC
        )
        if off_topic and not names_base(self.policy, query, state) and not leans_on(query.question):
            return replace(query, scope=topic.scope)
        if back := back_to(self.policy, query, found, state):
            return replace(query, measures=back, carried=True)
        plain_rule = query.asks & POLICY_ASKS or POLICY_WORDS.search(query.question) or about_support(query)
        if rules and topic.foreign >= SURE and not plain_rule:
            return replace(query, scope=topic.scope)
        if rules and "no-duplication" not in rules:
            if not (amounts and state.measures):
                return query
            query, rules = replace(query, rules=()), ()
        if topic.foreign < LIKELY and (quoted := by_quoted_term(self.policy, query.question)):
            return replace(query, measures=quoted)
        continued = (
            follows(query.question, state)
            or names_base(self.policy, query, state)
            or about_it(self.policy, query, state)
            or told
            or (amounts and bool(state.measures))
        )
        continued = continued and not (not state.measures and (found or amounts))
        if continued and not (fresh and not leans_on(query.question)):
            carried_rules = rules or (state.rules if not state.measures else ())
            measures = for_newcomer(self.policy, query, state)
            if "period" in query.asks:  # 建完以后每年还给吗: what the same article gives year by year
                known = replace(query, facts={**state.facts, **query.facts})
                measures = tuple(beside(self.policy, measures, known)) or measures
            return replace(query, measures=measures, articles=state.articles, rules=carried_rules, carried=True)
        if rules or "validity_now" in query.asks:
            return replace(query, rules=rules or ("validity",))
        if self.policy.definition_of(query.question):
            return query
        if topic.foreign >= bound(bool(found), policy_talk) and not (applying or about_support(query)):
            return replace(query, scope=topic.scope)
        if topic.small and topic.probability >= SURE and not policy_talk:
            return replace(query, small_talk=topic.label.removeprefix("small:"))
        if says_nothing(query.question) and not found:
            return replace(query, measures=state.measures, carried=bool(state.measures))
        return self._suggested(query, topic, found)

    def _suggested(self, query: Query, topic: Topic, found: Sequence[Subject]) -> Query:
        """The subject model's choice where it is likely, or a hint of the vocabulary that it does not speak against."""
        label = topic.own_label
        if label == "rule:overview" and topic.own_probability >= LIKELY:
            return replace(query, asks=query.asks | {"overview"})
        if label == APPLYING:
            return query
        if label.startswith("rule:") and topic.own_probability >= LIKELY:
            return replace(query, rules=(label.removeprefix("rule:"),), suggested=True)
        if "overview" in query.asks and {"field", "applicant"} & set(query.facts):
            return query
        hints = {subject.id for subject in found}
        if label in self.policy.by_id and (topic.own_probability >= LIKELY or label in hints):
            unsure = label not in hints and topic.own_probability < SURE
            return replace(query, measures=(label,), suggested=unsure)
        return replace(query, measures=(found[0].id,), suggested=True) if found else query


def open_reader(policy: Policy, suggest: Suggest) -> Reader:
    """A reader for one policy. Raises CorpusError for unusable vocabulary."""
    return Reader(policy, build_lexicon(policy), suggest)
