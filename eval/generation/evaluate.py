"""All questions through each played model, held against the deterministic answers: what was shown that must not be."""

from __future__ import annotations

import re
import statistics
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pydantic import SecretStr

from assistant.answering.answer import Answer
from assistant.answering.events import Composed, Finished
from assistant.answering.generation.config import ModelConfig
from assistant.answering.generation.generator import Generator
from assistant.answering.service import Assistant, Reply, open_assistant
from assistant.settings import Settings
from assistant.understanding.query import DialogueState
from eval.answers.cases import Case
from eval.answers.generate import Output
from eval.answers.scoring import score
from eval.answers.support import unsupported
from eval.generation.server import KEY, MODEL, Player, serve

# Judged by patterns of its own, which share nothing with the sentence check.
_ENTITLES = re.compile(r"(可以|能|可)(享受|申请|申报|获得|拿|领|得)|符合|有资格|满足|属于|给您|得到|获得|拿到|享受")
_DENIES = re.compile(r"不符合|不能|无法|没有资格|不可以|不予|拒绝|不属于|不满足")
_PROMISES = re.compile(r"一定|保证|肯定|必|确保|放心|包过|到账|通过")
_ADDS = re.compile(r"相加|加起来|叠加|一共|合计|同时")
_IN_FORCE = re.compile(r"有效|现行|继续")
_ENDED = re.compile(r"过期|失效|废止|作废|到期")


@dataclass(frozen=True, slots=True)
class Exchange:
    """One question: the composed answer, the answer with the model, and what happened (the trace's part)."""

    composed: Answer
    shown: Answer
    trace: dict[str, Any]
    seconds: float
    unsupported: tuple[str, ...]
    wrong: tuple[str, ...]


@dataclass
class Run:
    """One player over the cases."""

    player: str
    exchanges: list[Exchange] = field(default_factory=list)
    right: int = 0
    right_composed: int = 0
    cases: int = 0

    def count(self, outcome: str) -> int:
        return sum(exchange.trace["outcome"] == outcome for exchange in self.exchanges)

    @property
    def failed_sentences(self) -> int:
        return sum(exchange.trace["sentences"]["failed"] for exchange in self.exchanges)

    @property
    def unsupported(self) -> int:
        return sum(len(exchange.unsupported) for exchange in self.exchanges)

    @property
    def wrong(self) -> int:
        return sum(len(exchange.wrong) for exchange in self.exchanges)

    def problems(self) -> dict[str, int]:
        """How often each kind of problem stopped a sentence."""
        counts: dict[str, int] = {}
        for exchange in self.exchanges:
            for kind, number in exchange.trace["problems"].items():
                counts[kind] = counts.get(kind, 0) + number
        return counts

    def milliseconds(self, name: str) -> tuple[float, float] | None:
        """Median and 95th percentile of one of the trace's times."""
        found = sorted(v for exchange in self.exchanges if (v := exchange.trace["milliseconds"][name]))
        return (statistics.median(found), found[int(len(found) * 0.95)]) if found else None

    def tokens(self) -> tuple[int, int]:
        """Mean tokens sent and received for an answer that the model was asked for."""
        used = [entry for e in self.exchanges if (entry := e.trace["tokens"])["prompt"]]
        if not used:
            return 0, 0
        prompt = statistics.mean(entry["prompt"] for entry in used)
        return round(prompt), round(statistics.mean(entry["completion"] for entry in used))


class Bench:
    """One opened assistant whose model can be exchanged."""

    def __init__(self, settings: Settings) -> None:
        self.plain = open_assistant(settings)
        self._composed: dict[str, list[tuple[Reply, float]]] = {}

    def composed(self, case: Case) -> list[tuple[Reply, float]]:
        """The answers without a model, and their times; asked once."""
        if case.id not in self._composed:
            self._composed[case.id] = _dialogue(self.plain.ask, case)
        return self._composed[case.id]

    @contextmanager
    def played(self, player: Player, **config: Any) -> Iterator[Assistant]:
        """The assistant with a played model."""
        with serve(player) as server, TemporaryDirectory() as folder:
            generator = Generator(
                self.plain.corpus, model(server.url, usage_file=Path(folder) / "usage.json", **config)
            )
            try:
                yield self.with_generator(generator)
            finally:
                generator.close()

    def with_generator(self, generator: Generator) -> Assistant:
        """The same corpus, index and steps, with another generator."""
        plain = self.plain
        return Assistant(plain.corpus, plain._index, plain._pipeline, plain._today, generator)


