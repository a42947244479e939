"""账号: made, closed, opened, given a new password; keys; only by admins."""

from __future__ import annotations

import re

import pytest

from assistant.records import api_keys, staff

from .conftest import PASSWORD, Desk, words

OTHER = "Another horse 8"


def names(desk: Desk) -> dict[str, tuple[str, bool]]:
    return {one.name: (one.role, one.active) for one in staff.list_staff(desk.records)}


def test_an_admin_makes_closes_and_opens_accounts(desk: Desk) -> None:
    made = desk.post("/desk/accounts", name="li.min", display_name="李敏", role="officer", password=OTHER)
    assert made.headers["location"] == "/desk/accounts?done=account_made"
    assert "李敏" in words(desk.get("/desk/accounts", done="account_made"))
    for deed, active in (("close", False), ("open", True)):
        desk.post("/desk/accounts/li.min", deed=deed)
        assert names(desk)["li.min"] == ("officer", active)
    desk.post("/desk/accounts/li.min", deed="password", password=PASSWORD)
    desk.log_in("li.min", PASSWORD)
    assert "工作人员" not in words(desk.get("/desk/accounts"))


@pytest.mark.parametrize(
    "form",
    [{"name": "li", "password": "short"}, {"name": "李", "password": OTHER}, {"name": "admin", "password": OTHER}],
)
def test_what_cannot_be_an_account_is_told(desk: Desk, form: dict[str, str]) -> None:
    answer = desk.post("/desk/accounts", **form)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert list(names(desk)) == ["admin"]


def test_the_last_admin_stays(desk: Desk) -> None:
    assert desk.post("/desk/accounts/admin", deed="close").status_code == 422
    assert names(desk)["admin"] == ("admin", True)


def test_officers_change_nothing_but_their_own_password(officer: Desk) -> None:
    for path in ("/desk/accounts", "/desk/accounts/admin", "/desk/accounts/keys", "/desk/accounts/keys/x"):
        answer = officer.post(path, name="eve", password=OTHER, role="admin", deed="password", label="x")
        assert answer.status_code == 422
    assert list(names(officer)) == ["admin", "li.min"]
    assert api_keys.list_keys(officer.records) == ()
    assert officer.post("/desk/accounts/password", password=OTHER, current=OTHER).status_code == 422
    done = officer.post("/desk/accounts/password", password=OTHER, current=PASSWORD)
    assert done.headers["location"] == "/desk/login"
    assert officer.client.get("/desk/session").status_code == 401
    officer.log_in("li.min", OTHER)


def test_a_key_is_shown_once_works_and_is_revoked(desk: Desk) -> None:
    page = desk.post("/desk/accounts/keys", label="统计").text
    found = re.search(r"ozk_[A-Za-z0-9_-]+", page)
    assert found
    headers = {"Authorization": f"Bearer {found[0]}"}
    assert desk.client.get("/api/v1/staff/answers", headers=headers).status_code == 200
    assert found[0] not in desk.get("/desk/accounts")
    (key,) = api_keys.list_keys(desk.records)
    desk.post(f"/desk/accounts/keys/{key.id}")
    assert desk.client.get("/api/v1/staff/answers", headers=headers).status_code == 401
