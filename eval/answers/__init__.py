"""How well the assistant answers: question sets in, answers generated or frozen, scored against expectations."""
