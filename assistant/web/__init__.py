"""Gradio pages and the HTTP API."""
