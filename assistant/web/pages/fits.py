"""适用政策: a short form, and what of the policy fits it."""

from __future__ import annotations

import gradio as gr

from assistant.policy.loader import Policy
from assistant.web.pages.frame import term_notice
from assistant.web.pages.parts import fragment, live_channel
from assistant.web.plans.fitting import fit
from assistant.web.plans.profile import read_profile
from assistant.web.view import fits_form
from assistant.web.view.fits import fits
from assistant.web.view.html import tag


def build(policy: Policy) -> None:
    """Lays the page out inside the current Blocks."""

    def work(query: str) -> str:
        return str(fits(fit(policy, read_profile(query, policy))))

    with gr.Row(elem_classes="two-sides fits-sides page", elem_id="content"):
        fragment(tag("div", term_notice(policy), fits_form.form(policy)), elem_classes="side-form")
        shown = fragment(None, elem_classes="side-result", elem_id="result")
    live_channel(work, shown)
