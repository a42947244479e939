"""``python -m eval.answers``: see ``cli``."""

import sys

from eval.answers.cli import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
