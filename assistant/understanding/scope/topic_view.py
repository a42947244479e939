"""What the subject model says of a question, in the form in which the reader weighs it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from assistant.understanding.query import Scope

_NAMEABLE = 0.5


SURE = 0.75
LIKELY = 0.5
FRESH = 0.85
"""How probable a label must be to decide by itself, to be followed, to open a new subject in a dialogue."""


@dataclass(frozen=True, slots=True)
class Topic:
    """The subject model's view: its first label, its first own label, and the weight of the foreign ones."""

    label: str = ""
    probability: float = 0.0
    own_label: str = ""
    own_probability: float = 0.0
    foreign_label: str = ""
    foreign_probability: float = 0.0
    foreign: float = 0.0
    own: tuple[tuple[str, float], ...] = ()

    @property
    def scope(self) -> Scope:
        """The refusal; its subject is named only where the model is sure of it."""
        return Scope("subject", self.foreign_label if self.foreign_probability >= _NAMEABLE else "")

    @property
    def small(self) -> bool:
        return self.label.startswith("small:")

    def without(self, labels: Collection[str]) -> Topic:
        """The view with nothing of ``labels`` in it."""
        return Topic.of(tuple((name, p) for name, p in self.own if name not in labels)) if labels else self

    @classmethod
    def of(cls, suggestions: Sequence[tuple[str, float]]) -> Topic:
        if not suggestions:
            return cls()
        label, probability = suggestions[0]
        own = next(((name, p) for name, p in suggestions if not name.startswith(("out:", "small:"))), ("", 0.0))
        abroad = [(name, p) for name, p in suggestions if name.startswith("out:")]
        first, weight = abroad[0] if abroad else ("", 0.0)
        return cls(
            label, probability, *own, first.removeprefix("out:"), weight, sum(p for _, p in abroad), tuple(suggestions)
        )
