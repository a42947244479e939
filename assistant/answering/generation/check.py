"""The check of one sentence of a model, before anybody sees it.

Two layers. The model's own words (placeholders taken out) may hold no figure, no verdict that was not decided, no
promise, no forbidden sum, no word on validity that is wrong, and nothing that the evidence does not speak of. The
sentence as filled in by the program goes through the cross-check of the deterministic answers.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistant.answering.crosscheck import Evidence, check_text
from assistant.answering.generation.clean import hidden
from assistant.answering.generation.data import words
from assistant.answering.generation.material import Material, Slot
from assistant.answering.generation.sentences import ModelSentence
from assistant.answering.generation.vocabulary import GAP, Vocabulary
from assistant.calculator.eligibility import Verdict
from assistant.understanding.places.roles import find_places

_PLACEHOLDER = re.compile(r"\{([a-z]\d{1,3})\}")
_BROKEN = re.compile(r"[{}]")
_CLAUSE = re.compile(r"[，。；：！？、]")
_END = re.compile(r"[。！？]$")
_LONGEST = 120


class Problem(StrEnum):
    """Why a sentence is not shown."""

    FIGURE = "figure"
    VERDICT = "verdict"
    CEILING = "ceiling"
    PROMISE = "promise"
    STACKING = "stacking"
    VALIDITY = "validity"
    SOURCE = "source"
    FOREIGN = "foreign"
    FORM = "form"
    CROSS_CHECK = "cross-check"


_ADVICE = {
    Problem.FIGURE: "自己写了数字（含汉字数字），数字只能用占位符",
    Problem.VERDICT: "说了没有认定的结论（符合、可以享受或不符合）",
    Problem.CEILING: "把上限、比例、基数当成结果，或把结果当成上限",
    Problem.PROMISE: "作了保证",
    Problem.STACKING: "把不能相加的相加",
    Problem.VALIDITY: "有效期说错了",
    Problem.SOURCE: "没有写依据的编号，或编号不在资料里",
    Problem.FOREIGN: "写了资料里没有的内容",
    Problem.FORM: "句子格式不对或太长",
    Problem.CROSS_CHECK: "填入后没有通过核对",
}


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What was decided, as far as a sentence can contradict it."""

    eligible: bool
    ineligible: bool
    adds_up: bool
    in_force: bool


@dataclass(frozen=True, slots=True)
class Checked:
    """A sentence after its check: as shown (placeholders filled), and what is wrong with it."""

    source: ModelSentence
    text: str
    problems: tuple[tuple[Problem, str], ...]
    used: frozenset[str]

    @property
    def passed(self) -> bool:
        return not self.problems

    @property
    def reason(self) -> str:
        """The problems as the model is told."""
        return "；".join(f"{_ADVICE[kind]}（{detail}）" if detail else _ADVICE[kind] for kind, detail in self.problems)


