"""Small makers of Gradio components as all pages use them."""

from __future__ import annotations

from typing import Any

import gradio as gr
from markupsafe import Markup


def fragment(html: Markup | None, **options: Any) -> gr.HTML:
    """Our own HTML, without Gradio's styles for prose and without a click event."""
    return gr.HTML(str(html or ""), apply_default_css=False, js_on_load=None, padding=False, **options)
