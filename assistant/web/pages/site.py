"""The companies' pages put together: one Gradio application with a route a page."""

from __future__ import annotations

import gradio as gr

from assistant.web.consultation import Consultation
from assistant.web.pages import calculator, chat, fits
from assistant.web.pages import policy as policy_text
from assistant.web.pages.frame import PATHS, footer, header
from assistant.web.pages.parts import fragment
from assistant.web.wording import say

CONCURRENCY = 8
"""Answers made at a time. Answering is work for the processor: more at once only make each slower."""

QUEUE = 512
"""Questions that may wait; beyond it a visitor is told at once that the service is busy."""


def build_site(consultation: Consultation) -> gr.Blocks:
    """All pages."""
    policy = consultation.corpus.policy
    site: gr.Blocks
    with gr.Blocks(title=say("site.name"), analytics_enabled=False, fill_width=True, delete_cache=(3600, 3600)) as site:
        _open("chat")
        chat.build(consultation, concurrency=CONCURRENCY)
        fragment(footer(policy))
    for page, lay_out in (("calculator", calculator.build), ("fits", fits.build), ("policy", policy_text.build)):
        with site.route(say(f"site.titles.{page}"), PATHS[page], show_in_navbar=False):
            _open(page)
            lay_out(policy)
            fragment(footer(policy))
    site.queue(max_size=QUEUE, default_concurrency_limit=CONCURRENCY, api_open=False)
    return site


def _open(page: str) -> None:
    fragment(header(page), elem_classes="frame-header")
