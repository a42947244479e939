"""语料: related documents uploaded, looked at, published, replaced, withdrawn; every version kept."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup
from starlette.responses import JSONResponse, Response

from assistant.errors import InputError
from assistant.records.documents import StoredDocument, Version, add_version, list_documents
from assistant.records.logins import Login
from assistant.web.desk import uploading
from assistant.web.desk.cutting import cut_view
from assistant.web.desk.frame import PATHS, button, hidden, page
from assistant.web.desk.office import Office
from assistant.web.desk.publishing import STEPS, Job
from assistant.web.desk.routing import Asked, NotFound, Pages, go, only_admin
from assistant.web.desk.wording import say, table, word
from assistant.web.view.figures import article, day
from assistant.web.view.html import Content, tag

_HOME = PATHS["corpus"]


def add(pages: Pages, office: Office) -> None:
    """Puts the pages up."""

    @pages.show("/corpus")
    def show(asked: Asked) -> Response:
        return page(
            "corpus",
            asked.login,
            say("corpus.title"),
            _job(office.publisher.job),
            _upload_panel(office, asked.login),
            _uploaded(list_documents(office.records)),
            _shipped(office),
            done=asked.text("done"),
        )

    @pages.show("/corpus/job")
    def job(_: Asked) -> Response:
        running = office.publisher.job
        told = {"state": running.state if running else "none", "html": str(_job(running) or "")}
        return JSONResponse(told, headers={"Cache-Control": "no-store"})

    @pages.take("/corpus/upload")
    def upload(asked: Asked) -> Response:
        only_admin(asked.login, say("fault.admin"))
        replaces = asked.text("replaces") or None
        try:
            if asked.file is None:
                raise InputError("no file", user_message=say("upload.no_file"))
            brought = uploading.from_file(office, asked.file, replaces)
        except InputError as error:
            again = uploading.file_form(asked.login, replaces)
            return page("corpus", asked.login, say("corpus.title"), again, fault=error.user_message, status=422)
        return _preview(office, asked.login, brought)

    @pages.take("/corpus/preview")
    def preview(asked: Asked) -> Response:
        only_admin(asked.login, say("fault.admin"))
        brought = uploading.from_form(asked)
        if asked.text("deed") == "look":
            return _preview(office, asked.login, brought)
        try:
            version = add_version(office.records, brought.draft(), by=asked.login.name, replaces=brought.replaces)
        except InputError as error:
            return _preview(office, asked.login, brought, fault=error.user_message)
        if asked.text("deed") == "publish":
            office.publisher.start(version.document, version.number, by=asked.login.name)
            return go(_HOME)
        return go(f"{_HOME}/{version.document}", done="kept")

    @pages.show("/corpus/{id}")
    def one(asked: Asked) -> Response:
        document = _document(office, asked.path["id"])
        shown = _version(document, asked.number("version", document.published or document.versions[-1].number))
        return page(
            "corpus",
            asked.login,
            document.title,
            _job(office.publisher.job),
            _versions(document, shown, asked.login),
            _about(shown),
            cut_view(shown),
            done=asked.text("done"),
        )

    @pages.take("/corpus/{id}")
    def act(asked: Asked) -> Response:
        only_admin(asked.login, say("fault.admin"))
        document = _document(office, asked.path["id"])
        number = asked.number("version") if asked.text("deed") == "publish" else None
        office.publisher.start(document.id, number, by=asked.login.name)
        return go(_HOME)


def _document(office: Office, document_id: str) -> StoredDocument:
    found = next((item for item in list_documents(office.records) if item.id == document_id), None)
    if found is None:
        raise NotFound("no such document", user_message=say("corpus.gone"))
    return found


def _version(document: StoredDocument, number: int) -> Version:
    found = next((version for version in document.versions if version.number == number), None)
    if found is None:
        raise NotFound("no such version", user_message=say("corpus.no_version"))
    return found


def _preview(office: Office, login: Login, brought: uploading.Brought, fault: str = "") -> Response:
    form = uploading.preview_form(office, login, brought)
    return page("corpus", login, say("upload.preview"), form, fault=fault, status=422 if fault else 200)


def _job(job: Job | None) -> Markup | None:
    """How far the publication is; the page's script asks for it again while it runs."""
    if job is None:
        return None
    kind = "publish" if job.number else "withdraw"
    title = say(f"job.{kind}", title=job.title, number=job.number or "")
    steps = [
        tag(
            "li",
            say(f"job.steps.{name}"),
            class_="step-done"
            if place < job.step
            else "step-now"
            if place == job.step and job.state == "running"
            else None,
        )
        for place, name in enumerate(STEPS)
    ]
    told = tag("p", say(f"job.{job.state}", by=job.by) + (f" {job.fault}" if job.fault else ""))
    bar = tag("progress", value=job.step, max=len(STEPS), aria_label=title) if job.state == "running" else None
    return tag(
        "section",
        tag("h2", title),
        bar,
        tag("ol", steps, class_="job-steps") if job.state == "running" else None,
        told,
        id="job",
        class_=f"job job-{job.state}",
        role="status",
        data_state=job.state,
    )


