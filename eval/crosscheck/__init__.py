"""Whether the cross-check catches a wrong figure: correct answers, each changed in one place."""
