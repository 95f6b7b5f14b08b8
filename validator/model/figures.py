"""Tables held against a form: every figure under the address (table, row, column) that the form gives it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Literal

from validator.base.records import record
from validator.model.document import Block
from validator.model.form import Form


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

    @property
    def address(self) -> str:
        """As `table.row.column`, of one figure."""
        return f"{self.table}.{self.row}.{self.column}"

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
    marks: frozenset[str] = frozenset()
    # note, stop (3.), change (减1), fullwidth, thousands, unit, divided (digits that ran together, one reading)
    note: str = ""  # （其中修订16件）, 元
    mark: str = ""  # a raised or lowered mark beside it that was set aside
    reason: str = ""  # of an unreadable one: why; a key of `reasons` in the rule table.unreadable


#: How a printed label fits the form's. part: only pieces of it are there; foreign: another form's; repeat: a row that was there before.
LabelMatch = Literal["form", "variant", "changed", "part", "foreign", "repeat", "none"]


@record
class Label:
    """A row's or column's label as printed, and which one it is taken for."""

    key: str
    text: str
    match: LabelMatch
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

    @property
    def values(self) -> Mapping[str, Value | None]:
        """table.row.column → value; None: blank or unreadable."""
        return {cell.address: figure.value for cell, figure in self.by_cell.items()}

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
