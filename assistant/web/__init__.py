"""Gradio pages and the HTTP API."""

import os
import sys
from importlib.util import find_spec
from types import ModuleType
from typing import cast

# Gradio reads these when it is imported: no version check, no usage reports, and no statistics of every event (it keeps
# and sums up ten thousand of them for a monitoring page that is not served).
os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")
os.environ.setdefault("GRADIO_ANALYTICS_MAX_EVENTS", "100")
os.environ.setdefault("GRADIO_ANALYTICS_CACHE_FREQUENCY", "1000000")
os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")

# Gradio tries to import matplotlib four times an answer. Where it is not installed, let that fail at once.
if "matplotlib" not in sys.modules and find_spec("matplotlib") is None:
    sys.modules["matplotlib"] = cast(ModuleType, None)
