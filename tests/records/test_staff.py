"""Accounts, logins with their lock-out, sessions that expire, keys."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from assistant.errors import InputError
from assistant.records import api_keys, logins, staff
from assistant.records.audit import list_deeds
from assistant.records.database import Records
from assistant.records.logins import LoginLocked, LoginRefused
from assistant.records.tables import Base

from .conftest import Clock

PASSWORD = "Correct horse 7"
LASTS, IDLE = timedelta(hours=8), timedelta(hours=1)


@pytest.fixture
def desk(records: Records) -> Records:
    """Records with one admin."""
    staff.create_first(records, "li.min", PASSWORD, display_name="李敏")
    return records


def log_in(records: Records, password: str = PASSWORD, name: str = "li.min", client: str = "10.0.0.1") -> str:
    return logins.log_in(records, name, password, client=client, lasts=LASTS)


def fail(records: Records, times: int, name: str = "li.min", client: str = "10.0.0.1") -> None:
    for _ in range(times):
        with pytest.raises(LoginRefused) as caught:
            log_in(records, "wrong password", name, client)
        assert not isinstance(caught.value, LoginLocked)


def test_there_is_no_account_and_no_password_to_begin_with(records: Records) -> None:
    assert not staff.any_staff(records)
    for password in ("", "admin", "password"):
        with pytest.raises(LoginRefused):
            log_in(records, password, "admin")


def test_the_first_account_is_made_once(records: Records) -> None:
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda number: staff.create_first(records, f"first{number}", PASSWORD), range(4)))
    assert [account is not None for account in made].count(True) == 1
    (only,) = staff.list_staff(records)
    assert (only.role, only.active) == ("admin", True)


def test_the_setup_code_belongs_to_the_installation(records: Records) -> None:
    code = staff.setup_code(records)
    assert staff.is_setup_code(records, f" {code.upper()} ")
    assert not staff.is_setup_code(records, code[:-1])
    assert not staff.is_setup_code(records, "编码\ud800")
    assert len(code) == 12


@pytest.mark.parametrize("password", ["", "short7890", "x" * 129, "aaaabbbbcccc", "li.min-2025-x"])
def test_weak_passwords_are_refused(records: Records, password: str) -> None:
    with pytest.raises(InputError) as caught:
        staff.create(records, "li.min", password, by="setup")
    assert "密码" in caught.value.user_message
    assert not password or password not in caught.value.message


@pytest.mark.parametrize("name", ["", "a", "李敏", "a b", "../x", "x" * 33, "-ab", "a\nb"])
def test_names_are_plain(records: Records, name: str) -> None:
    with pytest.raises(InputError):
        staff.create(records, name, PASSWORD, by="setup")


def test_names_are_taken_once_whatever_the_case(desk: Records) -> None:
    with pytest.raises(InputError):
        staff.create(desk, "LI.MIN", PASSWORD, by="li.min")
    assert staff.create(desk, "Wang", PASSWORD, by="li.min").name == "wang"


def test_passwords_and_tokens_are_not_in_the_database(desk: Records) -> None:
    token = log_in(desk)
    key = api_keys.create(desk, "报表", by="li.min")
    fail(desk, 1, client="203.0.113.9")
    with desk.engine.connect() as connection:
        dump = "".join(
            str(tuple(row)) for table in Base.metadata.sorted_tables for row in connection.execute(table.select())
        )
    assert "$argon2id$" in dump
    for secret in (PASSWORD, token, key, key.split("_", 2)[2], "203.0.113.9"):
        assert secret not in dump


def test_a_login_opens_a_session_and_log_out_ends_it(desk: Records) -> None:
    token = log_in(desk, name=" LI.MIN ")
    login = logins.current(desk, token, idle=IDLE)
    assert login is not None
    assert (login.name, login.display_name, login.role) == ("li.min", "李敏", "admin")
    assert logins.is_form_token(desk, token, login.form_token)
    assert not logins.is_form_token(desk, token, "")
    assert not logins.is_form_token(desk, log_in(desk), login.form_token)
    logins.log_out(desk, token)
    assert logins.current(desk, token, idle=IDLE) is None
    logins.log_out(desk, token)
    logins.log_out(desk, None)


@pytest.mark.parametrize("token", [None, "", "x", "x" * 5000, "编码\ud800"])
def test_made_up_tokens_are_nobody(desk: Records, token: str | None) -> None:
    assert logins.current(desk, token, idle=IDLE) is None


def test_sessions_expire_and_idle_ones_too(desk: Records, clock: Clock) -> None:
    token, idle = log_in(desk), log_in(desk)
    for _ in range(15):
        clock.move(minutes=30)
        assert logins.current(desk, token, idle=IDLE) is not None
    assert logins.current(desk, idle, idle=IDLE) is None
    clock.move(minutes=29)
    assert logins.current(desk, token, idle=IDLE) is not None
    clock.move(minutes=1)
    assert logins.current(desk, token, idle=IDLE) is None


def test_a_new_password_ends_every_session(desk: Records) -> None:
    token = log_in(desk)
    staff.set_password(desk, "li.min", "Another horse 8", by="li.min")
    assert logins.current(desk, token, idle=IDLE) is None
    with pytest.raises(LoginRefused):
        log_in(desk)
    assert log_in(desk, "Another horse 8")


def test_a_closed_account_is_out_at_once(desk: Records) -> None:
    staff.create(desk, "wang", PASSWORD, by="li.min")
    token = log_in(desk, name="wang")
    staff.set_active(desk, "wang", active=False, by="li.min")
    assert logins.current(desk, token, idle=IDLE) is None
    with pytest.raises(LoginRefused):
        log_in(desk, name="wang")
    with pytest.raises(InputError):
        staff.set_active(desk, "li.min", active=False, by="li.min")
    staff.set_active(desk, "wang", active=True, by="li.min")
    assert log_in(desk, name="wang")


def test_attempts_are_limited_even_with_the_right_password(desk: Records, clock: Clock) -> None:
    fail(desk, logins.TRIES_OF_CLIENT_AT_NAME)
    with pytest.raises(LoginLocked) as caught:
        log_in(desk)
    assert "15 分钟" in caught.value.user_message
    assert log_in(desk, client="10.0.0.2")
    clock.move(minutes=14)
    with pytest.raises(LoginLocked):
        log_in(desk)
    clock.move(minutes=1)
    assert log_in(desk)


def test_a_success_forgets_earlier_failures(desk: Records) -> None:
    for _ in range(3):
        fail(desk, logins.TRIES_OF_CLIENT_AT_NAME - 1)
        assert log_in(desk)


def test_many_clients_cannot_try_one_name_for_ever(desk: Records) -> None:
    for client in range(4):
        fail(desk, logins.TRIES_OF_CLIENT_AT_NAME, client=f"10.0.1.{client}")
    with pytest.raises(LoginLocked):
        log_in(desk, client="10.0.1.9")


def test_one_client_cannot_try_many_names_for_ever(desk: Records) -> None:
    for number in range(logins.TRIES_OF_CLIENT // logins.TRIES_OF_CLIENT_AT_NAME):
        fail(desk, logins.TRIES_OF_CLIENT_AT_NAME, name=f"name{number}")
    with pytest.raises(LoginLocked):
        log_in(desk)


def test_an_admin_lets_a_locked_out_colleague_in(desk: Records) -> None:
    fail(desk, logins.TRIES_OF_CLIENT_AT_NAME)
    logins.unlock(desk, "li.min", by="wang")
    assert log_in(desk)


def test_attempts_at_once_count_as_many(desk: Records) -> None:
    def attempt(_: int) -> type[Exception] | None:
        try:
            log_in(desk, "wrong password")
        except LoginRefused as error:
            return type(error)
        return None

    with ThreadPoolExecutor(12) as pool:
        outcomes = list(pool.map(attempt, range(12)))
    assert outcomes.count(LoginRefused) == logins.TRIES_OF_CLIENT_AT_NAME
    assert outcomes.count(LoginLocked) == 12 - logins.TRIES_OF_CLIENT_AT_NAME


def test_keys_are_shown_once_and_can_be_revoked(desk: Records) -> None:
    key = api_keys.create(desk, "报表", by="li.min")
    found = api_keys.verify(desk, key)
    assert found is not None
    assert (found.label, found.created_by) == ("报表", "li.min")
    assert api_keys.list_keys(desk) == (found,)
    api_keys.revoke(desk, found.id, by="li.min")
    assert api_keys.verify(desk, key) is None
    assert api_keys.list_keys(desk)[0].revoked_at is not None
    with pytest.raises(InputError):
        api_keys.revoke(desk, found.id, by="li.min")
    with pytest.raises(InputError):
        api_keys.create(desk, " ", by="li.min")


@pytest.mark.parametrize(
    "change",
    [lambda k: k[:-1], lambda k: k + "x", lambda k: k.replace("ozk", "xyz"), lambda k: k[:0], lambda k: k[:4] + "a_b"],
)
def test_other_keys_are_refused(desk: Records, change: object) -> None:
    assert callable(change)
    key = api_keys.create(desk, "报表", by="li.min")
    assert api_keys.verify(desk, change(key)) is None


def test_what_admins_do_is_on_the_trail(desk: Records) -> None:
    staff.create(desk, "wang", PASSWORD, by="li.min")
    staff.set_password(desk, "wang", "Another horse 8", by="li.min")
    log_in(desk, "Another horse 8", "wang")
    actions = [(deed.actor, deed.action, deed.target) for deed in list_deeds(desk)[0]]
    assert actions == [
        ("wang", "login", ""),
        ("li.min", "staff.password", "wang"),
        ("li.min", "staff.create", "wang"),
        ("li.min", "staff.create", "li.min"),
    ]
    assert PASSWORD not in str(list_deeds(desk))
