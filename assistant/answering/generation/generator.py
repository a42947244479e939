"""The model's part of an answer as one stream: second opinion, wording, and what to do when either fails."""

from __future__ import annotations

from collections.abc import Generator as Stream
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from assistant.answering.answer import Answer, Status
from assistant.answering.compose.draft import Draft
from assistant.answering.crosscheck import check_text
from assistant.answering.decide import Decision
from assistant.answering.events import Composed, Sentence
from assistant.answering.evidence import evidence_of
from assistant.answering.generation.breaker import Breaker
from assistant.answering.generation.budget import Budget
from assistant.answering.generation.client import ModelClient
from assistant.answering.generation.config import ModelConfig, model_config
from assistant.answering.generation.data import prompts, words
from assistant.answering.generation.faults import ModelFault
from assistant.answering.generation.opinion import ask_opinion, unsure
from assistant.answering.generation.report import Report
from assistant.answering.generation.wording import Wording, why_not
from assistant.answering.pipeline import Work, finish
from assistant.logs import get_logger
from assistant.policy.loader import Corpus
from assistant.settings import Settings

_log = get_logger(__name__)

_LONGEST_CHOICE = 80


@dataclass(frozen=True, slots=True)
class Outcome:
    """The answer that counts, the work that it rests on, and the trace of the model's part."""

    answer: Answer
    work: Work
    trace: dict[str, Any]


class Generator:
    """Rewords answers with one model. Safe to use from several threads."""

    def __init__(self, corpus: Corpus, config: ModelConfig) -> None:
        self.config = config
        self._corpus = corpus
        self._client = ModelClient(config)
        self._breaker = Breaker()
        self._budget = Budget(config.usage_file, config.daily_tokens)
        prompts(), words()  # wrong files are told at the start

    def run(self, work: Work, answer: Answer) -> Iterator[Composed | Sentence | Outcome]:
        """Events for a finished deterministic answer, an ``Outcome`` last. Never raises for a model's fault."""
        report = Report(self.config.name)
        if self.config.second_opinion and unsure(work) and (changed := self._opinion(work, report)):
            work, answer = changed
            yield Composed(answer)
        final = answer
        report.reason = report.reason or why_not(work, answer) or self._closed()
        if not report.reason:
            final = yield from self._worded(work, answer, report)
        yield Outcome(final, work, report.as_trace(self.config))

    def close(self) -> None:
        self._client.close()

    def _closed(self) -> str:
        if not self._budget.left():
            return "budget"
        return "" if self._breaker.allows() else "resting"

    def _worded(self, work: Work, answer: Answer, report: Report) -> Stream[Sentence, None, Answer]:
        report.outcome = "fallback"
        wording = Wording(self._corpus, work, answer, self._client, report)
        before = report.usage.total
        ended = False
        try:
            yield from wording.sentences()
            ended = True
        except ModelFault as fault:
            ended = True
            self._failed(fault, report)
            return answer
        finally:
            self._budget.charge(report.usage.total - before)
            if not ended:  # the reader went away in mid-answer
                self._breaker.let_go()
        self._breaker.worked()
        reworded = wording.answer()
        if reworded is None:
            report.reason = report.reason or "sentence check"
            _log.warning("model's wording not shown", reason=report.reason, failed=len(report.failed))
            return answer
        report.outcome, report.reason = "worded", ""
        return reworded

    def _opinion(self, work: Work, report: Report) -> tuple[Work, Answer] | None:
        """The work and the answer of a clarifying question, where the second opinion leads to one."""
        if reason := self._closed():
            report.opinion = {"outcome": reason}
            return None
        try:
            found = ask_opinion(self._corpus.policy, work, self._client, report)
        except ModelFault as fault:
            report.opinion = {"outcome": str(fault.fault)}
            self._failed(fault, report)
            return None
        finally:
            self._budget.charge(report.usage.total)
        self._breaker.worked()
        report.opinion = found.note
        if not found.choices:
            return None
        asking = _clarified(self._corpus, work, found.choices)
        return asking, finish(self._corpus, asking)

    def _failed(self, fault: ModelFault, report: Report) -> None:
        self._breaker.failed()
        report.reason = str(fault.fault)
        _log.warning("model not used", fault=str(fault.fault), detail=fault.detail, resting=self._breaker.open)


def open_generator(corpus: Corpus, settings: Settings) -> Generator | None:
    """None without a configured model: then nothing of a model's libraries is imported.

    Raises SettingsError, CorpusError.
    """
    config = model_config(settings)
    return None if config is None else Generator(corpus, config)


def _clarified(corpus: Corpus, work: Work, measures: tuple[str, ...]) -> Work:
    """The work of a clarifying question between measures (ids)."""
    said, policy = words(), corpus.policy
    draft = Draft(corpus, status=Status.NEEDS_INFORMATION, reason="unclear", notices=list(work.draft.notices))
    chosen = [policy.by_id[name] for name in measures]
    for measure in chosen:
        draft.rest_on(measure)
    names = said.text("clarify_joint").join(said.text("clarify_item", short=measure.short) for measure in chosen)
    draft.corrections.append(said.text("clarify" if len(chosen) > 1 else "clarify_one", names=names))
    original = work.query.original
    draft.choices = tuple(
        said.text("choice", short=measure.short, question=original)
        if len(original) <= _LONGEST_CHOICE
        else measure.short
        for measure in chosen
    )
    query = replace(work.query, measures=(), bases={}, suggested=False)
    decision = Decision(query)
    evidence = evidence_of(policy, decision, draft, (*work.state.words, work.question))
    text = draft.text()
    check = check_text(text, evidence)
    return replace(work, query=query, decision=decision, draft=draft, text=text, check=check)
