"""What a docx prints outside its text: page headers and footers, footnotes and endnotes, and parts of other formats put into it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from validator.model import UnreadableError
from validator.readers.docx.numerals import format_number
from validator.readers.docx.package import Element, Package, W
from validator.readers.docx.styles import on

_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
#: Kinds of notes: the reference in the text, the part they stand in, one of them there, and what they are numbered with by default.
NOTES = {
    W + "footnoteReference": ("footnotes", W + "footnote", "decimal"),
    W + "endnoteReference": ("endnotes", W + "endnote", "lowerRoman"),
}
#: Notes of a document that are read; no clerk writes more.
_MAX_NOTES = 2000


class Outside:
    """The parts beside the text of one document, read when they are asked for."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._count: dict[str, int] = {}
        self._notes: dict[str, dict[str, Element]] = {}

    def roots(self) -> Iterator[Element]:
        """Every part that something is read from."""
        for tag, (kind, _, _) in NOTES.items():
            if next(self._package.body.iter(tag), None) is not None and (root := self._package.root(kind)) is not None:
                yield root
        yield from self.headers
        yield from self.footers

    @cached_property
    def headers(self) -> tuple[Element, ...]:
        """The headers of the first section's pages, the first page's first."""
        return self._margin_parts("headerReference")

    @cached_property
    def footers(self) -> tuple[Element, ...]:
        """The footers of the first section's pages."""
        return self._margin_parts("footerReference")

    def _margin_parts(self, tag: str) -> tuple[Element, ...]:
        section = next(self._package.body.iter(W + "sectPr"), None)
        if section is None:
            return ()
        roots: dict[str, Element] = {}
        for reference in section.iterchildren(W + tag):
            kind = reference.get(W + "type", "default")
            if kind == "even" or kind == "first" and not on(section.find(W + "titlePg")):
                continue
            root = self._package.linked_root(reference.get(_LINK, ""))
            if root is not None:
                roots[kind] = root
        return tuple(roots[kind] for kind in ("first", "default") if kind in roots)

    def note(self, reference: Element) -> Element | None:
        """The note that a reference in the text leads to; once each."""
        kind, tag, _ = NOTES[reference.tag]
        if kind not in self._notes:
            root = self._package.root(kind)
            items = [] if root is None else list(root.iterchildren(tag))[:_MAX_NOTES]
            self._notes[kind] = {item.get(W + "id", ""): item for item in items if item.get(W + "type", "normal") == "normal"}
        return self._notes[kind].pop(reference.get(W + "id", ""), None)

    def number(self, reference: Element) -> str:
        """The number that stands for the next note of that kind."""
        kind, _, usual = NOTES[reference.tag]
        self._count[kind] = self._count.get(kind, 0) + 1
        return format_number(self._count[kind], self._number_formats.get(kind, usual))

    @cached_property
    def _number_formats(self) -> Mapping[str, str]:
        """How notes are numbered, where the document says so."""
        formats: dict[str, str] = {}
        for root in (self._package.root("settings"), self._package.body):
            for kind, name in (("footnotes", "footnotePr"), ("endnotes", "endnotePr")):
                for item in () if root is None else root.iter(W + name):
                    format = item.find(W + "numFmt")
                    if format is not None and (shape := format.get(W + "val")):
                        formats[kind] = shape
        return formats

    def chunk(self, element: Element) -> tuple[str, bytes]:
        """Name and bytes of a part of another format. Raises UnreadableError: missing, and what reading a zip raises."""
        name = self._package.linked(element.get(_LINK, ""))
        data = None if name is None else self._package.part(name)
        if name is None or data is None:
            raise UnreadableError("damaged", format="docx")
        return name, data
