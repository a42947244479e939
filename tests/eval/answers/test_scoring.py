"""Each demand of an expectation is met or named as a fault."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from eval.answers.cases import Case, Expectation, Turn
from eval.answers.generate import Output
from eval.answers.scoring import TurnResult, score
from eval.answers.tables import failure


def _score(wanted: Expectation, answer: dict[str, Any], question: str = "投1500万") -> TurnResult:
    case = Case("g", (Turn(question, wanted),))
    return score(case, Output(case.id, (answer,))).turns[0]


def _yuan(low: int, high: int) -> tuple[Decimal, Decimal]:
    return Decimal(low), Decimal(high)


def test_articles_count_only_as_citations_of_the_policy(hand: Any) -> None:
    wanted = Expectation(articles=("六", "七"))
    assert _score(wanted, hand.answer(articles=("六",))).right
    assert _score(wanted, hand.answer(articles=("十", "六"))).right
    assert _score(wanted, hand.answer(articles=("十",))).faults == ("art: cites 十, wanted one of 六、七",)
    digest = hand.answer(citations=[hand.citation("六", kind="digest")])
    assert _score(wanted, digest).faults == ("art: cites nothing, wanted one of 六、七",)


def test_the_first_citation_is_looked_at_apart(hand: Any) -> None:
    wanted = Expectation(articles=("六",))
    assert _score(wanted, hand.answer(articles=("六", "十"))).first_citation_right is True
    assert _score(wanted, hand.answer(articles=("十", "六"))).first_citation_right is False
    assert _score(wanted, hand.answer(articles=())).first_citation_right is False
    assert _score(Expectation(), hand.answer()).first_citation_right is None


def test_an_amount_is_of_a_calculation_a_reading_or_the_total(hand: Any) -> None:
    reading = {"name": "上限不变", "minimum": "3600000", "maximum": "10000000"}
    answer = hand.answer(
        calculations=[hand.calculation("3600000.00", "12000000", readings=[reading])],
        total={"minimum": "1", "maximum": "2"},
    )
    for low, high in [(3600000, 12000000), (3600000, 10000000), (1, 2)]:
        assert _score(Expectation(amount=_yuan(low, high)), answer).right
    for low, high in [(3600000, 3600000), (10000000, 12000000)]:
        (fault,) = _score(Expectation(amount=_yuan(low, high)), answer).faults
        assert fault.startswith("amt: [3600000.00, 12000000], [1, 2], [3600000, 10000000], wanted")
    assert _score(Expectation(amount=_yuan(1, 1)), hand.answer()).faults == ("amt: none, wanted [1, 1]",)


def test_verdicts_are_of_the_wanted_article_or_of_any(hand: Any) -> None:
    answer = hand.answer(
        articles=("六", "十"), eligibility=[hand.verdict("六", "eligible"), hand.verdict("十", "unknown")]
    )
    assert _score(Expectation(articles=("十",), verdicts=("unknown",)), answer).right
    assert _score(Expectation(verdicts=("eligible",)), answer).right
    (fault,) = _score(Expectation(articles=("十",), verdicts=("eligible", "ineligible")), answer).faults
    assert fault == "elig: unknown, wanted eligible or ineligible"


def test_status_and_patterns(hand: Any) -> None:
    answer = hand.answer("最高2000 万元,保证给。")
    wanted = Expectation(statuses=("not_covered",), must=("2000\\s*万", "就高"), never=("保证", "一定"))
    assert _score(wanted, answer).faults == (
        "status: answered, wanted not_covered",
        "must: 就高 is not in the text",
        "not: 保证 is in the text (保证)",
    )


@pytest.mark.parametrize(
    ("wanted", "status", "refused", "answered"),
    [
        (Expectation(articles=("六",)), "not_covered", True, False),
        (Expectation(statuses=("answered", "needs_information")), "not_covered", True, False),
        (Expectation(articles=("六",)), "needs_information", False, False),
        (Expectation(statuses=("answered", "not_covered"), articles=("六",)), "not_covered", False, False),
        (Expectation(statuses=("not_covered",)), "answered", False, True),
        (Expectation(statuses=("not_covered",)), "needs_information", False, True),
        (Expectation(statuses=("not_covered",)), "not_covered", False, False),
        (Expectation(statuses=("not_covered", "answered")), "answered", False, False),
        (Expectation(must=("12345",)), "not_covered", False, False),
    ],
)
def test_wrong_refusals_and_wrong_answers(
    hand: Any, wanted: Expectation, status: str, refused: bool, answered: bool
) -> None:
    result = _score(wanted, hand.answer(status=status))
    assert (result.refused_wrongly, result.answered_wrongly) == (refused, answered)


def test_articles_that_the_question_is_not_about(hand: Any) -> None:
    citations = [hand.citation("六"), hand.citation("附"), hand.citation("十"), hand.citation("三", kind="digest")]
    answer = hand.answer(citations=citations)
    assert _score(Expectation(articles=("六",)), answer).foreign_articles == ("十",)
    assert _score(Expectation(articles=("六", "十")), answer).foreign_articles == ()
    assert _score(Expectation(), answer).foreign_articles == ()
    assert _score(Expectation(articles=("附",)), answer).foreign_articles == ()


def test_a_dialogue_is_right_when_every_turn_is(hand: Any) -> None:
    turns = (Turn("一", Expectation(articles=("六",))), Turn("二", Expectation(articles=("十",))))
    case = Case("g", turns, date(2025, 3, 1))
    right = hand.answer(articles=("六",)), hand.answer(articles=("十",))
    assert score(case, Output(case.id, right)).right
    assert not score(case, Output(case.id, right[:1])).right
    assert score(case, None).turns[0].faults == ("no answer",)
    assert score(case, Output(case.id, error="timeout")).turns[1].faults == ("no answer (timeout)",)


def test_an_answer_outside_the_contract_is_a_fault(hand: Any) -> None:
    (fault,) = _score(Expectation(), hand.answer(status="perhaps")).faults
    assert fault.startswith("breaks the contract of Answer: status:")
    (fault,) = _score(Expectation(), hand.answer(surprise=1)).faults
    assert "surprise" in fault


def test_what_the_cross_check_withheld_is_told(hand: Any) -> None:
    case = Case("g", (Turn("q", Expectation(articles=("六",))),))
    answer = hand.answer("没有通过数字核对", articles=(), status="not_covered", reason="cross_check")
    (result,) = score(case, Output(case.id, (answer,), objections=(("rate 25%",),))).turns
    assert result.withheld
    assert result.objections == ("rate 25%",)
    assert "withheld by the cross-check: rate 25%" in failure(
        score(case, Output(case.id, (answer,), (), (("rate 25%",),)))
    )
