"""Reads one Word, PDF or HTML file in a process of its own: bytes on standard input, JSON on standard output.

Run by ``documents.read_upload``. The process limits itself before it looks at the file: memory, processor time, no
files written, few opened. A fault that is foreseen is a JSON object with ``fault`` and ``message``; anything else ends
the process, which the caller takes as "unreadable".
"""

from __future__ import annotations

import io
import json
import re
import resource
import sys
import zipfile
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from typing import TypedDict

_MEMORY = 1536 * 1024 * 1024
_SECONDS = 60
_PAGE_MARK = re.compile(r"^\s*(?:[-—–―─]*\s*\d{1,4}\s*[-—–―─]*|第\s*\d+\s*页(?:\s*[,，/]?\s*共\s*\d+\s*页)?)\s*$")
_BEGINS = re.compile(
    r"^\s*(?:第[一二三四五六七八九十百零\d]+[条章节款]|[一二三四五六七八九十]+、|[(（][一二三四五六七八九十\d]+[)）]"
    r"|\d+[.、．]|附件|附则|[#*•·-] )"
)
_ENDS = tuple("。；：！？.;:!?）)》”")
_ENTITY = re.compile(rb"<\x00?!\x00?(?:D\x00?O\x00?C\x00?T\x00?Y\x00?P\x00?E|E\x00?N\x00?T\x00?I\x00?T\x00?Y)", re.I)


class Fault(Exception):
    """The file cannot be taken: why, for the log, and in Chinese for the staff."""

    def __init__(self, fault: str, message: str) -> None:
        super().__init__(fault)
        self.fault = fault
        self.message = message


class Result(TypedDict):
    """What was read."""

    title: str
    text: str
    pages: int | None
    notes: list[str]


def read_docx(data: bytes, _page_limit: int) -> Result:
    """Paragraphs and tables of a Word file in their order."""
    import docx
    from docx.oxml.ns import qn

    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in package.namelist():
            if name.lower().endswith((".xml", ".rels")) and _ENTITY.search(package.read(name)):
                raise Fault("document type declaration", "文件结构异常，不能上传。")
    document = docx.Document(io.BytesIO(data))
    body = document.element.body
    notes = [
        note
        for marks, note in (
            (("w:ins", "w:del"), "文件有未处理的修订，读取的文字可能不完整；请接受或拒绝全部修订后再上传。"),
            (("w:numPr",), "文件有自动编号，编号不在文字里；请核对条款序号。"),
            (("w:txbxContent",), "文件有文本框，其中的文字没有读取。"),
        )
        if any(next(body.iter(qn(mark)), None) is not None for mark in marks)
    ]
    text = "\n".join(_docx_lines(document))
    return Result(title=document.core_properties.title or "", text=text, pages=None, notes=notes)


def _docx_lines(document: object) -> Iterator[str]:
    from docx.document import Document
    from docx.table import Table

    assert isinstance(document, Document)
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            for row in block.rows:
                cells = dict.fromkeys(cell.text.strip().replace("\n", " ") for cell in row.cells)
                yield " | ".join(cells)
        else:
            yield block.text


def read_pdf(data: bytes, page_limit: int) -> Result:
    """The pages' text, lines joined into paragraphs, page numbers left out."""
    import pdfplumber
    from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
    from pdfminer.pdfexceptions import PDFException
    from pdfplumber.utils.exceptions import PdfminerException

    try:
        with pdfplumber.open(io.BytesIO(data)) as document:
            pages = len(document.pages)
            if pages > page_limit:
                raise Fault(f"{pages} pages", f"PDF 超过 {page_limit} 页，请拆分后再上传。")
            lines: list[str] = []
            for page in document.pages:
                lines += (page.extract_text() or "").split("\n")
                page.close()
            title = str((document.metadata or {}).get("Title") or "")
    except (PdfminerException, PDFException) as error:
        cause = error.args[0] if error.args and isinstance(error.args[0], Exception) else error
        if isinstance(cause, PDFPasswordIncorrect | PDFEncryptionError):
            raise Fault("locked", "PDF 已加密，请取消密码后再上传。") from error
        raise Fault("damaged", "PDF 已损坏，请重新导出后再上传。") from error
    text = join_lines([line for line in lines if not _PAGE_MARK.match(line)])
    if len(text) < 10 * pages:
        raise Fault("scanned", "PDF 里几乎没有文字，可能是扫描件；请先做文字识别（OCR）。")
    return Result(title=title, text=text, pages=pages, notes=["由 PDF 提取，断行和表格可能有误，请核对预览。"])


