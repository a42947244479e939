"""The wording step: from a finished deterministic answer to a reworded one, sentence by sentence, each checked.

The model's prose stands above the program's own lines; a line that the prose puts in ({k1}) is not said twice. So
nothing that the deterministic answer says is lost, whatever the model leaves out.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence

from assistant.answering.answer import Answer, CrosscheckView, Status
from assistant.answering.crosscheck import check_text
from assistant.answering.events import Sentence
from assistant.answering.evidence import evidence_of
from assistant.answering.generation.check import Checked, SentenceCheck
from assistant.answering.generation.client import Messages, ModelClient, Reading
from assistant.answering.generation.data import prompts, words
from assistant.answering.generation.faults import Fault, ModelFault
from assistant.answering.generation.material import material_of
from assistant.answering.generation.report import Report
from assistant.answering.generation.sentences import ModelSentence, SentenceReader, read_all
from assistant.answering.pipeline import Work
from assistant.policy.loader import Corpus


def why_not(work: Work, answer: Answer) -> str:
    """Why an answer is left as it is; empty when it may be reworded. Refusals and small talk gain nothing by it."""
    if answer.status is Status.NOT_COVERED or work.query.scope or work.query.small_talk:
        return "nothing to word"
    if not work.check.passed or not work.draft.citations or not (work.draft.conclusion or work.draft.lines):
        return "nothing to word"
    return "instructions in the question" if work.query.injection else ""


class Wording:
    """One answer's rewording. ``sentences`` asks the model; afterwards ``answer`` is the result."""

    def __init__(self, corpus: Corpus, work: Work, answer: Answer, client: ModelClient, report: Report) -> None:
        self._work, self._before, self._client, self._report = work, answer, client, report
        self._deadline = time.monotonic() + client.config.timeout
        with report.own():
            self._evidence = evidence_of(corpus.policy, work.decision, work.draft, (*work.state.words, work.question))
            self._material = material_of(corpus, work)
            self._check = SentenceCheck(self._material, self._evidence, adds_up=_adds_up(work))
            self._message = self._material.json()
        self._passed: list[Checked] = []

    def sentences(self) -> Iterator[Sentence]:
        """Asks the model and gives every sentence once it passed. Raises ModelFault."""
        reading = self._read((("system", prompts().wording), ("human", self._message)))
        reader, checked, held = SentenceReader(), [], False
        try:
            for piece in reading:
                for sentence in reader.feed(piece):
                    result = self._checked(sentence)
                    checked.append(result)
                    held = held or not result.passed
                    if not held and not _said(result, checked[:-1]):
                        yield Sentence(result.text)
                if reader.complete:
                    reading.drain()
                    break
        finally:
            reading.stop()
            self._report.usage += reading.usage
        reader.finish()
        if held:
            checked = self._again(checked)
        self._passed = [one for number, one in enumerate(checked) if not _said(one, checked[:number])]

    def answer(self) -> Answer | None:
        """The reworded answer; None when a sentence or the whole failed."""
        if not self._passed or not all(checked.passed for checked in self._passed):
            return None
        with self._report.own():
            text = self._text()
            result = check_text(text, self._evidence)
        if not result.passed:
            self._report.reason = "; ".join(result.unsupported)[:200]
            return None
        self._report.shown = len(self._passed)
        return self._before.model_copy(
            update={
                "text": text,
                "generated": True,
                "model": self._client.config.name,
                "crosscheck": CrosscheckView(figures=result.figures),
            }
        )

    def _read(self, messages: Messages) -> Reading:
        return self._client.read(messages, self._deadline)

    def _checked(self, sentence: ModelSentence) -> Checked:
        begun = time.thread_time()
        result = self._check.check(sentence)
        self._report.checked(time.thread_time() - begun)
        if not result.passed:
            self._report.failed.append(result)
        return result

    def _again(self, checked: Sequence[Checked]) -> list[Checked]:
        """Asks once more for what failed, with the reasons; the others stay. Raises ModelFault."""
        self._report.asked_again = True
        failed = [{"text": one.source.text[:200], "reason": one.reason} for one in checked if not one.passed]
        message = json.dumps({**json.loads(self._message), "failed": failed}, ensure_ascii=False)
        reading = self._read((("system", f"{prompts().wording}\n{prompts().again}"), ("human", message)))
        try:
            found = read_all("".join(reading))
        finally:
            self._report.usage += reading.usage
        if len(found) < len(failed):
            raise ModelFault(Fault.UNREADABLE, f"{len(found)} of {len(failed)} sentences again")
        again = iter(found)
        return [one if one.passed else self._checked(next(again)) for one in checked]

    def _text(self) -> str:
        draft = self._work.draft
        lines = {f"k{number}": line for number, line in enumerate([*filter(None, [draft.conclusion]), *draft.lines])}
        used = {name for checked in self._passed for name in checked.used}
        opening = "".join(draft.corrections)
        if draft.conclusion and "k0" not in used:
            opening = f"{opening}**{draft.conclusion}。**"
        left = {int(name[1:]): line for name, line in lines.items() if name not in used}
        if draft.conclusion:
            left.pop(0, None)
        background = f"- {draft.background}" if draft.background else ""
        parts = (*draft.notices, opening, *_in_order(self._passed, left), background, words().text("label"))
        return "\n\n".join(part for part in parts if part)


def _in_order(passed: Sequence[Checked], left: dict[int, str]) -> Iterator[str]:
    """Paragraphs of prose, and between them the program's lines that were not put in, each before what followed it in
    the composed answer: what stood early there is not pushed down by a quote."""
    prose: list[str] = []
    for checked in passed:
        reached = max((int(name[1:]) for name in checked.used if name.startswith("k")), default=0)
        if early := [number for number in left if number < reached]:
            yield "".join(prose)
            yield "\n".join(f"- {left.pop(number)}" for number in early)
            prose = []
        prose.append(checked.text)
    yield "".join(prose)
    yield "\n".join(f"- {line}" for line in left.values())


def _said(checked: Checked, before: Sequence[Checked]) -> bool:
    """Whether all that a sentence puts in was put in before."""
    return bool(checked.used) and checked.passed and checked.used <= {name for one in before for name in one.used}


def _adds_up(work: Work) -> bool:
    decision, query = work.decision, work.query
    if decision.comparison or "no-duplication" in query.rules or query.awards or "same_matter" in query.asks:
        return False
    return decision.total is not None or decision.award_sum is not None
