"""Every central type of the program, frozen; this module imports the standard library only.

The road runs one way: bytes → Document → Report → Figures → Run. Each stage has its types here, in that order.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Any, Literal, Protocol

from validator.records import record

# ---------------------------------------------------------------------------------------------- reading


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


@record
class Observation:
    """Something a reader noticed that a rule may report: `code` names it, `detail` fills its message."""

    code: str  # tracked-changes, comments, several-reports, picture, damaged-text …
    line: int | None = None
    detail: Mapping[str, object] = field(default_factory=dict)


@record
class Published:
    """A publication date and where it stands: in the `text` of the page or in its `metadata`."""

    day: date
    source: Literal["text", "metadata"]
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


# ---------------------------------------------------------------------------------------------- the form


@record
class FormSection:
    """One of the parts that the form asks for."""

    number: int
    heading: str  # 总体情况
    long: tuple[str, ...] = ()  # wordings of article 50, accepted
    near: tuple[str, ...] = ()  # regular expressions: other wordings with the same subject
    about: tuple[str, ...] = ()  # regular expressions that still tell which part is meant when the subject is another


@record
class FormColumn:
    """A column of a table: its key, its printed label and what else offices print there."""

    key: str
    label: str
    variants: tuple[str, ...] = ()  # accepted silently
    changed: tuple[str, ...] = ()  # labels that are read as this column but are not the form's
    number: Literal["count", "signed", "money", "decimal", "text"] = "count"  # text: an answer in words, never a figure
    unit: str | None = None  # 万元


@record
class FormRow:
    """A row of a table and the columns it has."""

    key: str
    label: str
    columns: tuple[str, ...]
    variants: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()  # labels that are read as this row but are not the form's
    band: str | None = None  # label of the merged cell or the band row above: 第二十条第（一）项, （三）不予公开
    band_variants: tuple[str, ...] = ()
    number: Literal["count", "signed", "money", "decimal", "text"] | None = None  # where it is not its columns'
    optional: bool = False  # read where printed, not asked for (subtotals, an undivided （六）)


@record
class FormTable:
    """A table of the form. A `flat` table prints its rows side by side in one line of figures (section 4).

    One of `pairs` is a list of labels with one value each, several pairs perhaps in one line, without heads of columns.
    """

    key: str
    title: Mapping[str, str]  # zh, en: how messages call it
    columns: tuple[FormColumn, ...]
    rows: tuple[FormRow, ...]
    section: int | None = None  # number of the part it stands in; None: the form has no parts
    flat: bool = False
    pairs: bool = False
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # of rows or columns, for formulas
    furniture: tuple[str, ...] = ()  # other words the form prints in the table: header bands, notes
    adds: Mapping[str, str] = field(default_factory=dict)  # column → group of columns that it is the sum of; chooses between readings

    def row(self, key: str) -> FormRow | None:
        """The row of that key, if the form has it."""
        return self._rows_by_key.get(key)

    def column(self, key: str) -> FormColumn | None:
        """The column of that key, if the form has it."""
        return self._columns_by_key.get(key)

    @cached_property
    def _rows_by_key(self) -> Mapping[str, FormRow]:
        return {row.key: row for row in reversed(self.rows)}

    @cached_property
    def _columns_by_key(self) -> Mapping[str, FormColumn]:
        return {column.key: column for column in reversed(self.columns)}

    def number(self, row: str | None, column: str | None) -> str:
        """What is counted there, as a column says it or for its row alone the row."""
        at, head = self.row(row or ""), self.column(column or "")
        return at.number if at is not None and at.number else head.number if head is not None else "count"


@record
class Form:
    """An official form: for which report years, with which sections and tables."""

    id: str
    name: Mapping[str, str]
    document: str  # the notice it is attached to
    first_year: int | None
    last_year: int | None
    sections: tuple[FormSection, ...]
    tables: tuple[FormTable, ...]
    signature: tuple[str, ...]  # table labels that only this form has
    follows: str = ""  # the form before it: rules that are written for that one are about this one too
    unit: str = ""  # table.row of the answer that names the unit, where the text does not

    def table(self, key: str) -> FormTable | None:
        """The table of that key, if the form has it."""
        return next((table for table in self.tables if table.key == key), None)

    def covers(self, year: int) -> bool:
        """Whether the form is due for reports of that year."""
        return (self.first_year is None or year >= self.first_year) and (self.last_year is None or year <= self.last_year)


# ---------------------------------------------------------------------------------------------- the report


@record
class Passage:
    """A paragraph of running text, lines joined: `text` with the place of its first character.

    `places` gives for each piece its start in `text` and the block it comes from, so that a match finds its line and offset.
    """

    text: str
    places: tuple[tuple[int, Block], ...]
    heading: bool = False  # a heading of the second or a deeper level

    def place(self, start: int) -> tuple[Block, int]:
        """The block and the 1-based offset in its line of the character at `start` (0-based in `text`)."""
        at, block = self.places[0]
        for begin, piece in self.places:
            if begin > start:
                break
            at, block = begin, piece
        return block, block.offset + (start - at)


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

    @property
    def text(self) -> str:
        """The running text without tables, a line a paragraph."""
        return "\n".join(passage.text for passage in self.passages)


@record
class TableCell:
    """What the lexer made of one cell or line inside a table."""

    kind: Literal["label", "figure", "blank", "placeholder", "text", "run", "word"]
    # run: figures with nothing between them; word: text in a figure's place
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


# ---------------------------------------------------------------------------------------------- the figures


@dataclass(frozen=True, kw_only=True, slots=True, order=True)
class Cell:
    """The address of a figure in a form's keys; None stands for all."""

    table: str
    row: str | None = None
    column: str | None = None

    def __getstate__(self) -> tuple[str, str | None, str | None]:
        """For packing, of which a report has hundreds: the standard one asks for the names of the fields each time."""
        return self.table, self.row, self.column

    def __setstate__(self, state: tuple[str, str | None, str | None]) -> None:
        for name, value in zip(("table", "row", "column"), state, strict=True):
            object.__setattr__(self, name, value)

    def meets(self, other: Cell) -> bool:
        """Whether the two have a figure in common."""
        return self.table == other.table and all(
            a is None or b is None or a == b for a, b in ((self.row, other.row), (self.column, other.column))
        )


