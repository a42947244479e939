"""From decisions to plain, short Chinese: conclusion first, then sum, conditions, clause, department, what is open."""
