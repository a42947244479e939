"""What the desk's pages work with, put together once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from assistant.policy.loader import Corpus, Policy
from assistant.records.database import Records
from assistant.records.knowledge import DeskKnowledge
from assistant.settings import Settings
from assistant.web.desk.live import LiveAssistant
from assistant.web.desk.publishing import Publisher


@dataclass(frozen=True)
class Office:
    """One installation's desk."""

    assistant: LiveAssistant
    records: Records
    settings: Settings
    publisher: Publisher
    knowledge: DeskKnowledge

    @property
    def corpus(self) -> Corpus:
        return self.assistant.corpus

    @property
    def policy(self) -> Policy:
        return self.assistant.corpus.policy

    def today(self) -> date:
        """The day that answers are given for."""
        return self.settings.as_of or self.records.today()
