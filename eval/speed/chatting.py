"""Many people asking at once: through the page's own protocol (each question joins Gradio's queue and its answer is
read from the stream of events, as the page does), or through ``/api/v1/ask``. ``python -m eval.speed.chatting ORIGIN``
prints what it measured.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import statistics
import time
import uuid
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

import httpx

from eval.speed.questions import questions

PATIENCE = 120.0

Ask = Callable[[str, str, str], Awaitable[tuple[str, str]]]
"""(session, question, state) → the state after it, and what went wrong ("" for nothing)."""

Door = Callable[[httpx.AsyncClient], Awaitable[Ask]]


@dataclass(frozen=True, slots=True)
class Load:
    """Times of the answers in seconds, from sending a question to the end of its answer; ``errors`` as text."""

    seconds: tuple[float, ...]
    errors: tuple[str, ...]
    elapsed: float

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)

    @property
    def p95(self) -> float:
        return statistics.quantiles(self.seconds, n=20, method="inclusive")[-1]


def measure(origin: str, *, door: str = "page", people: int = 50, rounds: int = 6, pause: float = 5.0) -> Load:
    """Lets ``people`` ask ``rounds`` questions each, waiting about ``pause`` seconds between them (0: never waiting).

    ``door``: "page" or "api". Raises httpx.HTTPError when the application cannot be reached.
    """
    return asyncio.run(_measure(origin, DOORS[door], people, rounds, pause))


async def _measure(origin: str, door: Door, people: int, rounds: int, pause: float) -> Load:
    limits = httpx.Limits(max_connections=4 * people)
    asked = questions(min(400, people * rounds))
    async with httpx.AsyncClient(base_url=origin, limits=limits, timeout=PATIENCE, trust_env=False) as client:
        ask = await door(client)
        seconds: list[float] = []
        errors: list[str] = []

        async def person(number: int) -> None:
            chance = random.Random(number)
            session = uuid.uuid4().hex
            state = ""
            await asyncio.sleep(chance.random() * max(pause, 0.2))
            for _ in range(rounds):
                began = time.perf_counter()
                state, fault = await ask(session, chance.choice(asked), state)
                seconds.append(time.perf_counter() - began)
                if fault:
                    errors.append(fault)
                await asyncio.sleep(chance.uniform(0.5, 1.5) * pause)

        began = time.perf_counter()
        await asyncio.gather(*(person(number) for number in range(people)))
        return Load(tuple(seconds), tuple(errors), time.perf_counter() - began)


async def _page(client: httpx.AsyncClient) -> Ask:
    config = (await client.get("/config")).raise_for_status().json()
    event = next(item["id"] for item in config["dependencies"] if item["api_name"] == "chat")

    async def ask(session: str, question: str, state: str) -> tuple[str, str]:
        frame, fault = await _chat(client, event, session, question, state)
        return str((frame or {}).get("state", "")), fault

    return ask


async def _api(client: httpx.AsyncClient) -> Ask:
    async def ask(session: str, question: str, state: str) -> tuple[str, str]:  # noqa: ARG001
        answered = await client.post("/api/v1/ask", json={"question": question, "state": state})
        if answered.status_code != 200:
            return "", f"{answered.status_code}: {answered.text[:120]}"
        return str(answered.json().get("state", "")), ""

    return ask


DOORS = {"page": _page, "api": _api}


async def _chat(
    client: httpx.AsyncClient, event: int, session: str, question: str, state: str
) -> tuple[dict[str, object] | None, str]:
    """One question: the last frame of its answer, and what went wrong ("" for nothing)."""
    body = {"data": [question, state], "fn_index": event, "session_hash": session, "trigger_id": None}
    joined = await client.post("/gradio_api/queue/join", json=body)
    if joined.status_code != 200:
        return None, f"{joined.status_code}: {joined.text[:120]}"
    frame: dict[str, object] | None = None
    async with client.stream("GET", "/gradio_api/queue/data", params={"session_hash": session}) as stream:
        async for line in stream.aiter_lines():
            if not line.startswith("data:"):
                continue
            message = json.loads(line[5:])
            if message["msg"] == "process_generating":
                frame = _frame(message) or frame
            elif message["msg"] == "process_completed":
                if not message["success"]:
                    return None, "not answered"
                frame = _frame(message) or frame
                return frame, "" if frame and frame.get("stage") == "done" else "no whole answer"
    return None, "the stream ended"


def _frame(message: dict[str, dict[str, list[object]]]) -> dict[str, object] | None:
    data = message["output"].get("data") or [None]
    return data[0] if isinstance(data[0], dict) else None


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure a running application and print."""
    parser = argparse.ArgumentParser(prog="python -m eval.speed.chatting", description=__doc__)
    parser.add_argument("origin", help="address of a running application, such as http://127.0.0.1:7860")
    parser.add_argument("--door", choices=sorted(DOORS), default="page")
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--rounds", type=int, default=6)
    parser.add_argument("--pause", type=float, default=5.0, help="seconds between an answer and the next question")
    options = parser.parse_args(arguments)
    load = measure(options.origin, door=options.door, people=options.people, rounds=options.rounds, pause=options.pause)
    print(
        f"{options.people} people, {len(load.seconds)} answers in {load.elapsed:.1f} s: "
        f"median {1000 * load.median:.0f} ms, 95th percentile {1000 * load.p95:.0f} ms, {len(load.errors)} errors"
    )
    for error in sorted(set(load.errors)):
        print(f"  {load.errors.count(error)} times {error}")
    return 1 if load.errors else 0


if __name__ == "__main__":
    raise SystemExit(main())