Value = int | Decimal


@record
class Figure:
    """What is printed in one cell of a form's table."""

    cell: Cell
    value: Value | None  # None: blank, placeholder or no number
    text: str  # as printed
    state: Literal["number", "blank", "placeholder", "text", "unreadable"]
    block: Block
    start: int = 0  # 0-based position of `text` in block.text
    marks: frozenset[str] = frozenset()  # note, fullwidth, thousands, unit, divided (digits that ran together, one reading)
    note: str = ""  # （其中修订16件）, 元


@record
class Label:
    """A row's or column's label as printed, and which one it is taken for."""

    key: str
    text: str
    match: Literal["form", "variant", "changed", "part", "foreign", "repeat", "none"]
    # part: only pieces of it are there; foreign: another form's; repeat: a row that was there before
    block: Block
    start: int = 0


@record
class RowReading:
    """A row of the report's table, as assigned to the form."""

    key: str | None  # None: no row of the form
    label: Label | None
    figures: tuple[Figure, ...]
    block: Block  # where the row begins
    values: int  # how many value cells it printed
    readable: bool = True  # False: its cells cannot be told apart; its figures have no values
    trouble: Literal["", "run-together", "short", "long"] = ""  # why not, or: short, though read by its true columns


@record
class TableReading:
    """A table held against the form. `state` says whether it is there and could be read."""

    key: str
    state: Literal["read", "missing", "unreadable"]
    rows: tuple[RowReading, ...] = ()  # in the report's order, extra rows among them
    columns: tuple[Label, ...] = ()  # header labels found
    bands: tuple[Label, ...] = ()  # labels of merged cells that are not the form's; `key` is the form's label
    missing_columns: tuple[str, ...] = ()
    reason: str = ""  # unreadable: why. missing: picture, attachment or ''
    block: Block | None = None  # where the table begins, or the heading it should stand under

    def row(self, key: str) -> RowReading | None:
        """The first row that was assigned to `key`."""
        return next((row for row in self.rows if row.key == key), None)


