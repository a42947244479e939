"""From cases to outputs: what the assistant answers, through its command line, in this process, or frozen in a file.

An output has the form of ``python -m assistant ask --batch``, one JSON object a line: ``{"id", "answers": [...]}``,
to which the runner in this process adds ``milliseconds`` and ``objections``, one a turn.
"""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.answers.cases import Case

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 1800.0
COMMAND = (sys.executable, "-m", "assistant", "ask", "--batch")


class OutputError(Exception):
    """Outputs cannot be had; the message is one line."""


@dataclass(frozen=True, slots=True)
class Output:
    """What came back for one case: an answer (JSON object) a turn, perhaps too few; where it was asked in this
    process also the times in ms, and what the assistant's cross-check objected to in a turn's first wording."""

    id: str
    answers: tuple[Any, ...] = ()
    milliseconds: tuple[float, ...] = ()
    objections: tuple[tuple[str, ...], ...] = ()
    error: str = ""


def through_command(cases: Sequence[Case], command: Sequence[str] = COMMAND) -> tuple[Output, ...]:
    """Asks all cases through one ``ask --batch`` process.

    Settings (``ASSISTANT_…``) are taken from the environment, so that a language model can be evaluated too. A process
    that ends early gives what it wrote; one that writes nothing usable raises ``OutputError``.
    """
    lines = "".join(json.dumps(request(case), ensure_ascii=False) + "\n" for case in cases)
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8", "PYTHONUTF8": "1"}
    try:
        done = subprocess.run(
            command, input=lines, capture_output=True, encoding="utf-8", cwd=ROOT, env=environment, timeout=PATIENCE
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise OutputError(f"{' '.join(command[1:])}: {error}") from None
    outputs = parse(done.stdout.splitlines(), "ask --batch")
    if not outputs:
        reason = (done.stderr.strip().splitlines() or ["no message"])[-1]
        raise OutputError(f"ask --batch gave no output (exit status {done.returncode}): {reason}")
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["no message"])[-1]
        print(f"ask --batch ended with status {done.returncode}: {last}", file=sys.stderr)
    return outputs


@contextmanager
def _silence() -> Iterator[None]:
    """No log lines: a logged defect would show the question, of the held-out half too."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(before)


@_silence()
def in_process(cases: Iterable[Case]) -> tuple[Output, ...]:
    """Asks all cases in this process and times each answer (retrieval, composition and cross-check included).

    Raises ``OutputError`` when not one question could be answered.
    """
    from assistant.answering.service import open_assistant
    from assistant.errors import AssistantError
    from assistant.settings import Settings

    try:
        assistant = open_assistant(Settings())
    except AssistantError as fault:
        raise OutputError(f"the assistant does not start: {fault.message}") from None
    outputs = []
    for case in cases:
        state = None
        answers: list[Any] = []
        times: list[float] = []
        objections: list[tuple[str, ...]] = []
        error = ""
        for turn in case.turns:
            start = time.perf_counter()
            try:
                reply = assistant.ask(turn.question, as_of=case.as_of, state=state)
            except AssistantError as fault:
                error = fault.message
                break
            times.append((time.perf_counter() - start) * 1000)
            state = reply.state
            answers.append(reply.answer.model_dump(mode="json"))
            objections.append(tuple(reply.trace.checked["unsupported"]))
        outputs.append(Output(case.id, tuple(answers), tuple(times), tuple(objections), error))
    if outputs and not any(output.answers for output in outputs):
        raise OutputError(f"no question could be answered: {outputs[0].error}")
    return tuple(outputs)


def request(case: Case) -> dict[str, Any]:
    """The case as one line for ``ask --batch``."""
    return {"id": case.id, "as_of": case.as_of.isoformat(), "turns": [turn.question for turn in case.turns]}


def load(path: Path) -> tuple[Output, ...]:
    """Frozen outputs. Raises ``OutputError`` with one line."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise OutputError(f"{path}: cannot be read ({error})") from None
    return parse(lines, str(path))


def save(path: Path, outputs: Iterable[Output]) -> None:
    """Freezes outputs in a file, written whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    with draft.open("w", encoding="utf-8") as stream:
        for output in outputs:
            record: dict[str, Any] = {"id": output.id, "answers": list(output.answers)}
            if output.milliseconds:
                record["milliseconds"] = [round(value, 2) for value in output.milliseconds]
            if any(output.objections):
                record["objections"] = output.objections
            if output.error:
                record["error"] = output.error
            stream.write(json.dumps(record, ensure_ascii=False) + "\n")
    draft.replace(path)


def parse(lines: Iterable[str], name: str) -> tuple[Output, ...]:
    """Outputs of JSON lines; ``name`` stands in the message of a fault."""
    outputs = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
            identity, answers = record["id"], record.get("answers", [])
            if not isinstance(identity, str) or not isinstance(answers, list):
                raise TypeError
            times = tuple(float(value) for value in record.get("milliseconds", ()))
            objections = tuple(tuple(found) for found in record.get("objections", ()))
        except (ValueError, KeyError, TypeError, AttributeError):
            raise OutputError(f'{name}:{number}: not a line of the form {{"id": …, "answers": […]}}') from None
        outputs.append(Output(identity, tuple(answers), times, objections, str(record.get("error") or "")))
    return tuple(outputs)
