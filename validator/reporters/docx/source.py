"""An XML text and where its elements stand in it, so that something can be put in while every other byte stays what it was."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from validator.model import UnreadableError

if TYPE_CHECKING:
    from validator.readers.docx.package import Element

_TAG = re.compile(rb"""<[^\s/>]++(?:[^"'>]++|"[^"]*+"|'[^']*+')*+>""")
_ENCODING = re.compile(rb"""(?:\xef\xbb\xbf)?<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z0-9._-]+)""")
_SLASH = ord("/")
_NAME = re.compile(rb"<([^\s/>]+)")


class Edit(NamedTuple):
    """Bytes put in the place of those from `start` to `end`; nothing is lost where the two are one."""

    start: int
    end: int
    text: bytes


class Span(NamedTuple):
    """An element's bytes: its start tag, what is inside, its end tag. A tag that closes itself has nothing inside and no end tag."""

    start: int
    inner: int
    close: int
    end: int


class Source:
    """The text of an XML part beside its parsed tree."""

    def __init__(self, text: bytes, root: Element) -> None:
        """Raises UnreadableError: damaged, where the text is in an encoding that cannot be followed byte by byte."""
        self.text = text
        self.root = root
        elements = list(root.iter("*"))
        starts = _events(text)
        if len(starts) != len(elements):
            raise UnreadableError("damaged", format="docx")
        self._events = dict(zip(elements, starts, strict=True))

    def encoded(self, text: str) -> bytes:
        """Text in the encoding that the XML declares."""
        declared = _ENCODING.match(self.text)
        return text.encode(declared[1].decode("ascii") if declared else "utf-8", "xmlcharrefreplace")

    def span(self, element: Element) -> Span:
        """Where the element stands."""
        start, close = self._events[element]
        tag = _TAG.match(self.text, start)
        if tag is None:
            raise UnreadableError("damaged", format="docx")
        inner = tag.end()
        if self.text[inner - 2] == _SLASH:
            return Span(start, inner, inner, inner)
        return Span(start, inner, close, self.text.index(b">", close) + 1)

    def name(self, element: Element) -> bytes:
        """The element's name as it is written, prefix and all."""
        tag = _NAME.match(self.text, self._events[element][0])
        return tag[1] if tag else b""

    def whole(self, element: Element) -> bytes:
        """The element as it is written."""
        span = self.span(element)
        return self.text[span.start : span.end]

    def start_tag(self, element: Element) -> bytes:
        """The element's start tag as it is written."""
        span = self.span(element)
        return self.text[span.start : span.inner]

    def appended(self, element: Element, text: bytes) -> Edit:
        """The edit that puts something at the end of an element, also where its tag closes itself."""
        span = self.span(element)
        if span.close < span.end:
            return Edit(span.close, span.close, text)
        return Edit(span.end - 2, span.end, b">" + text + b"</" + self.name(element) + b">")


def apply_edits(text: bytes, edits: Iterable[Edit]) -> bytes:
    """The text with all edits, which do not overlap. Of those at one place the ones that only put in come first, as they were given."""
    pieces, at = [], 0
    for edit in sorted(edits, key=lambda edit: edit[:2]):
        pieces += [text[at : edit.start], edit.text]
        at = edit.end
    return b"".join([*pieces, text[at:]])


def _events(text: bytes) -> list[tuple[int, int]]:
    """For every element in order where its start tag begins and where its end tag does, if it has one."""
    from xml.parsers import expat

    places: list[tuple[int, int]] = []
    open_: list[int] = []
    parser = expat.ParserCreate()

    def start(name: str, attributes: object) -> None:
        open_.append(len(places))
        places.append((parser.CurrentByteIndex, -1))

    def end(name: str) -> None:
        number = open_.pop()
        places[number] = (places[number][0], parser.CurrentByteIndex)

    parser.StartElementHandler, parser.EndElementHandler = start, end
    try:
        parser.Parse(text, True)
    except (expat.ExpatError, ValueError) as error:
        raise UnreadableError("damaged", format="docx") from error
    return places