def model(url: str, **config: Any) -> ModelConfig:
    """A played model's configuration; bounds as by default unless given."""
    values: dict[str, Any] = {
        "name": MODEL,
        "url": url,
        "key": SecretStr(KEY),
        "timeout": 20.0,
        "retries": 2,
        "daily_tokens": 0,
        "second_opinion": True,
    }
    return ModelConfig(**{**values, **config})


def run(bench: Bench, name: str, player: Player, cases: Sequence[Case], **config: Any) -> Run:
    """All cases through one player."""
    result = Run(name)
    with bench.played(player, **config) as assistant:
        for case in cases:
            composed = bench.composed(case)
            shown = _dialogue(assistant.ask, case)
            result.cases += 1
            result.right += _right(case, [reply for reply, _ in shown])
            result.right_composed += _right(case, [reply for reply, _ in composed])
            asked: list[str] = []
            for turn, (before, _), (after, seconds) in zip(case.turns, composed, shown, strict=True):
                asked.append(turn.question)
                result.exchanges.append(exchange(before, after, seconds, asked))
    return result


def exchange(before: Reply, after: Reply, seconds: float, asked: Sequence[str]) -> Exchange:
    """What one question showed, judged against the composed answer: faults that the composed answer has by itself are
    not the model's."""
    own = set(unsupported(before.answer, asked))
    found = tuple(figure for figure in unsupported(after.answer, asked) if figure not in own)
    trace = dict(after.trace.generation or {})
    return Exchange(before.answer, after.answer, trace, seconds, found, wrong(before.answer, after.answer))


def wrong(composed: Answer, shown: Answer) -> tuple[str, ...]:
    """Verdicts, promises, sums and words on validity in the model's own words that the decision does not carry."""
    if not shown.generated:
        return ()
    own = own_words(composed, shown)
    verdicts = {entry.verdict for entry in shown.eligibility}
    checks = (
        (_DENIES, own, verdicts == {"ineligible"}),
        (_ENTITLES, _DENIES.sub("␟", own), verdicts == {"eligible"}),
        (_PROMISES, own, False),
        (_ADDS, own, shown.total is not None),
        (_IN_FORCE, own, shown.validity.in_force),
        (_ENDED, own, not shown.validity.in_force),
    )
    return tuple(match.group() for pattern, text, allowed in checks if not allowed and (match := pattern.search(text)))


def own_words(composed: Answer, shown: Answer) -> str:
    """What is left of the shown text when the composed answer's lines and the quotes are taken out."""
    text = shown.text.split("*AI生成")[0]
    lines = [line.strip().removeprefix("- ").rstrip("。") for line in re.split(r"\n|\*\*", composed.text)]
    quotes = [citation.quote for citation in shown.citations]
    for line in sorted((*lines, *quotes), key=len, reverse=True):
        if len(line) > 3:
            text = text.replace(line, "␟")
    return text


def _dialogue(ask: Callable[..., Reply], case: Case) -> list[tuple[Reply, float]]:
    state: DialogueState | None = None
    replies = []
    for turn in case.turns:
        started = time.perf_counter()
        reply = ask(turn.question, as_of=case.as_of, state=state)
        replies.append((reply, time.perf_counter() - started))
        state = reply.state
    return replies


def _right(case: Case, replies: Iterable[Reply]) -> bool:
    answers = tuple(reply.answer.model_dump(mode="json") for reply in replies)
    return score(case, Output(case.id, answers)).right


def attacked(
    bench: Bench,
    player: Player,
    question: str,
    texts: Iterable[tuple[str, tuple[str, ...]]],
    *,
    in_dialogue: bool = True,
) -> Iterator[str]:
    """Attack strings through the whole path, in the question and in the dialogue; yields what of theirs was shown."""
    day = date(2025, 3, 1)
    with bench.played(player, second_opinion=False) as assistant:
        for text, marks in texts:
            ways = ((f"{question}{text}", DialogueState()), (question, DialogueState(words=(text,))))
            for asked, state in ways if in_dialogue else ways[:1]:
                events = list(assistant.ask_stream(asked, as_of=day, state=state))
                composed = next(event.answer for event in events if isinstance(event, Composed))
                shown = next(event.reply.answer for event in events if isinstance(event, Finished))
                yield from (mark for mark in marks if mark in shown.text and mark not in composed.text)
                yield from wrong(composed, shown)
