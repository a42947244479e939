"""Calls with a key."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.records import api_keys
from assistant.records.feedback import vote

from .conftest import Site

CALLS = (
    "/answers",
    "/answers.csv",
    "/answers/x",
    "/review",
    "/statistics?since=2025-01-01&until=2025-01-02",
)


@pytest.fixture
def headers(site: Site) -> dict[str, str]:
    return {"Authorization": f"Bearer {api_keys.create(site.records, '报表', by='li')}"}


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("given", [None, "", "Bearer", "Bearer x", "Basic eDp4", "Bearer ozk_000000000000_AAAA"])
def test_without_a_key_nothing_is_told(site: Site, call: str, given: str | None) -> None:
    answer = site.client.get(f"/api/v1/staff{call}", headers={"Authorization": given} if given is not None else {})
    assert (answer.status_code, answer.json()["error"]["code"]) == (401, "unauthorized")
    assert answer.headers["www-authenticate"] == "Bearer"


def test_a_revoked_key_is_no_key(site: Site, headers: dict[str, str]) -> None:
    assert site.client.get("/api/v1/staff/answers", headers=headers).status_code == 200
    api_keys.revoke(site.records, api_keys.list_keys(site.records)[0].id, by="li")
    assert site.client.get("/api/v1/staff/answers", headers=headers).status_code == 401


def get(site: Site, headers: dict[str, str], call: str, **params: Any) -> Any:
    answer = site.client.get(f"/api/v1/staff{call}", headers=headers, params=params)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_records_are_listed_filtered_and_shown_with_their_trace(site: Site, headers: dict[str, str]) -> None:
    good, bad = site.ask("新建平台投资1500万元补多少"), site.ask("无锡首台套补多少")
    vote(site.records, good["id"], up=False, reason="不对")
    assert get(site, headers, "/answers")["total"] == 2
    page = get(site, headers, "/answers", status="not_covered", limit=1)
    assert [line["id"] for line in page["answers"]] == [bad["id"]]
    assert [line["id"] for line in get(site, headers, "/answers", vote="down")["answers"]] == [good["id"]]
    detail = get(site, headers, f"/answers/{good['id']}")
    assert detail["line"]["vote_reason"] == "不对"
    assert detail["answer"]["text"] == good["text"]
    assert detail["trace"]["understood"]["measures"] == ["platform-construction"]
    assert site.client.get("/api/v1/staff/answers/nobody", headers=headers).status_code == 404
    assert site.client.get("/api/v1/staff/answers?limit=0", headers=headers).status_code == 422


def test_the_export_can_be_opened(site: Site, headers: dict[str, str]) -> None:
    site.ask("新建平台投资1500万元补多少")
    answer = site.client.get("/api/v1/staff/answers.csv", headers=headers)
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"] == 'attachment; filename="answers.csv"'
    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert len(answer.text.splitlines()) > 1


def test_open_questions_and_figures(site: Site, headers: dict[str, str]) -> None:
    site.ask("无锡首台套补多少")
    site.ask("新建平台投资1500万元补多少")
    (group,) = get(site, headers, "/review")["groups"]
    assert (group["question"], group["refused"]) == ("无锡首台套补多少", 1)
    today = site.records.today().isoformat()
    figures = get(site, headers, "/statistics", since=today, until=today)
    assert (figures["days"][0]["answered"], figures["days"][0]["not_covered"]) == (1, 1)
    assert figures["measures"] == [["platform-construction", 1]]
    for since, until in (("2025-01-02", "2025-01-01"), ("2020-01-01", "2025-01-01")):
        wrong = site.client.get("/api/v1/staff/statistics", headers=headers, params={"since": since, "until": until})
        assert wrong.status_code == 422
