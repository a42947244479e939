"""Reading what staff upload: .txt .md .docx .pdf .html become plain text; anything else is refused with the reason.

The type is told by the content, not the name. Word, PDF and web pages are read in a process of their own with limits on
time and memory (``document_worker``), so that a hostile file can cost a minute and nothing else. No name from outside
becomes a path, nothing named inside a file is fetched, and markup ends as text.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import subprocess
import sys
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Literal

import yaml

from assistant.errors import InputError
from assistant.policy.document import Document, parse_document
from assistant.records.documents import TEXT_LIMIT, TITLE_LIMIT, Version
from assistant.records.masking import clean_text
from assistant.settings import PROJECT_ROOT

Kind = Literal["txt", "md", "docx", "pdf", "html"]

READ_SECONDS = 60
PAGE_LIMIT = 300
_UNPACKED_LIMIT = 100 * 1024 * 1024
_RATIO_LIMIT = 200
_ENTRY_LIMIT = 2000

_KIND_OF: dict[str, Kind] = {
    ".txt": "txt",
    ".text": "txt",
    ".md": "md",
    ".markdown": "md",
    ".docx": "docx",
    ".pdf": "pdf",
    ".html": "html",
    ".htm": "html",
}
_MARKUP = re.compile(r"<!doctype\s+html|<(?:html|head|body|div|p|table|article|section|h[1-6]|meta)\b", re.I)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_PLAUSIBLE = re.compile(
    r"[\t\n\r\x20-\x7e\u2010-\u2044\u2160-\u217f\u2460-\u24ff\u25a0-\u25ff\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]"
)


class UploadRefused(InputError):
    """A file that is not taken; ``user_message`` says why and what to do instead."""


@dataclass(frozen=True, slots=True)
class Uploaded:
    """A file as read: its text, a title to begin with, and what staff should know of it (``notes``, Chinese).

    ``pages`` is known for PDF only.
    """

    kind: Kind
    file_name: str
    title: str
    text: str
    sha256: str
    pages: int | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Read:
    """What came out of a file before it is tidied."""

    title: str
    text: str
    pages: int | None = None
    notes: tuple[str, ...] = ()


def read_upload(file_name: str, data: bytes, *, limit_mib: int) -> Uploaded:
    """The text of an uploaded file. Raises UploadRefused: too large, empty, another type, hostile, or unreadable."""
    if not data:
        raise _refused("empty file", "文件是空的。")
    if len(data) > limit_mib * 1024 * 1024:
        raise _refused(f"{len(data)} bytes", f"文件超过 {limit_mib} MB，请压缩图片或拆分后再上传。")
    name = re.split(r"[/\\]", file_name)[-1]
    kind = _kind(name, data)
    read = _Read("", decode_text(data)) if kind in ("txt", "md") else _read_apart(kind, data)
    text = tidy(read.text)
    if len(text) < 2:
        raise _refused("no text", "文件里没有可用的文字；如果是扫描件，请先做文字识别（OCR）。")
    if len(text) > TEXT_LIMIT:
        raise _refused(f"{len(text)} characters", f"文字超过 {TEXT_LIMIT} 字，请拆分后再上传。")
    return Uploaded(
        kind, name, _title(read.title, text), text, hashlib.sha256(data).hexdigest(), read.pages, read.notes
    )


def preview(title: str, text: str) -> Document:
    """How a text is cut into articles and clauses; a text without article marks has none."""
    return parse_document("preview", title, text)


def decode_text(data: bytes) -> str:
    """Bytes as text: UTF-8, UTF-16 with its mark, or GB 18030. Raises UploadRefused for anything that is no text."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            encodings: tuple[str, ...] = (encoding,)
            break
    else:
        encodings = ("utf-8", "gb18030")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        controls = len(_CONTROL.findall(text))
        plausible = encoding != "gb18030" or len(_PLAUSIBLE.findall(text)) >= 0.9 * len(text)
        if "\0" not in text and controls <= len(text) / 500 and plausible:
            return text
    raise _refused("not text", "不是文本文件，或编码无法识别；请另存为 UTF-8 编码。")


