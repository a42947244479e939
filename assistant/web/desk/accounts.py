"""账号: members of staff and the keys of their programs, for admins; everybody's own password."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup
from sqlalchemy import select
from starlette.responses import Response

from assistant.errors import InputError
from assistant.records import api_keys, logins, staff
from assistant.records.api_keys import ApiKey
from assistant.records.logins import Login
from assistant.records.staff import PASSWORD_MAXIMUM, Staff
from assistant.records.tables import Role, StaffRow
from assistant.web.desk.fields import field, labelled
from assistant.web.desk.frame import ACCOUNTS, button, hidden, page
from assistant.web.desk.office import Office
from assistant.web.desk.routing import Asked, NotFound, Pages, go, only_admin
from assistant.web.desk.wording import say, table, word
from assistant.web.view.html import Content, tag


def add(pages: Pages, office: Office) -> None:
    """Puts the pages up."""
    records = office.records

    def shown(login: Login, *more: Content, done: str = "", fault: str = "") -> Response:
        parts: list[Content] = [_own_password(login)]
        if login.role == "admin":
            parts = [
                _accounts(login, staff.list_staff(records)),
                _keys(login, api_keys.list_keys(records)),
                *parts,
            ]
        title, status = say("accounts.title"), 422 if fault else 200
        return page("accounts", login, title, *more, *parts, done=done, fault=fault, status=status)

    @pages.show("/accounts")
    def show(asked: Asked) -> Response:
        return shown(asked.login, done=asked.text("done"))

    @pages.take("/accounts")
    def create(asked: Asked) -> Response:
        only_admin(asked.login, say("accounts.admin"))
        role: Role = "admin" if asked.text("role") == "admin" else "officer"
        try:
            staff.create(
                records,
                asked.text("name"),
                _password(asked),
                by=asked.login.name,
                display_name=asked.text("display_name"),
                role=role,
            )
        except InputError as error:
            return shown(asked.login, fault=error.user_message)
        return go(ACCOUNTS, done="account_made")

    @pages.take("/accounts/password")
    def change_own(asked: Asked) -> Response:
        with records.reading() as session:
            row = session.scalar(select(StaffRow).where(StaffRow.name == asked.login.name))
        if not staff.verify(row, _password(asked, "current")):
            return shown(asked.login, fault=say("accounts.wrong"))
        try:
            staff.set_password(records, asked.login.name, _password(asked), by=asked.login.name)
        except InputError as error:
            return shown(asked.login, fault=error.user_message)
        return go("/desk/login")  # all sessions of the account have ended with the old password

    @pages.take("/accounts/keys")
    def make_key(asked: Asked) -> Response:
        only_admin(asked.login, say("accounts.admin"))
        key = api_keys.create(records, asked.text("label"), by=asked.login.name)
        once = tag("p", say("accounts.key_once"), " ", tag("code", key), class_="desk-done", role="status")
        return shown(asked.login, once)

    @pages.take("/accounts/keys/{id}")
    def revoke(asked: Asked) -> Response:
        only_admin(asked.login, say("accounts.admin"))
        api_keys.revoke(records, asked.path["id"], by=asked.login.name)
        return go(ACCOUNTS, done="key_revoked")

    @pages.take("/accounts/{name}")
    def change(asked: Asked) -> Response:
        only_admin(asked.login, say("accounts.admin"))
        name, by, deed = asked.path["name"], asked.login.name, asked.text("deed")
        if deed == "unlock":
            logins.unlock(records, name, by=by)
        elif deed in ("close", "open"):
            staff.set_active(records, name, active=deed == "open", by=by)
        elif deed == "password":
            try:
                staff.set_password(records, name, _password(asked), by=by)
            except InputError as error:
                return shown(asked.login, fault=error.user_message)
        else:
            raise NotFound(f"no deed {deed!r}", user_message=say("fault.unknown"))
        return go(ACCOUNTS, done="account_changed")


def _password(asked: Asked, name: str = "password") -> str:
    """A password as it was typed, blanks and all."""
    return asked.fields.get(name, ("",))[-1]


def _accounts(login: Login, found: Sequence[Staff]) -> Markup:
    columns = table("accounts.columns")
    rows = []
    for one in found:
        cells: dict[str, Content] = {
            "name": tag("b", one.name),
            "display": one.display_name,
            "role": word("accounts.roles", one.role),
            "state": tag("span", say("accounts.open" if one.active else "accounts.closed"), class_="chip"),
            "since": one.created_at.strftime("%Y-%m-%d"),
            "deed": tag("div", _deeds(login, one), class_="actions"),
        }
        rows.append(tag("tr", [tag("td", cells[name], data_label=columns[name]) for name in columns]))
    head = tag("tr", [tag("th", title, scope="col") for title in columns.values()])
    roles = [tag("option", text, value=role) for role, text in table("accounts.roles").items()]
    new = tag(
        "form",
        hidden(login),
        labelled(say("accounts.name"), field("name", required=True, maxlength=32, autocomplete="off")),
        labelled(say("accounts.display"), field("display_name", maxlength=64, autocomplete="off")),
        labelled(say("accounts.role"), tag("select", roles, name="role")),
        labelled(say("accounts.password"), _password_field()),
        button(say("accounts.create")),
        method="post",
        action=ACCOUNTS,
        class_="desk-form in-line",
    )
    listed = tag("div", tag("table", tag("thead", head), tag("tbody", rows), class_="desk-table"), class_="desk-scroll")
    return tag("section", tag("h2", say("accounts.staff")), listed, tag("h3", say("accounts.new")), new, class_="panel")


def _deeds(login: Login, one: Staff) -> list[Markup]:
    deeds = ["unlock", "close" if one.active else "open"]
    buttons = [
        _form(login, f"{ACCOUNTS}/{one.name}", button(say(f"accounts.deeds.{deed}"), name="deed", value=deed))
        for deed in deeds
        if one.name != login.name
    ]
    reset = tag(
        "details",
        tag("summary", say("accounts.deeds.password")),
        _form(
            login,
            f"{ACCOUNTS}/{one.name}",
            tag("input", type="hidden", name="deed", value="password"),
            labelled(say("accounts.password"), _password_field()),
            button(say("accounts.set")),
        ),
    )
    return [*buttons, reset] if one.name != login.name else []


def _keys(login: Login, found: Sequence[ApiKey]) -> Markup:
    items = [
        tag(
            "li",
            tag("span", key.label, " ", tag("code", key.id)),
            tag("span", f"{key.created_by} {key.created_at:%Y-%m-%d}", class_="quiet"),
            tag("span", say("accounts.revoked"), class_="chip")
            if key.revoked_at
            else _form(login, f"{ACCOUNTS}/keys/{key.id}", button(say("accounts.revoke"))),
        )
        for key in found
    ]
    new = tag(
        "form",
        hidden(login),
        labelled(say("accounts.label"), field("label", required=True, maxlength=64)),
        button(say("accounts.make_key")),
        method="post",
        action=f"{ACCOUNTS}/keys",
        class_="desk-form in-line",
    )
    listed = tag("ul", items, class_="documents") if items else None
    intro = tag("p", say("accounts.keys_intro"), class_="quiet")
    return tag("section", tag("h2", say("accounts.keys")), intro, listed, new, class_="panel")


def _own_password(login: Login) -> Markup:
    current = field("current", kind="password", required=True, autocomplete="current-password")
    form = tag(
        "form",
        hidden(login),
        labelled(say("accounts.current"), current),
        labelled(say("accounts.password"), _password_field()),
        button(say("accounts.set")),
        method="post",
        action=f"{ACCOUNTS}/password",
        class_="desk-form in-line",
    )
    note = tag("p", say("accounts.own_note"), class_="quiet")
    return tag("section", tag("h2", say("accounts.own")), note, form, class_="panel")


def _form(login: Login, action: str, *content: Content) -> Markup:
    return tag("form", hidden(login), *content, method="post", action=action, class_="one-button")


def _password_field() -> Markup:
    return field("password", kind="password", required=True, maxlength=PASSWORD_MAXIMUM, autocomplete="new-password")
