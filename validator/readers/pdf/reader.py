"""PDF → Document, from the text layer: ruled tables on their grid, paragraphs joined over lines and pages.

PDFium was chosen over pdfplumber: both read the real reports right, PDFium in a tenth of the time and without Pillow and pdfminer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from validator.base.limits import in_force
from validator.model import Block, Document, Kind, Observation, UnreadableError
from validator.readers.amount import Amount, LimitReachedError, unread
from validator.readers.pdf.borderless_tables import BorderlessRow, cells
from validator.readers.pdf.cells import cells_of
from validator.readers.pdf.layout import Item, PagePicture, PdfParagraph, items
from validator.readers.pdf.page import Box, Char, PdfPage
from validator.readers.pdf.pdfium import pages
from validator.readers.pdf.sandbox import read_apart, survey
from validator.readers.pdf.signs import UNKNOWN, Signs
from validator.readers.published import in_text

if TYPE_CHECKING:
    from typing import Unpack

    from validator.readers.block_fields import BlockFields

_RECOGNISED = 20  # characters that are not seen, upon a picture, are what a program recognised in it
_OUTLINED = 150  # shapes of the size of letters, of a page whose letters are drawn
_SPARSE = 5  # characters; a page with fewer and a picture is a scan with a stamp or a number on it


def read(data: bytes, path: str) -> tuple[Document, ...]:
    """One document.

    Raises UnreadableError: damaged, empty, encrypted, no-text-layer or recognised-scan (pages), time-limit, too-large, too-many-blocks,
    unknown-characters; ModuleNotFoundError without pypdfium2. A file whose small size could hide a large content is read in a process of
    its own, with limits.
    """
    if b"%PDF-" not in data[:1024]:
        raise UnreadableError("damaged", format="pdf")
    signs = survey(data)
    return (read_here(data, path, signs) if signs is not None else read_apart(data, path, in_force()),)


def read_here(data: bytes, path: str, signs: Signs = UNKNOWN) -> Document:
    """The document, read in this process; `signs`: what its bytes show of it."""
    limits = in_force()
    sheets, unread_pages = pages(data, limits.pdf_seconds, signs, limits.pages)
    scanned = _scanned(sheets)
    content = _PdfBlocks(sheets)
    end = content.fill(items(sheets))
    if unread_pages and end is None:
        end = content.amount.reached("pages", len(content.blocks))
    if end is not None and not content.blocks:
        raise unread(end)
    recognised = sum(len(chars) for page in sheets if page.number in scanned for chars in page.hidden.values())
    count = len({page.number for page in sheets})
    if sheets and all(page.outlined >= max(_OUTLINED, 4 * len(page.chars)) for page in sheets):
        raise UnreadableError("unknown-characters", format="pdf", pages=count)  # its letters are drawn as shapes
    if not content.blocks or len(scanned) == count:
        pictured = any(page.pictures or page.garbled for page in sheets)
        reason = "recognised-scan" if scanned and recognised else "no-text-layer" if pictured else "empty"
        raise UnreadableError(reason, format="pdf", pages=count)
    garbled, total = sum(page.garbled for page in sheets), sum(len(page.chars) for page in sheets)
    if garbled * 5 > total:
        raise UnreadableError("unknown-characters", format="pdf", pages=count)
    observations = [*content.observed, *_unseen(sheets, scanned)]
    if garbled:
        observations.insert(0, Observation(code="damaged-text", detail={"count": garbled, "encoding": "PDF"}))
    if scanned:
        detail = {"pages": tuple(scanned), "count": len(scanned), "of": count, "recognised": recognised}
        observations.append(Observation(code="scanned-pages", detail=detail))
    if end is not None:
        observations.append(end)
    return Document(
        path=path, format="pdf", blocks=tuple(content.blocks), published=in_text(content.blocks), observations=tuple(observations)
    )


def _unseen(sheets: Sequence[PdfPage], scanned: Sequence[int]) -> Iterator[Observation]:
    """What stands in the file and is not read, by kind: how many pieces of text."""
    kinds: dict[str, int] = {}
    for page in sheets:
        for kind, chars in page.hidden.items():
            if page.number not in scanned:
                kinds[kind] = kinds.get(kind, 0) + _pieces(chars)
    for kind, count in kinds.items():
        if count:
            yield Observation(code="hidden-text", detail={"count": count, "kind": kind})
    if struck := sum(_pieces(page.struck) for page in sheets):
        yield Observation(code="struck-text", detail={"count": struck})
    if comments := sum(page.comments for page in sheets):
        yield Observation(code="comments", detail={"count": comments})


def _pieces(chars: Sequence[Char]) -> int:
    """How many pieces characters make: those side by side are one."""
    count, last = 0, None
    for char in sorted((char for char in chars if not char[0].isspace()), key=lambda char: (round(char[4]), char[1])):
        if last is None or abs(char[4] - last[4]) > 2 or char[1] - last[3] > max(char[4] - char[2], 1):
            count += 1
        last = char
    return count


def _scanned(sheets: Sequence[PdfPage]) -> list[int]:
    """The numbers of pages that are pictures: with next to no text, or with text that a program recognised and laid under the picture."""
    numbers = []
    for page in sheets:
        covered = max((_area(box) for box in page.pictures), default=0.0) / max(page.width * page.height, 1.0)
        unseen = sum(len(chars) for kind, chars in page.hidden.items() if kind in ("hidden", "covered", "white"))
        if covered > 0.25 and len(page.chars) <= _SPARSE or covered > 0.5 and unseen > max(_RECOGNISED, 3 * len(page.chars)):
            numbers.append(page.number)
    return numbers


def _area(box: Box) -> float:
    return (box.x1 - box.x0) * (box.bottom - box.top)


class _PdfBlocks:
    """The blocks so far and the pictures between them."""

    def __init__(self, sheets: Sequence[PdfPage]) -> None:
        self._turned = {page.number: page for page in sheets if page.turn}
        self.amount = Amount()
        self.blocks: list[Block] = []
        self.observed: list[Observation] = []
        self._tables = 0

    def fill(self, items: Sequence[Item]) -> Observation | None:
        """Add the items up to the first bound of base/limits.py; the observation that it was reached, None where all fitted."""
        try:
            self.add(items)
        except LimitReachedError as error:
            return self.amount.reached(error.name, len(self.blocks))
        return None

    def add(self, items: Sequence[Item]) -> None:
        """Paragraphs, tables and pictures in order."""
        for item in items:
            if isinstance(item, PdfParagraph):
                line = item.first
                box = Box(line.x0, line.top, line.x1, line.bottom)
                self._block(Kind.LINE, item.text, line.page, box, marks=item.marks, doubt=item.doubt)
            elif isinstance(item, PagePicture):
                self.observed.append(Observation(code="picture", line=max(1, len(self.blocks)), detail={"page": item.page}))
            elif isinstance(item[0], BorderlessRow):
                self._tables += 1
                for row, column, text, line in cells(item):
                    box = Box(line.x0, line.top, line.x1, line.bottom)
                    self._block(Kind.CELL, text, line.page, box, table=self._tables, row=row, column=column, doubt=line.doubt)
            else:
                self._tables += 1
                for cell in cells_of(item):
                    self._block(
                        Kind.CELL,
                        cell.text,
                        cell.page,
                        cell.box,
                        table=self._tables,
                        row=cell.row + 1,
                        column=cell.column + 1,
                        row_span=cell.row_end - cell.row,
                        column_span=cell.column_end - cell.column,
                        exact=True,
                        marks=cell.marks,
                        doubt=cell.doubt or ("font" if "\ufffd" in cell.text else ""),
                    )

    def _block(self, kind: Kind, text: str, page: int, box: Box, **more: Unpack[BlockFields]) -> None:
        if page in self._turned:
            box = self._turned[page].shown(box)
        place = (round(box.x0, 1), round(box.top, 1), round(box.x1, 1), round(box.bottom, 1))
        block = Block(kind=kind, text=text, line=len(self.blocks) + 1, page=page, box=place, **more)
        self.amount.add(block)
        self.blocks.append(block)
