"""The assistant as its doors use it: open once, ask many times, from several threads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from langchain_core.runnables import Runnable

from assistant.answering.answer import Answer
from assistant.answering.pipeline import Work, begin, build_pipeline, finish
from assistant.policy.digest import Digest
from assistant.policy.loader import Corpus, load_corpus
from assistant.retrieval.embedding import load_encoder
from assistant.retrieval.search import Filters, Hit, SearchIndex, open_index
from assistant.settings import SHIPPED_ENCODER, Settings
from assistant.understanding.dialogue import remember
from assistant.understanding.query import DialogueState
from assistant.understanding.reader import open_reader
from assistant.understanding.topics import open_topic_model


@dataclass(frozen=True)
class Trace:
    """What each step found, JSON-able: understood, retrieved, calculated, checked, and the milliseconds of each."""

    understood: Mapping[str, Any]
    retrieved: Sequence[Mapping[str, Any]]
    calculated: Sequence[str]
    checked: Mapping[str, Any]
    milliseconds: Mapping[str, float]


@dataclass(frozen=True)
class Reply:
    """An answer, the dialogue's state after it, and the trace."""

    answer: Answer
    state: DialogueState
    trace: Trace


class Assistant:
    """Answers questions about one policy."""

    def __init__(self, corpus: Corpus, index: SearchIndex, pipeline: Runnable[Work, Work], today: date | None) -> None:
        self.corpus = corpus
        self._index = index
        self._pipeline = pipeline
        self._today = today

    def ask(self, question: str, *, as_of: date | None = None, state: DialogueState | None = None) -> Reply:
        """Answers ``question`` as asked on ``as_of`` (default: the configured day, else today) after ``state``."""
        before = state or DialogueState()
        work = self._pipeline.invoke(begin(self.corpus, question, as_of or self._today or date.today(), before))
        answer = finish(self.corpus, work)
        return Reply(answer, remember(work.query, before), _trace(work))

    def search(self, query: str, k: int = 8, filters: Filters | None = None) -> tuple[Hit, ...]:
        """The passages nearest to ``query``, best first."""
        return self._index.search(query, k, filters)

    def close(self) -> None:
        """Lets go of the index."""
        self._index.close()


def open_assistant(settings: Settings, also: Sequence[Digest] = ()) -> Assistant:
    """Loads corpus, vocabulary and models, opens (or builds) the index; ``also`` are digests from elsewhere.

    Raises CorpusError, ModelError, SearchIndexError.
    """
    corpus = load_corpus(settings.corpus_dir, settings.policy_id)
    corpus = replace(corpus, digests=(*corpus.digests, *also))
    index = open_index(corpus, settings.index_dir, str(settings.embedding_model))
    # The subject model was trained on the shipped encoder, whatever the index uses.
    reader = open_reader(corpus.policy, open_topic_model(load_encoder(str(SHIPPED_ENCODER)).encode).suggest)
    return Assistant(corpus, index, build_pipeline(corpus, reader, index.search), settings.as_of)


def _trace(work: Work) -> Trace:
    query = work.query
    understood = {
        "asks": sorted(query.asks),
        "measures": list(query.measures),
        "rules": list(query.rules),
        "articles": list(query.articles),
        "bases": {key: [str(base.amount) for base in bases] for key, bases in query.bases.items()},
        "facts": dict(query.facts),
        "scope": asdict(query.scope) if query.scope else None,
        "small_talk": query.small_talk,
        "carried": query.carried,
        "suggested": query.suggested,
        "corrections": [list(pair) for pair in query.corrections],
    }
    retrieved = [
        {"id": hit.chunk.id, "score": hit.score, "dense": hit.dense, "lexical": hit.lexical} for hit in work.hits
    ]
    calculated = [step for calculation in work.decision.calculations for step in calculation.steps]
    checked = {"figures": work.check.figures, "unsupported": list(work.check.unsupported)}
    return Trace(understood, retrieved, calculated, checked, dict(work.milliseconds))
