"""Measurements: how well the assistant finds and answers, and how fast. One folder a task."""
