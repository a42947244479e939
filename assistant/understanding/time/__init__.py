"""Dates, durations and periods, resolved against the day of the question."""
