"""Asking with everything around it: synonyms and approved answers of the desk first, records and retention after.

What companies get through any door goes through here: chat, HTTP and MCP. When the records fail, the company still has
its answer, and the operator a line in the log.
"""

from __future__ import annotations

import time
from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from itsdangerous import BadSignature, URLSafeSerializer

from assistant.answering.answer import Answer, Status
from assistant.answering.events import Composed, Finished, Sentence
from assistant.answering.service import Assistant, Reply
from assistant.logs import get_logger
from assistant.policy.loader import Corpus
from assistant.records import feedback
from assistant.records.answers import NewAnswer, save
from assistant.records.approved import Approved
from assistant.records.database import Records, RecordsError
from assistant.records.knowledge import DeskKnowledge
from assistant.records.retention import Daily
from assistant.settings import Settings
from assistant.understanding.query import DialogueState
from assistant.web.api.reviewed import reviewed_answer
from assistant.web.consultation import Consulted, read_state

_log = get_logger(__name__)

STATE_LIMIT = 40_000
"""Longest state that is given out, in characters: with a question it fits into a call of the API."""


@dataclass(frozen=True, slots=True)
class Recorded(Consulted):
    """An answer as it was given: ``reviewed`` when an officer approved it, ``recorded`` when it was stored."""

    reviewed: Approved | None = None
    recorded: bool = False


class RecordedConsultation:
    """The ``Consultation`` of the pages and of the API. Safe to call from several threads.

    The dialogue's state travels through the browser signed: one that we did not give out starts a new conversation.
    """

    def __init__(self, assistant: Assistant, records: Records, settings: Settings) -> None:
        self._assistant = assistant
        self._records = records
        self._states = URLSafeSerializer(records.keys.derive("dialogue state"), salt="1")
        self._knowledge = DeskKnowledge(records)
        self._daily = Daily(records, settings.retention_days)

    @property
    def corpus(self) -> Corpus:
        return self._assistant.corpus

    @property
    def reworded(self) -> bool:
        return self._assistant.reworded

    def ask(
        self, question: str, state: str, *, session: str | None, as_of: date | None = None, channel: str = "chat"
    ) -> Recorded:
        """Answer a question after the dialogue ``state`` ("" for a first question). Raises AssistantError."""
        for event in self.stream(question, state, session=session, as_of=as_of, channel=channel):
            if isinstance(event, Recorded):
                return event
        raise RuntimeError("the stream of an answer ended without its end")

    def stream(
        self, question: str, state: str, *, session: str | None, as_of: date | None = None, channel: str = "chat"
    ) -> Iterator[Composed | Sentence | Recorded]:
        """The same as a stream; without a language model only its end. Raises AssistantError."""
        started = time.perf_counter()
        before, restarted = self._open(state)
        officer, known = self._desk_knowledge(question)
        given = self._reviewed(officer, question, known, as_of, before) if officer else None
        reviewed = officer if given else None
        answer, reply = given or (yield from self._own(question, known, as_of, before))
        milliseconds = (time.perf_counter() - started) * 1000
        stored = self._save(answer, reply, channel, session, milliseconds, reviewed)
        yield Recorded(answer, self._sign(reply.state), restarted, reviewed, stored)

    def vote(self, answer_id: str, *, up: bool, reason: str) -> bool:
        """Take a vote on an answer; False when it could not be kept. Raises AssistantError."""
        return feedback.vote(self._records, answer_id, up=up, reason=reason)

    def is_state(self, state: str) -> bool:
        """Whether a dialogue state is one that was given out here."""
        return not self._open(state)[1]

    def _open(self, state: str) -> tuple[DialogueState | None, bool]:
        if not state:
            return None, False
        try:
            return read_state(str(self._states.loads(state)))
        except BadSignature:
            return None, True

    def _sign(self, state: DialogueState) -> str:
        """The state as text to travel; of a very long conversation the oldest words are let go."""
        signed = str(self._states.dumps(state.to_json()))
        while len(signed) > STATE_LIMIT and state.words:
            state = state.without_oldest()
            signed = str(self._states.dumps(state.to_json()))
        return signed

    def _desk_knowledge(self, question: str) -> tuple[Approved | None, str]:
        """The officer's answer to a question, if any, and the question with known words for unknown ones."""
        try:
            return self._knowledge.approved_for(question), self._knowledge.reword(question)
        except RecordsError as error:
            _log.error("records not read", reason=error.message)
            return None, question

    def _own(
        self, question: str, known: str, as_of: date | None, before: DialogueState | None
    ) -> Generator[Composed | Sentence, None, tuple[Answer, Reply]]:
        """The assistant's own answer to ``known``, told as one to the ``question`` that the company wrote."""
        asked = {"question": question}
        for event in self._assistant.ask_stream(known, as_of=as_of, state=before):
            if isinstance(event, Finished):
                return event.reply.answer.model_copy(update=asked), event.reply
            if self._assistant.reworded:
                yield Composed(event.answer.model_copy(update=asked)) if isinstance(event, Composed) else event
        raise RuntimeError("the stream of an answer ended without its end")

    def _reviewed(
        self, officer: Approved, question: str, known: str, as_of: date | None, before: DialogueState | None
    ) -> tuple[Answer, Reply] | None:
        """The officer's answer, unless the dialogue gives the question another meaning than it has by itself."""
        reply = self._assistant.ask(known, as_of=as_of, state=before, reworded=False)
        as_of = reply.answer.as_of
        if before is not None and before.measures:
            alone = self._assistant.ask(question, as_of=as_of, reworded=False).answer
            if (alone.status, alone.reason, alone.text) != (
                reply.answer.status,
                reply.answer.reason,
                reply.answer.text,
            ):
                return None
        answer = reviewed_answer(self.corpus.policy, question, officer, as_of)
        return (answer, reply) if answer else None

    def _save(
        self,
        answer: Answer,
        reply: Reply,
        channel: str,
        session: str | None,
        milliseconds: float,
        reviewed: Approved | None,
    ) -> bool:
        new = NewAnswer(
            answer=answer.model_dump(mode="json"),
            trace={field.name: getattr(reply.trace, field.name) for field in fields(reply.trace)},
            channel=channel,
            session=session,
            milliseconds=milliseconds,
            for_review=answer.status is Status.NOT_COVERED,
            reviewed=reviewed.id if reviewed else None,
            **_of_model(reply.trace.generation or {}),
        )
        try:
            self._daily.tick()
            return save(self._records, new)
        except RecordsError as error:
            _log.error("answer not recorded", reason=error.message)
            return False


def _of_model(generation: Mapping[str, Any]) -> dict[str, Any]:
    """What a language model's part in an answer is recorded with: prompt and tokens; nothing without one."""
    tokens = generation.get("tokens") or {}
    return {
        "prompt_hash": (generation.get("prompts") or {}).get("hash"),
        "tokens_in": tokens.get("prompt"),
        "tokens_out": tokens.get("completion"),
    }
