"""What a turn tells of the parts of a whole told before."""

from __future__ import annotations

from decimal import Decimal

from assistant.calculator.interval import Interval
from assistant.understanding.query import DialogueState
from assistant.understanding.sums.base_amount import BaseAmount
from assistant.understanding.sums.told_wholes import with_whole

MEASURE = "scenario-demonstration"
WHOLE = BaseAmount(Interval.exactly(Decimal(15_000_000)), whole_only=True)


def _state(told: str, *turns: str) -> DialogueState:
    return DialogueState(measures=(MEASURE,), bases={MEASURE: (WHOLE,)}, told=told, turns=turns or (told,))


def test_a_share_is_read_with_the_whole() -> None:
    assert with_whole("AI占四成", (MEASURE,), _state("总共投了1500万")) == "总共投了1500万，AI占四成"


def test_the_whole_named_again_is_told_once() -> None:
    assert with_whole("1500万里四成是AI", (MEASURE,), _state("总共投了1500万")) == "总共投了1500万，其中四成是AI"


def test_what_was_asked_of_the_whole_is_left_out() -> None:
    told = "总共投了1500万，按1500万算两成吗"
    assert with_whole("AI占四成", (MEASURE,), _state(told)) == "总共投了1500万，，AI占四成"


def test_the_rest_is_read_with_the_part_before_it() -> None:
    state = _state("总共投了1500万", "总共投了1500万", "土建占一半")
    assert with_whole("剩下的全是AI", (MEASURE,), state) == "总共投了1500万，土建占一半，剩下的全是AI"


def test_another_whole_or_nothing_told_is_none() -> None:
    assert with_whole("1200万里四成是AI", (MEASURE,), _state("总共投了1500万")) is None
    assert with_whole("那能补多少", (MEASURE,), _state("总共投了1500万")) is None
