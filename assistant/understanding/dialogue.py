"""What a turn takes over from the turns before it, and what it leaves for the next."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.calculator.money import find_money
from assistant.calculator.rates import find_rates
from assistant.calculator.steps import show
from assistant.policy.loader import Policy
from assistant.policy.measure import Measure
from assistant.understanding.articles import numeral as article_numeral
from assistant.understanding.base_amount import BaseAmount
from assistant.understanding.base_match import takes_amounts
from assistant.understanding.query import DialogueState, Query
from assistant.understanding.turns import OF_AN_AMOUNT, another_item, unmet_values

# Facts about the asker stay when the subject changes; facts about one measure's matter do not.
_LASTING = frozenset({"place", "applicant", "field", "stage", "title", "industry"})
_FOLLOWS = re.compile(
    r"^(那|那么|如果|要是|假如|假设|换成|改成|换|再|还有|另外|那要|然后|接着|对了|哦|嗯|好的?|行|是的?|不是|没有|有的?|刚才|刚刚|上面|前面|你说的|你刚|它|这|该|同样|一样|还是|说错|更正|纠正|不对|错了|其实|等等)"
    r"|呢[?？。!！]*$|^.{0,6}(呢|吗|么|嘛)[?？]*$|刚才|刚刚|上面|前面(说|提|那)|这(个|笔|项|一条|条|种)|那(个|笔|项|条|种)|它的?|投资数|数(字)?没变|金额(不变|没变|一样)|同样的?(钱|数|金额|投资)|还是(这|那)(个数|么多)"
)
_SAME_FIGURE = re.compile(
    r"呢[?？。!！]*$|^(那|如果|要是|换成|改成|假如|同样)|没变|不变|一样(的)?(数|钱|金额|投资)|同样的?|还是这(个数|么多)|也是(这|一样)|这笔|这些钱|这么多|^(等等|等一下|不对|错了|说错|搞错|弄错|更正)|[,，]不是|拿去|转去|全(部|都)?(是|用|投|花|拿)"
)
_EXPLICITLY_SAME = re.compile(r"没变|不变|同样|一样|还是这|也是这|这笔|这么多|拿去|转去|全(部|都)?(是|用|投|花|拿)")
_WHICH_ONE = re.compile(r"(拿|按|算|取|领|选|给)(到)?的?(是)?(哪|多)|哪(个|份|边)")
_SHORT = 14


def follows(text: str, state: DialogueState) -> bool:
    """Whether a turn that names no subject reads as a continuation."""
    if not (state.measures or state.rules or state.articles):
        return False
    return len(text) <= _SHORT or bool(_FOLLOWS.search(text))


def carry(policy: Policy, query: Query, state: DialogueState) -> Query:
    """Completes a query from the dialogue: figures, facts, awards; what the query says itself always wins."""
    same = bool(query.measures) and set(query.measures) <= set(state.measures)
    kept = dict(state.facts) if same or query.carried else {k: v for k, v in state.facts.items() if k in _LASTING}
    returned = {k: v for m in query.measures if m not in state.measures for k, v in state.facts_of.get(m, {}).items()}
    if _ASSUMED.search(query.question) or query.bases:
        kept = _without_failed(policy, query, kept)
    if another_item(query.question):
        kept = _of_another(policy, query, kept)
    facts = {**returned, **kept, **query.facts}
    awards = query.awards or (state.awards if same or query.carried else ())
    goes_on = query.asks & {"add_up", "amount", "compare"} or _WHICH_ONE.search(query.question)
    rules = query.rules or (("no-duplication",) if awards and goes_on else ())
    return replace(
        query,
        rules=rules,
        facts=facts,
        bases=_bases(policy, query, state),
        awards=awards,
        asks=query.asks or (frozenset(state.asks) if query.carried and not query.bases else query.asks),
        years=query.years if query.years > 1 or not same else state.years,
    )


_ASSUMED = re.compile(
    r"(假定|假设|就当|当它|当作|姑且|先按|先当)[^,，。]{0,4}(算|能|可以|符合|满足|行|是)|(要是|如果|假如|等)[^,，。]{0,4}(认|批|评上|通过|办下来)了"
)


def _without_failed(policy: Policy, query: Query, kept: dict[str, str]) -> dict[str, str]:
    """The facts from before without what a new amount, or 先假定算, takes back: all that fails, or what only an
    amount named before failed."""
    measures = [policy.by_id[m] for m in query.measures if m in policy.by_id]
    of = None if _ASSUMED.search(query.question) else OF_AN_AMOUNT
    failed = {k for k, v in kept.items() if any(v in unmet_values(m, k) for m in measures) and (not of or k in of)}
    return {k: v for k, v in kept.items() if k not in failed}


def _of_another(policy: Policy, query: Query, kept: dict[str, str]) -> dict[str, str]:
    """The facts that may hold for one more thing: not those that failed the one before, nor its kind where this one's
    is told (另一台是普通的包装线)."""
    measures = [policy.by_id[m] for m in query.measures if m in policy.by_id]
    failed = {k for k, v in kept.items() if k not in _LASTING and any(v in unmet_values(m, k) for m in measures)}
    kind = {"industry"} if _OF_A_KIND.search(query.question) else set()
    return {k: v for k, v in kept.items() if k not in failed | kind}


_OF_A_KIND = re.compile(r"是(?!不|否|吗)|属于|普通|用在|用于|叫")
_OTHER_ASKS = frozenset({"department", "article", "conditions", "period", "definition", "issuer", "promise"})
_SUM_ASKS = frozenset({"amount", "rate", "cap", "inverse", "add_up"})


def _bases(policy: Policy, query: Query, state: DialogueState) -> Mapping[str, tuple[BaseAmount, ...]]:
    same = query.carried or (bool(query.measures) and set(query.measures) <= set(state.measures))
    if query.bases and same and "plus_more" in query.asks:
        return {m: _added(state.bases.get(m, ()), bases) for m, bases in query.bases.items()}
    if query.bases and len(query.measures) > 1:
        return {**{m: state.bases[m] for m in query.measures if m in state.bases}, **query.bases}
    if query.bases or query.target or query.unit_missing or _asks_no_sum(query):
        return query.bases
    takers = [m for m in query.measures if m in policy.by_id and takes_amounts(policy.by_id[m])]
    if "add_up" in query.asks and len(takers) == 1 and len(state.by_year.get(takers[0], ())) > 1:
        return {takers[0]: state.by_year[takers[0]]}
    if "add_up" in query.asks and len(takers) == 1 and len(state.items.get(takers[0], ())) > 1:
        return {takers[0]: _together(policy.by_id[takers[0]], state.items[takers[0]])}
    own = {m: state.bases[m] for m in takers if m in state.bases}
    if own:
        return own
    rated = [m for m in takers if policy.by_id[m].rate or _EXPLICITLY_SAME.search(query.question)]
    if state.last_bases and rated and (query.carried or _SAME_FIGURE.search(query.question)):
        return {m: tuple(replace(base, label="") for base in state.last_bases) for m in rated}
    return {}


def _asks_no_sum(query: Query) -> bool:
    """Whether a turn asks for something else than a sum, so that figures named before are left aside."""
    if "inverse" in query.asks:
        return True
    others = query.asks & _OTHER_ASKS or any(ask.startswith("open_fact_") for ask in query.asks)
    return bool(others) and not query.asks & _SUM_ASKS


def _together(measure: Measure, items: Sequence[BaseAmount]) -> tuple[BaseAmount, ...]:
    """Several things of one measure: each by itself, or one sum where the measure counts what a year costs."""
    if measure.rate and measure.base and not measure.base.yearly:
        return tuple(replace(base, label=f"第{article_numeral(n)}项") for n, base in enumerate(items, 1))
    first, *others = items
    for other in others:
        first = _added((first,), (other,))[0]
    return (first,)


def _added(before: tuple[BaseAmount, ...], more: tuple[BaseAmount, ...]) -> tuple[BaseAmount, ...]:
    """又付了30万: what was named before and what comes on top, as one base."""
    if len(before) != 1 or len(more) != 1:
        return more
    amount = before[0].amount + more[0].amount
    step = f"{show(before[0].amount)} + {show(more[0].amount)} = {show(amount)}"
    return (BaseAmount(amount, derivation=(step,)),)


def remember(query: Query, state: DialogueState) -> DialogueState:
    """The state after a query that belonged here; off-topic turns and small talk leave the state but for the words."""
    if query.scope and query.scope.reason == "place" and query.measures and not state.measures:
        return replace(state, measures=query.measures, words=state.with_words(query.original))
    if query.scope or query.small_talk or not (query.measures or query.rules or query.articles):
        lasting = {} if query.scope else {key: value for key, value in query.facts.items() if key in _LASTING}
        return replace(state, facts={**state.facts, **lasting}, words=state.with_words(query.original))
    measures = query.measures or (state.measures if query.rules else ())
    bases = {m: some for m, some in {**state.bases, **query.bases}.items() if m not in query.left_out}
    earlier = tuple(m for m in state.discussed if m not in query.measures and m not in query.left_out)
    last = next(iter(query.bases.values()), state.last_bases)
    return DialogueState(
        measures=measures,
        rules=query.rules,
        articles=query.articles if not query.measures else (),
        asks=tuple(sorted(query.asks)),
        bases=bases,
        last_bases=last,
        facts=_settled_facts(query, state),
        awards=query.awards,
        years=query.years,
        words=state.with_words(query.original),
        discussed=(*earlier, *query.measures),
        by_year=_by_year(query, state),
        told=_told(query, state),
        items=_items(query, state),
        facts_of={**state.facts_of, **{measure: _settled_facts(query, state) for measure in query.measures}},
    )


def _items(query: Query, state: DialogueState) -> dict[str, tuple[BaseAmount, ...]]:
    """The things told of each measure: another one joins those before, unless other facts hold for it; a corrected
    figure takes the place of the one it corrects, and any other begins anew."""
    kept = dict(state.items)
    kind = ((_KIND, query.facts.get(_KIND, "")),)
    for measure, bases in query.bases.items():
        before = kept.get(measure, ())
        if bases == state.bases.get(measure) or ("add_up" in query.asks and len(bases) > 1):
            continue
        new = tuple(replace(base, facts=kind) for base in bases)
        if before and _REVISED.search(query.question):
            place = _ordinal(query.question, len(before))
            kept[measure] = (*before[:place], *new, *before[place + 1 :])
        elif len(new) == 1 and another_item(query.question) and not _other_facts(query.facts, state.facts):
            kept[measure] = (*before, *new)
        else:
            kept[measure] = new
    return kept


def _ordinal(text: str, count: int) -> int:
    """Which of ``count`` things a correction is for: the one it numbers (第二台其实是2400万), or the last."""
    found = re.search(r"第([一二三四五])", text)
    named = "一二三四五".index(found[1]) if found else count
    return named if named < count else count - 1


_KIND = "industry"
"""The fact that a higher rate hangs on: each thing has its own."""


def _other_facts(facts: Mapping[str, str], before: Mapping[str, str]) -> bool:
    """Whether what holds for one thing does not for the other; a sum over both would be wrong for one of them."""
    both = [key for key in facts if key in before and key not in ("payment", "field", _KIND)]
    return any(facts[key] != before[key] for key in both)


_SUPPOSED = re.compile(r"(可以不|行不|行吗|行么|可以吗|算数吗|算不算|算吗|能不能|能吗|有份吗|也行么)[?？]?$")


def _settled_facts(query: Query, state: DialogueState) -> dict[str, str]:
    """The facts to keep: 浙江认定的可以不 asks what would be, it does not tell who recognised the asker's own."""
    if not _SUPPOSED.search(query.original) or re.search(r"我|咱|本公司|公司", query.original):
        return dict(query.facts)
    kept = {key: value for key, value in query.facts.items() if key not in _OF_THE_CASE}
    return {**kept, **{key: value for key, value in state.facts.items() if key in _OF_THE_CASE}}


