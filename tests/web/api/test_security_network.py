"""The application calls nobody: run with the network closed, watched for every attempt to reach another host."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.settings import PROJECT_ROOT

# Every way of Python's to look up a name or to connect passes one of these events; loopback and local sockets are ours.
_WATCHED = """
import json, sys, time
attempts = []
def watch(event, details):
    if event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "socket.sendto"):
        attempts.append([event, repr(details[0] if event != "socket.sendto" else details[1])])
    elif event == "socket.connect" and isinstance(details[1], tuple):
        attempts.append([event, repr(details[1][0])])
sys.addaudithook(watch)

from starlette.testclient import TestClient
from assistant.settings import load_settings
from assistant.web.application import create_app

app = create_app(load_settings(data_dir=sys.argv[1]))
with TestClient(app, base_url="http://desk.test") as client:
    statuses = [
        client.get("/", headers={"accept": "text/html"}).status_code,
        client.get("/config").status_code,
        client.get("/desk/login", headers={"accept": "text/html"}, follow_redirects=True).status_code,
        client.post("/api/v1/ask", json={"question": "新建平台投资1500万元补多少"}).status_code,
        client.post("/api/v1/ask", json={"question": "无锡首台套"}).status_code,
        client.get("/api/v1/search", params={"q": "算力"}).status_code,
        client.get("/ready").status_code,
    ]
    time.sleep(3)
print("RESULT" + json.dumps({"statuses": statuses, "attempts": attempts}))
"""
_OURS = {"'127.0.0.1'", "'localhost'", "'::1'", "None", "''", "b'127.0.0.1'", "b'localhost'"}


@pytest.mark.timeout(180)
def test_no_attempt_to_reach_another_host(tmp_path: Path) -> None:
    closed = ["unshare", "--map-root-user", "--net", "--"]
    if not shutil.which("unshare") or subprocess.run([*closed, "true"], capture_output=True).returncode != 0:
        closed = []  # without a network of its own the process is still watched
    # The fence of the test session would hide attempts: this process goes without.
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.lower().endswith("_proxy") and name not in ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE")
    }
    done = subprocess.run(
        [*closed, sys.executable, "-c", _WATCHED, str(tmp_path / "data")],
        cwd=PROJECT_ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=170,
    )
    line = next((line for line in done.stdout.splitlines() if line.startswith("RESULT")), None)
    assert line is not None, done.stderr[-3000:]
    result = json.loads(line.removeprefix("RESULT"))
    assert result["statuses"] == [200] * 7
    assert [attempt for attempt in result["attempts"] if attempt[1] not in _OURS] == []
