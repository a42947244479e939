"""The assistant as its doors use it: open once, ask many times, from several threads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from langchain_core.runnables import Runnable

from assistant.answering.answer import Answer
from assistant.answering.events import Composed, Event, Finished, Sentence
from assistant.answering.pipeline import Work, begin, build_pipeline, finish
from assistant.policy.digest import Digest
from assistant.policy.loader import Corpus, load_corpus
from assistant.retrieval.embedding import load_encoder
from assistant.retrieval.search import Filters, Hit, SearchIndex, open_index
from assistant.settings import SHIPPED_ENCODER, Settings
from assistant.understanding.query import DialogueState
from assistant.understanding.reader import open_reader
from assistant.understanding.remembering import asked_after, remember
from assistant.understanding.scope.topics import open_topic_model

if TYPE_CHECKING:
    from assistant.answering.generation.generator import Generator


@dataclass(frozen=True)
class Trace:
    """What each step found, JSON-able: understood, retrieved, calculated, checked, and the milliseconds of each.

    ``generation``: what a language model had to do with it; None without one.
    """

    understood: Mapping[str, Any]
    retrieved: Sequence[Mapping[str, Any]]
    calculated: Sequence[str]
    checked: Mapping[str, Any]
    milliseconds: Mapping[str, float]
    generation: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Reply:
    """An answer, the dialogue's state after it, and the trace."""

    answer: Answer
    state: DialogueState
    trace: Trace


class Assistant:
    """Answers questions about one policy; ``generator`` rewords the answers with a language model."""

    def __init__(
        self,
        corpus: Corpus,
        index: SearchIndex,
        pipeline: Runnable[Work, Work],
        today: date | None,
        generator: Generator | None = None,
    ) -> None:
        self.corpus = corpus
        self._generator = generator
        self._index = index
        self._pipeline = pipeline
        self._today = today

    @property
    def reworded(self) -> bool:
        """Whether a language model has a part in the answers."""
        return self._generator is not None

    def ask(
        self, question: str, *, as_of: date | None = None, state: DialogueState | None = None, reworded: bool = True
    ) -> Reply:
        """Answers ``question`` as asked on ``as_of`` (default: the configured day, else today) after ``state``.

        ``reworded``: False keeps a language model out of it.
        """
        for event in self.ask_stream(question, as_of=as_of, state=state, reworded=reworded):
            if isinstance(event, Finished):
                return event.reply
        raise RuntimeError("the stream of an answer ended without its end")

    def ask_stream(
        self, question: str, *, as_of: date | None = None, state: DialogueState | None = None, reworded: bool = True
    ) -> Iterator[Event]:
        """The same as a stream: the composed answer at once, a model's checked sentences, then the reply."""
        before = asked_after(question, state or DialogueState())
        work = self._pipeline.invoke(begin(self.corpus, question, as_of or self._today or date.today(), before))
        answer = finish(self.corpus, work)
        yield Composed(answer)
        generation: Mapping[str, Any] | None = None
        for event in self._generator.run(work, answer) if self._generator and reworded else ():
            if isinstance(event, Composed | Sentence):
                yield event
            else:
                work, answer, generation = event.work, event.answer, event.trace
        trace = replace(_trace(work), generation=generation)
        yield Finished(Reply(answer, remember(work.query, before), trace))

    def search(self, query: str, k: int = 8, filters: Filters | None = None) -> tuple[Hit, ...]:
        """The passages nearest to ``query``, best first."""
        return self._index.search(query, k, filters)

    def close(self) -> None:
        """Lets go of the index."""
        self._index.close()
        if self._generator:
            self._generator.close()


def open_assistant(settings: Settings, also: Sequence[Digest] = ()) -> Assistant:
    """Loads corpus, vocabulary and models, opens (or builds) the index; ``also`` are digests from elsewhere.

    Raises CorpusError, ModelError, SearchIndexError, SettingsError.
    """
    corpus = load_corpus(settings.corpus_dir, settings.policy_id)
    corpus = replace(corpus, digests=(*corpus.digests, *also))
    index = open_index(corpus, settings.index_dir, str(settings.embedding_model))
    # The subject model was trained on the shipped encoder, whatever the index uses.
    reader = open_reader(corpus.policy, open_topic_model(load_encoder(str(SHIPPED_ENCODER)).encode).suggest)
    pipeline = build_pipeline(corpus, reader, index.search)
    return Assistant(corpus, index, pipeline, settings.as_of, _generator(corpus, settings))


def _generator(corpus: Corpus, settings: Settings) -> Generator | None:
    """The language model of the settings; without one nothing of its libraries is imported."""
    if not settings.model:
        return None
    from assistant.answering.generation.generator import open_generator

    return open_generator(corpus, settings)


def _trace(work: Work) -> Trace:
    query = work.query
    understood = {
        "asks": sorted(query.asks),
        "measures": list(query.measures),
        "rules": list(query.rules),
        "articles": list(query.articles),
        "bases": {
            key: [[str(base.amount.minimum), str(base.amount.maximum)] for base in bases]
            for key, bases in query.bases.items()
        },
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