@record
class Figures:
    """Every figure of a report in the keys of the form used."""

    form: Form
    form_due: Form | None  # None: no year, or no national form applied
    tables: Mapping[str, TableReading]
    own_labels: tuple[Label, ...] = ()  # labels found that only the form used has
    foreign_labels: Mapping[str, tuple[Label, ...]] = field(default_factory=dict)  # form id → labels only that form has

    @cached_property
    def by_cell(self) -> Mapping[Cell, Figure]:
        """All figures by address."""
        return {f.cell: f for t in self.tables.values() for row in t.rows if row.key for f in row.figures}

    @cached_property
    def by_table(self) -> Mapping[str, tuple[Figure, ...]]:
        """The same figures, table by table."""
        found: dict[str, list[Figure]] = {}
        for cell, figure in self.by_cell.items():
            found.setdefault(cell.table, []).append(figure)
        return {key: tuple(figures) for key, figures in found.items()}

    def get(self, table: str, row: str, column: str) -> Figure | None:
        """The figure at that address, if it is in the report."""
        return self.by_cell.get(Cell(table=table, row=row, column=column))


# ---------------------------------------------------------------------------------------------- rules

Language = Literal["zh", "en"]
Text = Mapping[str, str]  # language → text


class Severity(StrEnum):
    """How much a finding weighs: 必须改, 请核实, 供参考."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def rank(self) -> int:
        """0 for the gravest."""
        return ("error", "warning", "note").index(self.value)


class Answer(StrEnum):
    """The five answers of a rule on a report, the worst first."""

    ERROR = "error"
    FAIL = "fail"
    REVIEW = "review"
    SKIP = "skip"
    PASS = "pass"

    @property
    def rank(self) -> int:
        """0 for the worst."""
        return tuple(Answer).index(self)


@record
class Basis:
    """Where a rule comes from: 法定, 国家格式, 本县要求 or 数据逻辑."""

    kind: Literal["law", "form", "county", "logic"]
    document: str = ""
    part: str = ""
    forms: tuple[str, ...] = ()  # cited for reports on these forms; empty: for all
    en: str = ""  # document and part in English, where they are no citation but a reason; else they stand as they are

    def cited(self, language: Language) -> tuple[str, str]:
        """Document and part in that language."""
        return (self.en, "") if language == "en" and self.en else (self.document, self.part)


@record
class Spot:
    """A place in the report, before it is laid out as a Location."""

    block: Block | None = None
    start: int = 0  # 0-based in block.text
    length: int = 0  # code points; 0: the whole block
    section: int | None = None
    cell: Cell | None = None  # the form's keys
    private: bool = False  # the words must be masked in every output


@record
class Sum:
    """One failed sum."""

    rule: str
    row: str | None
    column: str | None
    expected: Value | None
    actual: Value | None


@record
class Change:
    """One figure and what it would have to be."""

    cell: Cell
    actual: Value | None
    expected: Value | None


@record
class Evidence:
    """What the text or last year's report says a figure is; `source` names it: 正文“收到申请5件”."""

    value: Value
    source: Text


@record
class Identity:
    """A linear identity among figures of one table: Σ coefficient × figure = 0. Kept so that failed sums can be explained.

    `total` is the cell that the identity calls a total where it has one alone (coefficient -1).
    """

    rule: str
    terms: tuple[tuple[int, Cell], ...]
    row: str | None  # where the finding stands: the row of a row sum, else None
    column: str | None
    label: Text = field(default_factory=dict)


@record
class Hit:
    """One thing a check found: where, and what fills the rule's message."""

    spot: Spot
    facts: Mapping[str, object] = field(default_factory=dict)  # for the braces of message and advice
    expected: str | None = None  # as printed
    actual: str | None = None
    variant: str | None = None  # which of the rule's variants speaks
    severity: Severity | None = None  # where the check lowers or raises it
    review: bool = False
    cells: tuple[Cell, ...] = ()  # the figures it was judged on
    rows: tuple[str, ...] = ()  # one finding over several rows or cells
    sum: Sum | None = None
    identity: Identity | None = None
    form: str = ""  # the form whose documents are cited; empty: the one that the report uses
    paths: tuple[str, ...] = ()  # of a set: the reports it speaks of
    unit: str | None = None  # of a set: the unit and year
    year: int | None = None


@record
class Skip:
    """A check could not judge, wholly (`cells` empty) or at these cells."""

    reason: Text
    cells: tuple[Cell, ...] = ()


@record
class Unit:
    """The unit that reports: its name and kind, from the roster or from the end of its name."""

    name: str | None
    kind: str | None  # government, office, department, township, subdistrict, committee, vertical, institution
    level: str | None  # province, prefecture, county, township; None where it is not sure
    place: str | None = None  # 宝清县朝阳镇


