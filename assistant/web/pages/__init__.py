"""The Gradio pages, one module each."""
