"""The figures of a policy's text, and which measure accounts for each: part of ``assistant check``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from assistant.calculator.money import find_money
from assistant.calculator.rates import find_rates, find_ratios
from assistant.policy.document import Article, Document
from assistant.policy.loader import Policy
from assistant.policy.measure import Measure


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a text: its span, its kind (amount, rate, ratio, or a foreign currency) and its two ends."""

    start: int
    end: int
    text: str
    kind: str
    minimum: Decimal
    maximum: Decimal

    @property
    def key(self) -> tuple[str, Decimal, Decimal]:
        return self.kind, self.minimum, self.maximum


@lru_cache(maxsize=1024)
def find_figures(text: str) -> tuple[Figure, ...]:
    """The amounts, percentages and ratios of ``text``, in order."""
    found = [
        Figure(m.start, m.end, m.text, "amount" if m.currency == "CNY" else m.currency, m.minimum, m.maximum)
        for m in find_money(text)
    ]
    found += [Figure(r.start, r.end, r.text, "rate", r.minimum, r.maximum) for r in find_rates(text)]
    found += [Figure(r.start, r.end, r.text, "ratio", Decimal(r.left), Decimal(r.right)) for r in find_ratios(text)]
    return tuple(sorted(found, key=lambda figure: figure.start))


def accounts(figure: Figure, policy: Policy) -> tuple[str, ...]:
    """What accounts for a figure of the policy's text: measures, each with the part that states the figure."""
    found: list[str] = []
    if home := home_of(figure, policy.document):
        for measure in policy.of_article(home.number):
            found += [f"{measure.id} ({part})" for part in _parts(figure, measure, home)]
    if not found and any(_covers(passage, policy.document.text, 0, figure) for passage in policy.background):
        found.append("background")
    return tuple(found)


def _parts(figure: Figure, measure: Measure, home: Article) -> Iterator[str]:
    if any(_covers(quote, home.text, home.start, figure) for quote in (measure.quote, *measure.also)):
        if measure.cap and figure.key == ("amount", measure.cap.amount, measure.cap.amount):
            yield "cap"
        if measure.rate and figure.key == ("rate", measure.rate.minimum, measure.rate.maximum):
            yield "rate"
        if measure.matching and figure.key == ("ratio", *map(Decimal, measure.matching)):
            yield "matching"
        uplift = measure.uplift
        at_uplift = uplift and _covers(uplift.quote, home.text, home.start, figure)
        if uplift and at_uplift and figure.key == ("rate", uplift.rate, uplift.rate):
            yield "uplift"
    for criterion in measure.criteria:
        stated = any(figure.key == other.key for other in find_figures(criterion.text))
        if stated and _covers(criterion.quote, home.text, home.start, figure):
            yield f"criterion {criterion.id}"


def _covers(passage: str, text: str, offset: int, figure: Figure) -> bool:
    """Whether an occurrence of ``passage`` in ``text`` (which begins at ``offset``) holds the figure's span."""
    starts = (match.start() + offset for match in re.finditer(re.escape(passage), text))
    return any(start <= figure.start and figure.end <= start + len(passage) for start in starts)


def home_of(figure: Figure, document: Document) -> Article | None:
    """The article in which a figure stands; None for the preamble."""
    return next((a for a in document.articles if a.start <= figure.start and figure.end <= a.end), None)
