"""The pipeline: understand → retrieve → decide → compose → cross-check → ``Answer``. Fixed steps as Runnables.

Each step takes the ``Work`` of the steps before it and returns it with its own part added; no step looks ahead.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from langchain_core.runnables import Runnable, RunnableConfig

from assistant.answering.answer import Answer, CrosscheckView, Status
from assistant.answering.background import Search, add_background
from assistant.answering.compose.asked import FIGURES
from assistant.answering.compose.composer import compose
from assistant.answering.compose.draft import Draft
from assistant.answering.compose.lines import open_facts
from assistant.answering.crosscheck import CheckResult, check_text
from assistant.answering.decide import Decision, decide
from assistant.answering.evidence import evidence_of
from assistant.answering.views import calculation_views, eligibility_views, interval_view, validity_view
from assistant.answering.wording import say
from assistant.answering.years_named import with_years_named
from assistant.logs import get_logger
from assistant.policy.loader import Corpus
from assistant.retrieval.chunking import ChunkKind
from assistant.retrieval.search import Filters, Hit
from assistant.understanding.query import DialogueState, Query
from assistant.understanding.reader import Reader
from assistant.understanding.scope.foreign import about_support, asks_something, says_nothing
from assistant.understanding.turns import introduces

_log = get_logger(__name__)

_HITS = 6
_NEAR = 3
_FAINT = 0.2
_LAW = Filters(kinds=frozenset({ChunkKind.POLICY}))
_GOOD_ENOUGH = 0.45
"""A hit's score (about the probability that it is what was asked for) from which it may settle the subject."""


@dataclass(frozen=True)
class Work:
    """One question on its way through the steps; the later fields are filled by the steps of their names."""

    question: str
    as_of: date
    state: DialogueState
    query: Query
    hits: tuple[Hit, ...]
    decision: Decision
    draft: Draft
    text: str
    check: CheckResult
    milliseconds: dict[str, float] = field(default_factory=dict)

    @property
    def words(self) -> tuple[str, ...]:
        """The user's words of the dialogue, this question's last."""
        return (*self.state.words, self.question)


def begin(corpus: Corpus, question: str, as_of: date, state: DialogueState) -> Work:
    """The work before the first step."""
    query = Query(question=question, original=question, as_of=as_of)
    return Work(question, as_of, state, query, (), Decision(query), Draft(corpus), "", CheckResult(0, ()))


def build_pipeline(corpus: Corpus, reader: Reader, search: Search) -> Runnable[Work, Work]:
    """The five steps in their order."""

    def understand(work: Work) -> Work:
        return replace(work, query=reader.read(work.question, work.state, work.as_of))

    def retrieve(work: Work) -> Work:
        query = work.query
        if query.small_talk or query.scope:
            return work
        hits = search(query.question, _HITS, _LAW)
        if corpus.policy.definition_of(query.question) and not query.measures:
            return replace(work, hits=hits)
        return replace(work, hits=hits, query=_settled(query, hits))

    def decide_(work: Work) -> Work:
        decision = decide(corpus.policy, work.query)
        return replace(work, decision=with_years_named(decision, work.words, work.as_of))

    def compose_(work: Work) -> Work:
        draft = compose(corpus, work.decision)
        add_background(draft, work.decision, search)
        return replace(work, draft=draft, text=draft.text())

    def cross_check(work: Work) -> Work:
        evidence = evidence_of(corpus.policy, work.decision, work.draft, work.words)
        return replace(work, check=check_text(work.text, evidence))

    steps = [Step(step) for step in (understand, retrieve, decide_, compose_, cross_check)]
    chain: Runnable[Work, Work] = steps[0]
    for step in steps[1:]:
        chain = chain | step
    return chain


class Step(Runnable[Work, Work]):
    """One step, timed. A RunnableLambda would look at the function's signature and set up callbacks at every call,
    which cost a quarter of an answer's time; the trace of an answer is our own."""

    def __init__(self, do: Callable[[Work], Work]) -> None:
        self.name = self._name = do.__name__.rstrip("_")
        self._do = do

    def invoke(self, input: Work, config: RunnableConfig | None = None, **kwargs: Any) -> Work:  # noqa: ARG002
        """``input`` with this step's part and its milliseconds added."""
        started = time.perf_counter()
        done = self._do(input)
        spent = round((time.perf_counter() - started) * 1000, 3)
        return replace(done, milliseconds={**done.milliseconds, self._name: spent})


def _settled(query: Query, hits: Sequence[Hit]) -> Query:
    """Where understanding found no subject, a passage that is surely meant settles it.

    A subject that only the learned model suggested must be among the passages found, or it is dropped.
    """
    if query.suggested and query.measures:
        near = {name for hit in hits[:_NEAR] if hit.score >= _FAINT for name in hit.chunk.measures}
        if not near & set(query.measures):
            query = replace(query, measures=(), bases={}, suggested=False)
    if query.measures or query.rules or query.articles or query.unknown_articles or "overview" in query.asks:
        return query
    if says_nothing(query.question) or about_support(query):
        return query
    if introduces(query) and not asks_something(query.question):
        return query
    if open_facts(query) or query.premises.mentioned:
        return query
    looked_up = (
        query.by_figure
        or query.listing
        or query.premises.departments
        or any(c.kind == "cap" for c in query.premises.claims)
    )
    if looked_up or "issuer" in query.asks:
        return query  # which measure has this figure or this department: the composer looks it up
    best = next((hit for hit in hits if hit.chunk.kind == "policy" and hit.chunk.measures), None)
    if best is None or best.score < _GOOD_ENOUGH:
        return query
    measures = [name for name in best.chunk.measures if name not in _RULES]
    rules = [name for name in best.chunk.measures if name in _RULES]
    if not measures and query.asks & FIGURES:
        return query  # a closing provision holds no figure
    return replace(query, measures=tuple(measures[:1]), rules=tuple(rules[:1]) if not measures else (), suggested=True)


_RULES = frozenset({"validity", "interpretation", "no-duplication"})


def finish(corpus: Corpus, work: Work) -> Answer:
    """The answer of finished work; one that fails the cross-check is replaced by a refusal and logged as a defect."""
    draft, decision = work.draft, work.decision
    common = {
        "id": uuid.uuid4().hex,
        "question": work.question,
        "as_of": work.as_of,
        "validity": validity_view(corpus.policy.validity, work.as_of),
    }
    if not work.check.passed:
        _log.error(
            "defect: answer failed the cross-check",
            unsupported=work.check.unsupported,
            question=work.question,
            text=work.text,
        )
        text = f"**{say('refusal.unsupported')}。**\n\n- {say('refusal.unsupported_next')}"
        return Answer(
            **common,
            status=Status.NOT_COVERED,
            reason="cross_check",
            text=text,
            crosscheck=CrosscheckView(figures=0),
            departments=(corpus.policy.contact_department,),
        )
    return Answer(
        **common,
        status=draft.status,
        reason=draft.reason,
        text=work.text,
        citations=tuple(draft.citations),
        calculations=(*calculation_views(decision), *draft.views),
        total=interval_view(decision.total),
        eligibility=eligibility_views(item.eligibility for item in decision.measures),
        missing=tuple(dict.fromkeys(draft.missing)),
        departments=tuple(draft.departments),
        crosscheck=CrosscheckView(figures=work.check.figures),
        choices=draft.choices,
        suggestions=tuple(dict.fromkeys(draft.suggestions)),
    )
