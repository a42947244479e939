"""Who asks and what is planned, as the form's query writes it.

``place=suzhou&applicant=company&field=ai&title=high-tech`` describe the organisation; ``plan=MEASURE`` names what is
planned, with ``MEASURE.amount``, ``MEASURE.other`` (what another policy gives for the same matter) and
``MEASURE.FACT`` for the facts that the measure's conditions ask about. Values are those of ``facts.yaml``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from assistant.policy.loader import Policy
from assistant.policy.measure import Measure

QUERY_LIMIT = 8000
COMMON = ("place", "applicant", "title")
"""Facts about the organisation itself, asked once for all measures."""


@dataclass(frozen=True, slots=True)
class Planned:
    """One matter: amount and other award as typed, facts by name."""

    measure: Measure
    amount: str = ""
    other: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Profile:
    """``place`` and ``applicant`` are None when not said; ``fields`` and ``titles`` may be several."""

    place: str | None = None
    applicant: str | None = None
    fields: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    planned: tuple[Planned, ...] = ()

    @property
    def empty(self) -> bool:
        return self == Profile()

    def facts_for(self, measure: Measure) -> dict[str, str]:
        """The facts that hold for a measure: the organisation's and, when it is planned, the matter's own.

        Of several titles the one counts that the measure's condition accepts.
        """
        facts = {name: value for name, value in (("place", self.place), ("applicant", self.applicant)) if value}
        accepted = {value for criterion in measure.criteria if criterion.fact == "title" for value in criterion.met}
        if self.titles:
            facts["title"] = next((title for title in self.titles if title in accepted), self.titles[0])
        for planned in self.planned:
            if planned.measure.id == measure.id:
                facts |= planned.facts
        return facts


def questions(measure: Measure) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The facts that a measure's own conditions ask about, each with the values it tells apart."""
    asked = {c.fact: (*c.met, *c.unmet) for c in measure.criteria if c.fact not in COMMON and not c.presumed}
    if measure.uplift:
        asked[measure.uplift.fact] = (measure.uplift.value, "other")
    return tuple(asked.items())


def read_profile(query: str, policy: Policy) -> Profile:
    """The profile of a query; names and values that do not exist are left out."""
    pairs = parse_qsl(query[:QUERY_LIMIT].lstrip("?"), max_num_fields=200)
    several: dict[str, list[str]] = {}
    for name, value in pairs:
        several.setdefault(name, []).append(value.strip())
    single = {name: values[0] for name, values in several.items()}
    chosen = [policy.by_id[name] for name in dict.fromkeys(several.get("plan", ())) if name in policy.by_id]
    return Profile(
        place=single.get("place") if single.get("place") in _values(policy, "place") else None,
        applicant=single.get("applicant") if single.get("applicant") in _values(policy, "applicant") else None,
        fields=tuple(name for name in several.get("field", ()) if name in ("ai", "bio", "semiconductor", "other")),
        titles=tuple(name for name in several.get("title", ()) if name in _values(policy, "title")),
        planned=tuple(_planned(measure, single) for measure in chosen),
    )


def _planned(measure: Measure, single: Mapping[str, str]) -> Planned:
    facts = {
        name: single[f"{measure.id}.{name}"]
        for name, values in questions(measure)
        if single.get(f"{measure.id}.{name}") in values
    }
    amount, other = (single.get(f"{measure.id}.{name}", "")[:60] for name in ("amount", "other"))
    return Planned(measure, amount, other, facts)


def _values(policy: Policy, fact: str) -> set[str]:
    return {value for m in policy.measures for c in m.criteria if c.fact == fact for value in (*c.met, *c.unmet)}
