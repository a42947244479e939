"""The Gradio theme: nothing but our design tokens, so that Gradio's widgets look like the rest of the pages.

System fonts only: a font of Gradio's own would be one more file, a Google font a call to another host.
"""

from __future__ import annotations

import gradio as gr

_COLOURS = {
    "body_background_fill": "var(--paper)",
    "body_text_color": "var(--ink)",
    "body_text_color_subdued": "var(--ink-2)",
    "background_fill_primary": "var(--surface)",
    "background_fill_secondary": "var(--surface-2)",
    "border_color_primary": "var(--line)",
    "border_color_accent": "var(--accent)",
    "color_accent": "var(--accent)",
    "color_accent_soft": "var(--accent-soft)",
    "link_text_color": "var(--accent)",
    "link_text_color_hover": "var(--accent-strong)",
    "link_text_color_active": "var(--accent-strong)",
    "link_text_color_visited": "var(--accent)",
    "block_background_fill": "var(--surface)",
    "block_border_color": "var(--line)",
    "block_label_background_fill": "transparent",
    "block_label_text_color": "var(--ink-2)",
    "block_title_text_color": "var(--ink)",
    "block_info_text_color": "var(--ink-2)",
    "panel_background_fill": "var(--surface)",
    "panel_border_color": "var(--line)",
    "input_background_fill": "var(--surface)",
    "input_background_fill_focus": "var(--surface)",
    "input_border_color": "var(--line-strong)",
    "input_border_color_focus": "var(--accent)",
    "input_border_color_hover": "var(--accent)",
    "input_placeholder_color": "var(--ink-2)",
    "checkbox_background_color": "var(--surface)",
    "checkbox_background_color_selected": "var(--accent)",
    "checkbox_border_color": "var(--line-strong)",
    "checkbox_border_color_selected": "var(--accent)",
    "checkbox_label_background_fill": "var(--surface)",
    "checkbox_label_background_fill_hover": "var(--surface-2)",
    "checkbox_label_background_fill_selected": "var(--accent-soft)",
    "checkbox_label_border_color": "var(--line)",
    "checkbox_label_text_color": "var(--ink)",
    "checkbox_label_text_color_selected": "var(--ink)",
    "button_primary_background_fill": "var(--accent)",
    "button_primary_background_fill_hover": "var(--accent-strong)",
    "button_primary_border_color": "var(--accent)",
    "button_primary_text_color": "var(--on-accent)",
    "button_secondary_background_fill": "var(--surface)",
    "button_secondary_background_fill_hover": "var(--surface-2)",
    "button_secondary_border_color": "var(--line-strong)",
    "button_secondary_text_color": "var(--ink)",
    "table_border_color": "var(--line)",
    "table_even_background_fill": "var(--surface)",
    "table_odd_background_fill": "var(--surface)",
    "slider_color": "var(--accent)",
    "accordion_text_color": "var(--ink)",
    "error_background_fill": "var(--no-soft)",
    "error_text_color": "var(--no)",
    "error_border_color": "var(--no)",
}
_SHAPES = {
    "block_border_width": "0px",
    "block_shadow": "none",
    "block_padding": "0",
    "block_radius": "var(--corner)",
    "input_radius": "var(--corner)",
    "input_border_width": "1px",
    "input_shadow": "none",
    "input_shadow_focus": "var(--focus)",
    "button_large_radius": "var(--corner)",
    "button_medium_radius": "var(--corner)",
    "button_small_radius": "var(--corner)",
    "button_primary_shadow": "none",
    "button_secondary_shadow": "none",
    "block_title_text_weight": "600",
    "layout_gap": "var(--gap-4)",
}


def theme() -> gr.themes.Base:
    """The theme; light and dark take the same tokens, which change by themselves."""
    base = gr.themes.Base(font=["var(--font-text)"], font_mono=["var(--font-figures)"])
    known = set(dir(base))
    dark = {f"{name}_dark": value for name, value in _COLOURS.items() if f"{name}_dark" in known}
    return base.set(**_COLOURS, **dark, **_SHAPES)
