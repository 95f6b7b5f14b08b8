"""Bytes of a web page → its tree, within limits: nothing is fetched, no entity is loaded, no page can stall the parser."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING, Any

from validator.base.limits import in_force
from validator.base.regex_cache import expression
from validator.model import UnreadableError
from validator.readers.decode import Decoded, decode

if TYPE_CHECKING:
    from validator.readers.xml_element import Element as Element
else:
    Element = Any

#: Characters of markup for each character of text that may be read: Word writes some twenty. Pictures written into a page are left aside.
MARKUP = 25
#: Tags of a page, opening and closing. A report pasted from Word has some four thousand.
MAX_TAGS = 300_000
_DECLARED = re.compile(rb"""<meta[^>]{0,300}?charset\s*=\s*(?:["']\s*)?([\w:.-]+)""", re.IGNORECASE)
_EMBEDDED = re.compile(r"data:[\w/+.-]{0,100};base64,[A-Za-z0-9+/=\s%]+")
#: A tag of several hundred attributes is no tag: the parser's time grows with the square of their number.
_ATTRIBUTE = r"""(?:[\s/]*+[^\s/>=]{1,2000}+(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"'][^\s>]{0,2000}+))?+)"""
_NAME = r"<[a-zA-Z][^\s/>]{0,100}+"
_TAG = expression(_NAME + _ATTRIBUTE + "*+")
_CROWDED = expression(_NAME + _ATTRIBUTE + "{500}")
_SMALL = 100_000  # characters; below it no number of attributes takes long


def tree(data: bytes) -> tuple[Element, Decoded]:
    """The root element and how the text was decoded.

    Raises UnreadableError: too-large, too-deep, too-many-blocks, damaged, empty, binary, not-text.
    """
    decoded = _decode(data)
    return parsed(decoded.text), decoded


def parsed(markup: str) -> Element:
    """The root element of a page, or of a piece of one, given as text.

    Raises UnreadableError: too-large, too-deep, too-many-blocks, damaged, empty.
    """
    from lxml import etree

    text = _check_size(markup.replace("\0", ""))
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True, recover=True)
    try:
        root: Any = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise UnreadableError("damaged", format="html") from error
    if any("depth" in entry.message for entry in parser.error_log.filter_types([etree.ErrorTypes.ERR_RESOURCE_LIMIT])):
        raise UnreadableError("too-deep", format="html")
    if root is None:
        raise UnreadableError("empty")
    page: Element = root
    return page


def _check_size(text: str) -> str:
    """The text without pictures written into it. Raises UnreadableError where the markup itself is beyond any page."""
    if "base64," in text:
        text = _EMBEDDED.sub("data:,", text)
    most = MARKUP * in_force().characters
    if len(text) > most:
        raise UnreadableError("too-large", size=len(text), limit=most)
    tags = text.count("<")
    if tags > MAX_TAGS:
        raise UnreadableError("too-many-blocks", count=tags, limit=MAX_TAGS)
    if len(text) > _SMALL and _has_crowded_tag(text):
        raise UnreadableError("damaged", format="html")
    return text


def _has_crowded_tag(text: str) -> bool:
    """Whether a tag has several hundred attributes. From the end of one tag on, so that a page of `<a<a<a` is looked at once."""
    return any(tag.end() - tag.start() >= 1000 and _CROWDED.match(text, tag.start()) for tag in _TAG.finditer(text))


def _decode(data: bytes) -> Decoded:
    """By byte order mark, then by content; the page's own declaration decides where the content does not, for it is often wrong."""
    try:
        return decode(data)
    except UnreadableError as error:
        declared = _DECLARED.search(data[:8192])
        if error.reason != "not-text" or not declared:
            raise
        return _as_declared(data, declared[1].decode("ascii", "replace"), error)


def _as_declared(data: bytes, name: str, error: UnreadableError) -> Decoded:
    """By the declaration: big5, utf-16, windows-1252 … for what is neither UTF-8 nor GB18030."""
    try:
        encoding = codecs.lookup(name).name
        text = data.decode(encoding, "replace")
    except (LookupError, UnicodeError, ValueError):
        raise error from None
    damaged = text.count("\ufffd")
    if damaged > max(8, len(text) // 50):
        raise error
    return Decoded(text=text, encoding=encoding, damaged=damaged)
