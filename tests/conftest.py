"""The fence around every test: no network but loopback, no settings and no data of the developer's own.

pytest-socket (options in pyproject.toml) refuses connections from the test process; the variables below close the
same door to child processes and to libraries with sockets of their own, as far as they heed proxies.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# The same examples on every run; HYPOTHESIS_PROFILE=explore looks for new ones.
settings.register_profile(
    "ci", derandomize=True, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("explore", deadline=None, max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))

_NOWHERE = "http://127.0.0.1:9"
_LOOPBACK = "127.0.0.1,localhost,::1"
_CLOSED = {
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "TOKENIZERS_PARALLELISM": "false",
    **{
        name: _NOWHERE for scheme in ("http", "https", "all") for name in (f"{scheme}_proxy", f"{scheme}_PROXY".upper())
    },
    "no_proxy": _LOOPBACK,
    "NO_PROXY": _LOOPBACK,
}
_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def pytest_configure(config: pytest.Config) -> None:
    """Set the process's environment before any module of the program is imported."""
    for name in [name for name in os.environ if name.upper().startswith("ASSISTANT_")]:
        del os.environ[name]
    folder = Path(tempfile.mkdtemp(prefix="assistant-tests-"))
    (folder / "settings.toml").touch()
    os.environ.update(_CLOSED)
    os.environ.update({name.upper(): value for name, value in _CLOSED.items()})
    os.environ.update(ASSISTANT_SETTINGS_FILE=str(folder / "settings.toml"), ASSISTANT_DATA_DIR=str(folder / "data"))
    config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests last: Playwright's loop stays in the main thread until the session ends."""
    items.sort(key=lambda item: "browser" in Path(str(item.path)).parts)


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of the system's Chromium. Without one the test is skipped, in CI it fails."""
    for name in _BROWSERS:
        if path := shutil.which(name):
            return path
    reason = "no Chromium on this machine (make browser tries to install one)"
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory that is not the project's root."""
    monkeypatch.chdir(tmp_path)
    return tmp_path
