"""The sums of a question: what each is there for, how they stand to each other, which is the base of which measure."""
