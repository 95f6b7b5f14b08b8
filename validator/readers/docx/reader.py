"""docx → Document: paragraphs and tables in reading order, as printed once all tracked changes are accepted.

Headers, footers and footnotes are not read (footnotes are noted); a table of contents is left out. Document.published stays None:
the file's own dates say when it was saved, not when it was published.
"""

from __future__ import annotations

from validator.model import Block, Document, Kind, Observation, UnreadableError
from validator.readers.docx.grid import GridCell, laid_out
from validator.readers.docx.package import REVISIONS, Element, Package, W, unpacked
from validator.readers.docx.paragraphs import Paragraph, Typesetter

#: Paragraphs and cells; a long report has a thousand.
MAX_BLOCKS = 50_000
_TBL, _TC = W + "tbl", W + "tc"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
Place = tuple[int, int, int]


def read(data: bytes, path: str) -> tuple[Document, ...]:
    """One document.

    Raises UnreadableError: damaged, encrypted, empty, too-large, too-many-blocks, too-many-entries, too-deep, no-text-layer (pictures
    alone), no-own-text (a web page packed into the docx).
    """
    package = unpacked(data)
    try:
        reading = Reading(package, Typesetter(package))
        reading.body()
    except RecursionError as error:
        raise UnreadableError("too-deep", format="docx") from error
    if not reading.blocks:
        raise _wordless(package, reading)
    return (Document(path=path, format="docx", blocks=tuple(reading.blocks), observations=reading.observations()),)


class Reading:
    """The blocks read so far and what was noticed on the way."""

    def __init__(self, package: Package, setter: Typesetter) -> None:
        self._package = package
        self._setter = setter
        self._tables = 0
        self._number = 0  # of the body's block
        self._noticed: list[Observation] = []
        self._first: dict[str, int] = {}  # code → line of the first
        self._count = {"comments": 0, "footnotes": 0}
        self.blocks: list[Block] = []

    def body(self) -> None:
        """Read everything."""
        for number, item in enumerate(self._setter.flow(self._package.body), 1):
            self._number = number
            if isinstance(item, Paragraph):
                self._lines(item, None, 0)
            else:
                self._table(item, 0)

    def observations(self) -> tuple[Observation, ...]:
        """What was noticed, in order of place."""
        changes = _changes(self._package.body) if self._package.revised else 0
        counts = {"tracked-changes": changes, **self._count}
        found = [Observation(code=code, line=self._first.get(code, 1), detail={"count": count}) for code, count in counts.items() if count]
        found += [Observation(code="attachment", line=self._line()) for _ in self._package.body.iterchildren(W + "altChunk")]
        return tuple(sorted(found + self._noticed, key=lambda item: item.line or 0))

    def _line(self) -> int:
        """The line of the last block, 1 before the first."""
        return max(1, len(self.blocks))

    def _add(self, kind: Kind, text: str, **more: object) -> None:
        """One more block."""
        if len(self.blocks) >= MAX_BLOCKS:
            raise UnreadableError("too-many-blocks", count=MAX_BLOCKS, limit=MAX_BLOCKS)
        self.blocks.append(Block(kind=kind, text=text, line=len(self.blocks) + 1, paragraph=self._number, **more))  # type: ignore[arg-type]

    def _lines(self, paragraph: Paragraph, cell: Place | None, depth: int) -> None:
        """A paragraph outside tables: each line of it is a block; then the text boxes anchored in it."""
        for text in paragraph.text.split("\n") if paragraph.text else ():
            if text.strip():
                level = paragraph.level
                self._add(Kind.LINE if level is None else Kind.HEADING, text, level=level, cell=cell)
        if paragraph.extras:
            self._notice(paragraph)
        for box in paragraph.boxes:
            for item in self._setter.flow(box, depth + 1):
                if isinstance(item, Paragraph):
                    self._lines(item, cell, depth + 1)
                else:
                    self._table(item, depth + 1)

    def _table(self, table: Element, depth: int) -> None:
        """A table: cells, or lines where it only holds the page together (one cell, or other tables in its cells)."""
        self._tables += 1
        here = self._tables
        cells = laid_out(table, self._setter.revised)
        if len(cells) == 1 or _holds_tables(table):
            for cell in cells:
                self._dissolve(cell, (here, cell.row, cell.column), depth)
            return
        for cell in cells:
            paragraphs = self._inside(cell.element, depth)
            self._add(
                Kind.CELL,
                "\n".join([paragraph.text for paragraph in paragraphs]).strip("\n"),
                table=here,
                row=cell.row,
                column=cell.column,
                row_span=cell.row_span,
                column_span=cell.column_span,
                exact=True,
                cell=(here, cell.row, cell.column),
            )
            for paragraph in paragraphs:
                if paragraph.extras:
                    self._notice(paragraph)

    def _dissolve(self, cell: GridCell, place: Place, depth: int) -> None:
        """A cell of a layout table: what it holds, as if it stood on the page."""
        for item in self._setter.flow(cell.element, depth + 1):
            if isinstance(item, Paragraph):
                self._lines(item, place, depth + 1)
            else:
                self._table(item, depth + 1)

    def _inside(self, container: Element, depth: int) -> list[Paragraph]:
        """All paragraphs of a cell; boxes and frames within it too."""
        found: list[Paragraph] = []
        for item in self._setter.flow(container, depth + 1):
            if isinstance(item, Paragraph):
                found.append(item)
                for box in item.boxes:
                    found += self._inside(box, depth + 1)
            else:
                self._tables += 1
                for cell in laid_out(item, self._setter.revised):
                    found += self._inside(cell.element, depth + 1)
        return found

    def _notice(self, paragraph: Paragraph) -> None:
        """Keep what a paragraph holds besides text, at the line it was printed in or, where it has none, the line before."""
        line = self._line()
        self._noticed += [Observation(code="picture", line=line)] * paragraph.pictures
        self._noticed += [Observation(code="attachment", line=line, detail={"program": name}) for name in paragraph.objects]
        self._count["comments"] += paragraph.comments
        self._count["footnotes"] += paragraph.notes
        for code, there in (("comments", paragraph.comments), ("footnotes", paragraph.notes), ("tracked-changes", paragraph.changed)):
            if there:
                self._first.setdefault(code, line)


def _holds_tables(table: Element) -> bool:
    """Whether a table of more than one cell stands in a cell of this one; frames of one cell are only boxes."""
    return any(len(list(zip(range(2), inner.iter(_TC), strict=False))) > 1 for inner in table.iterdescendants(_TBL))


def _changes(body: Element) -> int:
    """The number of tracked changes. Marks of whole paragraphs count only where there is nothing else; a move counts once."""
    found = [item for item in body.iter(*REVISIONS) if item.tag != W + "moveTo" and next(item.iterancestors(_FALLBACK), None) is None]
    return sum(item.getparent().tag != W + "rPr" or item.tag.endswith("Change") for item in found) or len(found)


def _wordless(package: Package, reading: Reading) -> UnreadableError:
    """Why there is no text: pictures alone, a web page packed into the docx, or nothing."""
    if next(package.body.iter(W + "altChunk"), None) is not None:
        return UnreadableError("no-own-text", format="docx")
    return UnreadableError("no-text-layer" if any(item.code == "picture" for item in reading.observations()) else "empty", format="docx")
