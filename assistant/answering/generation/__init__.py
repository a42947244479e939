"""A language model on top, never trusted: it words what the program has decided, and every sentence is checked."""
