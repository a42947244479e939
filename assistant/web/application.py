"""The web application: the companies' pages, the API and the desk under one address."""

from __future__ import annotations

from datetime import date

import fastapi
import gradio as gr
from starlette.staticfiles import StaticFiles

from assistant.answering.service import open_assistant
from assistant.settings import Settings
from assistant.web.consultation import Consultation, Direct
from assistant.web.pages import calculator
from assistant.web.pages.frame import titles
from assistant.web.pages.site import build_site
from assistant.web.shell import STATIC, STATIC_PATH, PageShell
from assistant.web.theme import theme


def create_app(settings: Settings, consultation: Consultation | None = None) -> fastapi.FastAPI:
    """The whole application, ready to answer. Raises AssistantError when corpus, model or index cannot be used."""
    if consultation is None:
        consultation = Direct(open_assistant(settings))
    app = fastapi.FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    app.mount(STATIC_PATH, StaticFiles(directory=STATIC))
    app.include_router(calculator.router(consultation.corpus.policy, settings.as_of or date.today()))
    gr.mount_gradio_app(
        app,
        build_site(consultation, settings.as_of or date.today()),
        path="/",
        theme=theme(),
        footer_links=[],
        run_history=False,
        enable_monitoring=False,
        ssr_mode=False,
        mcp_server=False,
        pwa=False,
        show_error=False,
        allowed_paths=[],
        max_file_size=1,
    )
    app.add_middleware(PageShell, titles=titles())
    return app


def serve(settings: Settings) -> None:
    """Serve until interrupted. Raises AssistantError."""
    import uvicorn

    uvicorn.run(create_app(settings), host=settings.host, port=settings.port, log_config=None, server_header=False)
