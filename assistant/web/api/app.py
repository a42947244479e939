"""Puts the API together: routes, errors, and the guards that stand before every page of the application."""

from __future__ import annotations

from fastapi import FastAPI
from fastapi.routing import APIRouter

from assistant.answering.service import Assistant
from assistant.records.database import Records
from assistant.settings import Settings
from assistant.web.api.clients import RateLimits
from assistant.web.api.desk import DeskGuard, desk_router, prepare_desk
from assistant.web.api.errors import add_error_handlers
from assistant.web.api.guard import Guard
from assistant.web.api.headers import SecurityHeaders
from assistant.web.api.recorded import RecordedConsultation
from assistant.web.api.routes import add_signs_of_life, public_router
from assistant.web.api.staff_routes import staff_router

PREFIX = "/api/v1"
VERSION = "1.0"
# Questions are work for the processor: more at once only make each other slow. With a language model they mostly wait.
CONCURRENCY = 4
CONCURRENCY_WITH_MODEL = 48


def create_api(
    assistant: Assistant,
    records: Records,
    settings: Settings,
    *,
    consultation: RecordedConsultation | None = None,
    concurrency: int | None = None,
) -> FastAPI:
    """An application with the API, the desk's login, and all guards; pages may be mounted on it.

    Makes the desk's first account when the settings say so. Raises InputError when its password is too weak.
    """
    concurrency = concurrency or (CONCURRENCY_WITH_MODEL if settings.model else CONCURRENCY)
    consultation = consultation or RecordedConsultation(assistant, records, settings)
    prepare_desk(records, settings)
    app = FastAPI(
        title="一区两中心政策助手 API",
        version=VERSION,
        description="依据政策原文回答问题、测算金额、查阅条文。金额单位为元，以字符串表示；比例为小数。",
        openapi_url=f"{PREFIX}/openapi.json",
        docs_url=None,  # their pages load scripts from another host
        redoc_url=None,
    )
    app.include_router(public_router(assistant, records, consultation, concurrency=concurrency), prefix=PREFIX)
    app.include_router(staff_router(records), prefix=PREFIX)
    root = APIRouter(include_in_schema=False)
    add_signs_of_life(root, assistant, records)
    app.include_router(root)
    app.include_router(desk_router(records, settings))
    add_error_handlers(app)
    add_guards(app, records, settings)
    return app


def add_guards(app: FastAPI, records: Records, settings: Settings) -> None:
    """The guards in their order, the outermost last: headers on everything, then size and number, then the desk."""
    limits = RateLimits(ask=settings.rate_limit_ask, calls=settings.rate_limit_calls)
    app.add_middleware(DeskGuard, records=records, settings=settings)
    app.add_middleware(Guard, settings=settings, limits=limits)
    app.add_middleware(SecurityHeaders, https=settings.https)
