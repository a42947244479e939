"""Which measures a turn is about, beyond those that it names: by article, by figure, by amounts, by who asks."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from assistant.calculator.money import find_money
from assistant.calculator.rates import find_rates
from assistant.policy.loader import Policy
from assistant.policy.measure import Base, Measure, Per
from assistant.understanding import lexicon
from assistant.understanding.query import DialogueState, Query
from assistant.understanding.subject.departments import in_charge
from assistant.understanding.subject.names import Subject
from assistant.understanding.sums.match import takes_amounts
from assistant.understanding.turns import OF_AN_AMOUNT

_GENERIC_LOAN = 4
_I_AM = re.compile(
    r"(我们?|咱们?|这边)(其实|就)?是|作为|(我们|咱们?|我|本)行(自己|自身|本身|这边|这头|呢|也|能|有|可以)|(银行|企业|公司|客户)(自己|自身|本身|这边|这头)?(呢|有(什么|没有|啥))"
)
_WHICH_MEASURE = re.compile(
    r"哪(一|几|些|[两二三四五])?(项|条|个|种|款|样|里|儿|类|些)|的(都)?(有|是)(谁|什么|啥|几(项|个|条|样))|什么(项目|补贴|支持)|(指|说|补|奖|给)的?是?(什么|啥)|对应(什么|哪)|是(什么|哪)[^,，。]{0,4}(补贴|钱|支持|奖励)"
    r"|(最[高多]|封顶|上限|顶格)(只|才|就|也|能)*(给|补|奖|到|有|是)*(的是)?[\d一二三四五六七八九十百千]+[万亿]元?的呢?[?？]?$"
    r"|[万亿%]元?(那|这)?个?(又|到底|究竟)?是(什么|啥)[?？]?$"
)


_NOTHING_BESIDE = re.compile(
    r"(这?个?|那)?(最高|上限|封顶|顶格|最多|至多)(额|限额|数)?(是|为|到)?元?(的|的?那(个|项|条|笔))?[.。?？]?"
)
"""最高50万: a message that is nothing but a ceiling."""


def for_applicant(
    policy: Policy, named: list[Subject], found: Sequence[Subject], facts: Mapping[str, str]
) -> list[Subject]:
    """Of measures in one article, the one that is for the asker (a bank asking about loans)."""
    applicant = facts.get("applicant")
    if not applicant or not named:
        return named

    def fits(subject: Subject) -> bool | None:
        criteria = [c for c in policy.by_id[subject.id].criteria if c.fact == "applicant"]
        return None if not criteria else any(applicant in c.met for c in criteria)

    articles = {policy.by_id[s.id].article for s in named}
    if not all(len(hit.text) <= _GENERIC_LOAN and "贷" in hit.text for s in named for hit in s.hits):
        return named
    better = [s for s in found if fits(s) and policy.by_id[s.id].article in articles]
    return better if better and all(fits(s) is False for s in named) else named


def beside(policy: Policy, measures: Sequence[str], query: Query) -> list[str]:
    """What else the same article has for somebody who asks for all there is, or is barred from what he asks for,
    where what he tells meets it."""
    criteria = [c for m in measures for c in policy.by_id[m].criteria]
    barred = any(query.facts.get(c.fact) in c.unmet for c in criteria)
    if not (barred or query.asks & {"overview", "period"}):
        return []
    articles = {policy.by_id[m].article for m in measures}
    told = {c.fact for c in criteria if not c.presumed}
    others = [
        m for m in policy.measures if m.article in articles and {c.fact for c in m.criteria if not c.presumed} - told
    ]
    if not barred and "overview" not in query.asks:  # 每年还有钱吗: only what is given year by year
        again = not _IN_PARTS.search(query.question)
        others = [m for m in others if again and m.cap and m.cap.per is Per.YEAR]
    return [
        m.id
        for m in others
        if all(query.facts.get(c.fact) in c.met or (c.presumed and c.fact not in query.facts) for c in m.criteria)
    ]


# 一次打完还是分几年: how the one sum is paid out, not what comes after it.
_IN_PARTS = re.compile(r"分(着|成)?(几|多少|\d|[一二两三四五六])?(年|批|次|笔|期)|一(把|次|笔|口气|下子|股脑)")


def for_newcomer(policy: Policy, query: Query, state: DialogueState) -> tuple[str, ...]:
    """The measures under discussion; for somebody who turns out to be another, the one of the same article for him
    (其实我是银行的)."""
    applicant = query.facts.get("applicant")
    if not applicant or not _I_AM.search(query.question) or not state.measures:
        return state.measures
    articles = {policy.by_id[m].article for m in state.measures}
    barred = [c for m in state.measures for c in policy.by_id[m].criteria if applicant in c.unmet]
    fitting = [m.id for m in policy.measures if m.article in articles and applicant in _applicants(m)]
    return tuple(fitting) if barred and fitting else state.measures


_SUPPORT = re.compile(
    r"补(?!习|课|办|牙)|奖(?!金|状|杯)|贴|支持|资助|申请|申报|给|拿|领|享受|够格|资格|认|行不行|行[吗么]|管用|作数|算数"
)


def pertinent_to(policy: Policy, named: Sequence[Subject], query: Query) -> bool:
    """Whether a verdict is asked for and something told that a condition of the measures named asks about
    (货车的商业车险能套科技保费补贴吗), or one of the policy's departments is named for the measure."""
    facts = {c.fact for s in named for c in policy.by_id[s.id].criteria} - {"applicant"}
    judged = "eligibility" in query.asks and bool(facts & set(query.facts)) and bool(_SUPPORT.search(query.question))
    return judged or in_charge(policy, query.question)


