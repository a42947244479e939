"""Uploads: every kind is read, cut and turned into a digest; what is hostile, broken or something else is refused."""

from __future__ import annotations

import io
import struct
import time
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime

import docx
import pytest
from docx.oxml import OxmlElement
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.policy.digest import parse_digest
from assistant.records.documents import TEXT_LIMIT, Version
from assistant.web import documents
from assistant.web.document_worker import join_lines
from assistant.web.documents import (
    Uploaded,
    UploadRefused,
    check_package,
    decode_text,
    digest_text,
    preview,
    read_upload,
    tidy,
)

TEXT = """苏州市算力券管理办法
第一条 支持企业使用算力。对本市企业，按费用的10%给予每年最高50万元补贴。
第二条 由市科技局负责解释。
"""


def upload(name: str, data: bytes) -> Uploaded:
    return read_upload(name, data, limit_mib=1)


def refuse(name: str, data: bytes) -> str:
    """The reason that a file is refused with."""
    with pytest.raises(UploadRefused) as caught:
        upload(name, data)
    message = caught.value.user_message
    assert any("\u4e00" <= letter <= "\u9fff" for letter in message)
    return message


def word(*paragraphs: str, change: Callable[[docx.document.Document], None] | None = None) -> bytes:
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    if change:
        change(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def repack(data: bytes, **added: bytes) -> bytes:
    """A package with entries added or replaced; ``__`` stands for a slash, ``_dot_`` for a dot."""
    out = io.BytesIO()
    names = {name.replace("__", "/").replace("_dot_", "."): content for name, content in added.items()}
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            if entry.filename not in names:
                new.writestr(entry, old.read(entry))
        for name, content in names.items():
            new.writestr(name, content)
    return out.getvalue()


def pdf(*pages: list[str]) -> bytes:
    """A small PDF with Chinese text, by hand."""
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b""]
    objects.append(
        b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts["
        b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light"
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>/DW 1000>>]>>"
    )
    kids = []
    for lines in pages:
        rows = "".join(
            f"1 0 0 1 50 {780 - 20 * row} Tm <{line.encode('utf-16-be').hex()}> Tj " for row, line in enumerate(lines)
        )
        stream = f"BT /F 12 Tf {rows}ET".encode()
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream))
        kids.append(len(objects) + 1)
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>>>/Contents %d 0 R>>"
            % len(objects)
        )
    objects[1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(kids), b" ".join(b"%d 0 R" % kid for kid in kids))
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(out)
    return out + b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1, table, len(objects) + 1, start,
    )  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("name", ["办法.txt", "办法.md"])
def test_text_in_every_usual_encoding(name: str, encoding: str) -> None:
    read = upload(name, TEXT.encode(encoding))
    assert read.text == TEXT.strip()
    assert (read.title, read.kind) == ("苏州市算力券管理办法", name[-3:].strip("."))


def test_a_word_file_with_a_table() -> None:
    def add_table(document: docx.document.Document) -> None:
        table = document.add_table(2, 2)
        for cell, text in zip(
            (cell for row in table.rows for cell in row.cells), ["项目", "比例", "算力", "10%"], strict=True
        ):
            cell.text = text
        document.add_paragraph("表后一段。")

    read = upload("办法.docx", word(*TEXT.strip().split("\n"), change=add_table))
    assert read.text.split("\n") == [*TEXT.strip().split("\n"), "项目 | 比例", "算力 | 10%", "表后一段。"]
    assert read.notes == ()


def test_revisions_and_numbering_in_a_word_file_are_told() -> None:
    def revise(document: docx.document.Document) -> None:
        document.paragraphs[0]._p.append(OxmlElement("w:ins"))
        document.add_paragraph("自动编号", style="List Number")
        document.paragraphs[1]._p.get_or_add_pPr().append(OxmlElement("w:numPr"))

    notes = upload("办法.docx", word("第一条 甲。", "乙。", change=revise)).notes
    assert [next(word for word in ("修订", "编号", "文本框") if word in note) for note in notes] == ["修订", "编号"]


def test_a_pdf_loses_its_page_numbers_and_line_breaks() -> None:
    first = ["苏州市算力券管理办法", "第一条 支持企业使用算力，对本市企业按照实际支付的", "费用给予补贴。", "— 1 —"]
    read = upload("办法.pdf", pdf(first, ["第二条 由市科技局负责解释。", "第 2 页 共 2 页"]))
    assert read.text == "\n".join(
        [
            "苏州市算力券管理办法",
            "第一条 支持企业使用算力，对本市企业按照实际支付的费用给予补贴。",
            "第二条 由市科技局负责解释。",
        ]
    )
    assert read.pages == 2
    assert read.notes


