"""The evaluation itself: its questions, what was trained on, and that the search reaches its aim."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.policy.loader import Corpus
from assistant.retrieval.chunking import ChunkKind
from assistant.retrieval.search import Filters, SearchIndex
from eval.retrieval.encoder.collect import evaluation_questions, pairs, too_close
from eval.retrieval.encoder.training import read_training
from eval.retrieval.run import Question, own_questions, questions_of_others


@pytest.fixture(scope="module")
def questions(corpus: Corpus) -> list[Question]:
    return own_questions(corpus)


def test_there_are_enough_questions_of_every_measure(corpus: Corpus, questions: list[Question]) -> None:
    assert len({question.text for question in questions}) >= 180
    asked = {question.measure for question in questions}
    assert asked == {m.id for m in corpus.policy.measures} | {r.id for r in corpus.policy.rules}


def test_both_halves_are_about_equal(questions: list[Question]) -> None:
    held_out = sum(question.held_out for question in questions)
    assert 0.4 < held_out / len(questions) < 0.6


def test_nothing_was_trained_on_an_evaluation_question() -> None:
    reserved = {text.strip() for text in evaluation_questions()}
    assert not reserved & {question.text.strip() for question in read_training().questions}


def test_closeness_is_noticed() -> None:
    reserved = [pairs("租了一年显卡花了快五百万,能返多少")]
    assert too_close("租了一年显卡花了快六百万,能返多少", reserved)
    assert not too_close("贷款的利息政府能不能帮着出点", reserved)


@pytest.mark.parametrize("whose", ["ours", "others"])
def test_the_search_reaches_its_aim(index: SearchIndex, questions: list[Question], whose: str) -> None:
    asked = questions if whose == "ours" else questions_of_others("lookup")
    policy = Filters(kinds=frozenset({ChunkKind.POLICY}))
    places = []
    for question in asked:
        hits = index.search(question.text, 40, policy)
        articles = list(dict.fromkeys(hit.chunk.articles[0] for hit in hits))
        places.append(next((at for at, number in enumerate(articles) if number in question.articles), 99))
    assert sum(place == 0 for place in places) >= 0.95 * len(places)
    assert sum(place < 3 for place in places) >= 0.99 * len(places)


def test_the_tables_are_in_the_readme() -> None:
    readme = (Path(__file__).resolve().parents[2] / "eval" / "retrieval" / "README.md").read_text(encoding="utf-8")
    assert "(shipped)" in readme
    assert "held-out half" in readme
