"""A server on loopback that speaks the OpenAI chat protocol (streaming and not) and plays a model.

``with serve(player) as server: server.url`` … A player turns the request's messages into a ``Turn``: the text that the
model writes, and how the transport behaves on the way.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

KEY = "sk-played-0123456789"
MODEL = "played"


@dataclass(frozen=True, slots=True)
class Turn:
    """What comes back. ``status`` other than 200 is an error; ``pause`` seconds lie before the first byte, ``drip``
    between pieces; after ``cut`` characters the connection is closed; ``raw`` replaces the protocol's body;
    ``endless`` repeats the text until the client goes; ``usage`` tells the tokens."""

    text: str = ""
    status: int = 200
    pause: float = 0.0
    drip: float = 0.0
    cut: int | None = None
    raw: str | None = None
    endless: bool = False
    usage: bool = True
    retry_after: str | None = None
    finish: str = "stop"
    piece: int = 12


Player = Callable[[list[dict[str, str]]], Turn]


@dataclass
class Played:
    """A running server: its address, and the requests that came (bodies and headers)."""

    url: str
    requests: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)


@contextmanager
def serve(player: Player, *, key: str = KEY, model: str = MODEL) -> Iterator[Played]:
    """Plays one model until the block ends."""
    played = Played("")

    class Handler(_Handler):
        pass

    Handler.player, Handler.played, Handler.key, Handler.model = staticmethod(player), played, key, model
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    played.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield played
    finally:
        server.shutdown()
        server.server_close()
        thread.join(timeout=5)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    player: Player
    played: Played
    key: str
    model: str

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing on the terminal."""

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        authorization = self.headers.get("Authorization", "")
        self.played.requests.append(body)
        self.played.keys.append(authorization)
        if self.path != "/v1/chat/completions":
            self._error(404, "no such path")
        elif authorization != f"Bearer {self.key}":
            self._error(401, f"Incorrect API key provided: {authorization.removeprefix('Bearer ')}")
        elif body["model"] != self.model:
            self._error(404, f"The model {body['model']} does not exist")
        else:
            with suppress(BrokenPipeError, ConnectionResetError):
                self._play(self.player(body["messages"]), body)

    def _play(self, turn: Turn, body: dict[str, Any]) -> None:
        time.sleep(turn.pause)
        if turn.status != 200:
            self._error(turn.status, "played fault", turn.retry_after)
        elif turn.raw is not None:
            self._send(turn.raw.encode(), "application/json")
        elif body.get("stream"):
            self._stream(turn)
        else:
            message = {"role": "assistant", "content": turn.text}
            choice = {"index": 0, "message": message, "finish_reason": turn.finish}
            answer: dict[str, Any] = {**_head("chat.completion", self.model), "choices": [choice]}
            if turn.usage:
                answer["usage"] = _usage(turn.text)
            self._send(json.dumps(answer, ensure_ascii=False).encode(), "application/json")

    def _stream(self, turn: Turn) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.close_connection = True
        self.end_headers()
        head = _head("chat.completion.chunk", self.model)
        text = turn.text if turn.cut is None else turn.text[: turn.cut]
        while True:
            for start in range(0, len(text), turn.piece):
                piece = {"role": "assistant", "content": text[start : start + turn.piece]}
                self._event({**head, "choices": [{"index": 0, "delta": piece, "finish_reason": None}]})
                time.sleep(turn.drip)
            if not turn.endless:
                break
        if turn.cut is not None:
            return
        self._event({**head, "choices": [{"index": 0, "delta": {}, "finish_reason": turn.finish}]})
        if turn.usage:
            self._event({**head, "choices": [], "usage": _usage(turn.text)})
        self.wfile.write(b"data: [DONE]\n\n")

    def _event(self, data: dict[str, Any]) -> None:
        self.wfile.write(f"data: {json.dumps(data, ensure_ascii=False)}\n\n".encode())
        self.wfile.flush()

    def _error(self, status: int, message: str, retry_after: str | None = None) -> None:
        body = json.dumps({"error": {"message": message, "type": "played", "code": None}}).encode()
        self._send(body, "application/json", status, {"Retry-After": retry_after} if retry_after else {})

    def _send(self, body: bytes, kind: str, status: int = 200, more: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **(more or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)


def _head(kind: str, model: str) -> dict[str, Any]:
    return {"id": "played", "object": kind, "created": 0, "model": model}


def _usage(text: str) -> dict[str, int]:
    return {"prompt_tokens": 900, "completion_tokens": len(text), "total_tokens": 900 + len(text)}
