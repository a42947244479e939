"""What a turn is about: the measures and rules it names, continues or hints at."""
