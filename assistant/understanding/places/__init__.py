"""Places: their names, and what each is there for in a question."""
