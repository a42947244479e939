"""The way into the desk: login, first account, logout, and the guard before everything under /desk.

Cookies are HttpOnly and SameSite=Strict; forms carry a token bound to the cookie; calls that change something must come
from our own pages. Behind the guard ``request.state.staff`` is the ``Login``; Gradio's handlers use ``staff_of``.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import timedelta
from http import HTTPStatus
from typing import Annotated, Any
from urllib.parse import quote, urlsplit

from fastapi import APIRouter, Form, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.requests import cookie_parser
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response, StreamingResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.errors import InputError
from assistant.logs import get_logger
from assistant.records import logins, staff
from assistant.records.answers import AnswerFilter
from assistant.records.database import Records
from assistant.records.export import answers_csv
from assistant.records.logins import Login
from assistant.settings import Settings
from assistant.web.api.desk_pages import login_page, setup_page
from assistant.web.api.errors import ApiError
from assistant.web.api.models import AnswerQuery

_log = get_logger(__name__)

HOME = "/desk/"
_OPEN = ("/desk/login", "/desk/setup")
_SAFE = ("GET", "HEAD", "OPTIONS")
_FORM_COOKIE_SECONDS = 3600


def cookie_name(settings: Settings) -> str:
    """The session cookie's name; over https browsers see to it that nobody else could have set it."""
    return "__Host-desk" if settings.https else "desk"


def staff_of(cookies: Mapping[str, str], records: Records, settings: Settings) -> Login | None:
    """Who is logged in, by the cookies of a request (``gr.Request.cookies`` too); None when nobody is."""
    token = cookies.get(cookie_name(settings))
    return logins.current(records, token, idle=timedelta(minutes=settings.desk_idle_minutes))


def prepare_desk(records: Records, settings: Settings) -> None:
    """At the start: make the first account from the settings, or tell the operator how to make it on the page.

    Raises InputError when the password of the settings is too weak.
    """
    if staff.any_staff(records):
        return
    if settings.desk_password is not None:
        if staff.create_first(records, "admin", settings.desk_password.get_secret_value()):
            _log.info("the desk's first account is admin, with the password of the settings")
        return
    _log.warning("the desk has no account yet: open /desk/setup and type this code", code=staff.setup_code(records))


class DeskGuard:
    """ASGI middleware: under /desk nothing is served without a login, and nothing changed by another site."""

    def __init__(self, app: ASGIApp, records: Records, settings: Settings) -> None:
        self._app = app
        self._records = records
        self._settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "")
        if scope["type"] != "http" or not (path == "/desk" or path.startswith("/desk/")):
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        if scope["method"] not in _SAFE and not is_own_origin(headers):
            await _forbidden().response()(scope, receive, send)
            return
        if path.rstrip("/") in _OPEN:
            await self._app(scope, receive, send)
            return
        cookies = cookie_parser(headers.get("cookie", ""))
        login = await run_in_threadpool(staff_of, cookies, self._records, self._settings)
        if login is None:
            await _login_first(scope, headers)(scope, receive, send)
            return
        scope.setdefault("state", {})["staff"] = login
        await self._app(scope, receive, send)


def is_own_origin(headers: Headers) -> bool:
    """Whether a call comes from our own pages: browsers say so themselves; programs without a browser say nothing."""
    site = headers.get("sec-fetch-site")
    if site is not None and site not in ("same-origin", "none"):
        return False
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc == headers.get("host", "")


def _forbidden() -> ApiError:
    return ApiError(HTTPStatus.FORBIDDEN, "forbidden", "这个请求不是从本站页面发出的。", "请回到工作台页面刷新后重试。")


def _login_first(scope: Scope, headers: Headers) -> Response:
    if scope["method"] == "GET" and "text/html" in headers.get("accept", ""):
        return RedirectResponse(f"/desk/login?next={quote(scope['path'])}", HTTPStatus.SEE_OTHER)
    return ApiError(HTTPStatus.UNAUTHORIZED, "unauthorized", "登录已过期或尚未登录。", "请重新登录工作台。").response()


def _next(target: str) -> str:
    """Where to go after the login: only ever a page of the desk."""
    plain = target.startswith("/desk/") and "//" not in target and "\\" not in target and target.isprintable()
    return target if plain and not target.startswith(("/desk/login", "/desk/logout", "/desk/setup")) else HOME


