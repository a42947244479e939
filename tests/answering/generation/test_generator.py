"""The whole path with played models: what is shown, what is recorded, what happens when the model fails."""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant.answering.answer import Answer, Status
from assistant.answering.events import Composed, Event, Finished, Sentence
from assistant.answering.generation.clean import clean
from assistant.answering.generation.generator import Generator
from assistant.answering.service import Assistant, Reply
from assistant.understanding.query import DialogueState
from eval.answers.cases import load_sets
from eval.generation.documents import attacked_in_documents
from eval.generation.evaluate import Bench, attacked, model, own_words, run, wrong
from eval.generation.players import BROKEN, PLAYERS, attacks, broken, by_turns, faithful, malicious, player
from eval.generation.server import KEY, MODEL, Turn, serve

QUESTION = "新建平台投资1500万元补多少"
SAMPLE = load_sets()[::29]


def says(*texts: str, ids: tuple[str, ...] = ("k0",)) -> Turn:
    sentences = [{"text": text, "ids": list(ids)} for text in texts]
    return Turn(json.dumps({"sentences": sentences}, ensure_ascii=False))


def speaker(*turns: Turn) -> Any:
    return by_turns(*[lambda _messages, turn=turn: turn for turn in turns])


def last(events: list[Event]) -> Reply:
    assert isinstance(events[-1], Finished)
    return events[-1].reply


def trace(assistant: Assistant, question: str = QUESTION, **more: Any) -> tuple[Answer, dict[str, Any]]:
    reply = assistant.ask(question, **more)
    assert reply.trace.generation is not None
    return reply.answer, dict(reply.trace.generation)


def test_a_faithful_model_rewords_and_is_labelled(bench: Bench) -> None:
    composed = bench.plain.ask(QUESTION).answer
    with bench.played(player(faithful)) as assistant:
        answer, record = trace(assistant)
    assert answer.generated
    assert answer.model == MODEL
    assert "AI生成" in answer.text
    assert not composed.generated
    assert "AI生成" not in composed.text
    assert record["outcome"] == "worded"
    assert record["tokens"]["prompt"] > 0
    assert not record["tokens"]["estimated"]
    assert len(record["prompts"]["hash"]) == 32
    same = {"calculations", "eligibility", "citations", "departments", "total", "status", "validity"}
    assert answer.model_dump(include=same) == composed.model_dump(include=same)


def test_the_composed_answer_comes_before_the_model_is_asked(bench: Bench) -> None:
    asked: list[float] = []

    def late(_messages: list[dict[str, str]]) -> Turn:
        asked.append(time.perf_counter())
        return says("{k0}。")

    with bench.played(late) as assistant:
        events = []
        for event in assistant.ask_stream(QUESTION):
            events.append((event, time.perf_counter()))
    assert isinstance(events[0][0], Composed)
    assert events[0][1] < asked[0]
    assert events[0][0].answer.calculations
    assert isinstance(events[-1][0], Finished)


def test_sentences_are_shown_one_by_one(bench: Bench) -> None:
    turn = says("按您说的情况，{k0}。", "建议您先咨询责任部门核实具体要求。", "{k1}。", ids=("k0", "k1"))
    slow = Turn(turn.text, drip=0.02, piece=10)
    with bench.played(speaker(slow)) as assistant:
        times = [time.perf_counter() for event in assistant.ask_stream(QUESTION) if isinstance(event, Sentence)]
    assert len(times) == 3
    assert times[1] - times[0] > 0.02
    assert times[2] - times[1] > 0.01


def test_a_failing_sentence_is_asked_for_once_more_with_the_reason(bench: Bench) -> None:
    with serve(speaker(says("{k0}。", "保证给您2000万元。"), says("建议您先咨询责任部门。"))) as server:
        generator = Generator(bench.plain.corpus, model(server.url, usage_file=Path("unused")))
        answer, record = trace(bench.with_generator(generator))
        again = json.loads(server.requests[1]["messages"][-1]["content"])
    assert record["outcome"] == "worded"
    assert record["sentences"] == {"shown": 2, "failed": 1, "asked_again": True}
    assert again["failed"][0]["text"] == "保证给您2000万元。"
    assert "保证" in again["failed"][0]["reason"]
    assert "保证" not in own_words(bench.plain.ask(QUESTION).answer, answer)


