"""Answers, feedback, open questions and audit, kept in a database."""
