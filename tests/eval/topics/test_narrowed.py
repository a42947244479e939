"""What an expectation leaves of the labels, and that nothing is learned from questions that measure."""

from __future__ import annotations

import numpy as np

from assistant.policy.loader import load_policy
from assistant.settings import load_settings
from eval.answers.cases import Case, Expectation, Turn, load_sets
from eval.topics.narrowed import chosen, looked_at, narrowed

LABELS = ("computing-power", "event-hosting", "platform-construction", "rule:no-duplication", "out:tax", "small:thanks")


def _allowed(group: str, **wanted: tuple[str, ...]) -> tuple[str, ...]:
    policy = load_policy(load_settings().policy_dir)
    case = Case(group, (Turn("问", Expectation(**wanted)), Turn("再问", Expectation())))
    return narrowed(policy, [case], LABELS).get("问", ())


def test_an_article_leaves_its_measures_and_a_refusal_what_is_foreign() -> None:
    assert _allowed("lookup", articles=("十",)) == ("computing-power", "event-hosting")
    assert _allowed("out_of_scope", statuses=("not_covered",)) == ("out:tax",)
    assert _allowed("stacking", articles=("十", "附")) == ("rule:no-duplication",)


def test_a_case_that_leaves_it_open_is_left_out() -> None:
    assert _allowed("lookup", articles=("六", "十")) == ()
    assert _allowed("near_scope", statuses=("answered", "not_covered")) == ()


def test_the_most_probable_of_the_allowed_is_chosen() -> None:
    probabilities = np.array([[0.6, 0.1, 0.3], [0.2, 0.5, 0.3]])
    assert chosen({"a": ("y", "z"), "b": ("x",)}, probabilities, ("x", "y", "z")) == ["z", "x"]


def test_nothing_is_learned_from_the_held_out_half() -> None:
    held_out = {case.turns[0].question for case in load_sets() if case.split == "heldout"}
    assert held_out
    assert not held_out & {case.turns[0].question for case in looked_at()}
