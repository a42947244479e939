"""The public calls over HTTP."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import text

from assistant.answering.answer import Answer
from assistant.answering.service import Assistant
from assistant.records.answers import get_answer, list_answers
from assistant.records.review import list_groups
from assistant.web.api.recorded import STATE_LIMIT

from .conftest import Open, Site

PLATFORM = "新建一个公共技术服务平台，建设总投资1500万元，能补多少？"


def test_an_answer_is_the_contracts_and_a_little_more(site: Site) -> None:
    body = site.ask(PLATFORM, session="tab-1")
    extra = {name: body.pop(name) for name in ("state", "reviewed", "recorded")}
    answer = Answer.model_validate(body)
    assert answer.status == "answered"
    assert answer.citations[0].article == "六"
    assert (answer.calculations[0].minimum, answer.calculations[0].maximum) == ("3000000", "3000000")
    assert answer.crosscheck.unsupported == ()
    assert (extra["reviewed"], extra["recorded"]) == (None, True)
    record = get_answer(site.records, answer.id)
    assert record is not None
    assert (record.channel, record.measures, record.as_of.isoformat()) == (
        "api",
        ("platform-construction",),
        "2025-03-01",
    )
    assert record.trace is not None
    assert set(record.trace) >= {"understood", "retrieved", "calculated", "checked", "milliseconds"}
    assert record.session not in (None, "tab-1")


def test_a_conversation_goes_on_by_its_state(site: Site) -> None:
    first = site.ask(PLATFORM)
    second = site.ask("那如果是1800万元呢？", state=first["state"])
    assert second["calculations"][0]["minimum"] == "3600000"
    assert second["calculations"][0]["measure"] == "platform-construction"


@pytest.mark.parametrize("state", ["x", "e30", "eyJtZWFzdXJlcyI6W119", "\u0000", "状态"])
def test_a_state_that_was_not_given_out_is_refused(site: Site, state: str) -> None:
    answer = site.client.post("/api/v1/ask", json={"question": "那呢", "state": state})
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "state_invalid")
    assert list_answers(site.records) == ((), 0)


def test_a_state_that_was_changed_is_refused(site: Site) -> None:
    state = site.ask(PLATFORM)["state"]
    answer = site.client.post("/api/v1/ask", json={"question": "那呢", "state": state[:5] + "x" + state[6:]})
    assert answer.status_code == 422


def test_a_long_conversation_still_fits(site: Site) -> None:
    state = None
    for number in range(14):
        question = "".join(chr(0x4E00 + (place * 7919 + number * 104729) % 20000) for place in range(2990))
        state = site.ask(question, **({"state": state} if state else {}))["state"]
    assert state is not None
    assert len(state) <= STATE_LIMIT


@pytest.mark.parametrize(
    ("body", "code", "said"),
    [
        ({}, "invalid_request", "question：缺少"),
        ({"question": ""}, "invalid_request", "question：不能为空"),
        ({"question": "问" * 3001}, "invalid_request", "question：太长"),
        ({"question": "问", "as_of": "tomorrow"}, "invalid_request", "as_of：应为 2025-03-01 这样的日期"),
        ({"question": "问", "as_of": "1999-12-31"}, "invalid_request", "as_of：太小"),
        ({"question": "问", "asof": "2025-03-01"}, "invalid_request", "asof：没有这个字段"),
        ({"question": 5}, "invalid_request", "question：应为文字"),
        ({"question": "问", "session": "a b"}, "invalid_request", "session：格式不正确"),
        ([], "invalid_request", "格式不正确"),
    ],
)
def test_requests_that_do_not_fit_are_told_which_field(site: Site, body: Any, code: str, said: str) -> None:
    answer = site.client.post("/api/v1/ask", json=body)
    error = answer.json()["error"]
    assert (answer.status_code, error["code"]) == (422, code)
    assert said in error["hint"]


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b'{"question": "\\ud800"}', b"nonsense"])
def test_requests_that_are_no_json_are_told(site: Site, content: bytes) -> None:
    answer = site.client.post("/api/v1/ask", content=content, headers={"content-type": "application/json"})
    assert answer.status_code == 422
    assert set(answer.json()["error"]) == {"code", "message", "hint"}


@pytest.mark.parametrize("question", ["  ", "\u200b", "😀😀", "<script>alert(1)</script>", "' OR 1=1 --", "\0\x07问"])
def test_odd_questions_get_an_answer_or_a_typed_error(site: Site, question: str) -> None:
    answer = site.client.post("/api/v1/ask", json={"question": question})
    assert answer.status_code in (200, 422)
    assert "Traceback" not in answer.text


def test_refusals_wait_for_an_officer(site: Site) -> None:
    body = site.ask("无锡的首台套能补多少？")
    assert body["status"] == "not_covered"
    (group,), _ = list_groups(site.records)
    assert group.items[0].answer_id == body["id"]
    site.ask(PLATFORM)
    assert list_groups(site.records)[1] == 1


def test_votes_are_kept(site: Site) -> None:
    body = site.ask(PLATFORM)
    vote = {"answer": body["id"], "vote": "down", "reason": "请打13812345678"}
    assert site.client.post("/api/v1/feedback", json=vote).json() == {"stored": True}
    record = get_answer(site.records, body["id"])
    assert record is not None
    assert (record.vote, record.vote_reason) == ("down", "请打〔手机号〕")
    missing = site.client.post("/api/v1/feedback", json={"answer": "nobody", "vote": "up"})
    assert (missing.status_code, missing.json()["error"]["code"]) == (404, "not_found")
    wrong = site.client.post("/api/v1/feedback", json={"answer": body["id"], "vote": "maybe"})
    assert "vote：不在可选值之内" in wrong.json()["error"]["hint"]


def test_with_records_off_questions_are_answered_and_not_kept(open_site: Open) -> None:
    site = open_site(records_enabled=False)
    body = site.ask(PLATFORM)
    assert (body["status"], body["recorded"]) == ("answered", False)
    assert list_answers(site.records) == ((), 0)
    answer = site.client.post("/api/v1/feedback", json={"answer": body["id"], "vote": "up"})
    assert answer.status_code == 404


def test_when_the_database_fails_companies_still_get_answers(site: Site) -> None:
    with site.records.engine.begin() as connection:
        for table in ("review_items", "feedback", "answers", "synonyms"):
            connection.execute(text(f"DROP TABLE {table}"))
    body = site.ask(PLATFORM)
    assert (body["status"], body["recorded"]) == ("answered", False)
    vote = site.client.post("/api/v1/feedback", json={"answer": body["id"], "vote": "up"})
    assert (vote.status_code, vote.json()["error"]["code"]) == (503, "unavailable")
    assert "sqlite" not in vote.text.lower()


def test_sums_are_exact_and_explained(site: Site) -> None:
    body = site.client.post("/api/v1/calculate", json={"measure": "platform-construction", "amount": "1.5亿"}).json()
    assert (body["calculation"]["minimum"], body["calculation"]["capped"]) == ("20000000", True)
    assert body["calculation"]["steps"]
    assert body["text"] == "2000万元"
    assert body["base_for_cap"] == {"minimum": "100000000", "maximum": "100000000"}
    assert "建设总投资20%" in body["quote"]
    years = {"measure": "computing-power", "amount": "500万", "years": 3}
    assert site.client.post("/api/v1/calculate", json=years).json()["calculation"]["minimum"] == "3000000"
    device = {"measure": "first-set-equipment", "amount": "3000万", "uplifted": True}
    readings = site.client.post("/api/v1/calculate", json=device).json()["calculation"]["readings"]
    assert len(readings) == 2


@pytest.mark.parametrize(
    ("body", "status", "said"),
    [
        ({"measure": "nothing", "amount": "5万"}, 404, "没有这项措施"),
        ({"measure": "platform-construction", "amount": "很多"}, 422, "很多"),
        ({"measure": "platform-construction", "amount": "-5万"}, 422, "负"),
        ({"measure": "platform-construction", "amount": "500万美元"}, 422, "美元"),
        ({"measure": "platform-construction", "amount": "99999999亿元"}, 422, "超出"),
        ({"measure": "major-project", "amount": "500万"}, 422, "没有给"),
        ({"measure": "platform-construction", "amount": "5万", "uplifted": True}, 422, "上浮"),
        ({"measure": "platform-construction", "amount": "5万", "years": 2}, 422, "按年"),
    ],
)
def test_sums_that_cannot_be_done_are_told_why(site: Site, body: dict[str, Any], status: int, said: str) -> None:
    answer = site.client.post("/api/v1/calculate", json=body)
    assert answer.status_code == status
    assert said in answer.json()["error"]["message"]


def test_measures_are_all_there_with_their_clauses(site: Site, assistant: Assistant) -> None:
    body = site.client.get("/api/v1/measures").json()
    policy = assistant.corpus.policy
    assert [measure["id"] for measure in body["measures"]] == [measure.id for measure in policy.measures]
    assert all(measure["quote"] in policy.document.text for measure in body["measures"])
    only = site.client.get("/api/v1/measures", params={"article": "6"}).json()["measures"]
    assert {measure["article"] for measure in only} == {"六"}
    one = site.client.get("/api/v1/measures/computing-power").json()
    assert (one["cap"], one["rate"]) == ({"amount": "2000000", "per": "year"}, {"minimum": "0.2", "maximum": "0.2"})
    assert site.client.get("/api/v1/measures/nothing").status_code == 404


@pytest.mark.parametrize(("asked", "number"), [("六", "六"), ("6", "六"), ("10", "十"), ("附", "附"), ("附则", "附")])
def test_articles_are_verbatim(site: Site, assistant: Assistant, asked: str, number: str) -> None:
    body = site.client.get(f"/api/v1/articles/{asked}").json()
    document = assistant.corpus.policy.document
    assert body["number"] == number
    assert document.text[body["start"] : body["end"]] == body["text"]
    assert all(document.text[clause["start"] : clause["end"]] == clause["text"] for clause in body["clauses"])


@pytest.mark.parametrize("asked", ["0", "11", "十一", "x", "-1", "%2e%2e", "..%2f..%2f", "六%00"])
def test_other_articles_do_not_exist(site: Site, asked: str) -> None:
    answer = site.client.get(f"/api/v1/articles/{asked}")
    assert answer.status_code in (404, 422)
    assert set(answer.json()) == {"error"}


def test_search_finds_and_filters(site: Site) -> None:
    body = site.client.get("/api/v1/search", params={"q": "算力费用补贴", "k": 3}).json()
    assert body["hits"][0]["articles"] == ["十"]
    assert len(body["hits"]) <= 3
    assert all(0 <= hit["score"] <= 1 for hit in body["hits"])
    six = site.client.get("/api/v1/search", params={"q": "平台补助", "article": "6", "kind": "policy"}).json()["hits"]
    assert {(hit["kind"], *hit["articles"]) for hit in six} == {("policy", "六")}
    assert site.client.get("/api/v1/search").status_code == 422
    assert site.client.get("/api/v1/search", params={"q": "x", "k": 51}).status_code == 422
    assert site.client.get("/api/v1/search", params={"q": "x", "article": "11"}).status_code == 404


@pytest.mark.parametrize("path", ["/health", "/api/v1/health"])
def test_health_says_that_the_process_lives(site: Site, path: str) -> None:
    assert site.client.get(path).json() == {"status": "ok"}


def test_ready_says_whether_index_and_database_answer(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    assert site.client.get("/ready").json() == {"status": "ready", "index": True, "records": True}
    with site.records.engine.connect() as connection:
        file = connection.engine.url.database
    assert file is not None
    site.records.engine.dispose()
    with open(file, "r+b") as broken:
        broken.truncate(100)
    answer = site.client.get("/api/v1/ready")
    assert (answer.status_code, answer.json()) == (503, {"status": "not_ready", "index": True, "records": False})


def test_the_openapi_document_describes_every_call_in_chinese(site: Site) -> None:
    document = site.client.get("/api/v1/openapi.json").json()
    paths = set(document["paths"])
    wanted = {"ask", "calculate", "measures", "articles/{n}", "search", "feedback", "health", "ready"}
    assert {f"/api/v1/{name}" for name in wanted} <= paths
    assert not any(path.startswith("/desk") for path in paths)
    for path, calls in document["paths"].items():
        for call in calls.values():
            assert any("\u4e00" <= letter <= "\u9fff" for letter in call["summary"] + call["description"]), path
    schemas = document["components"]["schemas"]
    for name in ("AskRequest", "CalculateRequest", "FeedbackRequest", "ErrorBody"):
        assert "example" in schemas[name]
    answer = site.client.post("/api/v1/ask", json=schemas["AskRequest"]["example"])
    assert answer.json()["calculations"][0]["maximum"] == "3000000"
    assert site.client.post("/api/v1/calculate", json=schemas["CalculateRequest"]["example"]).status_code == 200


def test_fifty_at_once_are_all_answered_and_recorded(site: Site) -> None:
    with ThreadPoolExecutor(50) as pool:
        bodies = list(pool.map(lambda number: site.ask(f"新建平台投资{number + 100}万元补多少"), range(50)))
    amounts = [int(body["calculations"][0]["minimum"]) for body in bodies]
    assert amounts == [(number + 100) * 2000 for number in range(50)]
    assert list_answers(site.records)[1] == 50