def only_its_base(policy: Policy, named: Sequence[Subject], state: DialogueState) -> bool:
    """Whether what seems to name a measure only names the base of the one under discussion (里面AI软件650万)."""
    if any(subject.id in state.measures for subject in named):
        return False
    return all(only_base(policy, subject, state.measures) for subject in named)


def only_base(policy: Policy, subject: Subject, measures: Sequence[str]) -> bool:
    """Whether the words that seem to name a measure are all words of the base of ``measures``."""
    words = sorted((word for base in _bases(policy, measures) for word in base.words), key=len, reverse=True)
    pattern = re.compile("|".join(map(re.escape, words)))
    return bool(words) and all(not pattern.sub("", hit.text) for hit in subject.hits)


def by_quoted_term(policy: Policy, text: str) -> tuple[str, ...]:
    """Measures whose clause holds a term that the policy itself puts in quotation marks (一事一议)."""
    terms = {term for m in policy.measures for term in re.findall("“([^”]{3,})”", m.quote) if term in text}
    terms = {term for term in terms if term not in policy.short_title}
    return tuple(m.id for m in policy.measures if any(term in m.quote for term in terms))


def asks_base(policy: Policy, query: Query) -> bool:
    """Whether the base itself is asked for (支持150万对应的AI投资是多少)."""
    words = [word for base in _bases(policy, query.measures) for word in base.words if len(word) > 1]
    return any(
        re.search(rf"{re.escape(word)}(总额|额)?(应该|大概|当时|得|要|需要)*(是|有|到|为)(多少|几)", query.question)
        for word in words
    )


def names_base(policy: Policy, query: Query, state: DialogueState) -> bool:
    """Whether a turn names the base of the measure under discussion, or what is mistaken for it."""
    words = [word for base in _bases(policy, state.measures) for word in (*base.words, *base.not_words)]
    return any(len(word) > 1 and word in query.question for word in words)


def names_base_in_full(policy: Policy, query: Query, state: DialogueState) -> bool:
    """Whether a turn has the name of the base under discussion (请专家的机票算不算活动费用), whatever else it names."""
    words = [word for base in _bases(policy, state.measures) for word in (base.name, *base.words)]
    return any(len(word) > _SHORT_WORD + 1 and word in query.question for word in words)


def place_decides(policy: Policy, named: Sequence[Subject], query: Query) -> bool:
    """Whether somebody from elsewhere asks for Suzhou's own (公司在嘉兴，租苏州算力平台): a verdict, no refusal."""
    facts = {c.fact for subject in named for c in policy.by_id[subject.id].criteria}
    return {"place", "compute-platform"} <= facts and query.facts.get("compute-platform") == "suzhou"


def asks_what_counts(policy: Policy, named: Sequence[Subject], query: Query) -> bool:
    """Whether the question is what counts in the base of a measure named (年度销售总额含税吗)."""
    bases = _bases(policy, [subject.id for subject in named])
    words = [word for base in bases for word in (base.name, *base.words) if len(word) > _SHORT_WORD]
    in_base = any(word in query.question for word in words)
    return in_base and "counted" in query.asks and bool(_WITH_TAX.search(query.question))


_WITH_TAX = re.compile(r"含[^,，。]{0,3}税|[不去除]税|价税|税(前|后)价")

_SHORT_WORD = 2