@record
class RosterUnit:
    """A unit of the roster (应报单位名单), which owes a report for each year from `since` to `until`."""

    name: str
    kind: str | None = None  # None: told by the end of its name
    aliases: tuple[str, ...] = ()  # other names that mean it, today's
    formerly: tuple[str, ...] = ()  # names it bore before, and units merged into it
    since: int | None = None  # first and last year for which it owes a report
    until: int | None = None
    line: int | None = None  # in nianbao.yaml


@record
class County:
    """What a county says of itself in nianbao.yaml; empty where there is none."""

    name: str | None = None
    years: tuple[int, ...] = ()  # the years the roster is held against
    deadlines: Mapping[str, str] = field(default_factory=dict)  # kind of unit → month-day in the year after the report's
    roster: tuple[RosterUnit, ...] = ()


@record
class Subject:
    """What a check looks at: one report with everything known about it. `before`: the same unit's report of the year before."""

    report: Report
    figures: Figures
    unit: Unit
    tables: Mapping[str, object] = field(default_factory=dict)  # the book's tables: regions, units …
    county: County = County()
    before: Subject | None = None
    merged: tuple[Subject, ...] = ()  # last year's reports of other units that have become part of this one
    failed: Mapping[str, tuple[Hit, ...]] = field(default_factory=dict)  # rule → hits, of the rules this one requires

    def blocked(self, *cells: Cell) -> str | None:
        """The required rule that failed on one of these cells, if any."""
        for rule, hits in self.failed.items():
            for hit in hits:
                marks = hit.cells or ((hit.spot.cell,) if hit.spot.cell else ())
                if any(mark.meets(cell) for mark in marks for cell in cells):
                    return rule
        return None


class Check(Protocol):
    """A kind of check: a frozen dataclass whose fields are the options that a rule may give it.

    `SCOPES` says for which scopes of rules it is made (`report` alone where it says nothing). One over the set is given a ReportSet,
    one over what the county accepts (`config`) an Acceptance.
    One over a series may have `clear(this, before)`: whether two Digests show that nothing is wrong (or the Skip that says why they show
    nothing), so that no report need be opened.
    """

    def run(self, subject: Any) -> Iterable[Hit | Skip]:
        """What is wrong; nothing: the rule passes."""


@record
class Variant:
    """Another way for a rule to speak: its own severity, message or advice."""

    severity: Severity | None = None
    review: bool = False
    message: Text | None = None
    advice: Text | None = None
    basis: tuple[Basis, ...] = ()  # where it rests on another one


@record
class Rule:
    """A rule of the book, loaded: the law's half (texts, basis) and the machine's half (`check`)."""

    id: str
    title: Text
    severity: Severity
    basis: tuple[Basis, ...]
    check: Check
    message: Text
    advice: Text
    variants: Mapping[str, Variant] = field(default_factory=dict)
    why: Text = field(default_factory=dict)
    forms: tuple[str, ...] = ()  # empty: all
    years: tuple[int | None, int | None] = (None, None)  # first and last report year
    kinds: tuple[str, ...] = ()  # kinds of unit; empty: all
    requires: tuple[str, ...] = ()
    scope: Literal["report", "series", "county", "config"] = "report"
    path: str = ""  # the rule file
    replaces: tuple[str, ...] = ()  # the files of the rules that it changes or stands in for, oldest first
    examples: Mapping[str, object] | None = None  # not loaded when reports are checked

    @property
    def category(self) -> str:
        """The part of the id before the dot."""
        return self.id.split(".", 1)[0]


@record
class DocumentKind:
    """A kind of report that a book is about, as its pack.yaml says: what it is called, and how a document of it is known."""

    name: str  # what --pack calls it
    title: Text
    documents: tuple[str, ...] = ()  # regular expressions: titles, in half width without spaces
    words: tuple[str, ...] = ()  # words of its form, which show a document that has lost its title …
    least: int = 3  # … where so many of them stand in it
    headings: int = 0  # or so many headings of the form's parts; 0: they show nothing
    unchecked: Text = field(default_factory=dict)  # what the book does not check
    trusted: bool = True  # a built-in pack, whose expressions are tested


