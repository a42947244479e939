"""``python -m eval.money``: see ``compare``."""

import sys

from eval.money.compare import main

if __name__ == "__main__":
    sys.exit(main())
