"""Money and sums: exact, deterministic."""
