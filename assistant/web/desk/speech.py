"""Answers as an officer reads them aloud on the telephone, and as text to paste, with the source in it."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answering.answer import Answer
from assistant.policy.digest import Digest
from assistant.policy.document import Article
from assistant.policy.loader import Corpus, Policy
from assistant.policy.measure import Measure
from assistant.records.approved import Approved
from assistant.web.desk.wording import say
from assistant.web.view.copying import as_copied
from assistant.web.view.figures import article as article_label
from assistant.web.view.figures import day
from assistant.web.view.markdown import blocks, plain
from assistant.web.wording import say as say_site

_BRACKETS = str.maketrans("<>", "（）")
_ENDS = ("。", "！", "？", "；", ".", "!", "?")


def spoken(answer: Answer, policy: Policy) -> str:
    """Conclusion first, then where it stands and who is responsible: nothing but sentences."""
    said = [plain(block.text).replace("\n", "") for block in blocks(answer.text) if block.kind == "paragraph"]
    articles = list(dict.fromkeys(c.article for c in answer.citations if c.kind == "policy" and c.article))
    if articles:
        said.append(say("speech.basis", articles="、".join(article_label(number) for number in articles[:2])))
    if answer.departments:
        said.append(_responsible(answer.departments))
    if not articles and not answer.departments:
        said.append(say("speech.hotline", hotline=policy.hotline))
    return _sentences(said)


def pasted(answer: Answer, corpus: Corpus) -> str:
    """The whole answer with its source line, as on the companies' page."""
    return as_copied(answer, corpus)


def clause(policy: Policy, article: Article, text: str) -> str:
    """A clause with its source."""
    said = [say("speech.clause", article=article.label, text=text)]
    if article.departments:
        said.append(_responsible(article.departments))
    return f"{_sentences(said)}\n{_source(policy, article.label)}"


def measure(policy: Policy, article: Article, found: Measure) -> str:
    """A measure in one sentence, its clause and departments."""
    said = [found.statement, say("speech.clause", article=article.label, text=found.quote)]
    if found.departments:
        said.append(_responsible(found.departments))
    return f"{_sentences(said)}\n{_source(policy, article.label)}"


def digest(found: Digest, text: str) -> str:
    """A digest's passage, with what it is and is not."""
    issued = found.issued_on or say("speech.undated")
    return f"{_sentences([text])}\n{say('speech.digest', title=found.title, issued=issued)}"


def approved(policy: Policy, officer: Approved) -> str:
    """An officer's answer with its source."""
    source = _source(policy, "、".join(map(article_label, officer.articles))) if officer.articles else ""
    return "\n".join(
        filter(None, [plain(officer.wording), say("speech.reviewed", day=day(officer.approved_at.date())), source])
    )


def _responsible(departments: Sequence[str]) -> str:
    return say("speech.departments", names="、".join(departments).translate(_BRACKETS))


def _source(policy: Policy, labels: str) -> str:
    return say_site(
        "copy.source", title=policy.document.title, labels=labels, issuer=policy.issuer, day=day(policy.issued)
    )


def _sentences(parts: Sequence[str]) -> str:
    return "".join(part if part.endswith(_ENDS) else f"{part}。" for part in (part.strip() for part in parts) if part)
