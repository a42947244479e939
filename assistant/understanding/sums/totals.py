"""A total over several matters of a conversation: which of them a turn adds up, and the query that does it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.calculator.eligibility import Verdict, judge
from assistant.calculator.money import find_money
from assistant.policy.loader import Policy
from assistant.understanding.articles import numeral as article_numeral
from assistant.understanding.lexicon import Lexicon
from assistant.understanding.query import DialogueState, Query
from assistant.understanding.subject.names import find_measures
from assistant.understanding.subject.other_awards import tells_of_another_award
from assistant.understanding.subject.referents import both_sides, takes_something_out
from assistant.understanding.subject.short_names import pieces_of
from assistant.understanding.sums.base_amount import BaseAmount
from assistant.understanding.sums.items import LASTING, together
from assistant.understanding.sums.matters import ORDINAL, Matter, kind_of, live, owners_in
from assistant.understanding.sums.sides import asked
from assistant.understanding.time.periods import numeral


@dataclass(frozen=True, slots=True)
class Parted:
    """A turn that asks for a total: what it tells first (``head``, may be empty), and the asking itself."""

    head: str
    tail: str


def parted(text: str) -> Parted | None:
    """``text`` where it asks to add up after its last sum, cut there; None where it does not."""
    amounts = find_money(text)
    end = amounts[-1].end if amounts else 0
    mark = _MARK.search(text, end) if amounts else None
    for cut in (mark.end() if mark else end, end):
        if "add_up" in asked(text[cut:], ()) and not _NOT_OF_MATTERS.search(text):
            return Parted(text[:cut].rstrip("，,。;；") if amounts else "", text[cut:])
    return None


_MARK = re.compile(r"[,，。;；]")
_NOT_OF_MATTERS = re.compile(
    r"\d年|[一二两三四五几前后]年|今年|去年|明年|历年|年度|逐年|每年|季度|个月|[区县省部]里|区级|省级|国家|上级|园区|重复|叠加|就高|同一|冲突|只能|差额|同时|影响"
    r"|为(什么|啥|何)|凭(什么|啥)|怎么"
)


def goes_with_before(turn: Parted, state: DialogueState) -> bool:
    """Whether the total of a turn that tells sums of its own is one with matters told before: asked for once more, with
    what was told, of a company besides, or of more matters than it tells."""
    if not turn.head:
        return True
    told = len(find_money(turn.head))
    again = "add_up" in state.asks or bool(_AGAIN.search(turn.tail))
    return (
        (told == 1 and again)
        or _count(turn.tail) > told
        or bool(_WITH.search(turn.tail))
        or bool(owners_in(turn.tail, _owners(state.ledger)))
    )


_AGAIN = re.compile(r"再(加|合|算|总|来|汇)|重新|总数|两家|三家|变(成)?(多少|几)|[这那以]样|现在|一共变")
_WITH = re.compile(r"^(再|那)?(跟|和|与|同|连|加上)|[跟和与连](前面|刚才|之前|上面|原来)")


def matters_meant(policy: Policy, lexicon: Lexicon, text: str, tail: str, state: DialogueState) -> list[Matter]:
    """The matters of the ledger that a turn adds up: named, numbered or counted, or all of them; empty for fewer than
    two, or where they are not as many as the turn says."""
    every = [_as_now(matter, state) for matter in state.ledger]
    ledger = live(every)
    if state.awards or tells_of_another_award(text) or both_sides(policy, text, state) or takes_something_out(text):
        return []
    count = _count(tail)
    named = _named(policy, lexicon, text, tail, ledger)
    chosen = ledger if named is None else named
    eligible = [matter for matter in chosen if not _fails(policy, matter)]
    if count and len(eligible) == count:  # 能拿的两样, after three
        return eligible
    if count and len(chosen) != count:
        chosen = _as_many(count, tail, chosen, every)
    return chosen if len(chosen) >= _SEVERAL else []


_SEVERAL = 2


def _as_now(matter: Matter, state: DialogueState) -> Matter:
    """A matter with what has been told of the asker since; what holds for one of several companies stays its own."""
    if matter.owner:
        return matter
    lasting = {key: value for key, value in state.facts.items() if key in LASTING - {"industry"}}
    return replace(matter, facts=tuple(sorted({**dict(matter.facts), **lasting}.items())))


def _named(policy: Policy, lexicon: Lexicon, text: str, tail: str, ledger: Sequence[Matter]) -> list[Matter] | None:
    """The matters that a turn names; None where it names none."""
    measures = _measures_in(policy, lexicon, tail, ledger)
    if owners_in(tail, _owners(ledger)):
        owners = {name for _, name in owners_in(text, _owners(ledger))}
        of_them = [matter for matter in ledger if matter.owner in owners]
        if owners - {matter.owner for matter in of_them}:
            return []
        return [matter for matter in of_them if matter.measure in measures] or of_them
    if ORDINAL.search(tail):
        places = [numeral(found["n"]) for found in ORDINAL.finditer(text)]
        numbered = any(matter.place for matter in ledger)
        by_place = {matter.place if numbered else at: matter for at, matter in enumerate(ledger, 1)}
        return [by_place[place] for place in places if place in by_place]
    if not measures:
        return None
    more = _measures_in(policy, lexicon, text, ledger) if _WITH.search(tail) else measures
    return [matter for matter in ledger if matter.measure in more | measures]


def _measures_in(policy: Policy, lexicon: Lexicon, text: str, ledger: Sequence[Matter]) -> set[str]:
    """The measures of the ledger that ``text`` names, in full or by a piece of a name that only one of them has."""
    of_ledger = {matter.measure for matter in ledger}
    found = {subject.id for subject in find_measures(lexicon, text)} & of_ledger
    return found | pieces_of([policy.by_id[m] for m in of_ledger], text)


def _owners(ledger: Sequence[Matter]) -> list[str]:
    return [matter.owner for matter in ledger if matter.owner]


def _count(text: str) -> int:
    """How many matters a turn says that there are (两笔, 三件); 0 where it says nothing."""
    found = _COUNT.search(text)
    return {"俩": 2, "仨": 3}.get(found["n"], 0) or (numeral(found["n"]) or 0) if found else 0


_COUNT = re.compile(r"(?<![第十\d])(?P<n>[两二三四五六2-6](?=[件笔样项个块台套宗桩种份场张款者边头处条])|俩|仨)")
_FIRST = re.compile(r"前(面)?[两三四2-4]")


def _as_many(count: int, text: str, chosen: Sequence[Matter], ledger: Sequence[Matter]) -> list[Matter]:
    """So many of the matters: the last ones told (这两笔), or the first (前两笔); with those that were replaced by
    another only where all are as many (设备厂 … 换成光伏的 … 这两台都认定了)."""
    if len(chosen) > count:
        return list(chosen[:count] if _FIRST.search(text) else chosen[-count:])
    measures = {matter.measure for matter in chosen}
    every = [matter for matter in ledger if matter.measure in measures]
    return every if len(every) == count else []


def bases_of(policy: Policy, matters: Sequence[Matter]) -> dict[str, tuple[BaseAmount, ...]]:
    """The bases of matters by measure: what is not eligible is left out, and told where it is of a company elsewhere;
    several of one measure are told apart by their companies, or counted as ``together`` has it."""
    by_measure: dict[str, list[Matter]] = {}
    for matter in matters:
        if not _fails(policy, matter):
            by_measure.setdefault(matter.measure, []).append(matter)
    return {
        measure: tuple(
            replace(base, elsewhere=_elsewhere(policy, measure, matters)) for base in _bases(policy, measure, of_it)
        )
        for measure, of_it in by_measure.items()
    }


def _elsewhere(policy: Policy, measure: str, matters: Sequence[Matter]) -> tuple[str, ...]:
    """The companies elsewhere, in words, whose matters of a measure are among ``matters``."""
    failing = [matter for matter in matters if matter.measure == measure and matter.owner and _fails(policy, matter)]
    away = [matter.owner for matter in failing if dict(matter.facts).get("place") == "elsewhere"]
    return tuple(f"{owner.removesuffix('公司')}公司" for owner in dict.fromkeys(away))


def _bases(policy: Policy, measure: str, matters: Sequence[Matter]) -> tuple[BaseAmount, ...]:
    if len(matters) == 1:
        return matters[0].bases
    if len({matter.owner for matter in matters}) < _SEVERAL and all(len(m.bases) == 1 for m in matters):
        return together(policy.by_id[measure], [kind_of(matter) for matter in matters])
    return tuple(
        replace(base, label=_label(matter, base, n), facts=kind_of(matter).facts)
        for n, matter in enumerate(matters, 1)
        for base in matter.bases
    )


def _label(matter: Matter, base: BaseAmount, n: int) -> str:
    return f"{matter.owner or f'第{article_numeral(n)}项'}{base.label}"


def facts_by_measure(policy: Policy, matters: Sequence[Matter]) -> Mapping[str, Mapping[str, str]]:
    """The facts that hold for the matters of each measure: of the last one that counts, where any does."""
    in_order = sorted(matters, key=lambda matter: not _fails(policy, matter))
    return {matter.measure: dict(matter.facts) for matter in in_order}


def _fails(policy: Policy, matter: Matter) -> bool:
    return judge(policy.by_id[matter.measure], dict(matter.facts)).verdict is Verdict.INELIGIBLE


def total_of(policy: Policy, matters: Sequence[Matter], turn: Query, first: Query | None) -> Query:
    """The query that adds up ``matters`` for a turn, after what that tells ``first``."""
    return replace(
        turn,
        asks=turn.asks & _BESIDE_A_TOTAL | {"add_up", "amount"},
        measures=tuple(dict.fromkeys(matter.measure for matter in matters)),
        bases=bases_of(policy, matters),
        facts_of=facts_by_measure(policy, matters),
        carried=True,
        totals=True,
        first=first,
    )


_BESIDE_A_TOTAL = frozenset({"department", "own_cost"})
