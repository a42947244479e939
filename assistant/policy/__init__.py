"""The law as data: documents, articles and clauses with character spans, measures, validity."""
