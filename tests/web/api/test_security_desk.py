"""The way into the desk: first account, login, lock-out, sessions, forged forms."""

from __future__ import annotations

import re
from typing import Any

import pytest
from httpx import Response

from assistant.errors import InputError
from assistant.records import logins, staff

from .conftest import PASSWORD, Open, Site

PAGE = {"accept": "text/html"}


def token_of(page: str) -> str:
    found = re.search(r'name="token" value="([0-9a-f]{32})"', page)
    assert found
    return found[1]


def log_in(site: Site, password: str = PASSWORD, name: str = "admin", **more: Any) -> Response:
    page = site.client.get("/desk/login", headers=PAGE)
    form = {"name": name, "password": password, "token": token_of(page.text), **more}
    return site.client.post("/desk/login", data=form)


@pytest.fixture
def desk(open_site: Open) -> Site:
    return open_site(desk_password=PASSWORD)


def cookie(answer: Response, name: str = "desk") -> str:
    return next(line for line in answer.headers.get_list("set-cookie") if line.startswith(f"{name}="))


def test_the_first_account_needs_the_code_from_the_log(site: Site) -> None:
    assert site.client.get("/desk/login", headers=PAGE).headers["location"] == "/desk/setup"
    page = site.client.get("/desk/setup", headers=PAGE)
    form = {"name": "li.min", "password": PASSWORD, "again": PASSWORD, "token": token_of(page.text)}
    wrong = site.client.post("/desk/setup", data={**form, "code": "000000000000"})
    assert wrong.status_code == 403
    assert not staff.any_staff(site.records)
    form |= {"token": token_of(wrong.text), "code": staff.setup_code(site.records)}
    unlike = site.client.post("/desk/setup", data={**form, "again": "Another horse 8"})
    weak = site.client.post("/desk/setup", data={**form, "token": token_of(unlike.text), "password": "x", "again": "x"})
    assert (unlike.status_code, weak.status_code) == (422, 422)
    done = site.client.post("/desk/setup", data={**form, "token": token_of(weak.text)})
    assert done.headers["location"] == "/desk/login"
    assert log_in(site, name="li.min").status_code == 303
    late = site.client.get("/desk/setup", headers=PAGE)
    assert late.headers["location"] == "/desk/login"
    again = {"name": "eve", "password": PASSWORD, "again": PASSWORD, "code": staff.setup_code(site.records)}
    assert site.client.post("/desk/setup", data=again).headers["location"] == "/desk/login"
    assert [account.name for account in staff.list_staff(site.records)] == ["li.min"]


def test_there_is_no_default_password(site: Site) -> None:
    assert not staff.any_staff(site.records)


def test_a_weak_password_in_the_settings_is_told_at_the_start(open_site: Open) -> None:
    with pytest.raises(InputError):
        open_site(desk_password="admin")


def test_a_changed_setting_does_not_reset_the_password(open_site: Open) -> None:
    open_site(desk_password=PASSWORD)
    again = open_site(desk_password="Another horse 8")
    assert log_in(again, "Another horse 8").status_code == 401
    assert log_in(again, PASSWORD).status_code == 303


@pytest.mark.parametrize(
    "path",
    [
        "/desk",
        "/desk/",
        "/desk/config",
        "/desk/gradio_api/queue/join",
        "/desk/answers.csv",
        "/desk/session",
        "/desk/../desk/x",
        "/desk//x",
    ],
)
def test_nothing_of_the_desk_is_served_without_a_login(desk: Site, path: str) -> None:
    assert desk.client.get(path).status_code == 401
    page = desk.client.get(path, headers=PAGE)
    assert page.status_code == 303
    assert page.headers["location"].startswith("/desk/login?next=/desk")
    assert desk.client.post(path, headers={"origin": "http://desk.test"}).status_code == 401


def test_a_login_opens_the_desk_and_a_logout_closes_it(desk: Site) -> None:
    done = log_in(desk)
    assert (done.status_code, done.headers["location"]) == (303, "/desk/")
    session = desk.client.get("/desk/session").json()
    assert (session["name"], session["role"]) == ("admin", "admin")
    assert desk.client.get("/desk/answers.csv").status_code == 200
    assert desk.client.get("/desk/login", headers=PAGE).headers["location"] == "/desk/"
    out = desk.client.post("/desk/logout", data={"token": session["form_token"]})
    assert out.headers["location"] == "/desk/login"
    assert desk.client.get("/desk/session").status_code == 401


