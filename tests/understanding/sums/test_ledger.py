"""The ledger of a conversation: which matters it holds after each turn, and what a total picks of them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from assistant.calculator.interval import Interval
from assistant.understanding.query import DialogueState, Query
from assistant.understanding.sums.base_amount import BaseAmount
from assistant.understanding.sums.ledger import focused, recorded
from assistant.understanding.sums.matters import Matter, live, owners_in, place_told, things_of
from assistant.understanding.sums.totals import parted

_DEVICE, _INSURANCE = "first-set-equipment", "technology-insurance"


def _bases(amount: int) -> tuple[BaseAmount, ...]:
    return (BaseAmount(Interval.exactly(Decimal(amount))),)


def _after(state: DialogueState, text: str, measure: str, amount: int, **facts: str) -> DialogueState:
    query = Query(text, text, date(2025, 3, 1), measures=(measure,), bases={measure: _bases(amount)})
    ledger = recorded(query, state, facts, text)
    turns = state.with_turns(text)
    return DialogueState(measures=(measure,), bases=query.bases | state.bases, turns=turns, ledger=ledger)


def test_a_correction_replaces_and_another_thing_joins() -> None:
    state = _after(DialogueState(), "单台300万", _DEVICE, 3_000_000)
    state = _after(state, "另外还有一台500万", _DEVICE, 5_000_000)
    state = _after(state, "第二台其实是400万", _DEVICE, 4_000_000)
    assert [base.amount.maximum for base in things_of(state.ledger, _DEVICE)] == [3_000_000, 4_000_000]
    assert len(state.ledger) == 2


def test_one_supposed_instead_is_kept_as_replaced() -> None:
    state = _after(DialogueState(), "单台300万", _DEVICE, 3_000_000, industry="medical")
    state = _after(state, "同样价钱，换成光伏的", _DEVICE, 3_000_000, industry="other")
    assert [matter.replaced for matter in state.ledger] == [True, False]


def test_each_company_has_its_own() -> None:
    state = _after(DialogueState(), "甲公司保费30万", _INSURANCE, 300_000)
    state = _after(state, "乙公司保费80万", _INSURANCE, 800_000)
    state = _after(state, "甲的其实是20万", _INSURANCE, 200_000)
    assert [(m.owner, m.bases[0].amount.maximum) for m in live(state.ledger)] == [("甲", 200_000), ("乙", 800_000)]


def test_a_turn_that_goes_back_to_a_company_finds_its_matter() -> None:
    state = _after(DialogueState(), "甲公司单台300万", _DEVICE, 3_000_000)
    state = _after(state, "乙公司保费80万", _INSURANCE, 800_000)
    assert focused("回到甲", state).measures == (_DEVICE,)
    assert focused("保费能补多少", state) is state


def test_letters_are_companies_only_where_they_are_called_so() -> None:
    assert [name for _, name in owners_in("A厂和B厂")] == ["A", "B"]
    assert owners_in("甲方付了30万，走A轮") == []
    assert [name for _, name in owners_in("回到甲", ("甲", "乙"))] == ["甲"]
    assert place_told("第三件，保费12万") == 3
    assert place_told("第三年保费12万") == 0


def test_a_total_is_parted_from_what_is_told_first() -> None:
    turn = parted("软件销售改成215万，再合一次")
    assert turn is not None
    assert (turn.head, turn.tail) == ("软件销售改成215万", "再合一次")
    assert parted("两年一共多少") is None
    assert parted("软件销售215万") is None


def test_the_ledger_survives_as_json() -> None:
    matter = Matter(_DEVICE, _bases(3_000_000), (("recognition", "suzhou"),), "甲", 2, "单台300万")
    state = DialogueState(ledger=(matter,))
    assert DialogueState.from_json(state.to_json()) == state