@record
class Book:
    """All that is law: forms, rules and tables (rules/tables/*.yaml, by name), and a sha256 over them."""

    forms: tuple[Form, ...]
    rules: tuple[Rule, ...]
    tables: Mapping[str, object]
    fingerprint: str
    kind: DocumentKind | None = None  # what it is about
    others: tuple[DocumentKind, ...] = ()  # kinds with books of their own, which a document's title may ask for

    def form(self, key: str) -> Form | None:
        """The form of that id."""
        return next((form for form in self.forms if form.id == key), None)


# ---------------------------------------------------------------------------------------------- the run


@record
class Location:
    """The contract's `location`; what does not apply is None."""

    line: int | None = None
    offset: int | None = None
    length: int | None = None
    excerpt: str | None = None
    heading: str | None = None
    section: int | None = None
    table: str | None = None
    row: str | None = None
    column: str | None = None
    paragraph: int | None = None
    cell: tuple[int, int, int] | None = None
    page: int | None = None
    box: tuple[float, float, float, float] | None = None


@record
class Finding:
    """One finding, complete at birth. Texts hold both languages; reporters choose."""

    rule: str
    severity: Severity
    message: Text
    advice: Text
    basis: tuple[Basis, ...]
    location: Location
    review: bool = False
    expected: str | None = None
    actual: str | None = None
    place: Text = field(default_factory=dict)  # 位置 in the report's own words: 第三部分表格“总计”行
    sums: tuple[Sum, ...] = ()
    explanations: tuple[tuple[Change, ...], ...] = ()
    more: bool = False  # more explanations than are listed
    suspect: Change | None = None
    rows: tuple[str, ...] = ()
    cells: tuple[Cell, ...] = ()
    paths: tuple[str, ...] = ()  # of a finding about the set: the reports it speaks of
    unit: str | None = None  # of a finding about the set: the unit and year it speaks of
    year: int | None = None
    identities: tuple[Identity, ...] = ()

    @property
    def category(self) -> str:
        """The part of the rule's id before the dot."""
        return self.rule.split(".", 1)[0]


@record
class Waived:
    """A finding that a waiver or the baseline hides; still counted and listed."""

    finding: Finding
    reason: str
    until: date | None = None
    baseline: bool = False  # hidden by the baseline, not by a waiver


@record
class Waiver:
    """A finding accepted with a reason (已说明，不再提示); what is None is not asked for."""

    rule: str
    reason: str
    path: str | None = None  # pattern, from the folder of nianbao.yaml
    unit: str | None = None
    year: int | None = None
    section: int | None = None
    text: str | None = None  # words that the finding's message or excerpt holds
    until: date | None = None  # the last day on which it holds
    line: int = 1  # in nianbao.yaml


@record
class WaiverUse:
    """What one waiver did in a run. `judged`: all was checked that it may speak of, so that it can be called unused."""

    waiver: Waiver
    count: int = 0  # findings that it fits, hidden or, once it has expired, shown
    judged: bool = True
    expired: bool = False


@record
class StaleEntries:
    """Entries of the baseline that no longer occur, of one report (or of the set, where unit and year are not known)."""

    unit: str | None
    year: int | None
    path: str | None  # where unit or year is not known
    rules: Mapping[str, int]  # rule → entries


@record
class Acceptance:
    """What the county accepts, held against one run. `path`, `baseline`: nianbao.yaml and the baseline as messages call them."""

    path: str | None = None
    waivers: tuple[WaiverUse, ...] = ()
    baseline: str | None = None
    stale: tuple[StaleEntries, ...] = ()


@record
class PathSettings:
    """Rules and severities for the reports that a pattern matches."""

    path: str
    ignore: tuple[str, ...] = ()
    severity: Mapping[str, Severity] = field(default_factory=dict)
    line: int = 1