_OF_THE_CASE = frozenset({"recognition", "place", "title", "ai-platform", "organiser", "applicant"})


def _told(query: Query, state: DialogueState) -> str:
    """The text that the base rests on: corrected, added to, or told anew."""
    if query.told:
        return query.told
    if (
        not query.bases
        or query.bases == state.bases
        or not re.search(r"\d|[一二三四五六七八九十百千万亿半]", query.question)
    ):
        return state.told
    same = query.carried and state.told and not any(b.derivation == () for bases in query.bases.values() for b in bases)
    return f"{state.told}，{query.question}" if same else query.question


# A share named after a share takes its place (AI占三成 … AI占五成), unless it is one of the part (其中六成是国产的).
_SHARE = re.compile(r"^(?!.*(其中|里面|里头|当中|这里|再)).*占", re.DOTALL)
_FILLER = re.compile(r"[也了,，。是为那就都的\s]")
_TOTALS = frozenset({"总额", "总价", "合同额", "总数", "总共"})
_NOT_BUT = re.compile(
    r"不是(?P<wrong>[^,，。是]{1,10})[,，、]?\s*(而)?(应该|应|就)?是(?P<right>[^,，。]{1,12}?)(?=$|[,，。])"
)
_REVISED = re.compile(
    r"(其实|应该|[说看记写报填弄搞]错|不对|改成|改为|更正|实际上|现在是|变成|重新核|核过|调整|更新|要改|错了|改了|(加|压|降|涨|减|提|改)(到|成|为)了?)"
)


