"""The pipeline of steps from a question to a checked answer."""
