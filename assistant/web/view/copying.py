"""An answer as plain text with its source line: for the clipboard and for the exported conversation."""

from __future__ import annotations

from assistant.answering.answer import Answer
from assistant.policy.loader import Corpus
from assistant.web.view.figures import day
from assistant.web.view.markdown import plain
from assistant.web.wording import say


def as_copied(answer: Answer, corpus: Corpus) -> str:
    """The answer's text, then where it stands, on which day it was asked, and whether a model worded it."""
    policy = corpus.policy
    articles = list(dict.fromkeys(c.article for c in answer.citations if c.kind == "policy" and c.article))
    digests = list(dict.fromkeys(c.title for c in answer.citations if c.kind == "digest"))
    lines = [plain(answer.text), ""]
    if articles:
        labels = "、".join(policy.document.by_number[number].label for number in articles)
        lines.append(
            say("copy.source", title=policy.document.title, labels=labels, issuer=policy.issuer, day=day(policy.issued))
        )
    if digests:
        lines.append(say("copy.digests", titles="；".join(digests)))
    lines.append(say("copy.day", day=day(answer.as_of)))
    if answer.generated:
        lines.append(say("copy.generated", model=answer.model or ""))
    return "\n".join(lines)