@record
class Config:
    """nianbao.yaml, every key checked. Names of rules are held against the book by `config.check_names`."""

    path: str  # as messages call it
    folder: str  # absolute; `reports` and `packs` are relative to it
    county: County = County()
    reports: tuple[str, ...] = ()
    packs: tuple[str, ...] = ()
    pack: str | None = None  # the kind of report; None: told by the title
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: Mapping[str, Severity] = field(default_factory=dict)  # rule id or category → severity
    options: Mapping[str, object] = field(default_factory=dict)  # rule id → its options, with lines
    paths: tuple[PathSettings, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    baseline: str | None = None
    fail_on: str | None = None
    lang: str | None = None
    lines: Mapping[str, int] = field(default_factory=dict)  # key (rules.ignore) → line


@record
class Outcome:
    """A rule's answer on one report."""

    rule: str
    answer: Answer
    reason: Text | None = None  # of a skip or an error


class Reading(Protocol):
    """A report as it was read. Of a large set only packed ones are held; they unfold when they are asked."""

    @property
    def report(self) -> Report:
        """Sections and tables, with places."""

    @property
    def figures(self) -> Figures:
        """Every figure in the form's keys."""

    def quoted(self, spans: Collection[tuple[int, int]]) -> Document:
        """The document it was read from, perhaps only these lines, with what words of that length run on into: (line, length).

        To unfold no more costs little.
        """


@record
class Read:
    """A report as it was read, at hand."""

    report: Report
    figures: Figures

    def quoted(self, spans: Collection[tuple[int, int]]) -> Document:
        """The whole document."""
        return self.report.document


@record
class PartSketch:
    """The signature of one part of a report. `judged`: long enough to be held against others, not only others against it."""

    number: int
    judged: bool
    letters: int  # of its own
    hashes: bytes  # 32-bit numbers, little end first, in the order of the text
    steps: bytes  # how many letters each stands after the one before
    own: str = ""  # its own letters, a line a sentence


@record
class Sketch:
    """By which copies are looked for: signatures of the parts, and of the sentences, as `PartSketch.hashes`."""

    parts: tuple[PartSketch, ...]
    sentences: bytes  # sorted


@record
class Digest:
    """What the rules over a set need of one report, small enough to be held for thousands."""

    figures: Mapping[str, Value | None]  # table.row.column in the form's keys → value; None: blank or unreadable
    sketch: Sketch | None = None  # None: nothing to compare
    published: date | None = None  # the day of publication that the text gives


@record
class FileResult:
    """What was found in one report."""

    path: str
    part: int | None = None
    kind: str | None = None  # of report, by the name of its pack; None: unreadable
    reading: Reading | None = None  # None: unreadable
    digest: Digest | None = None  # of a set's reports
    unit: str | None = None
    year: int | None = None
    form: str | None = None  # id of the form used
    form_due: str | None = None  # id of the form that the year asks for
    outcomes: tuple[Outcome, ...] = ()
    findings: tuple[Finding, ...] = ()
    waived: tuple[Waived, ...] = ()

    @property
    def report(self) -> Report | None:
        """The report; None where the file could not be read. Unfolding a packed one costs milliseconds: ask once."""
        return self.reading.report if self.reading else None

    @property
    def figures(self) -> Figures | None:
        """Its figures; None where the file could not be read."""
        return self.reading.figures if self.reading else None

    @property
    def quoted(self) -> Document | None:
        """The document, at least the lines of the findings; None where the file could not be read."""
        places = [finding.location for finding in (*self.findings, *(waived.finding for waived in self.waived))]
        return self.reading.quoted({(place.line or 0, place.length or 0) for place in places}) if self.reading else None

    @property
    def status(self) -> Literal["clean", "findings", "unreadable"]:
        """The contract's status; notes alone leave a report clean."""
        if any(f.category == "input" and f.severity is Severity.ERROR for f in self.findings):
            return "unreadable"
        return "findings" if any(f.severity is not Severity.NOTE for f in self.findings) else "clean"

    def count(self, answer: Answer) -> int:
        """How many rules gave that answer."""
        return self._answers[answer]

    @cached_property
    def _answers(self) -> Counter[Answer]:
        return Counter(outcome.answer for outcome in self.outcomes)


@record
class PassedOver:
    """A file of a folder walk that is no report."""

    path: str
    reason: Text


@record
class Broken:
    """A rule that broke: the tool's trouble, not the report's."""

    rule: str
    message: Text
    path: str | None = None


@record
class Member:
    """One report of a set, and whose it is. `by`: whether its text or its path says so; '' where nothing does."""

    file: FileResult
    unit: RosterUnit | None = None  # on the roster, or as the reports name it where there is none
    name: str | None = None  # as results call it
    kind: str | None = None
    year: int | None = None
    by: Literal["text", "path", ""] = ""
    said: str | None = None  # the unit that the text names, where the path decides otherwise
    role: Literal["taken", "rendition", "draft"] = "taken"  # the one that stands for unit and year, the same again, an older version
    dated: bool = False  # of several versions: its date shows which is the newest, not its file's name


class Memory(Protocol):
    """What an earlier run found out, by all that it depends on; None where nothing is remembered."""

    def recall(self, name: str, of: bytes) -> bytes | None:
        """What was kept."""

    def keep(self, name: str, of: bytes, data: bytes) -> None:
        """For the next run."""


@record
class ReportSet:
    """Many reports together. `today`: the day on which reports are due or not yet. `whole`: all that the county has, not some of them."""

    members: tuple[Member, ...]
    county: County
    today: date
    whole: bool = True
    memory: Memory | None = None
    tables: Mapping[str, object] = field(default_factory=dict)

    @cached_property
    def by_unit(self) -> Mapping[tuple[str, int], tuple[Member, ...]]:
        """Unit and year → its reports, the one that stands for them first."""
        found: dict[tuple[str, int], list[Member]] = {}
        for member in self.members:
            if member.unit is not None and member.year is not None:
                found.setdefault((member.unit.name, member.year), []).append(member)
        return {key: tuple(sorted(held, key=lambda member: member.role != "taken")) for key, held in found.items()}


class State(StrEnum):
    """How a unit stands for a year, the worst first."""

    MISSING = "missing"
    UNREADABLE = "unreadable"
    FAILED = "failed"  # must be changed: an error was found
    VERIFY = "verify"  # warnings alone
    NOT_DUE = "not-due"  # no report yet, and the deadline has not passed
    CLEAN = "clean"  # nothing found, or notes alone


@record
class Standing:
    """One unit and year of the set. `paths`: the report taken first, then its other renditions and drafts."""

    unit: str
    kind: str | None
    year: int
    state: State
    paths: tuple[str, ...] = ()
    due: date | None = None  # the last day, where one is laid down


@record
class Unshown:
    """What --changed-since leaves out of the result: reports that are as they were. They were read, and stand in the set."""

    since: str  # the revision, as it was given
    files: int
    failed: int = 0  # of them, those with errors or warnings or unreadable
    collection: int = 0  # findings about the set that speak of no changed report


@record
class Run:
    """The finished run. Reporters show it and decide nothing."""

    files: tuple[FileResult, ...]
    rules: Mapping[str, Rule]
    fingerprint: str  # sha256 of rules and forms
    fail_on: Severity | None = Severity.ERROR  # None: never
    passed_over: tuple[PassedOver, ...] = ()
    collection: tuple[Finding, ...] = ()
    broken: tuple[Broken, ...] = ()
    county: str | None = None
    empty: tuple[str, ...] = ()  # folders that were walked and hold no report
    unchecked: Mapping[str, Text] = field(default_factory=dict)  # kind of report → what its book does not check
    standings: tuple[Standing, ...] = ()  # of a set: unit by year, in the roster's order
    unshown: Unshown | None = None  # with --changed-since
    outcomes: tuple[Outcome, ...] = ()  # of the rules over the set
    waived: tuple[Waived, ...] = ()  # of `collection`

    @cached_property
    def of_standing(self) -> Mapping[tuple[str, int], tuple[Finding, ...]]:
        """Unit and year → the findings about the set that speak of it, or of one of its reports."""
        owners = {path: (standing.unit, standing.year) for standing in self.standings for path in standing.paths}
        found: dict[tuple[str, int], list[Finding]] = {}
        for finding in self.collection:
            own = [(finding.unit, finding.year)] if finding.unit is not None and finding.year is not None else []
            for key in dict.fromkeys([*own, *(owners[path] for path in finding.paths if path in owners)]):
                found.setdefault(key, []).append(finding)
        return {key: tuple(held) for key, held in found.items()}

    @property
    def exit_status(self) -> int:
        """0 nothing at or above --fail-on, 1 findings, 2 the command could not do its work."""
        none = not self.files and not (self.unshown and self.unshown.files)
        if none or self.empty or self.broken or any(f.status == "unreadable" for f in self.files):
            return 2
        found = [f.severity.rank for file in self.files for f in file.findings] + [f.severity.rank for f in self.collection]
        return int(self.fail_on is not None and any(rank <= self.fail_on.rank for rank in found))
