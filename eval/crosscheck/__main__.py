"""``python -m eval.crosscheck``: see ``cli``."""

import sys

from eval.crosscheck.cli import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
