"""Small makers of Gradio components as all pages use them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import gradio as gr
from markupsafe import Markup

from assistant.web.view.html import tag

QUERY_LIMIT = 4000
"""Longest query of a page's form, in characters."""

_LIVE = """
element.addEventListener('assistant-live', (event) => trigger('live', event.detail));
element.dataset.ready = 'true';
"""


def fragment(html: Markup | None, **options: Any) -> gr.HTML:
    """Our own HTML, without Gradio's styles for prose and without a click event."""
    return gr.HTML(str(html or ""), apply_default_css=False, js_on_load=None, padding=False, **options)


_UNANSWERED = tag("span", data_unanswered="", hidden=True)
"""Stands in the result until the first answer comes: the script repeats what Gradio did not hear."""


def live_channel(work: Callable[[str], str], shown: gr.HTML) -> None:
    """A form that shows its result at once: the page's script sends the form as a query, ``shown`` gets HTML.

    ``shown`` begins with what an empty form gives.
    """
    shown.value = str(_UNANSWERED) + work("")
    channel = gr.HTML(visible="hidden", html_template="", js_on_load=_LIVE, elem_id="live-channel")

    def live(event: gr.EventData) -> str:
        query = getattr(event, "query", None)
        return work(query[:QUERY_LIMIT] if isinstance(query, str) else "")

    channel.live(
        live,
        inputs=None,
        outputs=shown,
        queue=False,
        api_visibility="private",
        show_progress="hidden",
        trigger_mode="always_last",
    )
