"""``assistant doctor``: tries the language model and says in plain words what is wrong and what to do."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.answering.generation.budget import Budget
from assistant.answering.generation.client import ModelClient
from assistant.answering.generation.config import ModelConfig, model_config
from assistant.answering.generation.data import prompts
from assistant.answering.generation.faults import Fault, ModelFault
from assistant.answering.generation.sentences import read_all
from assistant.errors import SettingsError
from assistant.settings import Settings

_SAMPLE = {
    "question": "附则写了什么？",
    "dialogue": [],
    "validity": "在有效期内",
    "clauses": [{"id": "c1", "text": "由苏州市科学技术局会同相关部门负责解释"}],
    "decisions": [],
    "finished": [{"id": "k0", "text": "由苏州市科学技术局会同相关部门负责解释"}],
    "figures": [],
}

_ADVICE = {
    Fault.TIMEOUT: "no answer in time; is the server busy or loading the model? Raise ASSISTANT_MODEL_TIMEOUT.",
    Fault.UNREACHABLE: "nothing answers at this address; check ASSISTANT_MODEL_URL, the network and any proxy.",
    Fault.KEY: "the key was refused; check ASSISTANT_MODEL_KEY or ASSISTANT_MODEL_KEY_FILE.",
    Fault.UNKNOWN_MODEL: "the server knows no such model or path; check ASSISTANT_MODEL and that the address ends as "
    "the provider says (often /v1).",
    Fault.REFUSED: "the server refused the request; does it support JSON output, and is the account in credit?",
    Fault.BUSY: "the server takes no more requests for now; check the account's rate limit.",
    Fault.SERVER: "the server reports a fault of its own; try again later.",
    Fault.CUT: "the connection broke, or the answer ended too early; check proxies between here and there.",
    Fault.EMPTY: "the model answered nothing; try another model.",
    Fault.ENDLESS: "the model did not stop; try another model.",
    Fault.UNREADABLE: "the answer was not the JSON that was asked for; the model cannot be used, or the address is no "
    "OpenAI-compatible endpoint.",
    Fault.CLIENT: "the client library failed; is langchain-openai installed as pinned?",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report."""

    good: bool
    text: str


def examine(settings: Settings) -> Iterator[Finding]:
    """The findings in order; the first that is not good is the last. No line shows the key."""
    try:
        config = model_config(settings)
    except SettingsError as error:
        yield Finding(False, error.message)
        return
    if config is None:
        yield Finding(True, "no language model is set (ASSISTANT_MODEL); answers are composed by the program alone")
        return
    key = "a key" if config.key.get_secret_value() != "none" else "no key"
    yield Finding(True, f"model {config.name} at {config.url}, with {key}, {config.timeout:g} s for an answer")
    yield from _budget(config)
    yield from _try(config)


def _budget(config: ModelConfig) -> Iterator[Finding]:
    budget = Budget(config.usage_file, config.daily_tokens)
    if config.daily_tokens and not budget.left():
        yield Finding(True, f"today's tokens are used up ({budget.spent()} of {config.daily_tokens}): it is not asked")
    elif config.daily_tokens:
        yield Finding(True, f"tokens today: {budget.spent()} of {config.daily_tokens}")


def _try(config: ModelConfig) -> Iterator[Finding]:
    client = ModelClient(config)
    started = time.monotonic()
    first: float | None = None
    pieces = []
    try:
        messages = (("system", prompts().wording), ("human", json.dumps(_SAMPLE, ensure_ascii=False)))
        reading = client.read(messages, started + config.timeout)
        for piece in reading:
            first = first or time.monotonic() - started
            pieces.append(piece)
        sentences = read_all("".join(pieces))
    except ModelFault as fault:
        detail = f" ({fault.detail})" if fault.detail else ""
        yield Finding(False, f"{fault.fault}{detail}: {_ADVICE[fault.fault]}")
        return
    finally:
        client.close()
    took, usage = time.monotonic() - started, reading.usage
    count = (
        f"{usage.prompt} + {usage.completion} tokens{' (estimated: the server tells none)' if usage.estimated else ''}"
    )
    yield Finding(True, f"it answers: first words after {first or took:.1f} s, whole answer {took:.1f} s, {count}")
    known = {"c1", "k0"}
    if all(sentence.ids and set(sentence.ids) <= known for sentence in sentences):
        yield Finding(True, f"it keeps to the form: {len(sentences)} sentence(s) that name what they rest on")
    else:
        yield Finding(True, "it does not always name its sources: such sentences are asked for again or not shown")
