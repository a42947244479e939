"""Lines that answers about measures share: open conditions, the clause, who is responsible, open points."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answering.compose.draft import Draft, department_names, label_of, short_quote
from assistant.answering.decide import MeasureDecision
from assistant.answering.wording import options, say
from assistant.calculator.eligibility import State
from assistant.policy.measure import Measure
from assistant.understanding.query import OPEN_FACTS, Query

MOST_POINTS = 2


def open_facts(query: Query) -> list[str]:
    asked = [name for name in OPEN_FACTS if f"open_fact_{name}" in query.asks]
    broader = {_BROADER[name] for name in asked if name in _BROADER}
    return [name for name in asked if name not in broader]


_BROADER = {"rate_choice": "scoring", "documents_meant": "documents"}
"""Whose words are also those of another, which is not meant then."""


def not_stated(opens: Sequence[str], whole: str = "本政策") -> list[str]:
    """What the policy (or the article ``whole``) does not say about the facts asked for: a sentence each, of the
    first of them."""
    return [say(f"open_fact.{name}", policy=whole) for name in opens[:MOST_POINTS]]


def add_conditions(draft: Draft, item: MeasureDecision, *, name: bool = False) -> None:
    open_criteria = item.eligibility.of(State.UNKNOWN)
    if item.ineligible or not open_criteria:
        return
    shown = "；".join(criterion.text for criterion in open_criteria)
    prefix = f"{item.measure.short}：" if name else ""
    draft.lines.append(prefix + say("measure.conditions_open", conditions=shown))
    draft.missing += [
        criterion.ask for criterion in open_criteria if criterion.ask and criterion.ask not in draft.missing
    ]
    asked = next((criterion for criterion in open_criteria if criterion.ask), None)
    if asked and not draft.choices:
        draft.choices = options(f"choices.{asked.fact}")


def add_basis(draft: Draft, measure: Measure) -> None:
    label = label_of(draft.corpus, measure.article)
    draft.lines.append(say("measure.basis", label=label, quote=short_quote(measure.quote)))


def add_departments(draft: Draft, measure: Measure) -> None:
    draft.lines.append(say("measure.departments", departments=department_names(measure.departments)))


def add_open_points(draft: Draft, measure: Measure, most: int) -> None:
    draft.lines += list(measure.open_points[:most])
