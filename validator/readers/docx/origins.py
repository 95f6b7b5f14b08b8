"""The reader's own walk over a docx, with the XML elements that the text of every block comes from: the way back from a finding."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from validator.base.records import positional_record
from validator.model import Block
from validator.readers.docx.looks import Ground
from validator.readers.docx.package import Element, Package
from validator.readers.docx.paragraph_content import ParagraphContent
from validator.readers.docx.paragraphs import DocxParagraph, ParagraphReader, TextSource
from validator.readers.docx.reader import DocxBlocks


@positional_record
class Origin:
    """A block and where it stands: its first w:p, and the pieces of its text in order (none: a blank cell, or a number alone)."""

    block: Block
    element: Element | None
    pieces: tuple[TextSource, ...]


def trace_origins(package: Package) -> Mapping[int, Origin]:
    """Every block of the document by its line. Raises UnreadableError as the reader of docx does."""
    reading = _Tracing(package, _Marking(package))
    reading.body()
    return reading.origins


class _Marking(ParagraphReader):
    """Keeps, beside each piece of text that is collected, the element that it was collected from."""

    def __init__(self, package: Package) -> None:
        super().__init__(package)
        self._sources: list[Element] = []

    def _collect(self, element: Iterable[Element], content: ParagraphContent, ground: Ground | None, depth: int) -> None:
        for child in element:
            super()._collect((child,), content, ground, depth)
            self._mark(child, content)

    def _run(self, run: Iterable[Element], content: ParagraphContent, depth: int) -> None:
        for child in run:
            super()._run((child,), content, depth)
            self._mark(child, content)

    def _mark(self, child: Element, content: ParagraphContent) -> None:
        """What is new comes from this child, unless one further in has been marked already."""
        self._sources += [child] * (len(content.parts) - len(self._sources))

    def _finish(self, element: Element) -> DocxParagraph:
        parts, sources = tuple(self._content.parts), self._sources
        self._sources = []
        paragraph = super()._finish(element)
        at = len(paragraph.text) - sum(map(len, parts))  # the automatic number stands before
        pieces = []
        for part, source in zip(parts, sources, strict=True) if paragraph.text else ():
            pieces.append(TextSource(at, len(part), source))
            at += len(part)
        return paragraph._replace(element=element, pieces=tuple(pieces))


class _Tracing(DocxBlocks):
    """Keeps, beside each block, the paragraphs it was made of."""

    def __init__(self, package: Package, setter: ParagraphReader) -> None:
        super().__init__(package, setter)
        self.origins: dict[int, Origin] = {}

    def _keep(self, block: Block, sources: Sequence[DocxParagraph], at: int) -> None:
        super()._keep(block, sources, at)
        element = next((paragraph.element for paragraph in sources), None)
        pieces = tuple(_sources_within(_sources_of(sources), at, at + len(block.text)))
        self.origins[block.line] = Origin(block, element, pieces)


def _sources_of(paragraphs: Iterable[DocxParagraph]) -> Iterable[TextSource]:
    """The pieces of all paragraphs of a block, which are joined by line ends."""
    at = 0
    for paragraph in paragraphs:
        yield from (piece._replace(start=piece.start + at) for piece in paragraph.pieces)
        at += len(paragraph.text) + 1


def _sources_within(pieces: Iterable[TextSource], begin: int, end: int) -> Iterable[TextSource]:
    """The pieces that stand between two places of the text, counted from the first. One that begins before counts from below zero."""
    for piece in pieces:
        if piece.start < end and piece.start + piece.length > begin:
            yield piece._replace(start=piece.start - begin)
