"""PDF → Document, from the text layer: ruled tables on their grid, paragraphs joined over lines and pages.

PDFium was chosen over pdfplumber: both read the real reports right, PDFium in a tenth of the time and without Pillow and pdfminer.
"""

from __future__ import annotations

from collections.abc import Sequence

from validator.model import Block, Document, Kind, Observation, UnreadableError
from validator.readers.pdf.borderless_tables import Row, cells
from validator.readers.pdf.cells import cells_of
from validator.readers.pdf.layout import Item, Paragraph, Picture, items
from validator.readers.pdf.page import Box, Page
from validator.readers.pdf.pdfium import MAX_BYTES, pages
from validator.readers.pdf.sandbox import is_plain, read_apart
from validator.readers.published import in_text

MAX_BLOCKS = 100_000
SECONDS = 8.0
_SPARSE = 5  # characters; a page with fewer and a picture is a scan with a stamp or a number on it


def read(data: bytes, path: str) -> tuple[Document, ...]:
    """One document.

    Raises UnreadableError: damaged, empty, encrypted, no-text-layer (pages), time-limit, too-large, too-many-blocks; ModuleNotFoundError
    without pypdfium2. A file whose small size could hide a large content is read in a process of its own, with limits.
    """
    if len(data) > MAX_BYTES:
        raise UnreadableError("too-large", size=len(data), limit=MAX_BYTES)
    if b"%PDF-" not in data[:1024]:
        raise UnreadableError("damaged", format="pdf")
    return (read_here(data, path) if is_plain(data) else read_apart(data, path, SECONDS),)


def read_here(data: bytes, path: str) -> Document:
    """The document, read in this process."""
    sheets = pages(data, SECONDS)
    scanned = _scanned(sheets)
    made = _Blocks()
    made.add(items(sheets))
    if not made.blocks:
        pictured = any(page.pictures or page.garbled for page in sheets)
        raise UnreadableError("no-text-layer" if pictured else "empty", format="pdf", pages=len(sheets))
    garbled, total = sum(page.garbled for page in sheets), sum(len(page.chars) for page in sheets)
    if garbled * 5 > total:
        raise UnreadableError("no-text-layer", format="pdf", pages=len(sheets))
    seen = list(made.observed)
    if garbled:
        seen.insert(0, Observation(code="damaged-text", detail={"count": garbled, "encoding": "PDF"}))
    if scanned:
        seen.append(Observation(code="scanned-pages", detail={"pages": tuple(scanned), "count": len(scanned), "of": len(sheets)}))
    return Document(path=path, format="pdf", blocks=tuple(made.blocks), published=in_text(made.blocks), observations=tuple(seen))


def _scanned(sheets: Sequence[Page]) -> list[int]:
    """The numbers of pages that are pictures."""
    return [
        page.number
        for page in sheets
        if len(page.chars) <= _SPARSE and any(_area(box) > 0.25 * page.width * page.height for box in page.pictures)
    ]


def _area(box: Box) -> float:
    return (box.x1 - box.x0) * (box.bottom - box.top)


class _Blocks:
    """The blocks so far and the pictures between them."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.observed: list[Observation] = []
        self._tables = 0

    def add(self, found: Sequence[Item]) -> None:
        """Paragraphs, tables and pictures in order."""
        for item in found:
            if isinstance(item, Paragraph):
                line = item.first
                self._block(Kind.LINE, item.text, line.page, Box(line.x0, line.top, line.x1, line.bottom))
            elif isinstance(item, Picture):
                self.observed.append(Observation(code="picture", line=max(1, len(self.blocks)), detail={"page": item.page}))
            elif isinstance(item[0], Row):
                self._tables += 1
                for row, column, text, line in cells(item):  # type: ignore[arg-type]
                    box = Box(line.x0, line.top, line.x1, line.bottom)
                    self._block(Kind.CELL, text, line.page, box, table=self._tables, row=row, column=column)
            else:
                self._tables += 1
                for cell in cells_of(item):  # type: ignore[arg-type]
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
                    )

    def _block(self, kind: Kind, text: str, page: int, box: Box, **more: object) -> None:
        if len(self.blocks) >= MAX_BLOCKS:
            raise UnreadableError("too-many-blocks", count=MAX_BLOCKS, limit=MAX_BLOCKS)
        place = (round(box.x0, 1), round(box.top, 1), round(box.x1, 1), round(box.bottom, 1))
        self.blocks.append(Block(kind=kind, text=text, line=len(self.blocks) + 1, page=page, box=place, **more))  # type: ignore[arg-type]
