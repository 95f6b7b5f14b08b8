"""Which format a file is in, by its content: suffixes lie, and offices rename files until they open."""

from __future__ import annotations

import re
import struct
from typing import TYPE_CHECKING

from validator.base.regex_cache import expression
from validator.model import UnreadableError

if TYPE_CHECKING:  # the text of most reports is never unzipped, and zipfile takes ten milliseconds to import
    import zipfile

#: First bytes → format, for what needs no closer look.
_MAGIC = (
    (b"Rar!\x1a\x07", "rar"), (b"7z\xbc\xaf\x27\x1c", "7z"), (b"\x1f\x8b", "gz"), (b"BZh", "bz2"), (b"\xfd7zXZ\0", "xz"),
    (b"{\\rtf", "rtf"), (b"\x89PNG\r\n\x1a\n", "png"), (b"\xff\xd8\xff", "jpeg"), (b"GIF8", "gif"), (b"II*\0", "tiff"),
    (b"MM\0*", "tiff"), (b"\xdb\xa5-\0", "old-doc"), (b"MZ\x90\0", "exe"), (b"SQLite format 3\0", "database"),
)  # fmt: skip
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: Streams of OLE files → format, the telling ones first.
_STREAMS = (
    ("EncryptedPackage", "encrypted"), ("WordDocument", "doc"), ("Workbook", "xls"), ("Book", "xls"), ("PowerPoint Document", "ppt"),
    ("MatOST", "wps"), ("__properties_version1.0", "msg"),
)  # fmt: skip
#: Entries of zip files → format.
_ENTRIES = (
    ("word/document.xml", "docx"), ("xl/workbook.xml", "xlsx"), ("xl/workbook.bin", "xlsx"), ("ppt/presentation.xml", "pptx"),
    ("ofd.xml", "ofd"), ("index/document.iwa", "pages"), ("androidmanifest.xml", "apk"),
)  # fmt: skip
_OPEN_DOCUMENT = {"text": "odt", "text-template": "odt", "spreadsheet": "ods", "presentation": "odp"}
_HTML = expression(
    r"<(?:!doctype\s+html|html|head|body|meta|title|table|tbody|tr|td|div|p|span|center|font|h[1-6]|style|script|br|ul|img)\b",
    re.IGNORECASE,
)
_PAGE = expression(r"<!doctype\s+html|<html\b|<body\b", re.IGNORECASE)
_LEAD = expression(r"(?:\s|\ufeff|<\?xml[^>]*>|<!--.*?-->)*", re.DOTALL)
#: The lines of a mail's head, each a name and what belongs to it.
_HEAD = expression(r"(?:[A-Za-z][A-Za-z0-9-]{0,60}:[^\n]{0,2000}\n(?:[ \t][^\n]{0,2000}\n){0,20}){1,60}")
_HOLDS_PAGE = expression(r"^content-type:\s*(?:multipart/(?:related|alternative)|text/html)", re.IGNORECASE | re.MULTILINE)
_MARKDOWN = frozenset({".md", ".markdown", ".mkd"})
_PLAIN = _MARKDOWN | {".txt", ".text"}


def sniff(data: bytes, path: str) -> str:
    """The name of the format. The suffix decides only between text and Markdown, and for pieces of HTML in them."""
    head = data[:8].lstrip(b"\xef\xbb\xbf")
    for magic, format in _MAGIC:
        if data.startswith(magic) or format == "rtf" and head.startswith(magic[:5]):
            return format
    if data.startswith(_OLE):
        return _ole(data)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _zip(data)
    return _rare_format(data) or _text(data, path)


def _rare_format(data: bytes) -> str | None:
    """Formats whose mark may stand a little further in."""
    if re.search(rb"(?:^|[\r\n\0])(?:\xef\xbb\xbf)?[ \t]*%PDF-\d", data[:1024]):
        return "pdf"
    if data[:2] == b"BM" and len(data) > 26 and data[6:10] == b"\0\0\0\0":
        return "bmp"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    if data[4:8] == b"ftyp":
        return "heic" if data[8:12] in (b"heic", b"heix", b"mif1", b"msf1", b"avif") else "video"
    return "tar" if data[257:262] == b"ustar" else None


def _ole(data: bytes) -> str:
    """What an OLE compound file holds: doc, wps, xls … or encrypted."""
    for name, format in _STREAMS:
        at = _stream(data, name)
        if at is not None:
            return "encrypted" if format == "doc" and _is_locked(data, at) else format
    return "ole"