def test_a_web_page_becomes_text() -> None:
    page = f"""<!DOCTYPE html><html><head><title>算力券 &amp; 办法</title><script>steal()</script>
    <style>p{{}}</style></head>
    <body onload="alert(1)"><nav>首页</nav><article><h1>苏州市算力券管理办法</h1>
    {"".join(f"<p>{line}</p>" for line in TEXT.strip().split(chr(10)))}
    <img src=x onerror=alert(2)><iframe src="https://evil.test"></iframe></article></body></html>"""
    read = upload("办法.html", page.encode())
    assert "按费用的10%给予每年最高50万元补贴" in read.text
    assert read.title == "算力券 & 办法"
    for word_ in ("steal", "alert", "evil", "<", "onerror"):
        assert word_ not in read.text


def test_a_web_page_in_an_older_encoding() -> None:
    page = '<html><head><meta charset="gb2312"><title>办法</title></head><body><p>短。</p></body></html>'
    read = upload("办法.htm", page.encode("gb18030"))
    assert (read.title, read.text) == ("办法", "短。")


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("办法.txt", b"", "空"),
        ("办法.txt", " \n\u200b".encode(), "没有可用的文字"),
        ("办法.exe", b"MZ", "只能上传"),
        ("办法", b"text", "只能上传"),
        ("办法.docm", b"PK\x03\x04", "只能上传"),
        ("办法.txt", b"x" * (1024 * 1024 + 1), "1 MB"),
        ("办法.txt", bytes(range(256)) * 10, "不是文本"),
        ("办法.txt", b"\x00\x01\x02", "不是文本"),
        ("办法.txt", b"\x89PNG\r\n\x1a\n" + b"\xff\xfe\x80\x81" * 50, "不是文本"),
        ("办法.txt", b"%PDF-1.7 ...", "扩展名不符"),
        ("办法.pdf", TEXT.encode(), "扩展名不符"),
        ("办法.docx", TEXT.encode(), "扩展名不符"),
        ("办法.docx", b"%PDF-1.7", "扩展名不符"),
        ("办法.html", TEXT.encode(), "扩展名不符"),
        ("办法.txt", b"{\\rtf1 x}", "RTF"),
        ("办法.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "旧版"),
        ("办法.docx", b"PK\x03\x04garbage", "损坏"),
        ("办法.pdf", b"%PDF-1.7 garbage", "损坏"),
    ],
)
def test_what_is_not_taken_is_told_why(name: str, data: bytes, said: str) -> None:
    assert said in refuse(name, data)


def test_a_long_text_is_refused() -> None:
    with pytest.raises(UploadRefused, match="characters"):
        read_upload("办法.txt", ("字" * (TEXT_LIMIT + 1)).encode(), limit_mib=20)


def test_macros_and_controls_are_refused() -> None:
    types = '<Types><Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>'
    plain = word("第一条 甲。")
    assert "宏" in refuse("办法.docx", repack(plain, word__vbaProject_dot_bin=b"\0"))
    with zipfile.ZipFile(io.BytesIO(plain)) as package:
        names = package.namelist()
    assert "[Content_Types].xml" in names
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(plain)) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.infolist():
            new.writestr(entry, types if entry.filename == "[Content_Types].xml" else old.read(entry))
    assert "宏" in refuse("办法.docx", out.getvalue())
    assert "控件" in refuse("办法.docx", repack(plain, word__activeX__activeX1_dot_xml=b"<x/>"))


def test_archives_that_grow_beyond_measure_are_refused() -> None:
    plain = word("第一条 甲。")
    started = time.monotonic()
    assert "过大" in refuse("办法.docx", repack(plain, word__media__a_dot_bin=b"\0" * 60_000_000))
    many = {f"word__media__{number}_dot_xml": b"<x/>" for number in range(2001)}
    assert "过大" in refuse("办法.docx", repack(plain, **many))
    assert time.monotonic() - started < 30


def test_an_archive_that_lies_about_its_size_is_refused() -> None:
    data = repack(word("第一条 甲。"), word__media__a_dot_xml=b"\0" * 500_000)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        entry = package.getinfo("word/media/a.xml")
    directory = data.rindex(b"word/media/a.xml") - 46
    lying = bytearray(data)
    for place in (entry.header_offset + 22, directory + 24):
        assert struct.unpack_from("<I", lying, place)[0] == 500_000
        struct.pack_into("<I", lying, place, 10)
    refuse("办法.docx", bytes(lying))


