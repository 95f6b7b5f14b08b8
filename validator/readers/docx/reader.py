"""docx → Document: paragraphs and tables in reading order, as printed once all count_revisions changes are accepted.

Footnotes and endnotes stand behind the paragraph or table that refers to them; what the text does not say and a page header or footer
does (a title, a telephone) stands before or behind it. A table of contents is left out. Document.published stays None: the file's own
dates say when it was saved, not when it was published.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from validator.model import Block, Document, Kind, Observation, UnreadableError
from validator.readers.amount import Amount, LimitReachedError, unread
from validator.readers.docx.cells import CellReading, hidden_rows
from validator.readers.docx.grid import DocxCell, holds_tables, lay_out
from validator.readers.docx.looks import ALONE
from validator.readers.docx.package import Element, Package, W, count_revisions, unpack
from validator.readers.docx.paragraphs import DocxParagraph, ParagraphReader
from validator.readers.docx.shapes import Shape
from validator.readers.docx.wrappers import CHUNKS

if TYPE_CHECKING:
    from typing import Unpack

    from validator.readers.block_fields import BlockFields

#: Parts of other formats that are read, and how deep one may stand in another.
_MAX_CHUNKS, _MAX_NESTED = 20, 2
#: A line of a page header with fewer letters says nothing; nor does one that repeats the first lines of the text, as long as titles are.
_LETTERS, _FIRST, _TITLE = 4, 40, 60
#: The same of a footer, in letters: 第1页 共2页 must not count as words.
_WORDS = 6
#: Lines of a page header or footer that are read; no clerk writes more.
_MARGIN = 50
#: A footer with a telephone number or an @ may be the contact.
_REACH = re.compile(r"[0-9]{7}|@")
Place = tuple[int, int, int]


def read(data: bytes, path: str) -> tuple[Document, ...]:
    """One document.

    Raises UnreadableError: damaged, encrypted, empty, too-large, too-many-blocks, too-many-entries, too-deep, no-text-layer (pictures
    alone), no-own-text (a web page packed into the docx).
    """
    return (_read(data, path, 0),)


def _read(data: bytes, path: str, nested: int) -> Document:
    """The document; `nested`: how many others it stands in."""
    package = unpack(data)
    try:
        reading = DocxBlocks(package, ParagraphReader(package), nested)
        reading.body()
    except LimitReachedError as error:
        reading.end(error.name)
        if not reading.blocks:
            raise unread(reading.observations()[-1]) from None
    except RecursionError as error:
        raise UnreadableError("too-deep", format="docx") from error
    if not reading.blocks:
        raise _wordless(package, reading)
    return Document(path=path, format="docx", blocks=tuple(reading.blocks), observations=reading.observations())


class DocxBlocks:
    """The blocks of one document, read in order, and the observations made on the way."""

    def __init__(self, package: Package, setter: ParagraphReader, nested: int = 0) -> None:
        self._package = package
        self._setter = setter
        self._nested = nested
        self._tables = 0
        self._chunks = 0
        self._number = 0  # of the body's block
        self._observed: list[Observation] = []
        self._first: dict[str, int] = {}  # code → line of the first
        self._count = {"comments": 0, "footnotes": 0}
        self._unread: dict[str, int] = {}  # why text is not read → stretches
        self._box_paragraphs: list[DocxParagraph] = []  # of boxes that hang in the table; they stand behind it
        self._with_notes: list[DocxParagraph] = []  # of the table, with references to notes; those stand there too
        self._amount = Amount()
        self.blocks: list[Block] = []

    def body(self) -> None:
        """Read the headers, the text and the footers. Raises LimitReachedError and UnreadableError."""
        outside = self._setter.outside
        if outside.headers:
            self._margin(outside.headers, header=True)
        for number, item in enumerate(self._setter.flow(self._package.body), 1):
            self._number = number
            self._item(item, None, 0)
        if outside.footers:
            self._number = 0
            self._margin(outside.footers, header=False)

    def end(self, name: str) -> None:
        """Reading ends here, since a bound is reached."""
        self._observed.append(self._amount.reached(name, len(self.blocks)))

    def observations(self) -> tuple[Observation, ...]:
        """What was noticed, in order of place."""
        changes = count_revisions(self._package.body) if self._package.revised else 0
        counts = {"tracked-changes": changes, **self._count, "struck-text": self._unread.get("struck", 0)}
        result = [Observation(code=code, line=self._first.get(code, 1), detail={"count": count}) for code, count in counts.items() if count]
        for why, count in self._unread.items():
            if why != "struck":
                result.append(Observation(code="hidden-text", line=self._first.get(why, 1), detail={"count": count, "kind": why}))
        if self._setter.numbering_cut:
            result.append(Observation(code="damaged-text", line=1, detail={"count": self._setter.numbering_cut}))
        return tuple(sorted(result + self._observed, key=lambda item: item.line or 0))

    def _line(self) -> int:
        """The line of the last block, 1 before the first."""
        return max(1, len(self.blocks))

    def _add(self, kind: Kind, text: str, sources: Sequence[DocxParagraph] = (), at: int = 0, **more: Unpack[BlockFields]) -> None:
        """One more block; `sources` are the paragraphs of the text it was made of, `at` where in them it begins."""
        number = self._number or None
        self._keep(Block(kind=kind, text=text, line=len(self.blocks) + 1, paragraph=number, **more), sources, at)

    def _keep(self, block: Block, sources: Sequence[DocxParagraph], at: int) -> None:
        """Put a block behind the others."""
        self._amount.add(block)
        self.blocks.append(block)

    def _item(self, item: DocxParagraph | Element, cell: Place | None, depth: int) -> None:
        """A paragraph, a table or a part of another format outside tables."""
        if isinstance(item, DocxParagraph):
            self._lines(item, cell, depth)
        elif item.tag in CHUNKS:
            self._chunk(item)
        else:
            self._table(item, depth)

    def _lines(self, paragraph: DocxParagraph, cell: Place | None, depth: int) -> None:
        """A paragraph outside tables: each line of it is a block; then the text boxes anchored in it and its notes."""
        at, pending = 0, list(reversed(paragraph.marks))
        for text in paragraph.text.split("\n") if paragraph.text else ():
            marks = []
            while pending and pending[-1].start <= at + len(text):
                mark = pending.pop()
                marks.append(replace(mark, start=mark.start - at))
            if text.strip():
                level = paragraph.level
                kind = Kind.LINE if level is None else Kind.HEADING
                self._add(kind, text, (paragraph,), at, level=level, cell=cell, marks=tuple(marks), doubt=_of_line(paragraph.doubt))
            at += len(text) + 1
        if paragraph.extras:
            self._observe(paragraph)
            self._boxes(paragraph.boxes, paragraph, cell, depth)
            self._notes([paragraph])

    def _boxes(self, boxes: Iterable[Shape], anchor: DocxParagraph, cell: Place | None, depth: int) -> None:
        """Text boxes and drawn letters on the page; watermarks are no text."""
        for box in boxes:
            if box.place.watermark or box.content is None and not box.letters:
                continue  # a line or a rectangle says nothing either
            if box.place.unseen:
                self._note_unread(box.place.unseen)
            elif box.content is None:
                self._lines(DocxParagraph(text=box.letters.replace("\r", "\n"), element=anchor.element), cell, depth)
            else:
                for item in self._setter.flow(box.content, depth + 1):
                    self._item(item, cell, depth + 1)

    def _notes(self, paragraphs: Iterable[DocxParagraph]) -> None:
        """The notes that paragraphs refer to, as lines."""
        for paragraph in paragraphs:
            for reference in paragraph.notes:
                note = self._setter.outside.note(reference)
                for item in () if note is None else self._setter.flow(note):
                    if isinstance(item, DocxParagraph):
                        self._lines(item._replace(notes=(), text=item.text.strip(), pieces=(), element=paragraph.element), None, 1)

    def _margin(self, parts: Iterable[Element], *, header: bool) -> None:
        """Lines of page headers that the text does not say, as a page's title; of footers, those that may be a contact."""
        first = [
            _bare("".join(item.text or "" for item in block.iter(W + "t")))
            for _, block in zip(range(_FIRST), self._package.body, strict=False)
        ]
        shown = "".join(text for text in first if len(text) <= _TITLE)
        for part in parts:
            printed = [text for _, text in zip(range(_MARGIN), self._margin_lines(part, 0), strict=False)]
            if not header and not any(_REACH.search(_bare(text)) for text in printed):
                continue
            for text in printed:
                bare = _bare(text)
                if sum(map(str.isalpha, bare)) < (_LETTERS if header else _WORDS) and not _REACH.search(bare) or bare in shown:
                    continue
                shown += bare
                if header:
                    self._add(Kind.HEADING, text, level=0)
                else:
                    self._add(Kind.LINE, text)

    def _margin_lines(self, container: Element, depth: int) -> Iterable[str]:
        """The lines of a header or footer, its text boxes and drawn letters among them."""
        for paragraph in self._paragraphs_in(container, depth):
            yield from (line.strip() for line in paragraph.text.split("\n") if line.strip())
            for box in paragraph.boxes:
                if not (box.place.watermark or box.place.unseen):
                    yield from (box.letters,) if box.content is None else self._margin_lines(box.content, depth + 1)

    def _table(self, table: Element, depth: int) -> None:
        """A table: cells, or lines where it only holds the page together (one cell, or other tables in its cells)."""
        if self._setter.sheet.is_table_off_page(table):
            self._note_unread("off-page")
            return
        self._tables += 1
        number = self._tables
        cells, unseen = lay_out(table, self._setter.revised)
        for why, _ in unseen:
            self._note_unread(why)
        if len(cells) == 1 or holds_tables(table):
            for cell in cells:
                self._dissolve(cell, (number, cell.row, cell.column), depth)
            return
        readings = [(cell, self._reading(cell, depth)) for cell in cells]
        hidden = hidden_rows(readings)
        for cell, read in readings:
            if cell.row not in hidden:
                self._cell(cell, read, number)
            for paragraph in read.own:
                if paragraph.extras:
                    self._observe(paragraph)
                    self._with_notes += [paragraph] if paragraph.notes else []
        later, with_notes, self._box_paragraphs, self._with_notes = self._box_paragraphs, self._with_notes, [], []
        for paragraph in later:
            self._lines(paragraph, None, depth)
        self._notes(with_notes)

    def _reading(self, cell: DocxCell, depth: int) -> CellReading:
        """A cell of a table that holds data: its own words, and what stands in boxes that hang in it."""
        paragraphs = self._paragraphs_in(cell.element, depth)
        boxes = [box for paragraph in paragraphs for box in paragraph.boxes if not box.place.watermark]
        for box in boxes:
            if box.place.unseen and (box.content is not None or box.letters):
                self._note_unread(box.place.unseen)
        visible = [box for box in boxes if not box.place.unseen]
        drawn = any(box.content is None and not box.letters and not box.place.behind for box in visible)
        return CellReading(paragraphs, [self._content(box, depth) for box in visible], drawn=drawn)

    def _cell(self, cell: DocxCell, read: CellReading, table: int) -> None:
        """A cell; boxes and notes that hang in it stand behind the table."""
        self._add(
            Kind.CELL,
            read.text,
            read.paragraphs,
            read.begin,
            table=table,
            row=cell.row,
            column=cell.column,
            row_span=cell.row_span,
            column_span=cell.column_span,
            exact=True,
            cell=(table, cell.row, cell.column),
            marks=read.marks,
            doubt=read.doubt,
        )
        self._box_paragraphs += [paragraph._replace(boxes=(), notes=()) for paragraph in read.beside]

    def _content(self, box: Shape, depth: int) -> list[DocxParagraph]:
        """What a box in a cell prints."""
        return [DocxParagraph(text=box.letters)] if box.content is None else self._paragraphs_in(box.content, depth + 1)

    def _dissolve(self, cell: DocxCell, place: Place, depth: int) -> None:
        """A cell of a layout table: what it holds, as if it stood on the page."""
        for item in self._setter.flow(cell.element, depth + 1):
            self._item(item, place, depth + 1)

    def _paragraphs_in(self, container: Element, depth: int) -> list[DocxParagraph]:
        """All paragraphs of a cell; those of frames within it too, not those of boxes."""
        paragraphs: list[DocxParagraph] = []
        for item in self._setter.flow(container, depth + 1):
            if isinstance(item, DocxParagraph):
                paragraphs.append(item)
            elif item.tag in CHUNKS:
                paragraphs.append(DocxParagraph(text="", doubt="elsewhere"))
                self._elsewhere()
            else:
                self._tables += 1
                for cell in lay_out(item, self._setter.revised).cells:
                    paragraphs += self._paragraphs_in(cell.element, depth + 1)
        return paragraphs

    def _chunk(self, element: Element) -> None:
        """A part of another format that stands in the text: read as that format; where it cannot be, an observation says so."""
        from validator.readers import read_documents, sniff

        self._chunks += 1
        try:
            name, data = self._setter.outside.chunk(element)
            if self._chunks > _MAX_CHUNKS or self._nested >= _MAX_NESTED:
                raise UnreadableError("too-large")
            docx = sniff(data, name) == "docx"
            documents = (_read(data, name, self._nested + 1),) if docx else read_documents(data, name)
        except UnreadableError:
            self._elsewhere()
            return
        tables = self._tables
        for document in documents:
            for block in document.blocks:
                if block.level != 0:
                    self._tables = max(self._tables, tables + (block.table or 0))
                    table = None if block.table is None else tables + block.table
                    line, number = len(self.blocks) + 1, self._number or None
                    self._keep(replace(block, line=line, offset=1, table=table, paragraph=number, cell=None), (), 0)
            self._observed += [replace(item, line=self._line()) for item in document.observations]

    def _elsewhere(self) -> None:
        """A part of the text stands in another file that was not read."""
        self._observed.append(Observation(code="attachment", line=self._line()))
        self._observed.append(Observation(code="body-elsewhere", line=self._line(), detail={"where": "attachment"}))

    def _note_unread(self, why: str, count: int = 1) -> None:
        """Text that is not read, near the last line."""
        self._unread[why] = self._unread.get(why, 0) + count
        self._first.setdefault("struck-text" if why == "struck" else why, self._line())

    def _observe(self, paragraph: DocxParagraph) -> None:
        """Keep what a paragraph holds besides text, at the line it was printed in or, where it has none, the line before."""
        line = self._line()
        self._observed += [Observation(code="picture", line=line)] * paragraph.pictures
        self._observed += [Observation(code="attachment", line=line, detail={"program": name}) for name in paragraph.objects]
        self._count["comments"] += paragraph.comments
        self._count["footnotes"] += len(paragraph.notes)
        counted = {"comments": paragraph.comments, "footnotes": paragraph.notes, "tracked-changes": paragraph.changed}
        for code, value in counted.items():
            if value:
                self._first.setdefault(code, line)
        for why, count in paragraph.unread:
            self._note_unread(why, count)


def _of_line(doubt: str) -> str:
    """The doubt about a line outside tables: a picture on it, or that all of it is raised, takes nothing from its words."""
    return "" if doubt in ("picture", "numbered", ALONE) else doubt


def _bare(text: str) -> str:
    """A text without spaces."""
    return "".join(text.split())


def _wordless(package: Package, reading: DocxBlocks) -> UnreadableError:
    """Why there is no text: pictures alone, a web page packed into the docx, or nothing."""
    if next(package.body.iter(W + "altChunk"), None) is not None:
        return UnreadableError("no-own-text", format="docx")
    return UnreadableError("no-text-layer" if any(item.code == "picture" for item in reading.observations()) else "empty", format="docx")
