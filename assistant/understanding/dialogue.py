"""What a turn takes over from the turns before it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from assistant.calculator.interval import Interval
from assistant.calculator.money import find_money
from assistant.policy.loader import Policy
from assistant.understanding.doers import another_does
from assistant.understanding.query import DialogueState, Query
from assistant.understanding.sums.alternatives import set_against
from assistant.understanding.sums.amounts import words
from assistant.understanding.sums.base_amount import BaseAmount
from assistant.understanding.sums.items import (
    LASTING,
    added_in_the_year,
    added_new,
    another_item,
    by_itself,
    facts_of_another,
    together,
    with_another,
    with_what_was_told,
)
from assistant.understanding.sums.match import takes_amounts
from assistant.understanding.sums.matters import things_of
from assistant.understanding.sums.put_back import put_back, taken_off
from assistant.understanding.sums.same_again import same_again
from assistant.understanding.sums.spent_before import spent_before_the_company
from assistant.understanding.sums.years_told import (
    YEARS_SUPPOSED,
    every_year_full,
    of_the_year,
    rest_of_the_year,
    with_years_before,
    year_without_sum,
    years_asked,
    years_supposed,
    years_told,
)
from assistant.understanding.time.dates import find_dates
from assistant.understanding.turns import OF_AN_AMOUNT, title_told, unmet_values, with_earlier

_FOLLOWS = re.compile(
    r"^(忘了?(记)?说|漏说|补充|那|那么|如果|要是|假如|假设|换成|改成|换|再|还有|另外|那要|然后|接着|对了|哦|嗯|好的?|行|是的?|不是|没有|有的?|刚才|刚刚|上面|前面|你说的|你刚|它|这|该|同样|一样|还是|说错|更正|纠正|不对|错了|其实|等等)"
    r"|呢[?？。!！]*$|^.{0,6}(呢|吗|么|嘛)[?？]*$|刚才|刚刚|上面|前面(说|提|那)|这(个|笔|项|一条|条|种)|那(个|笔|项|条|种)|它的?|(离|到|距离?)(上限|封顶|顶格|满额|天花板)[^,，。]{0,4}(差|远|有多)|投资数|数(字)?没变|金额(不变|没变|一样)|同样的?(钱|数|金额|投资)|还是(这|那)(个数|么多)"
)
_SAME_FIGURE = re.compile(
    r"呢[?？。!！]*$|^(那|如果|要是|换成|改成|假如|同样)|没变|不变|一样(的)?(数|钱|金额|投资)|同样的?|还是这(个数|么多)|也是(这|一样)|这笔|这些钱|这么多|^(等等|等一下|不对|错了|说错|搞错|弄错|更正)|[,，]不是|拿去|转去|全(部|都)?(是|用|投|花|拿)"
)
_EXPLICITLY_SAME = re.compile(r"没变|不变|同样|一样|还是这|也是这|这笔|这么多|拿去|转去|全(部|都)?(是|用|投|花|拿)")
_WHICH_ONE = re.compile(r"(拿|按|算|取|领|选|给)(到)?的?(是)?(哪|多)|哪(个|份|边)")
_SHORT = 14
_LATIN_WORD = re.compile(r"[A-Za-z]+ ?")


def follows(text: str, state: DialogueState) -> bool:
    """Whether a turn that names no subject reads as a continuation."""
    if not (state.measures or state.rules or state.articles):
        return False
    # What is left of an English turn counts by the word.
    return len(_LATIN_WORD.sub("x", text).rstrip("?!。")) <= _SHORT or bool(_FOLLOWS.search(text))


def carry(policy: Policy, query: Query, state: DialogueState) -> Query:
    """Completes a query from the dialogue: figures, facts, awards; what the query says itself always wins."""
    same = bool(query.measures) and set(query.measures) <= set(state.measures)
    kept = dict(state.facts) if same or query.carried else {k: v for k, v in state.facts.items() if k in LASTING}
    if len(query.measures) == 1 < len(state.measures):  # after a total: what holds for this one
        of_it = state.facts_of.get(query.measures[0], kept)
        kept = {**{k: v for k, v in kept.items() if k in LASTING - {"industry"}}, **of_it}
    returned = {k: v for m in query.measures if m not in state.measures for k, v in state.facts_of.get(m, {}).items()}
    kept = _without_failed(policy, query, kept)
    if "applicant" not in query.facts and another_does(query.question):
        kept.pop("applicant", None)  # 那投保的客户能拿多少: no longer of the asker
    if another_item(query.question):
        kept = facts_of_another(policy, query, kept)
    facts = {**returned, **kept, **query.facts, **title_told(query, state)}
    awards = query.awards or (state.awards if same or query.carried else ())
    goes_on = query.asks & {"add_up", "amount", "compare", "same_matter", "different_matters"} or _WHICH_ONE.search(
        query.question
    )
    asks = query.asks or (frozenset(state.asks) if query.carried and not query.bases else query.asks)
    years = years_asked(policy, query, state) if same or query.carried else query.years
    rules = query.rules or (("no-duplication",) if awards and goes_on else ())
    return replace(
        query,
        rules=rules,
        facts=facts,
        bases=_bases(policy, query, state),
        target=query.target or _aimed_at(policy, query, state),
        awards=awards,
        asks=asks - {YEARS_SUPPOSED} | years_supposed(years, query, state),
        years=years,
    )


def _aimed_at(policy: Policy, query: Query, state: DialogueState) -> Interval | None:
    """The sum of support aimed at before (要拿到150万，投多少), where a turn asks what is missing; above the ceiling
    nothing is aimed at but the ceiling."""
    caps = [cap.amount for m in query.measures if m in state.measures and (cap := policy.by_id[m].cap)]
    reachable = state.target is not None and len(caps) == 1 and state.target.maximum <= caps[0]
    aimed = "shortfall" in query.asks and not (
        words()["at_ceiling"].search(query.question) or _NAMES_CEILING.search(query.question)
    )
    return state.target if reachable and aimed else None


_NAMES_CEILING = re.compile(r"封顶|上限|最高")
_ASSUMED = re.compile(
    r"(假定|假设|就当|当它|当作|姑且|先按|先当)[^,，。]{0,4}(算|能|可以|符合|满足|行|是)|(要是|如果|假如|等)[^,，。]{0,4}(认|批|评上|通过|办下来)了"
    r"|(认定?|批|评|审|办)(下来|上|过|到|完|好|通过)?了?(的话|以后|之后)"
)


def _without_failed(policy: Policy, query: Query, kept: dict[str, str]) -> dict[str, str]:
    """The facts from before without what is taken back: all that fails by 先假定算, what was not awarded by
    后来评上了, what only an amount named before failed by a new amount."""
    assumed, later = _ASSUMED.search(query.question), _GOT_LATER.search(query.question)
    of = {*(_AWARDED if later else ()), *(OF_AN_AMOUNT if query.bases else ())}
    measures = [policy.by_id[m] for m in query.measures if m in policy.by_id]
    failed = {k for k, v in kept.items() if any(v in unmet_values(m, k) for m in measures) and (assumed or k in of)}
    return {k: v for k, v in kept.items() if k not in failed}


_AWARDED = frozenset({"recognition", "title", "scenario", "ai-platform", "assessment"})
_GOT_LATER = re.compile(
    r"(后来|现在|如今|今年|上个?月|上周|昨天|今天|刚刚?|重新|补|终于|总算|已经|第二(年|次))([^,，。;?？没未不]{0,8}[,，])?[^,，。;?？没未不]{0,8}(认定?|批|评|选|审|通?过)(下来|上|过|到|通过)?了(?![吗么没])"
)

_OTHER_ASKS = frozenset({"counted", "department", "article", "conditions", "period", "definition", "issuer", "promise"})
_HOW_OFTEN = frozenset({"period", "cap", "add_up", "eligibility"})
"""那上限是一年的还是总共的: how often the ceiling is given, and no sum."""
_SUM_ASKS = frozenset({"amount", "rate", "cap", "inverse", "add_up", "own_cost", "effective_share", "shortfall"})


def _bases(policy: Policy, query: Query, state: DialogueState) -> Mapping[str, tuple[BaseAmount, ...]]:
    same = query.carried or (bool(query.measures) and set(query.measures) <= set(state.measures))
    if query.carried and spent_before_the_company(query, state):
        return query.bases
    if query.foreign_money and find_money(query.question):
        return query.bases  # 一套卖120万欧元: not the sum told before
    if _told_in_full(query) and not with_earlier(query.question):
        return query.bases
    one = policy.by_id[query.measures[0]] if len(query.measures) == 1 and not find_money(query.question) else None
    if query.changed:
        against = "difference" in query.asks and len(query.bases) == 1
        return {m: set_against(state.bases[m], bases) if against else bases for m, bases in query.bases.items()}
    if same and (whole := put_back(query, state)):
        return whole
    if same and one and (again := same_again(one, query, state)):
        return {one.id: again}
    told_of = policy.by_id[query.measures[0]] if len(query.measures) == 1 else None
    if same and told_of and (rest := taken_off(told_of, query, state)):
        return {told_of.id: rest}
    if query.carried and "counted" in query.asks and _MAY_BE_ADDED.search(query.question):
        return {}
    if query.bases and told_of and with_what_was_told(find_money(query.question), state.bases.get(told_of.id, ())):
        return query.bases
    if same and told_of and (years := with_years_before(query, state)):
        return {told_of.id: years}
    over_time = told_of and told_of.base and (told_of.base.yearly or told_of.rate is None)
    yearly = told_of if over_time and not query.told else None
    alone = by_itself(query.question) or _told_too_early(policy, query, state)
    if query.bases and same and yearly and not alone and rest_of_the_year(query.question, state.told):
        return {yearly.id: added_in_the_year(state.bases.get(yearly.id, ()), query.bases.get(yearly.id, ()))}
    read_together = query.told.endswith(query.question) and len(query.told) > len(query.question)
    if query.bases and same and "plus_more" in query.asks and not (alone or read_together):
        return {m: added_new(state.bases.get(m, ()), bases, query.question) for m, bases in query.bases.items()}
    if same and "difference" in query.asks and len(query.bases) == 1:
        return {m: set_against(state.bases.get(m, ()), bases) for m, bases in query.bases.items()}
    compares = one and query.carried and "difference" in query.asks and not query.bases and not state.awards
    if compares and one and one.id in state.before and one.id in state.bases:
        return {one.id: set_against(state.before[one.id], state.bases[one.id])}
    if same and told_of and (things := with_another(told_of, query, state)):
        return {told_of.id: things}
    if query.bases and len(query.measures) > 1:
        return {**{m: state.bases[m] for m in query.measures if m in state.bases}, **query.bases}
    aims = query.target is not None and "shortfall" not in query.asks
    if query.bases or aims or query.unit_missing or _asks_no_sum(query) or year_without_sum(query, state):
        return query.bases
    takers = [m for m in query.measures if m in policy.by_id and takes_amounts(policy.by_id[m])]
    if takers and (by_year := years_told(query, state)):
        return {takers[0]: by_year}
    if "add_up" in query.asks and len(takers) == 1 and len(things := things_of(state.ledger, takers[0])) > 1:
        return {takers[0]: together(policy.by_id[takers[0]], things)}
    own = {m: of_the_year(query, state.by_year.get(m, ())) or state.bases[m] for m in takers if m in state.bases}
    if own:
        return own
    explicit = bool(_EXPLICITLY_SAME.search(query.question))
    if any(_AT_HAND.search(turn) for turn in state.turns[-_RECENT:]):
        takers = [m for m in takers if not _EARNED.search(_base_name(policy, m))]
        explicit = True
    instead = bool(_INSTEAD.search(query.question))
    rated = [m for m in takers if explicit or (policy.by_id[m].rate and (instead or _of_a_kind(policy, m, state)))]
    if state.last_bases and rated and (query.carried or _SAME_FIGURE.search(query.question)):
        return {m: tuple(replace(base, label="") for base in state.last_bases) for m in rated}
    return {}


def _told_in_full(query: Query) -> bool:
    """一台奖90万,一台奖160万,一共呢; 两年都顶格,拢共多少: nothing told before is needed for the sum."""
    return (len(query.awards) > 1 and "different_matters" in query.asks) or every_year_full(query.question)


# 差旅20万也算进去吗: whether a part counts is asked, and no sum of that part alone.
_MAY_BE_ADDED = re.compile(r"(也|都)(能|可以|可|给)?(不能)?(算|计|加|列)(进去|进来|得上|上|入|在内|数)?(吗|么|不|嘛)")


def _told_too_early(policy: Policy, query: Query, state: DialogueState) -> bool:
    """Whether the sum told before is of a day before the policy (2023年3月付了90万 … 2023年9月又付了160万)."""
    dates = find_dates(state.turns[-1], query.as_of) if state.turns and query.dates else ()
    return bool(dates) and all(mention.last < policy.validity.effective for mention in dates)


def _base_name(policy: Policy, measure: str) -> str:
    base = policy.by_id[measure].base
    return base.name if base else ""


def _of_a_kind(policy: Policy, measure: str, state: DialogueState) -> bool:
    """Whether a sum named for the measures before can be meant for this one too: an investment is no sales price."""
    names = [base.name for m in state.measures if m in policy.by_id and (base := policy.by_id[m].base)]
    own = policy.by_id[measure].base
    kinds = [kind for kind in _KINDS_OF_SUM if own and kind in own.name]
    return not names or not kinds or any(kind in name for kind in kinds for name in names)


# 手上有1200万: money not yet spent on anything is meant for whatever is asked of next.
_AT_HAND = re.compile(
    r"(手上|手里|手头|账上|兜里|口袋里)(现在|大概|总共|一共)*有|有(一)?笔(闲)?钱|准备(拿|掏)出|打算拿(出)?|(有|就)[^,，。;]{0,4}[\d一二两三四五六七八九十百千万亿]+[^,，。;]{0,3}(预算|闲钱|资金)"
)
_EARNED = re.compile(r"销售|损失|利息")
_RECENT = 4
_INSTEAD = re.compile(r"换|改成|还是|要是|如果|假如|假设|若")
_KINDS_OF_SUM = ("投资", "销售", "费用", "支出", "利息", "损失")


def _asks_no_sum(query: Query) -> bool:
    """Whether a turn asks for something else than a sum, so that figures named before are left aside."""
    if "inverse" in query.asks and "shortfall" not in query.asks:
        return True
    if "period" in query.asks and query.asks <= _HOW_OFTEN:
        return True
    opens = {ask for ask in query.asks if ask.startswith("open_fact_")}
    sums = query.asks & _SUM_ASKS
    sums -= {ask for fact in opens for ask in _IN_THE_WORDS_OF.get(fact, ())}
    return bool(opens or query.asks & _OTHER_ASKS) and not sums


_IN_THE_WORDS_OF = {"open_fact_again": {"amount"}, "open_fact_rate_choice": {"rate", "cap"}}
"""明年还能再拿吗, 比例怎么定 sound like a sum asked for."""
