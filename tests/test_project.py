"""The project's own files: that a fresh clone can be installed, run and checked, and carries nothing foreign."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import pytest_socket

from assistant.settings import PROJECT_ROOT

PROJECT = tomllib.loads((PROJECT_ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PIN = re.compile(r"([A-Za-z0-9._-]+)==([A-Za-z0-9.!]+)")


def _canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


@pytest.fixture(scope="module")
def pins() -> dict[str, str]:
    lines = (PROJECT_ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    matches = {line: PIN.fullmatch(line) for line in lines if line and not line.startswith("#")}
    # No addresses, no local files, no build tags: any machine's own package sources serve the set.
    assert [line for line, match in matches.items() if match is None] == []
    return {_canonical(match[1]): match[2] for match in matches.values() if match}


def test_every_dependency_is_pinned(pins: dict[str, str]) -> None:
    extras = PROJECT["project"]["optional-dependencies"].values()
    wanted = [*PROJECT["project"]["dependencies"], *(requirement for extra in extras for requirement in extra)]
    names = {_canonical(re.split(r"[^A-Za-z0-9._-]", requirement)[0]) for requirement in wanted}
    assert sorted(names - pins.keys()) == []


def test_torch_is_the_release_of_which_a_cpu_build_is_at_hand(pins: dict[str, str]) -> None:
    assert pins["torch"] == "2.13.0"
    assert "torch==2.13.0" in PROJECT["project"]["dependencies"]


def test_the_licence_is_apache_2() -> None:
    text = (PROJECT_ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "Apache License" in text
    assert "Version 2.0, January 2004" in text
    assert "END OF TERMS AND CONDITIONS" in text
    assert PROJECT["project"]["license"] == "Apache-2.0"


@pytest.mark.parametrize("target", ["install", "run", "test", "check", "eval", "bench", "index", "clean"])
def test_make_knows_the_target(target: str) -> None:
    result = subprocess.run(
        ["make", "--dry-run", "--no-print-directory", target], cwd=PROJECT_ROOT, capture_output=True, text=True
    )
    assert result.returncode == 0, result.stderr
    assert result.stdout.strip()


def test_make_run_passes_host_and_port_on() -> None:
    command = ["make", "--dry-run", "run", "HOST=0.0.0.0", "PORT=8080"]
    result = subprocess.run(command, cwd=PROJECT_ROOT, capture_output=True, text=True, check=True)
    assert "-m assistant serve --host 0.0.0.0 --port 8080" in result.stdout


@pytest.mark.parametrize("script", [".ci/run", ".ci/browser"])
def test_scripts_can_be_executed_and_are_valid(script: str) -> None:
    path = PROJECT_ROOT / script
    assert path.stat().st_mode & 0o111
    subprocess.run(["bash", "-n", str(path)], check=True)


@pytest.mark.parametrize("package", ["policy", "calculator", "settings", "errors", "logs"])
def test_the_core_starts_without_frameworks(package: str, elsewhere: Path) -> None:
    heavy = {"torch", "transformers", "langchain_core", "chromadb", "gradio", "fastapi", "sqlalchemy", "numpy"}
    code = f"import sys, assistant.{package}; print(sorted({heavy!r} & set(sys.modules)))"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"


def test_the_network_is_closed_to_tests() -> None:
    with (
        pytest.warns(UserWarning, match="192.0.2.1"),
        pytest.raises(pytest_socket.SocketConnectBlockedError),
        socket.socket() as outside,
    ):
        outside.connect(("192.0.2.1", 80))


def test_loopback_is_open_to_tests() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname(), timeout=5):
        pass