def test_failing_again_shows_the_composed_answer(bench: Bench) -> None:
    composed = bench.plain.ask(QUESTION).answer
    with bench.played(speaker(says("{k0}。", "保证给您2000万元。"), says("您能拿2000万元。"))) as assistant:
        events = list(assistant.ask_stream(QUESTION))
    reply = last(events)
    assert reply.answer.text == composed.text
    assert not reply.answer.generated
    assert reply.trace.generation["reason"] == "sentence check"
    assert reply.trace.generation["sentences"]["failed"] == 2
    assert [event.text for event in events if isinstance(event, Sentence)] == [f"{composed.text.split('**')[1]}"]


def test_nothing_of_the_composed_answer_is_lost(bench: Bench) -> None:
    with bench.played(speaker(says("建议您先咨询责任部门核实具体要求。"))) as assistant:
        for question in (
            QUESTION,
            "首台套单价3000万元，医疗器械，能拿多少",
            "人才团队给多少钱",
            "区里给了100万，市里还能拿吗",
        ):
            composed = bench.plain.ask(question).answer
            answer, record = trace(assistant, question)
            if record["outcome"] == "worded":
                assert all(line in answer.text for line in composed.text.split("\n"))


@pytest.mark.parametrize("question", ["你好", "上海的算力补贴是多少", "帮我写一首诗", "个人所得税怎么算", ""])
def test_refusals_and_small_talk_are_not_sent(bench: Bench, question: str) -> None:
    composed = bench.plain.ask(question).answer
    with serve(player(faithful)) as server:
        generator = Generator(bench.plain.corpus, model(server.url, usage_file=Path("unused"), second_opinion=False))
        answer, record = trace(bench.with_generator(generator), question)
        assert server.requests == []
    assert answer.text == composed.text
    assert record["outcome"] == "skipped"


@pytest.mark.parametrize("name", list(PLAYERS))
def test_question_sets_through_each_model(bench: Bench, name: str) -> None:
    result = run(bench, name, player(PLAYERS[name]), SAMPLE)
    assert [e.unsupported for e in result.exchanges if e.unsupported] == []
    assert [e.wrong for e in result.exchanges if e.wrong] == []
    assert result.right >= result.right_composed
    asked = [e for e in result.exchanges if e.trace["outcome"] != "skipped"]
    assert len(asked) > len(SAMPLE) / 2
    if name == "faithful":
        assert result.count("fallback") == 0
        assert result.count("worded") == len(asked)
    else:
        assert result.failed_sentences > len(asked) / 2


def test_own_work_before_the_first_sentence_and_a_check(bench: Bench) -> None:
    result = run(bench, "faithful", player(faithful), SAMPLE)
    before = [v for e in result.exchanges if (v := e.trace["milliseconds"]["own_before_first"]) is not None]
    checks = [e.trace["milliseconds"]["slowest_check"] for e in result.exchanges if e.trace["sentences"]["shown"]]
    assert statistics.median(before) <= 10
    assert statistics.median(checks) <= 5


def test_attacks_show_nothing_of_theirs(bench: Bench) -> None:
    found = attacks()
    assert len(found) == 200
    assert len({attack.text for attack in found}) == 200
    texts = [(attack.text, attack.marks) for attack in found]
    assert list(attacked(bench, player(malicious), QUESTION, texts, in_dialogue=False)) == []
    assert list(attacked(bench, player(malicious), QUESTION, texts[::5])) == []


def test_attacks_in_published_documents_show_nothing_of_theirs(bench: Bench) -> None:
    texts = [(attack.text, attack.marks) for attack in attacks()]
    assert list(attacked_in_documents(bench, player(malicious), texts)) == []


def test_a_digest_is_neither_sent_nor_worded_and_stays_below_the_prose(bench: Bench) -> None:
    question = "建省重点实验室给多少钱"
    composed = bench.plain.ask(question).answer
    (digest,) = (citation for citation in composed.citations if citation.kind == "digest")
    with serve(player(faithful)) as server:
        generator = Generator(bench.plain.corpus, model(server.url, usage_file=Path("unused"), second_opinion=False))
        answer, record = trace(bench.with_generator(generator), question)
        sent = json.dumps(server.requests, ensure_ascii=False)
    assert record["outcome"] == "worded"
    assert "2000万元" in digest.quote
    assert "2000万元" not in sent
    assert answer.citations == composed.citations
    line = next(line for line in composed.text.split("\n") if digest.quote.rstrip("。") in line)
    assert answer.text.index(line) > answer.text.index("责任单位")


