"""Bringing a file: read, shown as it will be cut, corrected, kept. Nothing is stored before an officer has seen it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from markupsafe import Markup

from assistant.errors import InputError
from assistant.policy.document import CLOSING
from assistant.records.documents import TITLE_LIMIT, Draft, Version
from assistant.records.logins import Login
from assistant.retrieval.chunking import ChunkKind
from assistant.retrieval.search import Filters
from assistant.web.desk.cutting import cut_view
from assistant.web.desk.fields import area, articles, field, labelled
from assistant.web.desk.frame import PATHS, button, hidden
from assistant.web.desk.office import Office
from assistant.web.desk.routing import Asked, File
from assistant.web.desk.wording import say
from assistant.web.documents import read_upload, tidy
from assistant.web.view.html import tag

_NUMBERS = frozenset("一二三四五六七八九十" + CLOSING)
_NEAR = 0.6
_SENTENCES = 40
_OWN_NUMBER = re.compile(r"第[一二三四五六七八九十百零\d]+条")


@dataclass(frozen=True, slots=True)
class Brought:
    """A file as read and as corrected so far. ``issued`` is a day as typed; ``replaces`` the document it is for."""

    title: str
    text: str
    articles: tuple[str, ...]
    source: str
    issued: str
    file_name: str
    sha256: str
    replaces: str | None
    notes: tuple[str, ...] = ()

    def draft(self) -> Draft:
        """As it is to be stored. Raises InputError when the day is none."""
        return Draft(self.title, self.text, self.articles, self.file_name, self.sha256, self.source, self.day())

    def day(self) -> date | None:
        """The day of issue. Raises InputError."""
        if not self.issued:
            return None
        try:
            return date.fromisoformat(self.issued)
        except ValueError as error:
            raise InputError(f"{self.issued!r} is no day", user_message=say("upload.no_day")) from error


def from_file(office: Office, file: File, replaces: str | None) -> Brought:
    """A file as it was sent, with the articles that its text is near to proposed. Raises UploadRefused."""
    read = read_upload(file.name, file.data, limit_mib=office.settings.upload_limit_mib)
    return Brought(
        title=read.title,
        text=read.text,
        articles=near_articles(office, read.title, read.text),
        source="",
        issued="",
        file_name=read.file_name,
        sha256=read.sha256,
        replaces=replaces,
        notes=read.notes,
    )


def near_articles(office: Office, title: str, text: str) -> tuple[str, ...]:
    """The articles that a document's title and first sentences are nearest to, at most two, the nearest first."""
    votes: dict[str, float] = {}
    law = Filters(kinds=frozenset({ChunkKind.POLICY}))
    # Its own article numbers would be taken for those of the policy.
    sentences = [_OWN_NUMBER.sub("", part).strip() for part in re.split(r"[\n。；]+", text)]
    for sentence in [title, *(part for part in sentences if len(part) > 3)][:_SENTENCES]:
        for hit in office.assistant.search(sentence, 1, law):
            if hit.score >= _NEAR:
                votes[hit.chunk.articles[0]] = votes.get(hit.chunk.articles[0], 0.0) + hit.score
    return tuple(sorted(votes, key=lambda number: -votes[number])[:2])


def from_form(asked: Asked) -> Brought:
    """The same as it comes back from the form. Raises InputError when a hidden field was tampered with."""
    sha256 = asked.text("sha256")
    if not re.fullmatch(r"[0-9a-f]{64}", sha256):
        raise InputError("no checksum", user_message=say("upload.expired"))
    return Brought(
        title=asked.text("title"),
        text=tidy(asked.text("text")),
        articles=tuple(number for number in asked.texts("articles") if number in _NUMBERS),
        source=asked.text("source"),
        issued=asked.text("issued"),
        file_name=asked.text("file_name"),
        sha256=sha256,
        replaces=asked.text("replaces") or None,
        notes=asked.texts("note"),
    )


def file_form(login: Login, replaces: str | None) -> Markup:
    """Choose a file and send it."""
    return tag(
        "form",
        hidden(login, replaces=replaces),
        tag(
            "label",
            tag("span", say("upload.file"), class_="field-name"),
            tag(
                "span",
                tag("input", type="file", name="file", accept=".txt,.md,.docx,.pdf,.html,.htm", required=True),
                # The browser's own words are in the browser's language.
                tag("span", say("upload.choose"), class_="file-name", aria_hidden="true"),
                class_="file",
            ),
            class_="field",
        ),
        button(say("upload.send"), strong=True),
        method="post",
        action=f"{PATHS['corpus']}/upload",
        enctype="multipart/form-data",
        class_="desk-form in-line",
    )


def preview_form(office: Office, login: Login, brought: Brought) -> Markup:
    """What was read, open to correction, and how it is cut."""
    fields = tag(
        "section",
        labelled(say("upload.name"), field("title", brought.title, required=True, maxlength=TITLE_LIMIT)),
        labelled(
            say("upload.source"), field("source", brought.source, maxlength=500, placeholder=say("upload.source_hint"))
        ),
        labelled(say("upload.issued"), field("issued", brought.issued, kind="date")),
        articles(office.policy, brought.articles, say("upload.articles")),
        tag("p", say("upload.articles_note"), class_="quiet"),
        class_="panel",
    )
    text = tag(
        "section",
        labelled(say("upload.text"), area("text", brought.text, 16, required=True), note=say("upload.text_note")),
        tag(
            "div",
            button(say("upload.look"), name="deed", value="look"),
            button(say("upload.keep"), name="deed", value="keep"),
            button(say("upload.publish"), name="deed", value="publish", strong=True),
            class_="actions",
        ),
        class_="panel",
    )
    return tag(
        "form",
        hidden(login, replaces=brought.replaces, file_name=brought.file_name, sha256=brought.sha256),
        [tag("input", type="hidden", name="note", value=note) for note in brought.notes],
        tag("p", say("upload.read", name=brought.file_name, count=len(brought.text)), class_="quiet"),
        [tag("p", note, class_="notice") for note in brought.notes],
        tag("div", tag("div", fields, text, class_="read-text"), cut_view(_as_version(brought)), class_="work-off"),
        method="post",
        action=f"{PATHS['corpus']}/preview",
        enctype="multipart/form-data",
        class_="desk-form",
    )


def _as_version(brought: Brought) -> Version:
    """As a version that is stored nowhere, to be cut as one."""
    return Version(
        document="preview",
        number=0,
        title=" ".join(brought.title.split()) or say("upload.untitled"),
        text=brought.text,
        articles=brought.articles or (CLOSING,),
        source=brought.source,
        issued_on=None,
        file_name=brought.file_name,
        sha256=brought.sha256,
        uploaded_by="",
        uploaded_at=datetime.min,
    )
