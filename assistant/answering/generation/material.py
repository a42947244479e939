"""What the model is given: the decided answer taken apart into clauses, decisions, finished sentences and figures.

Every item has an id. A placeholder with an id is replaced by text of the program; figures carry their name with them
(条文写的上限（最高2000万元）), so that no sentence around one can turn a ceiling into an entitlement.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from assistant.answering.answer import Citation
from assistant.answering.compose.sums import cap_text, rate_text
from assistant.answering.decide import MeasureDecision
from assistant.answering.generation.clean import clean
from assistant.answering.generation.data import words
from assistant.answering.pipeline import Work
from assistant.calculator.calculation import Calculation
from assistant.calculator.eligibility import State
from assistant.calculator.steps import show
from assistant.policy.loader import Corpus

_QUESTION = 1000
_TURN = 300
_TURNS = 4


@dataclass(frozen=True, slots=True)
class Slot:
    """What a placeholder stands for. ``owner``: the id that a sentence with it must name; ``role``: result, limit
    (ceiling, rate, base) or other."""

    text: str
    owner: str
    role: str = "other"


@dataclass(frozen=True)
class Material:
    """Everything that one answer may be worded from."""

    question: str
    dialogue: tuple[str, ...]
    clauses: dict[str, Citation]
    decisions: dict[str, MeasureDecision]
    finished: dict[str, str]
    slots: dict[str, Slot]
    what: dict[str, str]
    in_force: bool
    before: bool
    context: tuple[str, ...]

    @property
    def ids(self) -> frozenset[str]:
        return frozenset((*self.clauses, *self.decisions, *self.finished))

    @cached_property
    def evidence(self) -> str:
        """The program's own texts, on which a sentence's words are held: no word of the user's."""
        texts = [citation.quote for citation in self.clauses.values()]
        return "\n".join((*texts, *self.finished.values(), *(slot.text for slot in self.slots.values()), *self.context))

    def json(self) -> str:
        """The user message: one JSON object, every text in a field of its own."""
        said = words()
        validity = "in_force" if self.in_force else "not_yet" if self.before else "ended"
        data: dict[str, Any] = {
            "question": clean(self.question, _QUESTION),
            "dialogue": [clean(turn, _TURN) for turn in self.dialogue[-_TURNS:]],
            "validity": said.text(validity),
            "clauses": [{"id": name, "text": c.quote} for name, c in self.clauses.items()],
            "decisions": [_decision(name, item) for name, item in self.decisions.items()],
            "finished": [{"id": name, "text": text} for name, text in self.finished.items()],
            "figures": [
                {"id": name, "text": self.slots[name].text, "what": what, "of": self.slots[name].owner}
                for name, what in self.what.items()
            ],
        }
        return json.dumps(data, ensure_ascii=False)


def material_of(corpus: Corpus, work: Work) -> Material:
    """The material of a finished deterministic answer. Digests stay out of it: what they say, figures above all, is not
    to be worded as the policy's, and text that staff uploaded is not to reach a model."""
    said, draft, decision = words(), work.draft, work.decision
    cited = [citation for citation in draft.citations if citation.kind == "policy"]
    clauses = {f"c{number}": citation for number, citation in enumerate(cited, 1)}
    decisions = {f"d{number}": item for number, item in enumerate(decision.measures, 1)}
    lines = [*([draft.conclusion] if draft.conclusion else []), *draft.lines]
    finished = {f"k{number}": line.strip().rstrip("。") for number, line in enumerate(lines)}
    slots = {name: Slot(text, name) for name, text in finished.items()}
    for name, citation in clauses.items():
        label = _label(corpus, citation)
        slots[name] = Slot(label, name)
        slots[f"q{name[1:]}"] = Slot(said.text("quote", label=label, quote=citation.quote), name)
    what: dict[str, str] = {}
    for number, (meaning, slot) in enumerate(_figures(decisions, work), 1):
        what[f"f{number}"], slots[f"f{number}"] = meaning, slot
    period = corpus.policy.validity
    return Material(
        question=work.question,
        dialogue=work.state.words,
        clauses=clauses,
        decisions=decisions,
        finished=finished,
        slots=slots,
        what=what,
        in_force=period.in_force(work.as_of),
        before=work.as_of < period.effective,
        context=tuple(_context(corpus, decisions.values())),
    )


def _label(corpus: Corpus, citation: Citation) -> str:
    if citation.article is None:
        return words().text("preamble", title=citation.title)
    return corpus.policy.document.by_number[citation.article].label


def _figures(decisions: dict[str, MeasureDecision], work: Work) -> Iterator[tuple[str, Slot]]:
    said = words()
    for name, item in decisions.items():
        for calculation in item.calculations:
            yield from _sum(name, calculation)
        measure = item.measure
        if measure.cap:
            yield "上限", Slot(said.text("cap", short=measure.short, text=cap_text(measure)), name, "limit")
        if measure.rate:
            yield "比例", Slot(said.text("rate", short=measure.short, text=rate_text(measure)), name, "limit")
    if work.decision.total is not None and decisions:
        yield "合计", Slot(said.text("total", amount=show(work.decision.total)), next(iter(decisions)), "total")


def _sum(name: str, calculation: Calculation) -> Iterator[tuple[str, Slot]]:
    said = words()
    subject = f"{calculation.measure.short}{f'（{calculation.label}）' if calculation.label else ''}"
    key = "result" if calculation.amount.single else "result_range"
    if calculation.measure.matching is None:
        yield f"{subject}的结果", Slot(said.text(key, short=subject, amount=show(calculation.amount)), name, "result")
    if calculation.base and calculation.measure.base:
        base = said.text("base", short=subject, name=calculation.measure.base.name, amount=show(calculation.base))
        yield "基数", Slot(base, name, "limit")
    for step in calculation.steps:
        yield "算式", Slot(said.text("step", text=step), name, "result")


def _decision(name: str, item: MeasureDecision) -> dict[str, Any]:
    return {
        "id": name,
        "measure": item.measure.short,
        "verdict": words().text(item.eligibility.verdict.value),
        "to_confirm": [criterion.text for criterion in item.eligibility.of(State.UNKNOWN)],
        "not_met": [criterion.unmet_text for criterion in item.eligibility.of(State.UNMET)],
    }


def _context(corpus: Corpus, items: Iterable[MeasureDecision]) -> Iterator[str]:
    policy = corpus.policy
    yield from (policy.short_title, policy.contact_department, policy.interpreter)
    for item in items:
        measure = item.measure
        yield from (measure.name, measure.short, measure.beneficiary, *measure.departments)
        yield from (criterion.text for criterion in item.eligibility.of(State.UNKNOWN))
        if measure.base:
            yield measure.base.name