def about_it(policy: Policy, query: Query, state: DialogueState) -> bool:
    """Whether a turn speaks of the measure under discussion: of a fact that only its criteria ask about (市里认定了
    就行，还是得省里), of those that alone can have it, or of a figure that it has (多出来那20%)."""
    measures = [policy.by_id[m] for m in state.measures if m in policy.by_id]
    if "period" in query.asks and any(m.cap and m.cap.per for m in measures):
        return True
    if "银行" in query.question and any("bank" in _applicants(m) for m in measures):  # 财政和银行按几比几分担
        return True
    facts = {c.fact for m in measures for c in m.criteria} - OF_ANYBODY
    rates = {rate.maximum for rate in find_rates(query.question)}
    own = {m.rate.maximum for m in measures if m.rate} | {m.uplift.rate for m in measures if m.uplift}
    return bool(facts & set(query.facts) or rates & own)


def asks_of_its_facts(policy: Policy, text: str, state: DialogueState) -> bool:
    """属于医药制造？: whether a turn has words of a fact that only the criteria under discussion ask about."""
    facts = {c.fact for m in state.measures if m in policy.by_id for c in policy.by_id[m].criteria} - OF_ANYBODY
    facts |= {"industry"} if any(policy.by_id[m].uplift for m in state.measures if m in policy.by_id) else set()
    known = lexicon.facts()
    return any(pattern.search(text) for fact in facts if fact in known for pattern in known[fact].values())


def only_moves(policy: Policy, query: Query, named: Sequence[Subject], state: DialogueState) -> bool:
    """Whether what seems to name a measure only mends where the asker sits (无锡的 … 那迁到苏州再申请呢)."""
    of_place = any(c.fact == "place" for m in state.measures for c in policy.by_id[m].criteria)
    moved = state.facts.get("place") == "elsewhere" and query.facts.get("place") in ("suzhou", "planned")
    return of_place and moved and all(_MOVED.search(hit.text) for subject in named for hit in subject.hits)


_MOVED = re.compile(r"[搬迁转]|落户|注册")


def puts_right(policy: Policy, query: Query, state: DialogueState) -> bool:
    """Whether a turn mends what the amount told before failed (如果都搬到苏州算力平台上)."""
    return bool(mended(policy, query, state) & set(OF_AN_AMOUNT))


def mended(policy: Policy, query: Query, state: DialogueState) -> set[str]:
    """The facts that failed a measure under discussion before and meet it now."""
    measures = [m for m in query.measures or state.measures if m in state.measures and m in policy.by_id]
    criteria = [c for m in measures for c in policy.by_id[m].criteria]
    facts = query.facts
    return {c.fact for c in criteria if state.facts.get(c.fact) in c.unmet and facts.get(c.fact) in c.met}


OF_ANYBODY = frozenset({"applicant", "place", "field", "payment"})


def looks_for_figure(policy: Policy, query: Query, *, discussed: bool) -> bool:
    """Whether the question looks for the measures that have a figure (封顶2000万的是哪一项, 哪几项按20%补). A ceiling
    and nothing else (封顶500万？) is one to be confirmed where a measure is ``discussed``."""
    told, shares = find_money(query.question), find_rates(query.question)
    spans = [(money.start, money.end) for money in told] + [(share.start, share.end) for share in shares]
    rest = "".join(c for i, c in enumerate(query.question) if not any(a <= i < b for a, b in spans))
    alone = bool(spans) and not discussed and bool(_NOTHING_BESIDE.fullmatch(rest))
    if not (alone or _WHICH_MEASURE.search(query.question)):
        return False
    amounts = {money.maximum for money in told}
    rates = {end for rate in shares for end in (rate.minimum, rate.maximum)}
    return bool(policy.with_figure(amounts, rates))


def with_ends(policy: Policy, query: Query) -> tuple[str, ...]:
    """The measures with a range of rates whose ends are the rates named (怎么才能按30%拿，不按10%)."""
    told = {end for rate in find_rates(query.question) for end in (rate.minimum, rate.maximum)}
    ranged = [m for m in policy.measures if m.rate and m.rate.minimum < m.rate.maximum]
    return tuple(m.id for m in ranged if told and m.rate and told <= {m.rate.minimum, m.rate.maximum})


def _bases(policy: Policy, measures: Sequence[str]) -> list[Base]:
    bases = [policy.by_id[m].base for m in measures if m in policy.by_id]
    return [base for base in bases if base]


def takes(policy: Policy, subject: Subject) -> bool:
    return takes_amounts(policy.by_id[subject.id])


def _applicants(measure: Measure) -> set[str]:
    return {value for criterion in measure.criteria if criterion.fact == "applicant" for value in criterion.met}