def join_lines(lines: list[str]) -> str:
    """Lines as printed joined into paragraphs: a full line that ends in mid-sentence goes on in the next."""
    width = max((len(line.strip()) for line in lines), default=0)
    joined: list[str] = []
    full = False
    for line in (raw.strip() for raw in lines):
        if line and joined and full and not joined[-1].endswith(_ENDS) and not _BEGINS.match(line):
            space = " " if joined[-1][-1:].isascii() and line[:1].isascii() else ""
            joined[-1] += space + line
        else:
            joined.append(line)
        full = len(line) >= 0.7 * width
    return "\n".join(joined)


def read_html(data: bytes, _page_limit: int) -> Result:
    """The main text of a web page, markup gone; the whole text when no main part is found."""
    import trafilatura

    if re.search(rb"<!\x00?E\x00?N\x00?T\x00?I\x00?T\x00?Y", data, re.I):
        raise Fault("entity declaration", "网页含有实体声明，不能上传。")
    page = _PlainText()
    page.feed(_decode_page(data))
    page.close()
    whole = "\n".join(piece for piece in (" ".join(piece.split()) for piece in page.pieces) if piece)
    main = trafilatura.extract(data, include_comments=False, include_tables=True, favor_recall=True) or ""
    enough = len(main) >= 0.3 * len(whole)
    notes = [] if enough else ["没有识别出正文区域，读取了整个网页的文字，请核对预览。"]
    return Result(title=page.title.strip(), text=main if enough else whole, pages=None, notes=notes)


def _decode_page(data: bytes) -> str:
    declared = re.search(rb"charset\s*=\s*[\"']?([A-Za-z0-9_-]{1,20})", data[:4096], re.I)
    name = declared[1].decode("ascii").lower() if declared else "utf-8"
    encoding = "gb18030" if name in ("gb2312", "gbk", "gb18030", "hz-gb-2312") else "utf-8"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return data.decode("gb18030" if encoding == "utf-8" else "utf-8", "replace")


class _PlainText(HTMLParser):
    """Collects a page's text, block by block, without what is not text."""

    _HIDDEN = frozenset({"script", "style", "noscript", "template", "iframe", "object", "svg", "head"})
    _INLINE = frozenset({"a", "b", "em", "i", "span", "strong", "u", "sub", "sup", "font", "small", "code"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces = [""]
        self.title = ""
        self._hidden: list[str] = []
        self._in_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self._in_title = tag == "title" and not self.title
        if tag in self._HIDDEN:
            self._hidden.append(tag)
        elif tag == "body":
            self._hidden.clear()
        if tag not in self._INLINE:
            self.pieces.append("")

    def handle_endtag(self, tag: str) -> None:
        self._in_title = False
        if tag in self._hidden:
            del self._hidden[self._hidden.index(tag) :]
        if tag not in self._INLINE:
            self.pieces.append("")

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title += data
        elif not self._hidden:
            self.pieces[-1] += data


_READERS: dict[str, Callable[[bytes, int], Result]] = {"docx": read_docx, "pdf": read_pdf, "html": read_html}


def _limit_myself() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (256, 256))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main(kind: str, page_limit: int) -> None:
    """Read the file on standard input."""
    data = sys.stdin.buffer.read()
    _limit_myself()
    try:
        result: object = _READERS[kind](data, page_limit)
    except Fault as fault:
        result = {"fault": fault.fault, "message": fault.message}
    sys.stdout.buffer.write(json.dumps(result).encode())


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
