"""A document parsed: title, sections, tables, contact, each with its place."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from functools import cached_property
from operator import itemgetter
from typing import Literal

from validator.base.records import record
from validator.model.document import Block, Document, Published

#: Where a piece of a passage begins.
_BEGIN = itemgetter(0)


@record
class Passage:
    """A paragraph of running text, lines joined: `text` with the place of its first character.

    `places` gives for each piece its start in `text` and the block it comes from, so that a match finds its line and offset.
    """

    text: str
    places: tuple[tuple[int, Block], ...]
    heading: bool = False  # a heading of the second or a deeper level
    printed: str = ""  # the text with the form's prompts that are blanked in `text`; '' where it has none

    def place(self, start: int) -> tuple[Block, int]:
        """The block and the 1-based offset in its line of the character at `start` (0-based in `text`)."""
        at, block = self.places[max(bisect_right(self.places, start, key=_BEGIN) - 1, 0)]
        return block, block.offset + (start - at)

    def pieces(self, start: int, end: int) -> tuple[tuple[Block, int, int], ...]:
        """The blocks that text[start:end] stands in, with what of their text belongs to it; what joins them is no block's."""
        found = []
        for at, block in self.places[max(bisect_right(self.places, start, key=_BEGIN) - 1, 0) : bisect_left(self.places, end, key=_BEGIN)]:
            first, last = max(start - at, 0), min(end - at, len(block.text))
            if first < last:
                found.append((block, first, last))
        return tuple(found)


@record
class Section:
    """A part of the report under a heading of the first level."""

    number: int | None  # which of the form's parts it is; None: none of them
    heading: str  # as printed: 一、总体情况
    wording: str  # the heading without its numeral
    numeral: int | None  # as printed: 一 → 1; None where it has none
    match: Literal["form", "long", "near", "other", "none"]  # how the wording fits the form's
    block: Block  # the heading's
    passages: tuple[Passage, ...]
    blocks: tuple[Block, ...]  # everything under the heading, tables included
    aspects: tuple[Block, ...] = ()  # headings inside it that are numbered like parts: 二、主动公开 under 一、总体情况

    @property
    def text(self) -> str:
        """The running text without tables, a line a paragraph."""
        return "\n".join(passage.text for passage in self.passages)


#: What the lexer makes of a cell. run: figures with nothing between them; word: text in a figure's place; unread: other ink there that
#: is no figure.
CellKind = Literal["label", "figure", "blank", "placeholder", "text", "run", "word", "unread"]


@record
class TableCell:
    """What the lexer made of one cell or line inside a table."""

    kind: CellKind
    text: str
    block: Block
    start: int = 0  # 0-based position in block.text


@record
class TableRow:
    """Neighbouring cells that belong together: labels, then values. `closed`: the source marks the end of the row."""

    cells: tuple[TableCell, ...]
    closed: bool


@record
class Table:
    """A table as it stands in the report, before it is held against a form."""

    section: int | None  # number of the form's part it stands in (by its place)
    rows: tuple[TableRow, ...]


@record
class ContactDetail:
    """One detail of a contact sentence."""

    kind: Literal["office", "address", "postcode", "phone", "fax", "email", "website", "person"]
    text: str  # as printed
    value: str | None  # normal form: 0469-5170616, 155600, a@b.cn; None where it cannot be told
    start: int  # 0-based, in the text given to the grammar
    label: str = ""  # as printed: 联系电话


@record
class Contact:
    """How the report says the unit can be reached; `passage` is where."""

    details: tuple[ContactDetail, ...]
    start: int  # the contact sentence in the text given
    end: int
    passage: Passage | None = None

    def first(self, kind: str) -> ContactDetail | None:
        """The first detail of that kind."""
        return next((detail for detail in self.details if detail.kind == kind), None)

    def all(self, kind: str) -> tuple[ContactDetail, ...]:
        """All details of that kind, in order."""
        return tuple(detail for detail in self.details if detail.kind == kind)


#: Where the name of the unit or the year was taken from. compiled_by: 本报告由X编制; heading: the heads of paragraphs; publication: what
#: the page says of itself, its date or its publisher.
Source = Literal["option", "title", "opening", "signature", "file", "roster", "path", "compiled_by", "period", "heading", "publication"]


@record
class Title:
    """The report's title as printed, and what it says."""

    text: str
    block: Block
    unit: str | None
    year: int | None
    passage: Passage | None = None  # the title's lines joined, with places


@record
class Report:
    """A report: sections and tables, with places."""

    document: Document
    title: Title | None
    titles: tuple[Title, ...]  # every line that reads as a title (page title, body title)
    unit: str | None
    year: int | None
    preamble: tuple[Passage, ...]  # what stands before the first heading, title and page furniture set aside
    sections: tuple[Section, ...]
    tables: tuple[Table, ...]
    contact: Contact | None
    furniture: tuple[Passage, ...] = ()  # the page around the report: navigation, metadata, footer
    published: Published | None = None
    publisher: str | None = None  # the unit that the page names beside 发布机构
    unit_from: Source | None = None
    year_from: Source | None = None

    @cached_property
    def lines(self) -> Mapping[int, str]:
        """The text of each line, for showing it: blocks of one line joined."""
        found: dict[int, str] = {}
        for block in self.document.blocks:
            found[block.line] = found[block.line] + "\t" + block.text if block.line in found else block.text
        return found

    def section(self, number: int | None) -> Section | None:
        """The first section that is part `number` of the form; of None: that is no part of it."""
        return next((section for section in self.sections if section.number == number), None)