def check_package(data: bytes) -> None:
    """Look at a Word file's table of contents without unpacking it. Raises UploadRefused for macros, archives that
    grow beyond measure, names that lead out of the archive, locked files."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            entries = package.infolist()
            _check_entries(entries, len(data))
            types = package.open("[Content_Types].xml").read(2_000_000)
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, EOFError, zlib.error) as error:
        raise _refused(f"unreadable package: {error}", "Word 文件已损坏，请重新另存后再上传。") from error
    names = [entry.filename.lower() for entry in entries]
    if b"macroenabled" in types.lower() or any("vbaproject" in name or "vbadata" in name for name in names):
        raise _refused("macros", "文件含有宏，不能上传；请另存为不含宏的 .docx。")
    if any("/activex/" in name for name in names):
        raise _refused("ActiveX", "文件含有控件，不能上传；请删除控件后另存。")


def tidy(text: str) -> str:
    """Text without control characters and invisible marks, lines without trailing blanks, no long gaps."""
    lines = clean_text(text).replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n").split("\n")
    kept = "\n".join(_CONTROL.sub("", line).rstrip() for line in lines)
    return re.sub(r"\n{3,}", "\n\n", kept).strip()


def digest_text(version: Version) -> str:
    """A published document in the form of a digest file: front matter, then one bullet a clause or paragraph."""
    head = {
        "id": version.document,
        "title": version.title,
        "status": "uploaded",
        "issued_on": version.issued_on.isoformat() if version.issued_on else None,
        "confidence": "medium",
        "relates_to": list(version.articles),
        "sources": [{"note": version.source or version.file_name}],
    }
    facts = "\n".join(f"- {fact}" for fact in _facts(version))
    front = yaml.safe_dump(head, allow_unicode=True, sort_keys=False, width=10_000)
    return f"---\n{front}---\n\n## 正文\n\n{facts}\n"


def _facts(version: Version) -> list[str]:
    cut = preview(version.title, version.text)
    if cut.articles:
        found = [
            f"{article.label}{f'（{article.heading}）' if article.heading else ''}：{clause.text}"
            for article in cut.articles
            for clause in article.clauses
        ]
    else:
        found = re.split(r"\n+|(?<=[。；！？])", version.text)
    return [" ".join(fact.split()) for fact in found if fact.strip()]


def _kind(name: str, data: bytes) -> Kind:
    """The kind that name and content agree on. Raises UploadRefused."""
    wanted = _KIND_OF.get(PurePosixPath(name.lower()).suffix)
    if wanted is None:
        raise _refused("extension", "只能上传 .txt、.md、.docx、.pdf、.html 文件。")
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        raise _refused("old Word or locked file", "这是旧版 Word 文件或加密文件，请取消密码并另存为 .docx 后再上传。")
    if data.lstrip()[:5] == b"{\\rtf":
        raise _refused("RTF", "这是 RTF 文件，请另存为 .docx 后再上传。")
    if b"%PDF-" in data[:1024]:
        found: Kind | None = "pdf"
    elif data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        found = "docx"
    elif wanted == "html":
        found = "html" if _MARKUP.search(decode_text(data)[:100_000]) else None
    else:
        found = wanted if wanted in ("txt", "md") else None
    if found != wanted:
        raise _refused(f"{wanted} by name, {found} by content", "文件内容与扩展名不符，请检查后重新上传。")
    return wanted


def _check_entries(entries: list[zipfile.ZipInfo], packed: int) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > _ENTRY_LIMIT or unpacked > _UNPACKED_LIMIT or unpacked > max(packed, 4096) * _RATIO_LIMIT:
        raise _refused("bomb", "文件解压后过大，不能上传。")
    for entry in entries:
        # The name as it stands in the file: zipfile already cuts what it shows at a NUL.
        name = (entry.orig_filename or entry.filename).replace("\\", "/")
        if name.startswith("/") or ".." in name.split("/") or ":" in name or "\0" in name:
            raise _refused("path in package", "文件结构异常，不能上传。")
        if entry.flag_bits & 0x1:
            raise _refused("locked entry", "文件已加密，请取消密码后再上传。")
    if not any(entry.filename == "word/document.xml" for entry in entries):
        raise _refused("no Word document", "不是 Word 文档；请另存为 .docx 后再上传。")


def _read_apart(kind: Kind, data: bytes) -> _Read:
    """A file read by another process. Raises UploadRefused."""
    if kind == "docx":
        check_package(data)
    command = [sys.executable, "-m", "assistant.web.document_worker", kind, str(PAGE_LIMIT)]
    try:
        done = subprocess.run(
            command,
            input=data,
            capture_output=True,
            cwd=PROJECT_ROOT,
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"},
            timeout=READ_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise _refused("reading took too long", "文件太复杂，读取超时；请拆分或另存为文本后再上传。") from error
    if done.returncode != 0:
        raise _refused(f"worker ended with {done.returncode}", "文件无法读取，可能已损坏或过于复杂。")
    result = json.loads(done.stdout)
    if fault := result.get("fault"):
        raise _refused(fault, str(result["message"]))
    return _Read(result["title"], result["text"], result["pages"], tuple(result["notes"]))


def _title(given: str, text: str) -> str:
    first = next(line for line in text.split("\n") if line.strip())
    title = " ".join(clean_text(given).split()) or re.sub(r"^#+\s*", "", first.strip())
    return title[:TITLE_LIMIT]


def _refused(reason: str, message: str) -> UploadRefused:
    return UploadRefused(f"upload refused: {reason}", user_message=message)