@pytest.mark.parametrize(
    "name", ["../../evil.xml", "/etc/evil.xml", "..\\evil.xml", "C:/evil.xml", "word/../../evil.xml"]
)
def test_names_that_lead_out_of_the_archive_are_refused(name: str) -> None:
    out = io.BytesIO(word("第一条 甲。"))
    with zipfile.ZipFile(out, "a") as package:
        package.writestr(name, "<x/>")
    assert "结构异常" in refuse("办法.docx", out.getvalue())


def test_an_archive_of_something_else_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("xl/workbook.xml", "<x/>")
        package.writestr("[Content_Types].xml", "<x/>")
    assert "不是 Word" in refuse("办法.docx", out.getvalue())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_in_a_word_file_are_refused(encoding: str) -> None:
    evil = f"""<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>
    <w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body></w:document>"""
    assert "结构异常" in refuse("办法.docx", repack(word("甲"), word__document_dot_xml=evil.encode(encoding)))


def test_entities_in_a_web_page_are_refused() -> None:
    page = b'<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><html><body><p>&x;</p></body></html>'
    assert "实体" in refuse("办法.html", page)


def test_a_pdf_with_too_many_pages_or_no_text_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "扫描" in refuse("办法.pdf", pdf([""]))
    monkeypatch.setattr(documents, "PAGE_LIMIT", 2)
    assert "2 页" in refuse("办法.pdf", pdf(*[["第一条 由市科技局负责解释。"]] * 3))


def test_a_file_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "READ_SECONDS", 0.05)
    assert "超时" in refuse("办法.pdf", pdf(["第一条 由市科技局负责解释。"]))


def test_a_page_nested_beyond_measure_costs_nothing_but_itself() -> None:
    page = b"<html><body>" + b"<div>" * 100_000 + TEXT.encode() + b"</body></html>"
    try:
        read = upload("办法.html", page)
    except UploadRefused:
        return
    assert "<div" not in read.text


@settings(max_examples=60)
@given(st.binary(max_size=300), st.sampled_from(["a.txt", "a.md", "a.docx", "../../a.txt"]))
def test_any_bytes_are_read_or_refused(data: bytes, name: str) -> None:
    try:
        read = upload(name, data)
    except UploadRefused:
        return
    assert read.file_name == "a" + name[-4:].removeprefix("a").replace("docx", ".docx")[
        -5:
    ] or read.file_name.startswith("a.")
    assert "\0" not in read.text


@given(st.binary(max_size=200))
def test_any_bytes_are_text_or_refused(data: bytes) -> None:
    try:
        text = decode_text(data)
    except UploadRefused:
        return
    assert "\0" not in text


@given(st.text(max_size=200))
def test_tidying_again_changes_nothing(text: str) -> None:
    once = tidy(text)
    assert tidy(once) == once
    assert "\n\n\n" not in once


@given(st.lists(st.text(st.sampled_from("第一条甲乙，。 1a"), max_size=12), max_size=8))
def test_joining_lines_loses_no_character(lines: list[str]) -> None:
    assert "".join(join_lines(lines).split()) == "".join("".join(lines).split())


def test_a_plain_package_passes() -> None:
    check_package(word("第一条 甲。"))


def test_the_preview_shows_articles_and_clauses() -> None:
    cut = preview("办法", TEXT)
    assert [article.number for article in cut.articles] == ["一", "二"]
    assert [clause.text for clause in cut.articles[1].clauses] == ["由市科技局负责解释"]
    assert preview("通知", "没有条款的文字。").articles == ()


def version(text: str, title: str = "办法: “试行” #1") -> Version:
    moment = datetime(2025, 3, 1, tzinfo=UTC)
    return Version("upload-20250301-1", 1, title, text, ("十",), "", date(2024, 5, 1), "a.docx", "0" * 64, "li", moment)


def test_a_published_document_is_a_valid_digest() -> None:
    digest = parse_digest(digest_text(version(TEXT)), "test")
    assert (digest.id, digest.title, digest.relates_to) == ("upload-20250301-1", "办法: “试行” #1", ("十",))
    assert digest.issued_on == "2024-05-01"
    assert digest.facts[0].text == "第一条（支持企业使用算力）：对本市企业，按费用的10%给予每年最高50万元补贴"
    assert all(digest.text[fact.start : fact.end] == fact.text for fact in digest.facts)


@given(st.text(min_size=1, max_size=200).filter(lambda text: text.strip()), st.text(min_size=1, max_size=60))
def test_any_text_makes_a_valid_digest_and_no_heading_or_front_matter_of_its_own(text: str, title: str) -> None:
    digest = parse_digest(digest_text(version(tidy(text) or "甲", tidy(title) or "题")), "test")
    assert digest.confidence == "medium"
    assert len(digest.facts) >= 1
    assert not any(fact.relation for fact in digest.facts)
