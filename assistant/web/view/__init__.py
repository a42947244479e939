"""HTML of the pages: pure functions from answers and measures to escaped fragments; no input, no output."""
