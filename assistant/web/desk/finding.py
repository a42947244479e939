"""What 查询 finds: clauses, measures, digests, answered questions; and the answer that the service itself gives.

Scores: of clauses, measures and digests about the probability that they are what was looked for (see retrieval); of
answered questions the share of the query's words that the question has. They are shown apart, never in one list.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from sqlalchemy import select

from assistant.answering.answer import Answer
from assistant.policy.loader import Policy
from assistant.policy.measure import Measure
from assistant.records.approved import Approved, list_approved
from assistant.records.database import CHINA
from assistant.records.questions import normalise_question
from assistant.records.tables import AnswerRow
from assistant.retrieval.chunking import ChunkKind
from assistant.retrieval.search import Filters, Hit
from assistant.web.api.reviewed import reviewed_answer
from assistant.web.desk.office import Office

Kind: TypeAlias = Literal["clause", "measure", "question", "digest"]
KINDS: tuple[Kind, ...] = ("clause", "measure", "question", "digest")

QUERY_LIMIT = 500
_FEW, _MANY = 5, 30
_LEAST = 0.03
_LEAST_SHARED = 0.5
_RECENT = 2000


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to look for; "" leaves a filter open. ``article`` is 一 … 十 or 附, ``department`` as the policy has it."""

    text: str
    article: str = ""
    department: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of the records: the latest of those with the same words, and how often it was asked."""

    id: str
    question: str
    article: str | None
    at: datetime
    times: int


@dataclass(frozen=True, slots=True)
class Found:
    """One thing found, with its score 0 … 1."""

    kind: Kind
    score: float
    item: Hit | Measure | Asked | Approved


@dataclass(frozen=True, slots=True)
class Results:
    """All that was found, kind by kind, the best first; ``answer`` is what a company would get, None for no answer."""

    answer: Answer | None
    reviewed: Approved | None
    found: tuple[Found, ...]

    def of(self, kind: Kind) -> tuple[Found, ...]:
        return tuple(item for item in self.found if item.kind == kind)


def find(office: Office, wanted: Wanted) -> Results:
    """Everything that fits. Raises AssistantError when index or records fail."""
    text = wanted.text[:QUERY_LIMIT]
    if not normalise_question(text):
        return Results(None, None, ())
    most = _MANY if wanted.kind else _FEW
    found: list[Found] = []
    for kind, look in (("clause", _clauses), ("measure", _measures), ("question", _questions), ("digest", _digests)):
        if wanted.kind in ("", kind):
            found += sorted(look(office, text, _articles(office.policy, wanted)), key=lambda one: -one.score)[:most]
    answer, reviewed = _answer(office, text)
    return Results(answer, reviewed, tuple(found))


def departments(policy: Policy) -> tuple[str, ...]:
    """All departments of the policy, in the order of the text."""
    return tuple(dict.fromkeys(name for article in policy.document.articles for name in article.departments))


def _answer(office: Office, text: str) -> tuple[Answer | None, Approved | None]:
    officer = office.knowledge.approved_for(text)
    if officer and (answer := reviewed_answer(office.policy, text, officer, office.today())):
        return answer, officer
    answer = office.assistant.ask(office.knowledge.reword(text), as_of=office.today()).answer
    return (None if answer.reason == "unclear" else answer), None


def _articles(policy: Policy, wanted: Wanted) -> frozenset[str] | None:
    """The articles that the filters leave; None for all of them."""
    if not wanted.article and not wanted.department:
        return None
    return frozenset(
        article.number
        for article in policy.document.articles
        if wanted.article in ("", article.number) and wanted.department in ("", *article.departments)
    )


def _hits(office: Office, text: str, articles: frozenset[str] | None, kind: ChunkKind) -> tuple[Hit, ...]:
    if articles is not None and not articles:
        return ()
    hits = office.assistant.search(text, _MANY, Filters(articles=articles or frozenset(), kinds=frozenset({kind})))
    return tuple(hit for hit in hits if hit.score >= _LEAST)


def _clauses(office: Office, text: str, articles: frozenset[str] | None) -> Iterator[Found]:
    return (Found("clause", hit.score, hit) for hit in _hits(office, text, articles, ChunkKind.POLICY))


def _digests(office: Office, text: str, articles: frozenset[str] | None) -> Iterator[Found]:
    return (Found("digest", hit.score, hit) for hit in _hits(office, text, articles, ChunkKind.DIGEST))


def _measures(office: Office, text: str, articles: frozenset[str] | None) -> list[Found]:
    """The measures that the clauses found; of several in one clause, those whose own words fit come first."""
    best: dict[str, float] = {}
    for hit in _hits(office, text, articles, ChunkKind.POLICY):
        for name in hit.chunk.measures:
            best[name] = max(best.get(name, 0.0), hit.score)
    known = [office.policy.by_id[name] for name in best if name in office.policy.by_id]
    fit = {measure.id: _shared(text, " ".join((measure.name, *measure.terms.search))) for measure in known}
    highest = {article: max(fit[m.id] for m in known if m.article == article) for article in {m.article for m in known}}
    found = []
    for measure in known:
        # In an article that names several measures the words decide: its score is shared out by them.
        part = fit[measure.id] / highest[measure.article] if highest[measure.article] else 1.0
        found.append(Found("measure", best[measure.id] * part, measure))
    return [one for one in found if one.score >= _LEAST]


def _questions(office: Office, text: str, articles: frozenset[str] | None) -> Iterator[Found]:
    for officer in list_approved(office.records):
        score = _shared(text, officer.question)
        if score >= _LEAST_SHARED and (articles is None or not articles.isdisjoint(officer.articles)):
            yield Found("question", score, officer)
    close = [one for one in _recent(office) if _shared(text, one.question) >= _LEAST_SHARED]
    for one in _last_of_each(close):
        if articles is None or one.article in articles:
            yield Found("question", _shared(text, one.question), one)


def _recent(office: Office) -> list[Asked]:
    """The latest answered questions, without the approved ones: those are looked up by themselves."""
    query = (
        select(AnswerRow.id, AnswerRow.question, AnswerRow.article, AnswerRow.asked_at)
        .where(AnswerRow.status == "answered", AnswerRow.reviewed.is_(None))
        .order_by(AnswerRow.asked_at.desc())
        .limit(_RECENT)
    )
    with office.records.reading() as session:
        return [
            Asked(row.id, row.question, row.article, row.asked_at.astimezone(CHINA), 1)
            for row in session.execute(query)
        ]


def _last_of_each(asked: Iterable[Asked]) -> list[Asked]:
    """One for all with the same words: the latest, with their number."""
    groups: dict[str, list[Asked]] = {}
    for one in asked:
        groups.setdefault(normalise_question(one.question), []).append(one)
    return [Asked(same[0].id, same[0].question, same[0].article, same[0].at, len(same)) for same in groups.values()]


def _shared(query: str, text: str) -> float:
    """The share of the query's pairs of characters that ``text`` has too."""
    wanted, there = normalise_question(query), normalise_question(text)
    if len(wanted) < 2:
        return float(bool(wanted) and wanted in there)
    pairs = {wanted[place : place + 2] for place in range(len(wanted) - 1)}
    return sum(pair in there for pair in pairs) / len(pairs)
