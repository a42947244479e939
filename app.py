"""Serves the pages: ``python app.py``. The same as ``python -m assistant serve``."""

from __future__ import annotations

import sys


def main() -> int:
    """Serve until interrupted; the exit status says what went wrong, the message why."""
    from assistant.errors import AssistantError
    from assistant.logs import configure_logging
    from assistant.settings import load_settings

    try:
        settings = load_settings()
        configure_logging(settings.log_level, settings.log_format)

        from assistant.web.application import serve

        serve(settings)
    except AssistantError as error:
        print(error.message, file=sys.stderr)
        return error.exit_status
    return 0


if __name__ == "__main__":
    sys.exit(main())
