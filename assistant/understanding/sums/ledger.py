"""The ledger of a conversation: what each turn tells, corrects or takes out of its matters, in the order told."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.calculator.money import find_money
from assistant.understanding.query import DialogueState, Query
from assistant.understanding.sums.base_amount import BaseAmount
from assistant.understanding.sums.corrections import REVISED
from assistant.understanding.sums.items import LASTING, another_item
from assistant.understanding.sums.matters import Matter, live, owners_in, place_told, things_of
from assistant.understanding.sums.told_sums import sums_told

Ledger = tuple[Matter, ...]


def recorded(query: Query, state: DialogueState, facts: Mapping[str, str], told: str) -> Ledger:
    """The ledger after a query: another matter joins those before, a corrected one takes the place of the one before,
    and one supposed instead of another keeps that as replaced. ``facts`` and ``told``: of this turn."""
    out = () if _BUT_FOR.search(query.question) else query.left_out
    ledger = tuple(matter for matter in state.ledger if matter.measure not in out)
    if "difference" in query.asks or query.target or "inverse" in query.asks or _only_asked_of(query, state):
        return ledger
    owner = owner_meant(query.question, state)
    for measure, bases in query.bases.items():
        if _added_up_before(query, bases, ledger, measure):
            continue
        groups = _apart(bases, measure, state)
        if len(groups) > 1:
            anew = {label or owner for label, _ in groups}
            ledger = tuple(m for m in ledger if m.measure != measure or m.owner not in anew)
        for label, group in groups:
            matter = Matter(
                measure, group, tuple(sorted(facts.items())), label or owner, place_told(query.question), told
            )
            ledger = (*ledger, matter) if len(groups) > 1 else _put(ledger, matter, query)
    return ledger[-_MOST:]


_MOST = 24
# 除了保险一共多少 asks of the others; it takes nothing back.
_BUT_FOR = re.compile(r"除(了|去|掉|开)|不(含|算)(?!了)|撇开|抛开")


def _only_asked_of(query: Query, state: DialogueState) -> bool:
    """体检那7万能报吗: a sum told before and counted nowhere, of which it is only asked whether it counts."""
    if "eligibility" not in query.asks or not state.ledger:
        return False
    known = {base.amount for matter in state.ledger for base in matter.bases}
    new = [base.amount for bases in query.bases.values() for base in bases if base.amount not in known]
    return bool(new) and {amount.maximum for amount in new} <= sums_told(state)


def _added_up_before(query: Query, bases: Sequence[BaseAmount], ledger: Ledger, measure: str) -> bool:
    """Whether the bases are those of the ledger, taken together (两台加起来)."""
    things = [base.amount for base in things_of(ledger, measure)]
    return "add_up" in query.asks and len(bases) > 1 and [base.amount for base in bases] == things


def _apart(
    bases: tuple[BaseAmount, ...], measure: str, state: DialogueState
) -> list[tuple[str, tuple[BaseAmount, ...]]]:
    """The bases by matter, each with its owner: years are of one matter, things and companies are matters each."""
    years = any(base.label.endswith("年") or not base.label for base in bases) or bases == state.by_year.get(measure)
    if len(bases) < _SEVERAL or years:
        return [("", bases)]
    names = (next((name for _, name in owners_in(base.label, ("甲", "A"))), "") for base in bases)
    return [(name, (replace(base, label=""),)) for name, base in zip(names, bases, strict=True)]


_SEVERAL = 2


def owner_meant(text: str, state: DialogueState) -> str:
    """The company that a turn tells of: the one named last before its first sum, or first where it tells none; with
    none named, that of the turn before."""
    known = [matter.owner for matter in state.ledger if matter.owner]
    if named := owners_in(text, known):
        sum_at = _FIGURE.search(text)
        before = [name for at, name in named if sum_at and at < sum_at.start()]
        return before[-1] if before else named[0][1]
    for turn in reversed(state.turns):
        if named := owners_in(turn, known):
            return owner_meant(turn, replace(state, turns=()))
    return ""


_FIGURE = re.compile(r"\d|[一二两三四五六七八九十百千]+[万亿]")


def _put(ledger: Ledger, new: Matter, query: Query) -> Ledger:
    same = [m for m in live(ledger) if m.measure == new.measure and m.owner == new.owner]
    numbered = [m for m in same if new.place and m.place == new.place]
    again = [m for m in same if [b.amount for b in m.bases] == [b.amount for b in new.bases]]
    if again and _THAT_SUM.search(query.question):  # 第二笔，就是概念验证中心那330万: told before, without its number
        return _instead(ledger, again[-1], new)
    tells = find_money(query.question) or query.told or query.changed or one_more(query.question)
    if again and not (tells or _SUPPOSED_INSTEAD.search(query.question)):
        return ledger  # 第三笔的: only asked of
    last = numbered[-1] if numbered else same[-1] if same else None
    if last is None or (new.place and not numbered and not REVISED.search(query.question)):
        return (*ledger, new)
    new = replace(new, place=last.place)
    if [base.amount for base in last.bases] == [base.amount for base in new.bases]:
        supposed = _SUPPOSED_INSTEAD.search(query.question) and last.facts != new.facts
        return (*_replaced(ledger, [last]), new) if supposed else _instead(ledger, last, new)
    if one_more(query.question) and not (query.told or REVISED.search(query.question)):
        return (*ledger, new)
    if REVISED.search(query.question) or query.told or query.changed or query.asks & {"plus_more"}:
        at = last if numbered else _numbered(query.question, same) or last
        return _instead(ledger, at, replace(new, place=at.place))
    return (*_replaced(ledger, same), new)


_THAT_SUM = re.compile(r"(那|这)(个|笔)?\d|就是[^,，。;；\d]{0,10}\d|\d[\d.]*[万亿]元?(那|这)(一)?(笔|项|件|块|场)")
_SUPPOSED_INSTEAD = re.compile(r"换|改成|要是|如果|假如")


def one_more(text: str) -> bool:
    """Whether a turn tells one more thing of the kind under discussion (另外还有台设备; 一个零部件也通过了认定)."""
    return another_item(text) or bool(_ALSO.search(text))


_ALSO = re.compile(
    r"(?<![^,，。;；])[^,，。;；\d]{2,16}(?<!是)(也|另外|单独)(单独|另外|刚|都|给|被|已经?)*(通过|拿|评|认|获|办|建|买|付|投|卖|有一|做了)"
)


def _numbered(text: str, same: Sequence[Matter]) -> Matter | None:
    """Which of several things a correction numbers (第二台其实是2400万)."""
    place = place_told(text)
    return same[place - 1] if 0 < place <= len(same) else None


def _instead(ledger: Ledger, old: Matter, new: Matter) -> Ledger:
    return tuple(new if matter is old else matter for matter in ledger)


def _replaced(ledger: Ledger, old: Sequence[Matter]) -> Ledger:
    return tuple(replace(matter, replaced=True) if any(matter is one for one in old) else matter for matter in ledger)


def focused(text: str, state: DialogueState) -> DialogueState:
    """``state`` as it was when the matter that ``text`` goes back to was spoken of (回到甲; 第二件改成50万), so that it
    is under discussion; the same where the turn goes back to none."""
    matter = _gone_back_to(text, state)
    if matter is None:
        return state
    lasting = {key: value for key, value in state.facts.items() if key in LASTING - {"industry"}}
    return replace(
        state,
        measures=(matter.measure,),
        rules=(),
        articles=(),
        bases={**state.bases, matter.measure: matter.bases},
        last_bases=matter.bases,
        facts={**lasting, **dict(matter.facts)},
        told=matter.told,
        before={},
        target=None,
    )


def _gone_back_to(text: str, state: DialogueState) -> Matter | None:
    """The matter told with the number that ``text`` names, or the last one of the company that it names, where another
    was spoken of since."""
    if place := place_told(text):
        return next((matter for matter in live(state.ledger) if matter.place == place), None)
    known = [matter.owner for matter in state.ledger if matter.owner]
    named = {name for _, name in owners_in(text, known)} if known else set()
    of_it = [matter for matter in live(state.ledger) if matter.owner in named]
    if len(named) != 1 or not of_it or owner_meant("", state) in named:
        return None
    return next((matter for matter in reversed(of_it) if matter.measure in state.measures), of_it[-1])