def test_the_cookie_is_kept_from_scripts_and_other_sites(desk: Site) -> None:
    attributes = {part.strip().lower() for part in cookie(log_in(desk)).split(";")[1:]}
    assert {"httponly", "samesite=strict", "path=/", "max-age=28800"} <= attributes
    assert "secure" not in attributes


def test_over_https_cookies_travel_over_nothing_else(open_site: Open) -> None:
    site = open_site(https=True, desk_password=PASSWORD)
    done = log_in(site)
    line = cookie(done, "__Host-desk")
    assert "secure" in line.lower()
    assert "domain" not in line.lower()
    assert done.headers["strict-transport-security"].startswith("max-age=")


def test_wrong_names_and_wrong_passwords_look_the_same(desk: Site) -> None:
    one, other = log_in(desk, "wrong password"), log_in(desk, "wrong password", "nobody")
    assert one.status_code == other.status_code == 401
    neutral = [re.sub(r'(value|nonce)="[^"]*"', "", answer.text) for answer in (one, other)]
    assert neutral[0] == neutral[1]


def test_the_lock_out_holds_for_the_right_password(desk: Site) -> None:
    for _ in range(logins.TRIES_OF_CLIENT_AT_NAME):
        assert log_in(desk, "wrong password").status_code == 401
    locked = log_in(desk)
    assert locked.status_code == 429
    assert "15 分钟" in locked.text
    assert desk.client.get("/desk/session").status_code == 401


def test_forms_from_elsewhere_are_refused(desk: Site) -> None:
    form = {"name": "admin", "password": PASSWORD}
    assert desk.client.post("/desk/login", data=form).status_code == 403
    page = desk.client.get("/desk/login", headers=PAGE)
    token = token_of(page.text)
    for headers in ({"origin": "https://evil.test"}, {"sec-fetch-site": "cross-site"}, {"origin": "null"}):
        assert desk.client.post("/desk/login", data={**form, "token": token}, headers=headers).status_code == 403
    desk.client.cookies.clear()
    assert desk.client.post("/desk/login", data={**form, "token": token}).status_code == 403
    assert log_in(desk).status_code == 303


def test_calls_that_change_something_must_be_our_own(desk: Site) -> None:
    log_in(desk)
    for headers in ({"origin": "https://evil.test"}, {"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"}):
        answer = desk.client.post("/desk/gradio_api/queue/join", headers=headers, json={})
        assert (answer.status_code, answer.json()["error"]["code"]) == (403, "forbidden")
    assert desk.client.post("/desk/logout", data={"token": "0" * 32}).status_code == 403
    assert desk.client.get("/desk/session").status_code == 200
    own = desk.client.post("/desk/gradio_api/queue/join", headers={"origin": "http://desk.test"}, json={})
    assert own.status_code == 404  # let through; no page is mounted here


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.test/",
        "//evil.test",
        "/\\evil.test",
        "/desk//evil.test",
        "/",
        "javascript:alert(1)",
        "/desk/logout",
        "/desk/\r\nx",
    ],
)
def test_after_the_login_only_the_desk_is_opened(desk: Site, target: str) -> None:
    assert log_in(desk, next=target).headers["location"] == "/desk/"


def test_after_the_login_the_page_that_was_wanted_is_opened(desk: Site) -> None:
    page = desk.client.get("/desk/records", headers=PAGE)
    login = desk.client.get(page.headers["location"], headers=PAGE)
    assert 'value="/desk/records"' in login.text
    assert log_in(desk, next="/desk/records").headers["location"] == "/desk/records"


@pytest.mark.parametrize("text", ['"><script>alert(1)</script>', "'><img src=x onerror=alert(1)>"])
def test_what_was_typed_comes_back_as_text(desk: Site, text: str) -> None:
    answer = log_in(desk, "wrong password", text)
    assert "<script>alert" not in answer.text
    assert "<img" not in answer.text
    page = desk.client.get("/desk/login", params={"next": text}, headers=PAGE)
    assert "<img" not in page.text


def test_an_idle_session_is_over(desk: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    from datetime import timedelta

    log_in(desk)
    now = desk.records.now
    monkeypatch.setattr(desk.records, "now", lambda: now() + timedelta(minutes=59))
    assert desk.client.get("/desk/session").status_code == 200
    monkeypatch.setattr(desk.records, "now", lambda: now() + timedelta(minutes=120))
    assert desk.client.get("/desk/session").status_code == 401
