"""How well amounts are read: the project's grammar beside ``jionlp`` and ``cn2an`` used alone."""
