"""Understanding: a question and what was said before become a typed query, with no language model."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.calculator.money import Money, find_money
from assistant.calculator.rates import find_rates
from assistant.policy.loader import Policy
from assistant.policy.measure import Kind, Measure
from assistant.understanding import lexicon
from assistant.understanding.amount_reading import read_amounts
from assistant.understanding.amounts import takes_amounts
from assistant.understanding.articles import find_articles
from assistant.understanding.base_shares import counts_whole
from assistant.understanding.dates import find_dates
from assistant.understanding.dialogue import carry, corrected, follows
from assistant.understanding.facts import read_facts
from assistant.understanding.foreign import (
    POLICY_ASKS,
    POLICY_WORDS,
    about_support,
    bound,
    foreign_after_all,
    foreign_place,
    says_nothing,
)
from assistant.understanding.lexicon import Lexicon, build_lexicon
from assistant.understanding.normalise import normalise
from assistant.understanding.places import PlaceReading, find_places, roles_of_places
from assistant.understanding.premises import departments_named
from assistant.understanding.query import DialogueState, Query, Scope
from assistant.understanding.scope import ScopeFinding, judge_subject
from assistant.understanding.subject import Subject, find_measures, find_rules
from assistant.understanding.topic_view import FRESH, LIKELY, SURE, Topic
from assistant.understanding.turns import (
    asked_clauses,
    asked_only,
    introduces,
    leans_on,
    several_discussed,
    stands_in,
    tells,
    together_with_it,
    with_earlier,
    years,
)

Suggest = Callable[[str], Sequence[tuple[str, float]]]
"""Text → (subject label, probability), most probable first: the learned subject model."""


_SUSPECT = 0.3
_STACKED = re.compile(r"就高|重复|叠加|同时|冲突|都能拿|一起拿")


_FULL_QUESTION = 9
_GENERIC_LOAN = 4
_OTHERS = "other-company"
_NOT_LOOKED_AT = 4000
_BACK = re.compile(r"回到|说回|再说|再问|还是问|那(块|方面|一块|部分|项)|细说|具体说|展开|继续(说|问)")
_ASKED_OF_ARTICLE = frozenset({"eligibility", "amount", "inverse"})
_ABOUT_ARTICLE = frozenset({"definition", "department", "article", "stated", "rate", "cap", "overview"})
_OFF_TOPIC = 6
_WHO = re.compile(r"(我们|我司|咱们?|我)(公司)?(是|这边是)?[^,，。]{0,8}(做|搞|研发|生产|从事|主营|一家)[^,，。]{0,16}")
_NEGATIVE = re.compile(r"(^|[^\d万亿元~])-\s*$")
_WHICH_MEASURE = re.compile(
    r"哪(一|几|些)?(项|条|个|种|款)|什么(项目|补贴|支持)|(指|说)的?是?什么|对应(什么|哪)|是(什么|哪)[^,，。]{0,4}(补贴|钱|支持|奖励)"
)
_IN_CHARGE = re.compile(r"管|负责|牵头|归")
_APPLY = re.compile(r"申报|申请|报项目|报名|参报")
_THIS_ONE = re.compile(r"(这|那)(一)?(条|项|块|款)")
_I_AM = re.compile(r"(我们?|咱们?|这边)(其实|就)?是|作为")
_COMPUTE = frozenset({"amount", "rate", "cap", "inverse"})


@dataclass(frozen=True)
class Reader:
    """Reads questions about one policy. ``suggest`` is the learned subject model."""

    policy: Policy
    lexicon: Lexicon
    suggest: Suggest

    def read(self, question: str, state: DialogueState, as_of: date) -> Query:
        """The query for ``question`` asked on ``as_of`` after the dialogue ``state``."""
        normal = normalise(question[:_NOT_LOOKED_AT])
        text = normal.text
        every_amount, rates = find_money(text), find_rates(text)
        amounts = tuple(money for money in every_amount if not _NEGATIVE.search(text[: money.start]))
        reading = roles_of_places(text, find_places(text))
        articles, unknown_articles = find_articles(self.policy.document, text)
        query = Query(
            question=text,
            original=question,
            as_of=as_of,
            language=normal.language,
            asks=frozenset(name for name, pattern in lexicon.asks().items() if pattern.search(text)),
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
        named = self._pruned([*named, *self._beside_amounts(found, amounts)], query, amounts, both=bool(rules))
        named = self._for_applicant(named, found, {**state.facts, **query.facts})
        if "open_fact_deadline" in query.asks and re.search(r"申报|申请|报名|受理", text):
            rules = tuple(rule for rule in rules if rule != "validity")
        if any(self.policy.by_id[s.id].kind is Kind.MATCHED for s in named) and not _STACKED.search(text):
            rules = tuple(rule for rule in rules if rule != "no-duplication")
        spans = tuple((hit.start, hit.end) for subject in named for hit in subject.hits)
        finding = judge_subject(text, has_measure=bool(named), measure_spans=spans)
        query = self._subject(query, named, found, rules, state, reading, finding, bool(amounts), bool(rates))
        if self._asks_base(query):
            query = replace(query, asks=query.asks | {"inverse"})
        told = corrected(text, state.told) if state.told and set(query.measures) & set(state.measures) else None
        if told:
            corrected_query = replace(query, question=told)
            query = read_amounts(self.policy, corrected_query, named, find_money(told), find_rates(told), state)
            query = replace(query, question=text, told=told)
        else:
            query = read_amounts(self.policy, query, named, amounts, rates, state)
        return carry(self.policy, query, state)

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
        if tells(query, state):
            finding = None
        if finding and finding.small_talk and not named and not rules:
            return replace(query, small_talk=finding.small_talk, injection=injection)
        topic = Topic.of(self.suggest(asked_only(query.question)))
        if finding and finding.subject == _OTHERS and finding.whole and topic.foreign >= _SUSPECT:
            return replace(query, scope=Scope("subject", finding.subject), injection=injection)
        if asked := foreign_place(query.question, reading):
            measures = tuple(subject.id for subject in named)
            return replace(query, measures=measures, scope=Scope("place", asked), injection=injection)
        policy_talk = bool(query.articles or query.unknown_articles or query.asks & POLICY_ASKS or rules)
        if found and _IN_CHARGE.search(query.question) and departments_named(self.policy, query.question):
            policy_talk = True
        if "issuer" in query.asks and not named:
            finding = None
        if finding and "open_fact_further" in query.asks and _APPLY.search(query.question):
            finding = None
        if says_nothing(query.question) and not (named or found or state.measures or policy_talk):
            return query
        several = several_discussed(query, state)
        if several and not named:
            return replace(query, rules=rules, measures=several, carried=True)
        if finding and finding.subject and not named and not (policy_talk and (found or finding.confidence < SURE)):
            return replace(query, scope=Scope("subject", finding.subject), injection=injection)
        query = replace(query, rules=rules, injection=injection)
        share_told = bool(state.last_bases) and state.last_bases[0].whole_only and not amounts and shares
        if share_told:
            return replace(query, measures=state.measures, carried=True)
        if named and amounts and self._only_its_base(named, state):
            return replace(query, measures=state.measures, carried=True)
        if named:
            if scope := foreign_after_all(query, named, finding, topic, state):
                return replace(query, scope=scope)
            joined = state.measures if rules and together_with_it(query.question) else ()
            if "add_up" in query.asks and with_earlier(query.question):
                joined = tuple(measure for measure in state.discussed if measure in state.bases)
            measures = (*(subject.id for subject in named), *joined)
            return replace(query, measures=tuple(dict.fromkeys((*measures, *self._beside(measures, query)))))
        if query.articles or query.unknown_articles:
            return replace(query, measures=self._of_article(query))
        fresh = (
            topic.own_probability >= FRESH
            and len(query.question) >= _FULL_QUESTION
            and not self._base_words(query, state)
            and not (amounts and "no-duplication" in rules)  # 区里也给800万,能叠加不: for what is under discussion
        )
        if "issuer" in query.asks and not rules:
            return query
        if self._by_figure(query):
            return replace(query, rules=(), by_figure=True)
        if introduces(query) and not state.measures:
            return query
        off_topic = (
            topic.foreign >= FRESH
            and not amounts
            and not policy_talk
            and not query.facts
            and not (shares and state.bases)
            and not tells(query, state)
            and len(query.question) >= _OFF_TOPIC
        )
        if off_topic and not self._base_words(query, state) and not leans_on(query.question):
            return replace(query, scope=topic.scope)
        if back := self._back_to(query, found, state):
            return replace(query, measures=back, carried=True)
        plain_rule = query.asks & POLICY_ASKS or POLICY_WORDS.search(query.question) or about_support(query)
        if rules and topic.foreign >= SURE and not plain_rule:
            return replace(query, scope=topic.scope)
        if rules and "no-duplication" not in rules:
            if not (amounts and state.measures):
                return query
            query, rules = replace(query, rules=()), ()
        if topic.foreign < LIKELY and (quoted := self._by_quoted_term(query.question)):
            return replace(query, measures=quoted)
        continued = (
            follows(query.question, state) or self._base_words(query, state) or (amounts and bool(state.measures))
        )
        continued = continued and not (not state.measures and (found or amounts))
        if continued and not (fresh and not leans_on(query.question)):
            carried_rules = rules or (state.rules if not state.measures else ())
            measures = self._for_newcomer(query, state)
            return replace(query, measures=measures, articles=state.articles, rules=carried_rules, carried=True)
        if rules or "validity_now" in query.asks:
            return replace(query, rules=rules or ("validity",))
        if self.policy.definition_of(query.question):
            return query
        if topic.foreign >= bound(bool(found), policy_talk) and not about_support(query):
            return replace(query, scope=topic.scope)
        if topic.small and topic.probability >= SURE and not policy_talk:
            return replace(query, small_talk=topic.label.removeprefix("small:"))
        if says_nothing(query.question) and not found:
            return replace(query, measures=state.measures, carried=bool(state.measures))
        return self._suggested(query, topic, found)

    def _for_applicant(self, named: list[Subject], found: Sequence[Subject], facts: Mapping[str, str]) -> list[Subject]:
        """Of measures in one article, the one that is for the asker (a bank asking about loans)."""
        applicant = facts.get("applicant")
        if not applicant or not named:
            return named

        def fits(subject: Subject) -> bool | None:
            criteria = [c for c in self.policy.by_id[subject.id].criteria if c.fact == "applicant"]
            return None if not criteria else any(applicant in c.met for c in criteria)

        articles = {self.policy.by_id[s.id].article for s in named}
        if not all(len(hit.text) <= _GENERIC_LOAN and "贷" in hit.text for s in named for hit in s.hits):
            return named
        better = [s for s in found if fits(s) and self.policy.by_id[s.id].article in articles]
        return better if better and all(fits(s) is False for s in named) else named

    def _beside(self, measures: Sequence[str], query: Query) -> list[str]:
        """What else the same article has for somebody who asks for all there is, or is barred from what he asks for,
        where what he tells meets it."""
        criteria = [c for m in measures for c in self.policy.by_id[m].criteria]
        barred = any(query.facts.get(c.fact) in c.unmet for c in criteria)
        if not (barred or query.asks & {"overview", "period"}):
            return []
        articles = {self.policy.by_id[m].article for m in measures}
        told = {c.fact for c in criteria}
        others = [m for m in self.policy.measures if m.article in articles and {c.fact for c in m.criteria} - told]
        return [m.id for m in others if all(query.facts.get(c.fact) in c.met for c in m.criteria)]

    def _for_newcomer(self, query: Query, state: DialogueState) -> tuple[str, ...]:
        """The measures under discussion; for somebody who turns out to be another, the one of the same article for him
        (其实我是银行的)."""
        applicant = query.facts.get("applicant")
        if not applicant or not _I_AM.search(query.question) or not state.measures:
            return state.measures
        articles = {self.policy.by_id[m].article for m in state.measures}
        barred = [c for m in state.measures for c in self.policy.by_id[m].criteria if applicant in c.unmet]
        fitting = [m.id for m in self.policy.measures if m.article in articles and applicant in _applicants(m)]
        return tuple(fitting) if barred and fitting else state.measures

    def _only_its_base(self, named: Sequence[Subject], state: DialogueState) -> bool:
        """Whether what seems to name a measure only names the base of the one under discussion (里面AI软件650万)."""
        bases = [self.policy.by_id[m].base for m in state.measures if m in self.policy.by_id]
        words = sorted((word for base in bases if base for word in base.words), key=len, reverse=True)
        if not words or any(subject.id in state.measures for subject in named):
            return False
        pattern = re.compile("|".join(map(re.escape, words)))
        return all(not pattern.sub("", hit.text) for subject in named for hit in subject.hits)

    def _by_quoted_term(self, text: str) -> tuple[str, ...]:
        """Measures whose clause holds a term that the policy itself puts in quotation marks (一事一议)."""
        terms = {term for m in self.policy.measures for term in re.findall("“([^”]{3,})”", m.quote) if term in text}
        terms = {term for term in terms if term not in self.policy.short_title}
        return tuple(m.id for m in self.policy.measures if any(term in m.quote for term in terms))

    def _asks_base(self, query: Query) -> bool:
        """Whether the base itself is asked for (支持150万对应的AI投资是多少)."""
        bases = [self.policy.by_id[m].base for m in query.measures if m in self.policy.by_id]
        words = [word for base in bases if base for word in base.words if len(word) > 1]
        return any(
            re.search(rf"{re.escape(word)}(总额|额)?(应该|大概|当时|得|要|需要)*(是|有|到|为)(多少|几)", query.question)
            for word in words
        )

    def _of_article(self, query: Query) -> tuple[str, ...]:
        """The measures with figures or criteria of the one article that a verdict or a sum is asked of."""
        if len(query.articles) != 1 or not query.asks & _ASKED_OF_ARTICLE or query.asks & _ABOUT_ARTICLE:
            return ()
        return tuple(m.id for m in self.policy.of_article(query.articles[0]) if m.criteria or m.computable)

    def _back_to(self, query: Query, found: Sequence[Subject], state: DialogueState) -> tuple[str, ...]:
        """回到平台, 贷款那块细说: a hint picks among the measures discussed, or opens the one hinted at."""
        if not found or not _BACK.search(query.question):
            return ()
        discussed = [subject.id for subject in found if subject.id in state.discussed]
        return tuple(discussed[:1]) or (found[0].id,)

    def _base_words(self, query: Query, state: DialogueState) -> bool:
        """Whether a turn names the base of the measure under discussion, or what is mistaken for it."""
        bases = [self.policy.by_id[m].base for m in state.measures if m in self.policy.by_id]
        words = [word for base in bases if base for word in (*base.words, *base.not_words) if len(word) > 1]
        return any(word in query.question for word in words)

    def _by_figure(self, query: Query) -> bool:
        """Whether the question looks for the measures that have a figure (封顶2000万的是哪一项, 哪几项按20%补)."""
        if "highest" in query.asks:
            return True
        if not _WHICH_MEASURE.search(query.question):
            return False
        amounts = {money.maximum for money in find_money(query.question)}
        rates = {(rate.minimum, rate.maximum) for rate in find_rates(query.question)}
        return any(
            (measure.cap and measure.cap.amount in amounts)
            or (measure.rate and (measure.rate.minimum, measure.rate.maximum) in rates)
            for measure in self.policy.measures
        )

    def _suggested(self, query: Query, topic: Topic, found: Sequence[Subject]) -> Query:
        """The subject model's choice where it is likely, or a hint of the vocabulary that it does not speak against."""
        label = topic.own_label
        if label == "rule:overview" and topic.own_probability >= LIKELY:
            return replace(query, asks=query.asks | {"overview"})
        if label.startswith("rule:") and topic.own_probability >= LIKELY:
            return replace(query, rules=(label.removeprefix("rule:"),), suggested=True)
        if "overview" in query.asks and {"field", "applicant"} & set(query.facts):
            return query
        hints = {subject.id for subject in found}
        if label in self.policy.by_id and (topic.own_probability >= LIKELY or label in hints):
            unsure = label not in hints and topic.own_probability < SURE
            return replace(query, measures=(label,), suggested=unsure)
        return replace(query, measures=(found[0].id,), suggested=True) if found else query

    def _beside_amounts(self, found: Sequence[Subject], amounts: Sequence[Money]) -> list[Subject]:
        """Measures only hinted at that an amount follows, beside one that is named (平台一亿二)."""
        strong = [self.policy.by_id[subject.id] for subject in found if subject.strong]
        # What a matter costs is made up of many things (设备1800万、软件250万): they are no measures of their own.
        if len(amounts) < 2 or not strong or any(counts_whole(measure) for measure in strong):
            return []
        starts = {money.start for money in amounts}
        hinted = [subject for subject in found if not subject.strong and self._figures(subject)]
        return [s for s in hinted if any(start in starts for hit in s.hits for start in (hit.end, hit.end + 1))]

    def _pruned(self, named: Sequence[Subject], query: Query, amounts: Sequence[Money], *, both: bool) -> list[Subject]:
        """Drops what is only mentioned: measures of other articles than the one named, and background measures.

        ``both``: the question is whether several go together, so that none is background.
        """
        kept = list(named)
        if "overview" in query.asks and (who := _WHO.search(query.question)):
            kept = [s for s in kept if any(not who.start() <= hit.start < who.end() for hit in s.hits)]
        if query.articles:
            inside = [s for s in kept if self.policy.by_id[s.id].article in query.articles]
            kept = inside or kept
        if len(kept) < 2:
            return kept
        asked = asked_clauses(query.question)
        leading = [s for s in kept if self._figures(s)]
        if leading and not both and (_COMPUTE & query.asks or amounts):
            kept = [s for s in kept if self._figures(s) or any(stands_in(hit.start, asked) for hit in s.hits)]
        return kept

    def _figures(self, subject: Subject) -> bool:
        return takes_amounts(self.policy.by_id[subject.id])


def _applicants(measure: Measure) -> set[str]:
    return {value for criterion in measure.criteria if criterion.fact == "applicant" for value in criterion.met}


def open_reader(policy: Policy, suggest: Suggest) -> Reader:
    """A reader for one policy. Raises CorpusError for unusable vocabulary."""
    return Reader(policy, build_lexicon(policy), suggest)
