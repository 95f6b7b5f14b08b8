"""What a reader makes of a file: blocks in reading order, each with its place, and what was noticed beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date
from enum import StrEnum
from typing import Literal

from validator.base.records import record


class UnreadableError(Exception):
    """An input that cannot be read. `reason` is a key of rules/…/input.unreadable's variants, `detail` what fills it."""

    def __init__(self, reason: str, **detail: object) -> None:
        super().__init__(reason)
        self.reason = reason
        self.detail = detail


class Kind(StrEnum):
    """What a block is in its source."""

    LINE = "line"
    HEADING = "heading"  # marked as one by the source: '#', <h1>, a Word heading style
    CELL = "cell"


@record
class Mark:
    """A raised or lowered mark that a reader set aside from the words it stood beside: a note's number, an exponent, ruby."""

    text: str  # as printed: 1, ①, *
    start: int  # 0-based position in the block's text at which it stood


@record
class Block:
    """The smallest piece of a document in reading order: a line, a heading or one cell of a table."""

    kind: Kind
    text: str  # as printed; breaks inside a cell stay as "\n"
    line: int  # 1-based; the physical line for text files, else the number of the block in the text as read
    offset: int = 1  # 1-based code point in its line at which `text` begins
    level: int | None = None  # of a HEADING
    table: int | None = None  # 1-based number of the table in the document; None outside tables
    row: int | None = None  # 1-based, of a CELL; on the laid-out grid where `exact`
    column: int | None = None  # 1-based, of a CELL
    row_span: int = 1
    column_span: int = 1
    exact: bool = False  # True: the column is the table's own, spans laid out (docx, html, ruled pdf). False: counted along the line
    paragraph: int | None = None  # docx: number among the body's blocks
    cell: tuple[int, int, int] | None = None  # docx: table, row, column, 1-based
    page: int | None = None  # pdf, 1-based
    box: tuple[float, float, float, float] | None = None  # pdf: x0, top, x1, bottom in points
    marks: tuple[Mark, ...] = ()  # raised and lowered marks that are no part of `text`
    doubt: str = ""  # why no figure may be read here although something is printed: struck, symbol, box, picture …


@record
class Observation:
    """Something a reader noticed that a rule may report: `code` names it, `detail` fills its message."""

    code: str  # tracked-changes, comments, several-reports, picture, damaged-text …
    line: int | None = None
    detail: Mapping[str, object] = field(default_factory=dict)


@record
class Published:
    """A publication date and where it stands: in the `text` of the page or in its `metadata`; `doubtful`: there under another name."""

    day: date
    source: Literal["text", "metadata", "doubtful"]
    line: int | None = None
    text: str = ""


@record
class Document:
    """A stream of blocks in reading order, each with its place in the original."""

    path: str
    format: str  # text, markdown, html, docx, pdf …
    blocks: tuple[Block, ...]
    part: int | None = None  # 1, 2 … where one file holds several reports
    published: Published | None = None
    observations: tuple[Observation, ...] = ()
