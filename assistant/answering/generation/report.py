"""What happened with the model for one answer: the part of the trace that records and evaluation read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import perf_counter, thread_time
from typing import Any

from assistant.answering.generation.check import Checked
from assistant.answering.generation.client import Usage
from assistant.answering.generation.config import ModelConfig
from assistant.answering.generation.data import prompts


@dataclass
class Report:
    """Filled in step by step. ``outcome``: worded, fallback (the model failed), skipped (it was not asked)."""

    model: str
    outcome: str = "skipped"
    reason: str = ""
    usage: Usage = field(default_factory=Usage)
    shown: int = 0
    failed: list[Checked] = field(default_factory=list)
    asked_again: bool = False
    opinion: dict[str, Any] | None = None
    own_seconds: float = 0.0
    own_before_first: float | None = None
    check_seconds: list[float] = field(default_factory=list)
    started: float = field(default_factory=perf_counter)

    @contextmanager
    def own(self) -> Iterator[None]:
        """Counts a block as the program's own work: processor time of this thread, whatever else the machine does."""
        begun = thread_time()
        try:
            yield
        finally:
            self.own_seconds += thread_time() - begun

    def checked(self, seconds: float) -> None:
        self.check_seconds.append(seconds)
        self.own_seconds += seconds
        if self.own_before_first is None:
            self.own_before_first = self.own_seconds

    def as_trace(self, config: ModelConfig) -> dict[str, Any]:
        """JSON-able; cost in yuan (None where no price is set); times in ms: ``all`` by the clock, the others processor
        time of the answering thread."""
        told, usage = prompts(), self.usage
        cost = (usage.prompt * config.price_input + usage.completion * config.price_output) / 1_000_000
        problems = Counter(kind.value for checked in self.failed for kind, _ in checked.problems)
        return {
            "outcome": self.outcome,
            "reason": self.reason,
            "model": self.model,
            "prompts": {"version": told.version, "hash": told.digest},
            "tokens": {"prompt": usage.prompt, "completion": usage.completion, "estimated": usage.estimated},
            "cost": round(cost, 6) if config.price_input or config.price_output else None,
            "sentences": {"shown": self.shown, "failed": len(self.failed), "asked_again": self.asked_again},
            "problems": dict(problems),
            "refused": [{"text": c.source.text[:200], "reason": c.reason[:200]} for c in self.failed[:8]],
            "opinion": self.opinion,
            "milliseconds": {
                "all": round((perf_counter() - self.started) * 1000, 1),
                "own": round(self.own_seconds * 1000, 2),
                "own_before_first": None if self.own_before_first is None else round(self.own_before_first * 1000, 2),
                "slowest_check": round(max(self.check_seconds, default=0.0) * 1000, 2),
            },
        }
