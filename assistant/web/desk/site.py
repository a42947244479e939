"""The desk put together: all its pages on one application, behind the login that the API brings."""

from __future__ import annotations

from fastapi import FastAPI
from starlette.responses import RedirectResponse, Response
from starlette.staticfiles import StaticFiles

from assistant.records.database import Records
from assistant.records.knowledge import DeskKnowledge
from assistant.settings import Settings
from assistant.web.desk import accounts, corpus, overview, records, review, search
from assistant.web.desk.frame import PATHS, STATIC, STATIC_PATH
from assistant.web.desk.live import LiveAssistant
from assistant.web.desk.office import Office
from assistant.web.desk.publishing import Publisher
from assistant.web.desk.routing import Asked, Pages


def add_desk(app: FastAPI, assistant: LiveAssistant, records_: Records, settings: Settings) -> Office:
    """Puts the desk's pages on an application whose guards keep /desk for staff (see assistant.web.api.app)."""
    office = Office(assistant, records_, settings, Publisher(records_, settings, assistant), DeskKnowledge(records_))
    pages = Pages()

    @pages.show("/")
    @pages.show("")
    def home(_: Asked) -> Response:
        return RedirectResponse(PATHS["search"], 303)

    for part in (search, records, review, corpus, overview, accounts):
        part.add(pages, office)
    app.mount(STATIC_PATH, StaticFiles(directory=STATIC))
    app.include_router(pages.router)
    return office