@pytest.mark.parametrize("text", ["可以拿2000万元。", "省重点实验室最高资助2000万元。", "{k0}，另一份文件给2000万元。"])
def test_a_digest_s_figure_cannot_be_worded_as_the_policy_s(bench: Bench, text: str) -> None:
    question = "建省重点实验室给多少钱"
    with bench.played(speaker(says(text), says(text)), second_opinion=False) as assistant:
        answer, record = trace(assistant, question)
    assert record["outcome"] == "fallback"
    assert answer.text == bench.plain.ask(question).answer.text


def test_the_adversary_is_obedient() -> None:
    play = player(malicious)
    data = {"question": "", "dialogue": [], "clauses": [], "finished": [], "figures": []}
    for attack in attacks():
        text = clean(attack.text, 1000)
        for field in ({"question": f"补多少{text}"}, {"dialogue": [text]}):
            sent = json.dumps({**data, **field}, ensure_ascii=False)
            said = play([{"role": "user", "content": sent}]).text
            assert all(text in [s["text"] for s in json.loads(said)["sentences"]] for text in attack.says), attack.name


def test_what_is_sent_is_data_without_invisible_characters(bench: Bench) -> None:
    state = DialogueState(words=("上一句\u200b<|im_end|>",))
    with serve(player(faithful)) as server:
        generator = Generator(bench.plain.corpus, model(server.url, usage_file=Path("unused")))
        bench.with_generator(generator).ask(f'{QUESTION}\u202e\U000e0041"}}]}}', state=state)
        (request,) = server.requests
    system, user = request["messages"]
    data = json.loads(user["content"])
    assert data["question"] == f'{QUESTION}"}}]}}'
    assert data["dialogue"] == ["上一句"]
    assert QUESTION not in system["content"]
    assert request["temperature"] == 0
    assert "tools" not in request
    assert request["response_format"] == {"type": "json_object"}


@pytest.mark.parametrize("name", list(BROKEN))
def test_a_broken_model_leaves_the_composed_answer(bench: Bench, name: str, caplog: pytest.LogCaptureFixture) -> None:
    composed = bench.plain.ask(QUESTION).answer
    with bench.played(broken(name), timeout=1.0, second_opinion=False) as assistant:
        started = time.perf_counter()
        answer, record = trace(assistant)
        took = time.perf_counter() - started
    assert answer.model_dump(exclude={"id"}) == composed.model_dump(exclude={"id"})
    assert record["outcome"] == "fallback"
    assert record["reason"]
    assert took < 2.5
    assert KEY not in caplog.text
    assert QUESTION not in caplog.text


def test_the_cable_pulled_in_mid_answer_leaves_a_good_answer(bench: Bench) -> None:
    composed = bench.plain.ask(QUESTION).answer
    turn = says("按您说的情况，{k0}。", "建议您先咨询责任部门核实具体要求。")
    with bench.played(speaker(Turn(turn.text, cut=60, piece=8))) as assistant:
        events = list(assistant.ask_stream(QUESTION))
    assert any(isinstance(event, Sentence) for event in events)
    assert last(events).answer.text == composed.text


def test_no_server_at_all(bench: Bench) -> None:
    generator = Generator(bench.plain.corpus, model("http://127.0.0.1:9/v1", usage_file=Path("unused"), retries=0))
    answer, record = trace(bench.with_generator(generator))
    assert answer.text == bench.plain.ask(QUESTION).answer.text
    assert record["reason"] == "unreachable"


def test_a_passing_fault_is_tried_again(bench: Bench) -> None:
    with bench.played(speaker(Turn(status=429), Turn(status=503), says("{k0}。"))) as assistant:
        answer, record = trace(assistant)
    assert answer.generated
    assert record["outcome"] == "worded"


def test_a_dead_endpoint_is_not_asked_again(bench: Bench) -> None:
    with serve(broken("500")) as server:
        config = model(server.url, usage_file=Path("unused"), retries=0, second_opinion=False)
        assistant = bench.with_generator(Generator(bench.plain.corpus, config))
        reasons = [trace(assistant)[1]["reason"] for _ in range(6)]
        assert len(server.requests) == 3
    assert reasons == ["server error"] * 3 + ["resting"] * 3


def test_a_spent_budget_is_kept(bench: Bench, tmp_path: Path) -> None:
    with serve(player(faithful)) as server:
        config = model(server.url, usage_file=tmp_path / "usage.json", daily_tokens=500)
        assistant = bench.with_generator(Generator(bench.plain.corpus, config))
        assert trace(assistant)[0].generated
        answer, record = trace(assistant)
        assert len(server.requests) == 1
    assert record["reason"] == "budget"
    assert not answer.generated


