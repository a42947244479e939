"""What composing builds up: the text's parts in order, and what they rest on."""

from __future__ import annotations

from dataclasses import dataclass, field

from assistant.answering.answer import CalculationView, Citation, Status
from assistant.calculator.interval import Interval
from assistant.policy.document import Article
from assistant.policy.loader import Corpus
from assistant.policy.measure import Measure

_LONGEST_QUOTE = 120


@dataclass
class Draft:
    """An answer being written: ``conclusion`` comes first, ``corrections`` before it, ``lines`` after.

    ``background`` is the one line from a related document; it stands last and is none of the ``lines``, so that nothing
    that rewords them takes it for the answer.
    """

    corpus: Corpus
    status: Status = Status.ANSWERED
    reason: str | None = None
    notices: list[str] = field(default_factory=list)
    corrections: list[str] = field(default_factory=list)
    conclusion: str = ""
    lines: list[str] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)
    departments: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    choices: tuple[str, ...] = ()
    suggestions: list[str] = field(default_factory=list)
    derived: list[str] = field(default_factory=list)
    amounts: list[Interval] = field(default_factory=list)
    views: list[CalculationView] = field(default_factory=list)
    background: str = ""

    def cite(self, article: str, quote: str) -> None:
        """Adds a verbatim quote of one article, once. Raises ValueError when it does not stand there."""
        document = self.corpus.policy.document
        span = document.locate(quote, article)
        if span is None:
            raise ValueError(f"not verbatim in article {article}: {quote}")
        citation = Citation(
            document=document.id, title=document.title, article=article, quote=quote, start=span[0], end=span[1]
        )
        if citation not in self.citations:
            self.citations.append(citation)

    def cite_preamble(self, quote: str) -> None:
        """Adds a verbatim quote from before the first article. Raises ValueError when it does not stand there."""
        document = self.corpus.policy.document
        span = document.locate(quote)
        if span is None:
            raise ValueError(f"not verbatim in the policy: {quote}")
        citation = Citation(
            document=document.id, title=document.title, article=None, quote=quote, start=span[0], end=span[1]
        )
        self.citations.append(citation)

    def cite_digest(self, digest_id: str, start: int, end: int) -> None:
        """Adds a passage of a digest, marked as background."""
        digest = self.corpus.digest_by_id[digest_id]
        citation = Citation(
            document=digest.id,
            title=digest.title,
            article=None,
            quote=digest.text[start:end],
            start=start,
            end=end,
            kind="digest",
        )
        if citation not in self.citations:
            self.citations.append(citation)

    def rest_on(self, measure: Measure, question: str = "") -> None:
        """Cites the measure's clause (of several, the nearest to the question first) and names its departments."""
        for quote in sorted((measure.quote, *measure.also), key=lambda quote: -_shared_pairs(quote, question)):
            self.cite(measure.article, quote)
        self.responsible(measure.departments)

    def responsible(self, departments: tuple[str, ...]) -> None:
        self.departments += [name for name in departments if name not in self.departments]

    def text(self) -> str:
        """The finished Markdown."""
        head = list(self.notices)
        opening = "".join(self.corrections)
        if self.conclusion:
            opening = f"{opening}**{self.conclusion}。**"
        body = [f"- {line}" for line in (*self.lines, self.background) if line]
        return "\n\n".join(part for part in (*head, opening, "\n".join(body)) if part)


def _shared_pairs(quote: str, question: str) -> int:
    """How many neighbouring character pairs of the question stand in the quote."""
    return sum(question[i : i + 2] in quote for i in range(len(question) - 1))


def department_names(departments: tuple[str, ...] | list[str]) -> str:
    """Departments as shown: the brackets of <管委会> would be taken for markup."""
    return "、".join(name.replace("<", "（").replace(">", "）") for name in departments)


def article_of(corpus: Corpus, number: str) -> Article:
    return corpus.policy.document.by_number[number]


def label_of(corpus: Corpus, number: str) -> str:
    """第六条, 附则."""
    return article_of(corpus, number).label


def short_quote(quote: str, limit: int = _LONGEST_QUOTE) -> str:
    """A quote as shown in running text: whole where it is short, else cut with …… (the citation is whole)."""
    return quote if len(quote) <= limit else quote[:limit] + "……"
