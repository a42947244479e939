"""测算: the form is ours, the sums come from the server with every change, the address always holds the plan."""

from __future__ import annotations

import gradio as gr
from fastapi import APIRouter, Request
from fastapi.responses import Response

from assistant.policy.loader import Policy
from assistant.web import sheets
from assistant.web.pages.frame import Today, term_notice
from assistant.web.pages.parts import fragment, live_channel
from assistant.web.plans.plan import read_plans
from assistant.web.plans.result import computable, work_out
from assistant.web.view import calculator as view
from assistant.web.view.html import tag
from assistant.web.view.plan import result

_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def build(policy: Policy) -> None:
    """Lays the page out inside the current Blocks."""

    def work(query: str) -> str:
        plans = read_plans(query)
        return str(result(work_out(policy, plans), plans))

    with gr.Row(elem_classes="two-sides calculator-sides page", elem_id="content"):
        fragment(tag("div", term_notice(policy), view.form(computable(policy))), elem_classes="side-form")
        shown = fragment(None, elem_classes="side-result", elem_id="result")
    live_channel(work, shown)


def router(policy: Policy, today: Today) -> APIRouter:
    """The downloads: the same query as the page's own, so nothing has to be kept on the server."""
    routes = APIRouter()

    def sheet(request: Request, kind: str) -> Response:
        found = work_out(policy, read_plans(request.url.query))
        make, media = (sheets.as_excel, _EXCEL) if kind == "xlsx" else (sheets.as_csv, "text/csv; charset=utf-8")
        headers = {"Content-Disposition": f'attachment; filename="calculation.{kind}"', "Cache-Control": "no-store"}
        return Response(make(policy, found, today()), media_type=media, headers=headers)

    @routes.get("/calculator/sheet.xlsx", include_in_schema=False)
    def excel(request: Request) -> Response:
        return sheet(request, "xlsx")

    @routes.get("/calculator/sheet.csv", include_in_schema=False)
    def comma_separated(request: Request) -> Response:
        return sheet(request, "csv")

    return routes
