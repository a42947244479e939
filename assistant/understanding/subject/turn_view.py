"""A turn as the decisions see it: what its words say, what was said before, and what the subject model thinks."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

from assistant.policy.loader import Policy
from assistant.understanding.places.roles import PlaceReading
from assistant.understanding.query import DialogueState, Query, Scope
from assistant.understanding.scope.findings import ScopeFinding
from assistant.understanding.scope.topic_view import Topic
from assistant.understanding.subject.names import Subject

Suggest = Callable[[str], Sequence[tuple[str, float]]]
"""Text → (subject label, probability), most probable first: the learned subject model."""


OTHERS = "other-company"
"""The foreign subject of other companies' matters."""
_OURS = re.compile(r"我(们|们?公司|司|厂)|咱|本(公司|企业|单位)")


@dataclass(frozen=True)
class Said:
    """What the words of a turn say: measures named and found, rules asked for, places, a foreign subject, figures.

    ``adding``: it adds up several things of the measure under discussion; ``aside``: subjects named to be set aside.
    """

    named: Sequence[Subject]
    found: Sequence[Subject]
    rules: tuple[str, ...]
    reading: PlaceReading
    finding: ScopeFinding | None
    amounts: bool
    shares: bool
    adding: bool = False
    aside: Collection[str] = ()


@dataclass(frozen=True)
class Turn:
    """A turn with what was said before and what the subject model thinks.

    ``told``: it only adds or corrects; ``part``: what it asks, without the talk before it.
    """

    policy: Policy
    query: Query
    said: Said
    state: DialogueState
    topic: Topic
    told: bool
    applying: bool
    policy_talk: bool
    part: str

    @property
    def text(self) -> str:
        return self.query.question

    @property
    def rules(self) -> tuple[str, ...]:
        return self.query.rules

    @property
    def speaks_of_itself(self) -> bool:
        """我公司去年营收3.2亿: nobody else's business, though the subject model takes it for that."""
        return self.topic.foreign_label == OTHERS and bool(_OURS.search(self.text))

    def carried(self) -> Query:
        return replace(self.query, measures=self.state.measures, carried=True)

    def refused(self, scope: Scope) -> Query:
        return replace(self.query, scope=scope)


Step = Callable[[Turn], Query | None]
"""A decision: the settled query, or None to leave it to the next."""
