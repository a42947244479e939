"""The way to the model: an OpenAI-compatible endpoint through ``init_chat_model``, under a deadline that holds.

The request runs in a thread of its own, and the caller takes what arrives from a queue: a server that hangs, drips or
never ends costs the caller no more than the deadline.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from assistant.answering.generation.config import ModelConfig
from assistant.answering.generation.faults import Fault, ModelFault

Messages = Sequence[tuple[str, str]]
"""(role, text): role is system or human."""

_MOST_REQUESTS = 8
_MOST_TOKENS = 1500
_MOST_CHARACTERS = 12_000
_CONNECT_SECONDS = 5.0
_FIRST_PAUSE_SECONDS = 0.25
_SETTLING_SECONDS = 1.0
_TAIL_SECONDS = 0.3
_TAIL_PIECES = 50


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens of one request; ``estimated`` where the server did not say (one token a character)."""

    prompt: int = 0
    completion: int = 0
    estimated: bool = False

    def __add__(self, other: Usage) -> Usage:
        estimated = self.estimated or other.estimated
        return Usage(self.prompt + other.prompt, self.completion + other.completion, estimated)

    @property
    def total(self) -> int:
        return self.prompt + self.completion


class Reading:
    """What a model sends, piece by piece. Iterate once; ``usage`` is complete afterwards. ``stop`` lets go early."""

    def __init__(self, client: ModelClient, messages: Messages, deadline: float) -> None:
        self._pieces: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._deadline = deadline
        self._stopped = threading.Event()
        self._usage: Usage | None = None
        self._asked = sum(len(text) for _, text in messages)
        self._read = 0
        self._future: Future[None] = client.pool.submit(self._run, client, messages)

    @property
    def usage(self) -> Usage:
        return self._usage or Usage(self._asked, self._read, estimated=True)

    def stop(self) -> None:
        self._stopped.set()

    def drain(self) -> None:
        """After the last sentence: waits a moment for the count of tokens, which servers send at the end."""
        self._deadline = min(self._deadline, time.monotonic() + _TAIL_SECONDS)
        with suppress(ModelFault):
            for _ in range(_TAIL_PIECES):
                if self._next() is None:
                    break

    def __iter__(self) -> Iterator[str]:
        """Raises ModelFault."""
        try:
            while (piece := self._next()) is not None:
                self._read += len(piece)
                if self._read > _MOST_CHARACTERS:
                    raise ModelFault(Fault.ENDLESS, f"{self._read} characters")
                yield piece
            if error := self._future.exception(timeout=_SETTLING_SECONDS):
                raise _fault_of(error, begun=self._read > 0) from error
        finally:
            self.stop()

    def _next(self) -> str | None:
        left = self._deadline - time.monotonic()
        if left <= 0:  # pieces may still be coming
            raise ModelFault(Fault.TIMEOUT)
        try:
            return self._pieces.get(timeout=left)
        except queue.Empty:
            raise ModelFault(Fault.TIMEOUT) from None

    def _run(self, client: ModelClient, messages: Messages) -> None:
        """In the pool's thread. Whatever is raised here is kept by the future and read by ``__iter__``."""
        try:
            attempt = 0
            while not self._stopped.is_set():
                left = self._deadline - time.monotonic()
                try:
                    for chunk in client.chunks(messages, left):
                        self._take(chunk)
                        if self._stopped.is_set():
                            break
                    return
                except client.passing as error:
                    pause = _pause(error, attempt)
                    if self._read or attempt >= client.config.retries or pause >= left:
                        raise
                    attempt += 1
                    self._stopped.wait(pause)
        finally:
            self._pieces.put(None)

    def _take(self, chunk: Any) -> None:
        if found := getattr(chunk, "usage_metadata", None):
            self._usage = Usage(found["input_tokens"], found["output_tokens"])
        if text := _text(chunk):
            self._pieces.put(text)


class ModelClient:
    """One model at one endpoint; safe to use from several threads. Importing and building it takes a second or two,
    which is spent when the assistant is opened."""

    def __init__(self, config: ModelConfig) -> None:
        import openai
        from langchain.chat_models import init_chat_model

        self.config = config
        self.pool = ThreadPoolExecutor(_MOST_REQUESTS, thread_name_prefix="model")
        self._places = threading.BoundedSemaphore(_MOST_REQUESTS)
        self.passing = (openai.APIConnectionError, openai.RateLimitError, openai.InternalServerError)
        self._timeout = openai.Timeout
        self._model = init_chat_model(
            config.name,
            model_provider="openai",
            base_url=config.url,
            api_key=config.key,
            temperature=0,
            max_retries=0,  # retried here, where the deadline is known
            stream_usage=True,
            use_responses_api=False,
            # In the body as they are: the typed parameters would turn on features that few compatible servers have.
            extra_body={"response_format": {"type": "json_object"}, "max_tokens": _MOST_TOKENS, **config.extra},
        )

    def read(self, messages: Messages, deadline: float) -> Reading:
        """Asks, and gives what comes back by ``deadline`` (monotonic seconds). Raises ModelFault when all requests
        that may run at once are running."""
        if not self._places.acquire(blocking=False):
            raise ModelFault(Fault.BUSY, "own requests")
        reading = Reading(self, messages, deadline)
        reading._future.add_done_callback(lambda _: self._places.release())
        return reading

    def chunks(self, messages: Messages, seconds: float) -> Iterator[Any]:
        """The raw chunks of one request; blocks, and raises what the client library raises."""
        seconds = max(seconds, 0.05)
        timeout = self._timeout(seconds, connect=min(seconds, _CONNECT_SECONDS))
        return self._model.stream(list(messages), timeout=timeout)

    def close(self) -> None:
        self.pool.shutdown(wait=False, cancel_futures=True)


def _text(chunk: Any) -> str:
    content = chunk.content
    return content if isinstance(content, str) else ""


def _pause(error: BaseException, attempt: int) -> float:
    """Seconds until the next try: what the server asks for, else a little longer each time."""
    response = getattr(error, "response", None)
    asked = response.headers.get("retry-after", "") if response is not None else ""
    try:
        return min(max(float(asked), 0.0), 3600.0)
    except ValueError:
        return float(_FIRST_PAUSE_SECONDS * 2**attempt)


def _fault_of(error: BaseException, *, begun: bool) -> ModelFault:
    """Names the fault without the error's text, in which servers repeat keys."""
    import openai

    name = type(error).__name__
    if isinstance(error, openai.APIStatusError):
        status = error.status_code
        kinds = {401: Fault.KEY, 403: Fault.KEY, 404: Fault.UNKNOWN_MODEL, 429: Fault.BUSY, 402: Fault.REFUSED}
        kind = kinds.get(status, Fault.SERVER if status >= 500 else Fault.REFUSED)
        return ModelFault(kind, f"HTTP {status}")
    if isinstance(error, openai.APITimeoutError) or "Timeout" in name:
        return ModelFault(Fault.TIMEOUT, name)
    if begun:
        return ModelFault(Fault.CUT, name)
    if isinstance(error, openai.APIConnectionError):
        return ModelFault(Fault.UNREACHABLE, name)
    if isinstance(error, openai.APIError):
        return ModelFault(Fault.SERVER, name)
    return ModelFault(Fault.UNREADABLE if isinstance(error, ValueError) else Fault.CLIENT, name)
