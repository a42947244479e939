"""What a turn does to a sum told before: it falls away, counts in part, is taken singly, or comes back.

Which sum is meant is found in ``told_sums``; here the base under discussion is worked out anew from its own terms, so
that nothing is left out but what the turn names. Where the sum is no term of the base, nothing is changed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.calculator.interval import Interval
from assistant.calculator.money import Money, find_money
from assistant.calculator.rates import Rate, find_rates
from assistant.calculator.steps import show
from assistant.policy.loader import Policy
from assistant.policy.measure import Measure
from assistant.understanding.denial import BLANK
from assistant.understanding.facts import read_facts
from assistant.understanding.places.roles import find_places, roles_of_places
from assistant.understanding.query import DialogueState
from assistant.understanding.sums.base_amount import BaseAmount, share_of
from assistant.understanding.sums.matters import things_of
from assistant.understanding.sums.told_sums import Meant, ToldSum, sum_meant, told_sums
from assistant.understanding.turns import unmet_values

Bases = tuple[BaseAmount, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """The bases that a turn leaves of those told before, the text that they rest on now, and the years that fell
    away."""

    bases: Mapping[str, Bases]
    told: str
    dropped: tuple[str, ...] = ()


def change_told(policy: Policy, text: str, state: DialogueState, *, names_another: bool = False) -> Change | None:
    """What ``text`` changes of the sums under discussion; None where it changes none, or asks whether it does.
    ``names_another``: it names a measure not discussed, and a share (首台套如果只给10%) is of that one."""
    measures = [policy.by_id[m] for m in state.measures if m in policy.by_id and m in state.bases]
    if not measures or _ASKS.search(text):
        return None
    if back := _come_back(text, measures, state):
        return back
    bases = {measure.id: _told_apart(measure.id, state) for measure in measures}
    years = tuple(ToldSum(base.amount, 0, 0, base.label) for of_it in bases.values() for base in of_it)
    earlier = (told_sums(turn) for turn in reversed(state.turns))
    for sums in (told_sums(state.told), years, *earlier):
        if meant := sum_meant(text, sums):
            return _changed(text, meant, sums, measures, bases, state)
    return None if names_another else _share_of_all(text, measures, state)


def _told_apart(measure: str, state: DialogueState) -> Bases:
    """The bases under discussion; where the last one was one of several years or things told apart, all of them."""
    bases = state.bases[measure]
    for kept in (state.by_year.get(measure, ()), things_of(state.ledger, measure)):
        if len(kept) > len(bases) and all(base.amount in [one.amount for one in kept] for base in bases):
            return kept
    return bases


def _changed(
    text: str,
    meant: Meant,
    sums: Sequence[ToldSum],
    measures: Sequence[Measure],
    bases: Mapping[str, Bases],
    state: DialogueState,
) -> Change | None:
    rest = text[meant.end :]
    if _ALONE.search(text[: meant.start]) or _ALONE_AFTER.match(rest):
        alone = {m: found for m, told in bases.items() if (found := _only(meant.told, told))}
        return Change(alone, state.told) if alone else None
    kept = {}
    for measure in measures:
        part = _part_left(rest, meant.told, measure)
        left = None if part is None else _with(bases[measure.id], meant.told.amount, part, sums)
        if left:
            kept[measure.id] = left
    if not kept:
        return None
    dropped = (base.label for m, left in kept.items() for base in bases[m] if base.label not in {b.label for b in left})
    return Change(kept, _told_without(meant.told, sums, state.told, kept), tuple(label for label in dropped if label))


def _part_left(rest: str, told: ToldSum, measure: Measure) -> BaseAmount | None:
    """What is left of a sum after what ``rest`` says of it: nothing, a share, the sum less another; None where it says
    nothing of the kind."""
    whole, nothing = BaseAmount(told.amount), BaseAmount(Interval.exactly(Decimal(0)))
    amounts, rates = find_money(rest), find_rates(rest)
    if len(amounts) == 1 and not rates and _GROWS_BY.search(rest[: amounts[0].start]):
        return _more(told.amount, Interval(amounts[0].minimum, amounts[0].maximum))
    if len(amounts) == 1 and not rates and _falls_by(rest, amounts[0]):
        less = Interval(amounts[0].minimum, amounts[0].maximum)
        return _less(told.amount, less) if less.maximum < told.amount.minimum else None
    if amounts or len(rates) > 1:
        return None
    if rates:
        return _share_left(whole, rest, rates[0])
    return nothing if _FALLS_AWAY.search(rest) or _fails(measure, rest) else None


def _falls_by(rest: str, part: Money) -> bool:
    """Whether ``part`` falls away of the sum meant (退了20万, 有100万退了)."""
    after = _FALLS_AWAY.search(rest, part.end)
    return bool(_FALLS_BY.search(rest[: part.start]) or (after and after.start() - part.end <= _NEAR))


_NEAR = 4


def _less(whole: Interval, part: Interval) -> BaseAmount:
    rest = Interval(whole.minimum - part.maximum, whole.maximum - part.minimum)
    return BaseAmount(rest, derivation=(f"{show(whole)} - {show(part)} = {show(rest)}",))


def _more(whole: Interval, part: Interval) -> BaseAmount:
    return BaseAmount(whole + part, derivation=(f"{show(whole)} + {show(part)} = {show(whole + part)}",))


def _share_left(whole: BaseAmount, text: str, rate: Rate) -> BaseAmount | None:
    """What is left of a sum of which a share is paid or counts, or falls away."""
    before = text[: rate.start]
    if _COUNTS_BY.search(before):
        return share_of(whole, rate)
    if not _FALLS_BY.search(before):
        return None
    gone = share_of(whole, rate)
    left = _less(whole.amount, gone.amount)
    return replace(left, derivation=(*gone.derivation, *left.derivation))


def _fails(measure: Measure, rest: str) -> bool:
    """Whether what is said of one sum keeps it out of the measure: another kind of loan or insurance, another platform,
    no award; a loss made good; where payments count, one not made, or made in another year."""
    facts = read_facts(rest, roles_of_places(rest, find_places(rest)))
    base = measure.base.name if measure.base else ""
    unpaid = _COUNTS_PAYMENTS.search(base) and _UNPAID.search(rest)
    made_good = "损失" in base and _MADE_GOOD.search(rest)
    return bool(unpaid or made_good) or any(value in unmet_values(measure, fact) for fact, value in facts.items())


def _with(bases: Bases, amount: Interval, part: BaseAmount, sums: Sequence[ToldSum]) -> Bases | None:
    """``bases`` with ``part`` in the place of the one sum ``amount``; None where that is not a sum of its own, or
    nothing would be left."""
    if len(bases) > 1:
        out = [base for base in bases if base.amount == amount]
        if len(out) != 1:
            return None
        changed = [_put(out[0], part) if base is out[0] else base for base in bases]
        left = tuple(base for base in changed if base.amount.maximum)
        return left if len(left) > 1 else tuple(_alone(base) for base in left)
    terms = _terms(bases[0]) if bases else []
    if sum(term == amount for term in terms) == 1:
        return (_summed_anew(bases[0], [part if term == amount else BaseAmount(term) for term in terms]),)
    if bases and not terms and bases[0].amount == amount and not bases[0].derivation and part.amount.maximum:
        return (_put(bases[0], part),)
    # 设备2900万，装修1250万，共4150万: the total was told, and its part as well.
    if bases and amount.maximum < bases[0].amount.minimum == sum(one.amount.minimum for one in sums):
        off = _less(amount, part.amount).amount if part.amount.maximum else amount
        rest = _less(bases[0].amount, off)
        return (replace(bases[0], amount=rest.amount, derivation=(*part.derivation, *rest.derivation)),)
    return None


def _alone(base: BaseAmount) -> BaseAmount:
    """A base that none stands beside any more: only its year still tells something."""
    return base if base.label.endswith("年") else replace(base, label="")


def _put(base: BaseAmount, part: BaseAmount) -> BaseAmount:
    return replace(base, amount=part.amount, derivation=(*base.derivation, *part.derivation))


def _terms(base: BaseAmount) -> list[Interval]:
    """The sums that a base was added up from; none where it was not."""
    step = base.derivation[-1] if base.derivation else ""
    left, _, right = step.partition(" = ")
    if " + " not in left or right != show(base.amount):
        return []
    terms = [Interval(money.minimum, money.maximum) for money in find_money(left)]
    return terms if len(terms) == left.count(" + ") + 1 else []


def _summed_anew(base: BaseAmount, parts: Sequence[BaseAmount]) -> BaseAmount:
    kept = [part for part in parts if part.amount.maximum]
    amount = kept[0].amount
    for part in kept[1:]:
        amount = amount + part.amount
    worked_out = {show(part.amount) for part in kept}
    before = (step for step in base.derivation[:-1] if step.rpartition(" = ")[2] in worked_out)
    anew = (step for part in kept for step in part.derivation)
    added = (f"{' + '.join(show(part.amount) for part in kept)} = {show(amount)}",) if len(kept) > 1 else ()
    return replace(base, amount=amount, derivation=(*before, *anew, *added))


def _only(told: ToldSum, bases: Bases) -> Bases:
    """The one sum by itself, where it is a term of the base or a base among several."""
    among = [base for base in bases if base.amount == told.amount] if len(bases) > 1 else []
    if len(among) == 1:
        return (_alone(among[0]),)
    terms = _terms(bases[0]) if len(bases) == 1 else []
    return (BaseAmount(told.amount),) if terms.count(told.amount) == 1 else ()


def _told_without(out: ToldSum, sums: Sequence[ToldSum], told: str, kept: Mapping[str, Bases]) -> str:
    """``told`` without the words of the sum that fell away, for later corrections; blank where the sums of what is left
    are not those that now count."""
    rest = f"{told[: out.start].rstrip(',，、;；')}{told[out.end :]}" if out in sums else BLANK
    left = [one.amount for one in sums if one is not out]
    now = [term for bases in kept.values() for base in bases for term in (_terms(base) or [base.amount])]
    whole = [Interval(money.minimum, money.maximum) for money in find_money(rest)]
    return rest if now and left == now == whole else BLANK


def _share_of_all(text: str, measures: Sequence[Measure], state: DialogueState) -> Change | None:
    """钱只付了六成, 最后砍到一半了: a share of the one sum told."""
    rates, one = find_rates(text), measures[0].id
    sole = len(state.measures) == len(state.bases[one]) == 1 and not find_money(text) and not find_rates(state.told)
    opening = _OF_IT_ALL.match(text)
    if not sole or len(rates) != 1 or not opening or not _COUNTS_BY.fullmatch(text[opening.end() : rates[0].start]):
        return None
    if not _CLAUSE_END.match(text, rates[0].end):
        return None
    return Change({one: (share_of(state.bases[one][0], rates[0]),)}, BLANK)


def _come_back(text: str, measures: Sequence[Measure], state: DialogueState) -> Change | None:
    """剩下的年内也付清, 那笔后来补付了, 土地还是算进去: what fell away counts again."""
    was = {m.id: state.before[m.id] for m in measures if m.id in state.before}
    if not was or any(_total(was[m]) <= _total(state.bases[m]) for m in was):
        return None
    told = _telling(was, state)
    meant = sum_meant(text, told_sums(told))
    rest = text[meant.end :] if meant else text
    return Change(was, told) if (_BACK if meant else _THE_REST_BACK).fullmatch(rest) else None


def _telling(was: Mapping[str, Bases], state: DialogueState) -> str:
    """The turn that told the sums that ``was`` rests on; blank where no single one did."""
    rests_on = {term for bases in was.values() for base in bases for term in (_terms(base) or [base.amount])}
    telling = (told for told in reversed(state.turns) if rests_on <= {one.amount for one in told_sums(told)})
    return next(telling, BLANK)


def _total(bases: Bases) -> Decimal:
    return sum((base.amount.maximum for base in bases), Decimal(0))


_COUNTS_PAYMENTS = re.compile(r"实际支付|利息|保险费")
_MADE_GOOD = re.compile(r"(全|都|已经?|又|已)[^,，。\d没未不]{0,3}还(了|上|清|掉)|还(清|上|完)了?|结清")
_ASKS = re.compile(
    r"吗|么(?!$)|为(什么|啥|何)|怎么|凭(什么|啥)|谁|哪|算不算|能不能|可不可以|是不是|是否|该不该|要不要|行不行|[?？].*[?？]"
)
_VERB = "付|打|结|给|转|交|缴|支付|落实|到账|花|用|划|开|扣|摊|收"
_FALLS_AWAY = re.compile(
    r"剔|取消|撤销|作废|冲红|红冲|退(回|货|款|了|掉|给|还)|(追|收|要)(了)?回来?(了|$)|砍掉|砍了|扣掉|扣除|去掉|拿掉|刨掉|刨去|减掉|划掉|抹掉|删"
    r"|不(办|做|搞|建|买|要|投|上|报|签|租)了|没(办|做|建|买|谈|签|投|搞)成|黄了|泡汤"
    r"|(?<!是)不(算|计|认)(了|进去|在内|数)?(的话)?(呢|了|吧)?(?=$|[,，。])|不(给|让|能|该|应)算|不予?认"
    r"|(?<![是属])(不是|不属于|算不上|不算是?|并非|不归)[^,，。\d]{2,}"
)
_UNPAID = re.compile(
    rf"(没|未|没有)(有)?[^,，。吗]{{0,2}}({_VERB})|挂账|欠着|赊着"
    rf"|(要|得|等|会|拖|挪|推|延|改|放|留)[^,，。]{{0,4}}(明年|下一?年|来年|次年|年后|下个年度)[^,，。]{{0,4}}(再|才)?({_VERB}|$|了)"
)
_COUNTS_BY = re.compile(
    rf"[^,，。;；\d]{{0,6}}?((只|才|仅|就|先|实际|到现在|目前)[^,，。;；\d]{{0,4}}?({_VERB}|算|认|计|做|完成|投)(到|掉|出去|进去)?了?"
    r"|(砍|减|降|缩|压|削|打)(减|缩)?(到|成|至|为|剩|得只剩)(了|只有|原来的)?|只(有|剩)(下|了|原来的)?)(大概|约|不到)?"
)
_FALLS_BY = re.compile(
    r"(退(回|掉|还|给)?|追回|收回|扣(掉|除|了)?|去掉|便宜|(少|省|节约)(花|付|投|用|掉|下)?|[降压](价|低)?|优惠|砍(掉|了)?|减(掉|了)?|核(掉|减)|欠(着)?|没付|未付|没给|少付)(来)?(了|我们|大概|约)*$"
)
_GROWS_BY = re.compile(
    r"(?<![至最])(贵|涨(价)?|(多|超)(花|付|投|用|出|支)(?!少)|超支|增加|追加|加(?!起|上))(来)?(了|出|我们|大概|约)*$"
)
_ALONE = re.compile(r"(单|光|就|只|单单)(独)?(说|看|算|讲|问|按|拿|是)(一下)?(那|这)?$")
_ALONE_AFTER = re.compile(r"[^,，。;；\d]{0,6}(单独|单拎|单说|单算|单看|自己)")
_OF_IT_ALL = re.compile(
    r"(那?么?|如果|要是|假如|不过|但是?|可是?|其实|结果|最后|后来|这|那|它|我们|公司|实际|总共|(这|那)?笔?(钱|款项?|费用?|账单?|预算|规模|投资)|上|都|也|被|[,，])*"
)
_CLAUSE_END = re.compile(r"(了|的|的话|呢|吧)*(?=$|[,，。;；?？])")
_COUNTS_AGAIN = (
    rf"[^,，。\d没未不]{{0,8}}(又|也|都|全|补|还是|重新|照旧)[^,，。\d没未不]{{0,4}}({_VERB}|算|认|办|恢复)"
    r"(清|完|上|齐|进去|进来|回来|出去)*了?(的话)?[呢吧]?"
)
_BACK = re.compile(_COUNTS_AGAIN)
_THE_REST_BACK = re.compile(
    r"(那|这|对了|好消息|[,，])*(剩下?|余下?|欠|没付|尾款|(那|这)一?(笔|部分|块|户|台|场|张|单))的?(那|这)?(些|笔|部分|钱|款)?"
    + _COUNTS_AGAIN
)
