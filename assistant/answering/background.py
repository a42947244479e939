"""Background: one passage of a related document, where the policy refers elsewhere or leaves something open.

It stands last, in one line that says what it is, and is cited as 摘编. It carries no verdict, no sum, and where the
measure has figures of its own, no money either. The threshold was chosen by looking at what it lets through
(docs/adr/answers-background.md).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from assistant.answering.answer import Status
from assistant.answering.compose.draft import Draft
from assistant.answering.compose.lines import open_facts
from assistant.answering.decide import Decision
from assistant.answering.passages import body, holds_money, of_that_level, passage_rules, quotable
from assistant.answering.wording import say
from assistant.policy.loader import Corpus
from assistant.policy.measure import Kind, Measure
from assistant.retrieval.chunking import ChunkKind
from assistant.retrieval.search import Filters, Hit
from assistant.understanding.query import Query

Search = Callable[[str, int, Filters | None], tuple[Hit, ...]]
"""(question, how many, filters) → hits of the index, best first."""

NEAR_ENOUGH = 0.5
"""The score (about the probability that the passage is what was asked for) from which a passage is offered."""

_LOOKED_AT = 30
_REFERS = frozenset({Kind.REFERRED, Kind.NEGOTIATED, Kind.IN_KIND})
_MONEY_ASKS = frozenset({"amount", "stated", "cap", "rate"})


@dataclass(frozen=True, slots=True)
class Gap:
    """What an answer leaves open: ``topics`` of ``background.yaml``; ``measure`` is None for the policy as a whole."""

    measure: Measure | None
    topics: tuple[str, ...]

    @property
    def money(self) -> bool:
        """Whether amounts of another document may stand here: only where the policy itself names none."""
        return self.measure is not None and self.measure.kind in _REFERS


def add_background(draft: Draft, decision: Decision, search: Search) -> None:
    """Adds the nearest fit passage to an answer that leaves something open, if there is one."""
    gap = gap_of(decision, draft)
    if gap is None:
        return
    fit = list(_fit(draft.corpus, gap, decision.query, search))
    if not fit:
        return
    # Who asks how much is helped best by a passage that says how much.
    chosen = next((one for one in fit if holds_money(one.shown)), fit[0]) if "amount" in gap.topics else fit[0]
    draft.background = say("background.line", mark=say("background.mark"), passage=chosen.shown)
    draft.cite_digest(chosen.document, chosen.start, chosen.end)


@dataclass(frozen=True, slots=True)
class _Passage:
    """A passage that may be quoted, and how much of it is shown."""

    document: str
    start: int
    end: int
    shown: str


def _fit(corpus: Corpus, gap: Gap, query: Query, search: Search) -> Iterator[_Passage]:
    for hit in _found(corpus, gap, query, search):
        skipped = body(hit.chunk.text)
        if not of_that_level(hit.chunk.text, query.question):
            continue
        if shown := quotable(hit.chunk.text[skipped:], gap.topics, money=gap.money):
            yield _Passage(hit.chunk.document, hit.chunk.start + skipped, hit.chunk.end, shown)


def gap_of(decision: Decision, draft: Draft) -> Gap | None:
    """What the answer leaves open, if it is something that another document may say."""
    query = decision.query
    if draft.status is Status.NOT_COVERED or query.scope or query.small_talk or query.injection:
        return None
    if not draft.citations or decision.calculations or len(decision.measures) > 1:
        return None
    opens = open_facts(query) if draft.reason == "not_stated" else []
    topics = [name for name in opens if name in passage_rules().topics]
    if not decision.measures:
        return Gap(None, tuple(topics)) if topics else None
    item = decision.measures[0]
    if item.ineligible:
        return None
    if not opens:
        topics += _left_to_others(item.measure, query)
    return Gap(item.measure, tuple(topics)) if topics else None


def _left_to_others(measure: Measure, query: Query) -> Iterator[str]:
    """Amount and conditions of a measure that only refers; the conditions of a title or of an application."""
    if measure.kind in _REFERS:
        if query.asks & _MONEY_ASKS:
            yield "amount"
        if "conditions" in query.asks:
            yield "conditions"
    if "conditions" in query.asks and passage_rules().recognition_asked.search(query.question):
        yield "recognition"


def _found(corpus: Corpus, gap: Gap, query: Query, search: Search) -> Iterator[Hit]:
    """Passages near enough: of the measure's own digests first, then of what staff have published on its article."""
    measure = gap.measure
    # A question that lives on the dialogue (那要交什么材料) does not name its subject.
    asked = f"{measure.short}{query.question}" if measure and query.carried else query.question
    own = frozenset(measure.digests).intersection(corpus.digest_by_id) if measure else frozenset[str]()
    published = frozenset(digest.id for digest in corpus.digests if digest.published)
    articles = frozenset({measure.article}) if measure else frozenset(query.articles)
    relations = {(digest.id, fact.start) for digest in corpus.digests for fact in digest.facts if fact.relation}
    for documents, where in ((own, frozenset[str]()), (published, articles)):
        if not documents:
            continue
        filters = Filters(documents=documents, articles=where, kinds=frozenset({ChunkKind.DIGEST}))
        for hit in search(asked, _LOOKED_AT, filters):
            if hit.score >= NEAR_ENOUGH and (hit.chunk.document, hit.chunk.start) not in relations:
                yield hit