def corrected(text: str, told: str) -> str | None:
    """``told`` with what ``text`` corrects (不是6台，是7台; 土建其实是5700万); None where it corrects nothing."""
    if (found := _NOT_BUT.search(text)) and found["wrong"] in told:
        return told.replace(found["wrong"], found["right"])
    if without := _without_dropped(text, told):
        return without
    new_rates, old_rates = find_rates(text), find_rates(told)
    if not _REVISED.search(text) and not (_SHARE.search(text) and "占" in told):
        return None
    if len(new_rates) == 1 and old_rates and not find_money(text):
        old = old_rates[-1]
        return told[: old.start] + new_rates[0].text + told[old.end :]
    amounts = find_money(text)
    if len(amounts) != 1:
        return None
    label = _FILLER.sub("", _REVISED.sub("", text[: amounts[0].start]))[-4:]
    if label in _TOTALS:
        label = "共"
    names = [label[-size:] for size in range(min(len(label), 4), 0 if label == "共" else 1, -1)]
    for name in (*names, text[:4], text[:3], text[:2]):
        for old_amount in find_money(told):
            if name in told[max(0, old_amount.start - 10) : old_amount.start]:
                return told[: old_amount.start] + amounts[0].text + told[old_amount.end :]
    return None


def _without_dropped(text: str, told: str) -> str | None:
    """``told`` without the clause of the part that ``text`` drops (二期不做了); None where it names no single one."""
    found = _DROPPED.search(text)
    if not found or find_money(text):
        return None
    clauses = re.split(r"([,，。;；、])", told)
    out = [index for index, clause in enumerate(clauses) if found["part"] in clause and len(find_money(clause)) == 1]
    rest = [clause for index, clause in enumerate(clauses) if index not in out]
    return "".join(rest) if len(out) == 1 and find_money("".join(rest)) else None


_DROPPED = re.compile(
    r"(?P<part>[一二三四首头]期|第[一二三四]期|[^,，。;；、\d]{2,4}?)(那块|那部分|部分|工程|的)?(就|都|也|暂时|先|决定)*"
    r"(被|给)?(砍|取消|停|缓|推迟|撤|黄|不(做|建|上|搞|报|要|投|买)了)"
)


def _by_year(query: Query, state: DialogueState) -> dict[str, tuple[BaseAmount, ...]]:
    """Bases named for single years, the newest for each year."""
    kept = dict(state.by_year)
    for measure, bases in query.bases.items():
        years = {base.label: base for base in kept.get(measure, ())}
        years |= {base.label: base for base in bases if base.label.endswith("年")}
        if years:
            kept[measure] = tuple(years[label] for label in sorted(years))
    return kept