def _upload_panel(office: Office, login: Login) -> Markup:
    if login.role != "admin":
        return tag("p", say("fault.admin"), class_="notice")
    limit = office.settings.upload_limit_mib
    return tag(
        "section",
        tag("h2", say("upload.title")),
        tag("p", say("upload.intro", limit=limit), class_="quiet"),
        uploading.file_form(login, None),
        class_="panel",
    )


def _uploaded(documents: tuple[StoredDocument, ...]) -> Markup:
    items = [
        tag(
            "li",
            tag("a", document.title, href=f"{_HOME}/{document.id}"),
            _state(document),
            tag("span", say("corpus.versions", count=len(document.versions)), class_="quiet"),
            tag("span", "、".join(map(article, document.versions[-1].articles)), class_="quiet"),
        )
        for document in documents
    ]
    body = tag("ul", items, class_="documents") if items else tag("p", say("corpus.none"), class_="empty")
    return tag("section", tag("h2", say("corpus.uploaded")), body, class_="panel")


def _state(document: StoredDocument) -> Markup:
    if document.published:
        return tag("span", say("corpus.public", number=document.published), class_="chip verdict-eligible")
    return tag("span", say("corpus.kept"), class_="chip")


def _shipped(office: Office) -> Markup:
    """The policy and the digests of the project: they are files, an operator changes them."""
    policy, own = office.policy, {document.id for document in list_documents(office.records)}
    rows = [
        tag(
            "li",
            tag("span", digest.title),
            tag("span", "、".join(map(article, digest.relates_to)), class_="quiet"),
            tag("span", say("corpus.facts", count=len(digest.facts)), class_="quiet"),
        )
        for digest in office.corpus.digests
        if digest.id not in own
    ]
    about = say(
        "corpus.policy",
        title=policy.document.title,
        articles=len(policy.document.articles),
        measures=len(policy.measures),
        day=day(policy.validity.last_day),
    )
    return tag(
        "section",
        tag("h2", say("corpus.shipped")),
        tag("p", about),
        tag(
            "details",
            tag("summary", say("corpus.digests", count=len(rows))),
            tag("ul", rows, class_="documents"),
            class_="fold",
        ),
        class_="panel",
    )


def _versions(document: StoredDocument, shown: Version, login: Login) -> Markup:
    columns = table("corpus.columns")
    rows = []
    for version in reversed(document.versions):
        public = version.number == document.published
        cells: dict[str, Content] = {
            "number": tag(
                "a",
                say("corpus.version", number=version.number),
                href=f"{_HOME}/{document.id}?version={version.number}",
                aria_current="true" if version.number == shown.number else None,
            ),
            "state": tag("span", say("corpus.is_public"), class_="chip verdict-eligible") if public else None,
            "file": version.file_name,
            "who": version.uploaded_by,
            "at": version.uploaded_at.strftime("%Y-%m-%d %H:%M"),
            "deed": _deed(login, document.id, None if public else version.number) if login.role == "admin" else None,
        }
        rows.append(tag("tr", [tag("td", cells[name], data_label=columns[name]) for name in columns]))
    head = tag("tr", [tag("th", title, scope="col") for title in columns.values()])
    replace = (
        tag("details", tag("summary", say("upload.replace")), uploading.file_form(login, document.id), class_="fold")
        if login.role == "admin"
        else None
    )
    back = tag("p", tag("a", say("corpus.back"), href=_HOME), class_="quiet back")
    return tag(
        "div",
        back,
        tag("div", tag("table", tag("thead", head), tag("tbody", rows), class_="desk-table"), class_="desk-scroll"),
        replace,
        class_="versions",
    )


def _deed(login: Login, document_id: str, number: int | None) -> Markup:
    deed = "publish" if number else "withdraw"
    return tag(
        "form",
        hidden(login, deed=deed, version=number),
        button(say(f"corpus.deeds.{deed}"), data_confirm=None if number else say("corpus.withdraw_confirm")),
        method="post",
        action=f"{_HOME}/{document_id}",
        class_="one-button",
    )


def _about(version: Version) -> Markup:
    rows: Mapping[str, Content] = {
        "articles": "、".join(map(article, version.articles)),
        "source": version.source,
        "issued": day(version.issued_on) if version.issued_on else None,
        "sha256": version.sha256[:16],
        "characters": say("corpus.characters", count=len(version.text)),
    }
    shown = [tag("div", tag("dt", word("corpus.about", name)), tag("dd", text)) for name, text in rows.items() if text]
    return tag("section", tag("dl", shown, class_="rows"), class_="panel")