def desk_router(records: Records, settings: Settings) -> APIRouter:
    """Login, logout, first account, and the export of answers as a file."""
    router = APIRouter(prefix="/desk", include_in_schema=False)
    form_cookie = f"{cookie_name(settings)}-form"
    common: dict[str, Any] = {"path": "/", "secure": settings.https, "httponly": True, "samesite": "strict"}

    def fresh(page: str, form: str, status: int = 200) -> HTMLResponse:
        """A page with a form, and the cookie that its token is bound to."""
        response = HTMLResponse(page, status)
        response.set_cookie(form_cookie, form, max_age=_FORM_COOKIE_SECONDS, **common)
        return response

    def genuine(request: Request, token: str) -> bool:
        held = request.cookies.get(form_cookie, "")
        return bool(held) and logins.is_form_token(records, held, token)

    def new_form() -> tuple[str, str]:
        held = secrets.token_urlsafe(24)
        return held, logins.form_token(records, held)

    @router.get("/login", response_model=None)
    def show_login(request: Request, next: str = HOME) -> Response:
        if not staff.any_staff(records):
            return RedirectResponse("/desk/setup", HTTPStatus.SEE_OTHER)
        if staff_of(request.cookies, records, settings):
            return RedirectResponse(_next(next), HTTPStatus.SEE_OTHER)
        held, token = new_form()
        return fresh(login_page(token, _next(next), expired=next != HOME), held)

    @router.post("/login", response_model=None)
    def log_in(
        request: Request,
        name: Annotated[str, Form(max_length=64)] = "",
        password: Annotated[str, Form(max_length=1024)] = "",
        token: Annotated[str, Form(max_length=64)] = "",
        next: Annotated[str, Form(max_length=200)] = HOME,
    ) -> Response:
        held, other = new_form()
        if not genuine(request, token):
            return fresh(login_page(other, _next(next), name=name, fault="页面已过期，请再试一次。"), held, 403)
        lasts = timedelta(hours=settings.desk_session_hours)
        try:
            session = logins.log_in(records, name, password, client=str(request.state.client_address), lasts=lasts)
        except logins.LoginRefused as error:
            status = 429 if isinstance(error, logins.LoginLocked) else 401
            _log.warning("login refused", client=request.state.client_address, locked=status == 429)
            return fresh(login_page(other, _next(next), name=name, fault=error.user_message), held, status)
        response = RedirectResponse(_next(next), HTTPStatus.SEE_OTHER)
        response.set_cookie(cookie_name(settings), session, max_age=int(lasts.total_seconds()), **common)
        response.delete_cookie(form_cookie, **common)
        return response

    @router.get("/setup", response_model=None)
    def show_setup() -> Response:
        if staff.any_staff(records):
            return RedirectResponse("/desk/login", HTTPStatus.SEE_OTHER)
        held, token = new_form()
        return fresh(setup_page(token), held)

    @router.post("/setup", response_model=None)
    def set_up(
        request: Request,
        code: Annotated[str, Form(max_length=64)] = "",
        name: Annotated[str, Form(max_length=64)] = "",
        password: Annotated[str, Form(max_length=1024)] = "",
        again: Annotated[str, Form(max_length=1024)] = "",
        token: Annotated[str, Form(max_length=64)] = "",
    ) -> Response:
        if staff.any_staff(records):
            return RedirectResponse("/desk/login", HTTPStatus.SEE_OTHER)
        held, other = new_form()
        fault = ""
        if not genuine(request, token):
            fault = "页面已过期，请再试一次。"
        elif not staff.is_setup_code(records, code):
            fault = "启动码不正确：请查看服务端日志中的 12 位启动码。"
        elif password != again:
            fault = "两次输入的密码不一致。"
        if not fault:
            try:
                staff.create_first(records, name, password)
            except InputError as error:
                fault = error.user_message
        if fault:
            return fresh(setup_page(other, name=name, fault=fault), held, 403 if "启动码" in fault else 422)
        return RedirectResponse("/desk/login", HTTPStatus.SEE_OTHER)

    @router.post("/logout", response_model=None)
    def log_out(request: Request, token: Annotated[str, Form(max_length=64)] = "") -> Response:
        session = request.cookies.get(cookie_name(settings), "")
        if not logins.is_form_token(records, session, token):
            return _forbidden().response()
        logins.log_out(records, session)
        response = RedirectResponse("/desk/login", HTTPStatus.SEE_OTHER)
        response.delete_cookie(cookie_name(settings), **common)
        return response

    @router.get("/session", response_model=None)
    def session(request: Request) -> Response:
        login: Login = request.state.staff
        about = {"name": login.display_name, "role": login.role, "form_token": login.form_token}
        return JSONResponse(about, headers={"Cache-Control": "no-store"})

    @router.get("/answers.csv", response_model=None)
    def export(wanted: Annotated[AnswerQuery, Query()]) -> Response:
        return csv_response(records, wanted.to_filter())

    return router


def csv_response(records: Records, wanted: AnswerFilter) -> Response:
    """The answers that fit as a CSV file to download."""
    return StreamingResponse(
        (line.encode() for line in answers_csv(records, wanted)),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="answers.csv"', "Cache-Control": "no-store"},
    )
