"""Words that companies use and the program did not know: proposed by one officer, accepted or rejected by another
(or by the same), applied to every question from then on."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from assistant.errors import InputError
from assistant.records import audit
from assistant.records.database import CHINA, Records
from assistant.records.tables import SynonymRow, SynonymState

# A synonym is a word. With figures or sentences in it, it could change what a question asks.
_WORD = re.compile(r"[^\W\d_][^\W_]{1,19}")


@dataclass(frozen=True, slots=True)
class Synonym:
    """``word`` is what people say, ``meaning`` the word that the program knows."""

    id: int
    word: str
    meaning: str
    state: SynonymState
    proposed_by: str
    proposed_at: datetime
    decided_by: str | None


def propose(records: Records, word: str, meaning: str, *, by: str) -> Synonym:
    """Propose a synonym; one that exists is proposed anew. Raises InputError when either is not a word."""
    word, meaning = word.strip(), meaning.strip()
    if not _WORD.fullmatch(word) or not _WORD.fullmatch(meaning) or re.search(r"[0-9]", meaning):
        raise InputError(
            f"{word!r} = {meaning!r}: both must be words of 2 to 20 letters, the meaning without digits",
            user_message="同义词须为 2 至 20 个字的词，不含标点，含义中不含数字。",
        )
    if word in meaning or meaning in word:
        raise InputError(f"{word!r} and {meaning!r} contain each other", user_message="两个词互相包含,请改写。")
    with records.writing() as session:
        row = session.scalar(select(SynonymRow).where(SynonymRow.word == word).with_for_update()) or SynonymRow(
            word=word
        )
        row.meaning, row.state = meaning, "proposed"
        row.proposed_by, row.proposed_at = by, records.now()
        row.decided_by = row.decided_at = None
        session.add(row)
        session.flush()
        audit.note(session, records, by, "synonym.propose", row.id, word=word, meaning=meaning)
        made = _synonym(row)
    records.knowledge_changed()
    return made


def decide(records: Records, synonym_id: int, *, accept: bool, by: str) -> Synonym:
    """Accept or reject a synonym; may be changed later. Raises InputError when there is none of that number."""
    with records.writing() as session:
        row = session.get(SynonymRow, synonym_id, with_for_update=True)
        if row is None:
            raise InputError(f"there is no synonym {synonym_id}", user_message="没有这条同义词。")
        row.state = "accepted" if accept else "rejected"
        row.decided_by, row.decided_at = by, records.now()
        audit.note(session, records, by, f"synonym.{'accept' if accept else 'reject'}", row.id, word=row.word)
        decided = _synonym(row)
    records.knowledge_changed()
    return decided


def list_synonyms(records: Records, state: SynonymState | None = None) -> tuple[Synonym, ...]:
    """Those in a state, or all; the latest first."""
    query = select(SynonymRow).order_by(SynonymRow.proposed_at.desc(), SynonymRow.id.desc())
    if state:
        query = query.where(SynonymRow.state == state)
    with records.reading() as session:
        return tuple(_synonym(row) for row in session.scalars(query))


def apply(question: str, accepted: Iterable[Synonym]) -> str:
    """The question with every accepted word replaced by its meaning: longer words first, each place once."""
    meanings = {synonym.word.casefold(): synonym.meaning for synonym in accepted}
    if not meanings:
        return question
    words = sorted(meanings, key=len, reverse=True)
    pattern = re.compile("|".join(map(re.escape, words)), re.I)
    return pattern.sub(lambda match: meanings.get(match[0].casefold(), match[0]), question)


def _synonym(row: SynonymRow) -> Synonym:
    return Synonym(
        id=row.id,
        word=row.word,
        meaning=row.meaning,
        state=row.state,
        proposed_by=row.proposed_by,
        proposed_at=row.proposed_at.astimezone(CHINA),
        decided_by=row.decided_by,
    )