class SentenceCheck:
    """The check for one answer's material; ``evidence`` is that of its cross-check."""

    def __init__(self, material: Material, evidence: Evidence, *, adds_up: bool) -> None:
        self._material = material
        self._evidence = evidence
        found = [item.eligibility.verdict for item in material.decisions.values()]
        self._verdicts = Verdicts(
            eligible=bool(found) and all(verdict is Verdict.ELIGIBLE for verdict in found),
            ineligible=bool(found) and all(verdict is Verdict.INELIGIBLE for verdict in found),
            adds_up=adds_up,
            in_force=material.in_force,
        )
        said, decided = words(), self._verdicts
        verdict = said.eligible_words if decided.eligible else said.ineligible_words if decided.ineligible else ()
        self.vocabulary = Vocabulary.of(material.evidence, verdict)

    def check(self, sentence: ModelSentence) -> Checked:
        """Never raises."""
        given = "".join(character for character in sentence.text if not hidden(character)).strip()
        names = _PLACEHOLDER.findall(given)
        own = _PLACEHOLDER.sub(GAP, given)
        known = all(name in self._material.slots for name in names)
        problems = list(self._form(own))
        problems += self._sources(sentence.ids, names)
        problems += self._own_words(own)
        if known:
            problems += _roles(given, self._material)
        text = _PLACEHOLDER.sub(lambda m: self._material.slots[m[1]].text, given) if known else ""
        text = text if _END.search(text) else f"{text}。"
        if not problems:
            problems += self._filled(text)
        return Checked(sentence, text, tuple(dict.fromkeys(problems)), frozenset(names))

    def _form(self, own: str) -> Iterator[tuple[Problem, str]]:
        if not own.strip(GAP) and not own:
            yield Problem.FORM, "空句"
        if len(own) > _LONGEST:
            yield Problem.FORM, "太长"
        if _BROKEN.search(own):
            yield Problem.FORM, "占位符"

    def _sources(self, ids: Sequence[str], names: Sequence[str]) -> Iterator[tuple[Problem, str]]:
        material = self._material
        if not ids:
            yield Problem.SOURCE, "没有编号"
        if unknown := [name for name in ids if name not in material.ids]:
            yield Problem.SOURCE, "、".join(unknown)[:40]
        if unknown := [name for name in names if name not in material.slots]:
            yield Problem.SOURCE, "、".join(unknown)[:40]
        owners = {material.slots[name].owner for name in names if name in material.slots}
        if unnamed := sorted(owners - set(ids)):
            yield Problem.SOURCE, f"缺{'、'.join(unnamed)}"

    def _own_words(self, own: str) -> Iterator[tuple[Problem, str]]:
        said, decided = words(), self._verdicts
        if found := _numerals(own):
            yield Problem.FIGURE, found
        if match := said.promise.search(said.neutral.sub(GAP, own)):
            yield Problem.PROMISE, match.group()
        plain = said.neutral.sub(GAP, own)
        if (match := said.negative.search(plain)) and not decided.ineligible:
            yield Problem.VERDICT, match.group()
        if (match := said.positive.search(said.negative.sub(GAP, plain))) and not decided.eligible:
            yield Problem.VERDICT, match.group()
        if (match := said.sums.search(said.sums_denied.sub(GAP, own))) and not decided.adds_up:
            yield Problem.STACKING, match.group()
        if (match := said.in_force.search(own)) and not decided.in_force:
            yield Problem.VALIDITY, match.group()
        if (match := said.ended.search(own)) and (decided.in_force or self._material.before):
            yield Problem.VALIDITY, match.group()
        if found := next(_negated_gap(plain, said.negation), ""):
            yield Problem.VERDICT, found
        if GAP not in own and not said.guidance.search(own):
            yield Problem.FORM, "没有占位符的句子只能是建议"
        if said.about_result.search(plain) and said.about_limit.search(plain):
            yield Problem.CEILING, ""
        if left := self.vocabulary.left_over(own):
            yield Problem.FOREIGN, "、".join(left)[:60]
        for place in find_places(own):
            if place.side == "foreign" and place.text not in self._material.evidence:
                yield Problem.FOREIGN, place.text

    def _filled(self, text: str) -> Iterator[tuple[Problem, str]]:
        for fault in check_text(text, self._evidence).unsupported:
            if not fault.startswith("missing "):  # a single sentence need not name every sum
                yield Problem.CROSS_CHECK, fault[:60]


def _numerals(own: str) -> str:
    """Figures in the model's own words: digits of any script, Chinese numerals outside of fixed terms."""
    bare = words().numeral_terms.sub(GAP, own)
    numerals = words().numerals
    return "".join(c for c in bare if c in numerals or unicodedata.category(c).startswith("N"))


def _negated_gap(own: str, negation: re.Pattern[str]) -> Iterator[str]:
    """Clauses that hold a placeholder and a negation: 不是{f1} would turn the figure into its contrary."""
    for clause in _CLAUSE.split(own):
        if GAP in clause and negation.search(clause):
            yield clause.replace(GAP, "…")


def _roles(given: str, material: Material) -> Iterator[tuple[Problem, str]]:
    """结果是{上限}, 上限是{结果}: a figure stands beside words of its own kind."""
    said = words()
    for clause in re.split(r"[，。；！？]", given):
        names = _PLACEHOLDER.findall(clause)
        roles = {slot.role for slot in _slots(names, material)}
        own = _PLACEHOLDER.sub(GAP, clause)
        if "limit" in roles and not roles & {"result", "total"} and (match := said.about_result.search(own)):
            yield Problem.CEILING, match.group()
        if "result" in roles and "limit" not in roles and (match := said.about_limit.search(own)):
            yield Problem.CEILING, match.group()


def _slots(names: Sequence[str], material: Material) -> Iterator[Slot]:
    return (material.slots[name] for name in names)