def _stream(data: bytes, name: str) -> int | None:
    """Where the directory entry of a stream stands; entries are 128 bytes, named in UTF-16."""
    encoded = name.encode("utf-16-le") + b"\0\0"
    at = data.find(encoded, 512)
    while at >= 0:
        if at % 128 == 0 and data[at + 64 : at + 66] == struct.pack("<H", len(encoded)):
            return at
        at = data.find(encoded, at + 1)
    return None


def _is_locked(data: bytes, entry: int) -> bool:
    """Whether a Word 97–2003 document needs a password: a flag at the head of its main stream."""
    if len(data) < entry + 128:
        return False
    shift, start = struct.unpack_from("<H", data, 30)[0], struct.unpack_from("<I", data, entry + 116)[0]
    at = (start + 1) << shift if shift in (9, 12) else -1
    return 0 <= at < len(data) - 12 and data[at : at + 2] == b"\xec\xa5" and bool(data[at + 11] & 0x01)


def _zip(data: bytes) -> str:
    """docx, odt and others are zip files; what is none of them is a zip of files. A damaged one goes by what it shows."""
    from validator.readers.zip_limits import opened

    try:
        source = opened(data, "zip")
    except UnreadableError:
        return "docx" if b"word/" in data[:65536] else "zip"
    with source:
        names = {name.lower().lstrip("/") for name in source.namelist()}
        for entry, format in _ENTRIES:
            if entry in names:
                return format
        if "mimetype" in names:
            return _open_document(_mimetype(source))
        return _by_parts(names)


def _mimetype(source: zipfile.ZipFile) -> str:
    """The `mimetype` entry as text."""
    from validator.readers.zip_limits import content

    try:
        return content(source, "mimetype", "zip", 1000).decode("ascii", "replace").strip()
    except (UnreadableError, KeyError):
        return ""


def _open_document(kind: str) -> str:
    """odt and its kin by their media type."""
    head, _, tail = kind.rpartition(".")
    if head.endswith("opendocument"):
        return _OPEN_DOCUMENT.get(tail, "odf")
    return "epub" if kind == "application/epub+zip" else "zip"


def _by_parts(names: set[str]) -> str:
    """An Office package whose main part has an unusual name."""
    if "[content_types].xml" not in names:
        return "zip"
    folders = {name.split("/", 1)[0] for name in names}
    main_folders = (("word", "docx"), ("xl", "xlsx"), ("ppt", "pptx"))
    return next((format for folder, format in main_folders if folder in folders), "docx" if "_rels/.rels" in names else "zip")


def _text(data: bytes, path: str) -> str:
    """HTML, XML of an office program, mail-like web archive, Markdown or text."""
    start = _first_text(data)
    match = _LEAD.match(start)
    lead = start[match.end() :] if match else start
    suffix = "." + path.lower().rsplit(".", 1)[-1]
    if _is_web_archive(lead):
        return "mht"
    if _PAGE.match(lead) or _HTML.match(lead) and suffix not in _PLAIN or _PAGE.search(start) and suffix not in _PLAIN:
        return "html"
    if lead.startswith("<") and ("<w:wordDocument" in start or "<pkg:package" in start or "<office:document" in start):
        return "word-xml"
    if expression(r"<(?:svg)\b").match(lead):
        return "svg"
    if suffix in (".htm", ".html", ".shtml", ".xhtml") and _HTML.search(start):
        return "html"
    if expression(r"<\?xml\b").match(start.lstrip("\ufeff \t\r\n")):
        return "xml"
    return "markdown" if suffix in _MARKDOWN else "text"


def _is_web_archive(lead: str) -> bool:
    """Whether a text begins as a web archive does: the head of a mail that holds a page."""
    head = _HEAD.match(lead)
    return head is not None and "mime-version:" in head[0].lower() and _HOLDS_PAGE.search(head[0]) is not None


def _first_text(data: bytes) -> str:
    """The first characters, good enough to find ASCII tags in any encoding."""
    piece = data[:65536]
    if piece[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return piece.decode("utf-16", "replace")
    if piece[:200:2].count(0) > 40 or piece[1:200:2].count(0) > 40:
        return piece.decode("utf-16-le" if piece[1:200:2].count(0) > 40 else "utf-16-be", "replace")
    return piece.decode("latin-1").removeprefix("ï»¿")
