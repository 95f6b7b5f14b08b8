"""Web archives (.mht, .mhtml; Word's and browsers' "single file web page") → Document: the page in them is read, its pictures are not."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from validator.base.regex_cache import expression
from validator.model import Document, UnreadableError
from validator.readers.html.reader import read as read_page

if TYPE_CHECKING:  # takes milliseconds to import, and few files need it
    from email.message import Message

_MAX_PARTS = 5_000
_CHINESE = expression("[\u4e00-\u9fff]")
_FRAMED = expression(r"<i?frame\b", re.IGNORECASE)
#: Names of encodings that programs write and Python does not know.
_NAMES = {"unicode": "utf-16", "unicodefffe": "utf-16-be", "x-gbk": "gb18030", "gb_2312-80": "gb18030"}


def read(data: bytes, path: str) -> tuple[Document, ...]:
    """One document: the archive's page.

    Raises UnreadableError: too-large, too-many-blocks, damaged, empty (no page in it), and what the reader of pages raises.
    """
    return read_page(_page(data.removeprefix(codecs.BOM_UTF8).lstrip()), path)


def _page(data: bytes) -> bytes:
    """The bytes of the archive's page, in an encoding that the reader of pages knows."""
    from email import message_from_bytes

    try:
        archive = message_from_bytes(data)
        parts = [part for part in archive.walk() if not part.is_multipart()]
    except (RecursionError, ValueError, LookupError) as error:
        raise UnreadableError("damaged", format="mht") from error
    if len(parts) > _MAX_PARTS:
        raise UnreadableError("too-many-blocks", count=len(parts), limit=_MAX_PARTS)
    pages = [part for part in parts if part.get_content_type() in ("text/html", "application/xhtml+xml")]
    if not pages:
        raise UnreadableError("empty")
    root = _root(archive, pages)
    content = _content(root)
    if len(pages) > 1 and _FRAMED.search(content[:1_000_000].decode("utf-8", "replace")):
        return max((content, *(_content(page) for page in pages if page is not root)), key=lambda page: (_chinese(page), page is content))
    return content


def _root(archive: Message, pages: list[Message]) -> Message:
    """The page that the archive opens with: the part that it names, else the first."""
    start = str(archive.get_param("start") or "").strip("<> ")
    return next((page for page in pages if start and str(page.get("Content-ID", "")).strip("<> ") == start), pages[0])


def _content(page: Message) -> bytes:
    """The bytes of a page; those in an encoding that only the part's head tells are written as UTF-8."""
    content = page.get_payload(decode=True)
    if not isinstance(content, bytes):
        return b""
    charset = str(page.get_param("charset") or "").strip().lower()
    charset = _NAMES.get(charset, charset)
    if not charset or charset.startswith(("utf-8", "utf8", "gb", "us-ascii", "ascii")):
        return content  # told from the content itself, more surely
    try:
        return codecs.BOM_UTF8 + content.decode(charset).removeprefix("\ufeff").encode("utf-8", "replace")
    except (LookupError, UnicodeError, ValueError):
        return content


def _chinese(content: bytes) -> int:
    """How many Chinese characters a page has, about."""
    return max(len(_CHINESE.findall(content.decode(encoding, "ignore"))) for encoding in ("utf-8", "gb18030"))
