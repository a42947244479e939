"""What every page of the desk goes through: who asks, what was sent, forged forms refused, faults shown as pages."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import TypeVar
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.responses import RedirectResponse, Response

from assistant.errors import AssistantError, InputError
from assistant.logs import get_logger
from assistant.records.logins import Login
from assistant.web.desk.frame import fault_page
from assistant.web.desk.wording import say

_log = get_logger(__name__)

_FIELDS = 300
_FIELD_BYTES = 2 * 1024 * 1024


class NotFound(InputError):
    """There is nothing at this address."""


@dataclass(frozen=True, slots=True)
class File:
    """A file that was sent along with a form."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Asked:
    """One call of a page: who calls, and the fields of the query or of the form. Blank fields count as not sent."""

    login: Login
    fields: Mapping[str, tuple[str, ...]]
    path: Mapping[str, str]
    file: File | None = None

    def text(self, name: str) -> str:
        """A field without the blanks around it, "" when it was not sent."""
        return self.fields.get(name, ("",))[-1].strip()

    def texts(self, name: str) -> tuple[str, ...]:
        """A field that may be sent several times."""
        return self.fields.get(name, ())

    def number(self, name: str, default: int = 0) -> int:
        """A field or part of the path that is a whole number, ``default`` for anything else."""
        text = self.path.get(name) or self.text(name)
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else default


Handler = Callable[[Asked], Response]
_H = TypeVar("_H", bound=Handler)


class Pages:
    """Collects the desk's pages and forms; ``router`` has them all."""

    def __init__(self) -> None:
        self.router = APIRouter(prefix="/desk", include_in_schema=False)

    def show(self, path: str) -> Callable[[_H], _H]:
        """A page."""

        def add(handler: _H) -> _H:
            def endpoint(request: Request) -> Response:
                fields = _grouped(request.query_params.multi_items())
                return _answer(handler, Asked(request.state.staff, fields, _texts(request.path_params)))

            self.router.add_api_route(path, endpoint, methods=["GET"], response_model=None)
            return handler

        return add

    def take(self, path: str) -> Callable[[_H], _H]:
        """A form that is sent here. It must carry the token of the session."""

        def add(handler: _H) -> _H:
            async def endpoint(request: Request) -> Response:
                login: Login = request.state.staff
                async with request.form(max_files=1, max_fields=_FIELDS, max_part_size=_FIELD_BYTES) as form:
                    fields = _grouped((key, value) for key, value in form.multi_items() if isinstance(value, str))
                    sent = next((value for value in form.values() if isinstance(value, UploadFile)), None)
                    file = File(sent.filename or "", await sent.read()) if sent and sent.filename else None
                asked = Asked(login, fields, _texts(request.path_params), file)
                if not hmac.compare_digest(asked.text("token").encode(), login.form_token.encode()):
                    return fault_page(login, say("fault.form"), HTTPStatus.FORBIDDEN)
                return await run_in_threadpool(_answer, handler, asked)

            self.router.add_api_route(path, endpoint, methods=["POST"], response_model=None)
            return handler

        return add


def go(path: str, /, **query: str | int | None) -> Response:
    """After a form: on to a page, so that reloading it sends nothing twice."""
    given = {key: value for key, value in query.items() if value not in (None, "")}
    return RedirectResponse(f"{path}?{urlencode(given)}" if given else path, HTTPStatus.SEE_OTHER)


def only_admin(login: Login, told: str) -> None:
    """Raises InputError, with what is ``told``, when the caller is no admin."""
    if login.role != "admin":
        raise InputError(f"{login.name} is no admin", user_message=told)


def _answer(handler: Handler, asked: Asked) -> Response:
    try:
        return handler(asked)
    except NotFound as error:
        return fault_page(asked.login, error.user_message, HTTPStatus.NOT_FOUND)
    except InputError as error:
        return fault_page(asked.login, error.user_message, HTTPStatus.UNPROCESSABLE_ENTITY)
    except AssistantError as error:
        _log.error("desk page failed", fault=type(error).__name__, reason=error.message)
        return fault_page(asked.login, error.user_message, HTTPStatus.SERVICE_UNAVAILABLE)


def _grouped(items: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for key, value in items:
        if value.strip():
            found[key] = (*found.get(key, ()), value)
    return found


def _texts(path: Mapping[str, object]) -> dict[str, str]:
    return {name: str(value) for name, value in path.items()}