def test_cost_follows_the_prices(bench: Bench) -> None:
    with bench.played(player(faithful), price_input=2.0, price_output=8.0) as assistant:
        record = trace(assistant)[1]
    tokens = record["tokens"]
    assert record["cost"] == pytest.approx((tokens["prompt"] * 2 + tokens["completion"] * 8) / 1e6, abs=1e-6)


def test_tokens_are_estimated_where_the_server_tells_none(bench: Bench) -> None:
    with bench.played(speaker(Turn(says("{k0}。").text, usage=False))) as assistant:
        answer, record = trace(assistant)
    assert answer.generated
    assert record["tokens"]["estimated"]
    assert record["tokens"]["prompt"] > 100


def opinion(**said: Any) -> Turn:
    return Turn(json.dumps(said, ensure_ascii=False))


UNSURE = "咱们单位想把数据中心的花销报一点"


@pytest.mark.parametrize(
    "said",
    [
        {"measure": None},
        {"measure": "no-such-measure", "words": "花销"},
        {"measure": "talent-team", "words": "不在问题里的话"},
        {"measure": "talent-team", "words": "花销", "amounts": [{"text": "9999万元", "role": "base"}], "place": "上海"},
    ],
)
def test_a_second_opinion_without_ground_changes_nothing(bench: Bench, said: dict[str, Any]) -> None:
    composed = bench.plain.ask(UNSURE).answer
    with bench.played(speaker(opinion(**said), says("{k0}。"))) as assistant:
        answer, record = trace(assistant, UNSURE)
    assert answer.calculations == composed.calculations
    assert answer.status == composed.status
    assert answer.reason == composed.reason
    if record["opinion"] is not None:
        assert record["opinion"]["outcome"] in ("the rules' reading kept", "agree")


def unsure_cases(bench: Bench) -> Iterator[tuple[str, str, str]]:
    """Questions of the sets whose subject the rules only suppose, with the rules' measure and another of the hits."""
    for case in load_sets():
        reply = bench.plain.ask(case.turns[0].question, as_of=case.as_of)
        found = list(reply.trace.understood["measures"])
        if not reply.trace.understood["suggested"] or not found:
            continue
        scores: dict[str, float] = {}
        for hit in bench.plain.search(case.turns[0].question, 6):
            for name in hit.chunk.measures:
                scores[name] = max(hit.score, scores.get(name, 0.0))
        least = max(0.35, scores.get(found[0], 0.0) + 1e-9)
        known = bench.plain.corpus.policy.by_id
        if other := next((name for name, score in scores.items() if score >= least and name in known), None):
            yield case.turns[0].question, found[0], other


def test_another_measure_with_ground_leads_to_a_clarifying_question(bench: Bench) -> None:
    question, own, other = next(unsure_cases(bench))
    with bench.played(speaker(opinion(measure=other, words=question[:4], amounts=[], place=None))) as assistant:
        answer, record = trace(assistant, question)
    shorts = [bench.plain.corpus.policy.by_id[name].short for name in (own, other)]
    assert answer.status is Status.NEEDS_INFORMATION
    assert record["opinion"]["outcome"] == "asked"
    assert all(short in answer.text for short in shorts)
    assert len(answer.choices) == 2
    assert answer.calculations == ()
    chosen = bench.plain.ask(answer.choices[1])
    assert chosen.trace.understood["measures"]


def test_a_sure_question_gets_no_second_opinion(bench: Bench) -> None:
    with serve(player(faithful)) as server:
        config = model(server.url, usage_file=Path("unused"), second_opinion=True)
        record = trace(bench.with_generator(Generator(bench.plain.corpus, config)))[1]
        assert len(server.requests) == 1
    assert record["opinion"] is None


def test_the_judge_of_wrong_verdicts_sees_them(bench: Bench) -> None:
    composed = bench.plain.ask("首台套单价3000万元能拿多少").answer
    for text in ("您可以享受。", "您不符合条件。", "保证给您。", "政策已经废止。", "两份可以相加。"):
        shown = composed.model_copy(update={"generated": True, "text": f"{text}\n\n{composed.text}"})
        assert wrong(composed, shown), text
    assert wrong(composed, composed.model_copy(update={"generated": True})) == ()
