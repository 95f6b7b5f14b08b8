"""Content decides on the format, not the suffix."""

from __future__ import annotations

import struct

import pytest

from tests.readers.docx.word_files import document, docx, paragraph, zipped
from validator.base.limits import BUILT_IN
from validator.model import UnreadableError
from validator.readers import PICTURES, READERS, UNSUPPORTED, read_documents, sniff

_FREE, _END = 0xFFFFFFFF, 0xFFFFFFFE


def ole(*streams: str, first: bytes = b"") -> bytes:
    """An OLE file with these streams; `first` is the content of the first one's only sector."""
    head = bytearray(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504)
    struct.pack_into("<HHHH", head, 24, 0x3E, 3, 0xFFFE, 9)
    directory = b"".join(entry(name, 1) for name in ("Root Entry", *streams))
    return bytes(head) + directory.ljust(512, b"\0") + first.ljust(512, b"\0")


def entry(name: str, start: int) -> bytes:
    """One entry of an OLE directory."""
    raw = name.encode("utf-16-le") + b"\0\0"
    return raw.ljust(64, b"\0") + struct.pack("<H", len(raw)) + b"\x02" + b"\0" * 49 + struct.pack("<IQ", start, 512)


PLAIN_WORD = b"\xec\xa5" + b"\0" * 30
LOCKED_WORD = b"\xec\xa5" + b"\0" * 9 + b"\x01" + b"\0" * 20
SAMPLES = {
    "docx": docx(paragraph("正文")),
    "odt": zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"}),
    "ods": zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}),
    "xlsx": zipped({"[Content_Types].xml": "<a/>", "xl/workbook.xml": "<a/>"}),
    "pptx": zipped({"[Content_Types].xml": "<a/>", "ppt/presentation.xml": "<a/>"}),
    "ofd": zipped({"OFD.xml": "<a/>", "Doc_0/Document.xml": "<a/>"}),
    "epub": zipped({"mimetype": "application/epub+zip"}),
    "zip": zipped({"镇/报告.docx": b"x", "word.txt": b"y"}),
    "doc": ole("WordDocument", first=PLAIN_WORD),
    "encrypted": ole("EncryptionInfo", "EncryptedPackage"),
    "xls": ole("Workbook"),
    "ole": ole("Contents"),
    "rtf": b"{\\rtf1\\ansi text}",
    "pdf": b"%PDF-1.7\n1 0 obj",
    "rar": b"Rar!\x1a\x07\x01\x00" + b"\0" * 50,
    "7z": b"7z\xbc\xaf\x27\x1c" + b"\0" * 50,
    "png": b"\x89PNG\r\n\x1a\n" + b"\0" * 50,
    "jpeg": b"\xff\xd8\xff\xe0" + b"\0" * 50,
    "webp": b"RIFF\x10\0\0\0WEBPVP8 ",
    "heic": b"\0\0\0\x18ftypheic\0\0",
    "word-xml": b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument xmlns:w="x"/>',
    "mht": b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n",
    "xml": b'<?xml version="1.0"?><data/>',
}


@pytest.mark.parametrize("format", SAMPLES)
@pytest.mark.parametrize("name", ["报告.docx", "报告.doc", "报告.wps", "报告.txt", "报告.pdf", "报告.md", "报告"])
def test_the_suffix_does_not_matter(format: str, name: str) -> None:
    assert sniff(SAMPLES[format], name) == format


def test_every_format_has_a_reader_or_a_reason() -> None:
    assert {sniff(data, "x") for data in SAMPLES.values()} <= {*READERS, *UNSUPPORTED, *PICTURES, "encrypted"}
    assert not set(READERS) & (set(UNSUPPORTED) | PICTURES)


@pytest.mark.parametrize(
    ("data", "name", "format"),
    [
        ("<!DOCTYPE html><html><body>年报</body></html>".encode(), "报告.doc", "html"),
        ("\ufeff<html><p>年报</p></html>".encode(), "报告.txt", "html"),
        ("<html><p>年报</p></html>".encode("utf-16"), "报告.doc", "html"),
        ("<html><p>年报</p></html>".encode("gb18030"), "报告.docx", "html"),
        (b'<?xml version="1.0"?><!-- x --><html xmlns="x"/>', "报告.txt", "html"),
        ("<div>一、总体情况</div>".encode(), "报告.html", "html"),
        ("<table><tr><td>规章</td></tr></table>".encode(), "报告.md", "markdown"),
        ("# 年报\n<table><tr><td>规章</td></tr></table>".encode(), "报告.md", "markdown"),
        ("当前位置：首页\n<p>年报</p>".encode(), "报告.html", "html"),
        ("文中提到 <table> 标签".encode(), "报告.txt", "text"),
        ("文中提到 %PDF-1.4 一词".encode(), "报告.txt", "text"),
        (b"junk before\n%PDF-1.4\n", "\u62a5\u544a.txt", "pdf"),
        ("一、总体情况".encode("gb18030"), "报告.docx", "text"),
        ("一、总体情况".encode("utf-16-le"), "报告.txt", "text"),
        ("# 年报".encode(), "报告.MD", "markdown"),
        (b"", "报告.txt", "text"),
    ],
)
def test_text_and_pages(data: bytes, name: str, format: str) -> None:
    assert sniff(data, name) == format


def test_locked_word_files() -> None:
    assert sniff(ole("WordDocument", first=LOCKED_WORD), "a.doc") == "encrypted"


def test_a_truncated_docx_is_still_one() -> None:
    assert sniff(SAMPLES["docx"][:-100], "a.zip") == "docx"
    assert sniff(SAMPLES["zip"][:-40], "a.zip") == "zip"


def test_a_main_part_with_another_name() -> None:
    assert sniff(zipped({"[Content_Types].xml": "<a/>", "word/document2.xml": document("")}), "a") == "docx"


def reason(data: bytes, name: str = "报告.docx") -> tuple[str, object]:
    """Why a file cannot be read, and the format named."""
    with pytest.raises(UnreadableError) as caught:
        read_documents(data, name)
    return caught.value.reason, caught.value.detail.get("format")


def test_what_cannot_be_read_is_named() -> None:
    assert reason(SAMPLES["rar"]) == ("unsupported", "RAR")
    assert reason(SAMPLES["7z"]) == ("unsupported", "7z")
    assert reason(SAMPLES["ofd"], "报告.pdf") == ("unsupported", "OFD")
    assert reason(SAMPLES["xlsx"]) == ("unsupported", "Excel")
    assert reason(SAMPLES["jpeg"], "报告.txt") == ("picture-file", "jpeg")
    assert reason(SAMPLES["encrypted"])[0] == "encrypted"
    assert reason(b"")[0] == "empty"


def test_a_large_file_is_not_looked_at() -> None:
    assert reason(bytes(BUILT_IN.bytes + 1))[0] == "too-large"


def test_documents_carry_the_format_found() -> None:
    assert [document.format for document in read_documents(SAMPLES["docx"], "报告.wps")] == ["docx"]
    assert [document.format for document in read_documents("# 一、总体情况".encode(), "a.md")] == ["markdown"]


def test_readers_that_are_not_installed_say_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "lxml", None)
    with pytest.raises(UnreadableError) as caught:
        read_documents(SAMPLES["docx"], "a.docx")
    assert (caught.value.reason, caught.value.detail["package"]) == ("not-installed", "lxml")
