"""A question becomes a typed query: intent, measures, amounts with their roles, facts, dates, place."""
