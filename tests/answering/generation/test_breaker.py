"""A dead endpoint rests, is tried by one question, and rests longer."""

from __future__ import annotations

from assistant.answering.generation.breaker import Breaker


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_rests_after_faults_in_a_row_only() -> None:
    breaker = Breaker(failures=3, rest=30, clock=Clock())
    for _ in range(5):
        breaker.failed()
        breaker.failed()
        breaker.worked()
    assert breaker.allows()
    for _ in range(3):
        assert breaker.allows()
        breaker.failed()
    assert not breaker.allows()
    assert breaker.open


def test_after_the_rest_one_question_tries() -> None:
    clock = Clock()
    breaker = Breaker(failures=1, rest=30, clock=clock)
    breaker.failed()
    clock.now = 31
    assert [breaker.allows() for _ in range(3)] == [True, False, False]
    breaker.worked()
    assert all(breaker.allows() for _ in range(3))


def test_each_failed_try_doubles_the_rest() -> None:
    clock = Clock()
    breaker = Breaker(failures=1, rest=30, clock=clock)
    breaker.failed()
    clock.now = 31
    assert breaker.allows()
    breaker.failed()
    clock.now = 31 + 59
    assert not breaker.allows()
    clock.now = 31 + 61
    assert breaker.allows()


def test_a_try_that_its_asker_gave_up_leaves_the_place_free() -> None:
    clock = Clock()
    breaker = Breaker(failures=1, rest=30, clock=clock)
    breaker.failed()
    clock.now = 31
    assert breaker.allows()
    breaker.let_go()
    assert breaker.allows()
