"""How fast the assistant starts and answers, and how much memory it takes."""
