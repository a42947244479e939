"""The web application: the companies' pages, the API and the desk under one address."""

from __future__ import annotations

import warnings
from datetime import date
from functools import partial

import fastapi
import gradio as gr
from starlette.middleware import Middleware
from starlette.staticfiles import StaticFiles

from assistant.records.database import open_records
from assistant.records.documents import published
from assistant.settings import Settings
from assistant.web.api.app import create_api
from assistant.web.api.recorded import RecordedConsultation
from assistant.web.desk.live import LiveAssistant
from assistant.web.desk.site import add_desk
from assistant.web.pages import calculator
from assistant.web.pages.frame import term, titles
from assistant.web.pages.site import build_site
from assistant.web.shell import STATIC, STATIC_PATH, PageShell
from assistant.web.theme import theme

_YEAR = 365 * 24 * 3600
_LOOK_SECONDS = 10.0
"""How often to look whether another process has published a document."""


class _Assets(StaticFiles):
    """Our own files; their addresses change with their content, so browsers may keep them."""

    def file_response(self, *args: object, **options: object) -> fastapi.Response:
        response = super().file_response(*args, **options)  # type: ignore[arg-type]
        response.headers["Cache-Control"] = f"public, max-age={_YEAR}, immutable"
        return response


def create_app(settings: Settings) -> fastapi.FastAPI:
    """The whole application, ready to answer. Raises AssistantError when corpus, model, index or records fail."""
    records = open_records(settings)
    assistant = LiveAssistant(settings, published(records))
    consultation = RecordedConsultation(assistant, records, settings)
    app = create_api(assistant, records, settings, consultation=consultation)

    def today() -> date:
        return settings.as_of or date.today()

    policy = assistant.corpus.policy
    assistant.ask(policy.short_title)  # what is read at the first question is read now, so that nobody waits for it
    app.mount(STATIC_PATH, _Assets(directory=STATIC))
    add_desk(app, assistant, records, settings).publisher.watch(_LOOK_SECONDS)
    app.include_router(calculator.router(policy, today))
    mount_pages(app, build_site(consultation), path="/")
    # Innermost: the guards outside of it then see the page as it is sent, and can number its scripts.
    app.user_middleware.append(Middleware(PageShell, titles=titles(), term=partial(term, policy, today)))
    return app


def mount_pages(app: fastapi.FastAPI, pages: gr.Blocks, path: str) -> None:
    """Puts Gradio pages under a path, with everything of Gradio's own that we do not use switched off."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "SSR mode is not supported")  # said although it is off
        gr.mount_gradio_app(
            app,
            pages,
            path=path,
            theme=theme(),
            footer_links=[],
            run_history=False,
            enable_monitoring=False,
            ssr_mode=False,
            mcp_server=False,
            pwa=False,
            show_error=False,
            allowed_paths=[],
        )


def serve(settings: Settings) -> None:
    """Serve until interrupted. Raises AssistantError."""
    import uvicorn

    uvicorn.run(
        create_app(settings),
        host=settings.host,
        port=settings.port,
        log_config=None,
        server_header=False,
        access_log=False,  # addresses of pages hold what people typed (?q=…, ?a=…)
        proxy_headers=False,  # whom to believe is a setting of ours, see trusted_proxies
    )
