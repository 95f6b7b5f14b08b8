"""Rows of the report's tables as groups: the labels of a row, then its values, however the source broke them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from validator.forms.blank_cells import empty_after
from validator.model import Block, Table, TableCell, TableRow

_VALUES = frozenset({"figure", "blank", "placeholder", "run", "word", "unread"})


@dataclass(kw_only=True, slots=True)
class RowGroup:
    """Labels and the values that follow them. `pending`: labels of lines before that had no value of their own."""

    table: int  # which Table of the report
    section: int | None
    labels: list[TableCell] = field(default_factory=list)
    pending: list[TableCell] = field(default_factory=list)
    values: list[TableCell] = field(default_factory=list)
    closed: bool = False
    empty: Mapping[int, int] = field(default_factory=dict)  # by identity of a block: blank cells that may follow it (one cell a line)

    @property
    def block(self) -> Block:
        """Where the group begins."""
        return (self.labels or self.values or self.pending)[0].block

    @property
    def exact(self) -> bool:
        """Whether its cells have true columns."""
        return self.closed and bool(self.values) and all(cell.block.exact for cell in self.values)

    @property
    def printed(self) -> int:
        """How many values are more than blank."""
        return sum(cell.kind != "blank" for cell in self.values)


def groups(tables: Sequence[Table]) -> list[RowGroup]:
    """All groups of all tables in reading order; a group without values holds labels alone (header, band)."""
    return [group for place, table in enumerate(tables) for group in _of_table(table, place)]


def _of_table(table: Table, place: int) -> Iterator[RowGroup]:
    pending: list[TableCell] = []
    empty = empty_after(table)
    for row in (part for whole in table.rows for part in _worded(whole)):
        labels, values = split(row)
        if not values:
            pending += labels
            yield RowGroup(table=place, section=table.section, labels=labels, closed=row.closed, empty=empty)
            continue
        if labels or pending or any(cell.kind != "blank" for cell in values) or len(values) >= 5:
            yield RowGroup(
                table=place, section=table.section, labels=labels, pending=pending, values=values, closed=row.closed, empty=empty
            )
            pending = []


def _worded(row: TableRow) -> Iterator[TableRow]:
    """A row without marks in which a short word stands between two labels: the word is the first one's value (行政处罚 若干 行政强制)."""
    start = 0
    for place, cell in enumerate(row.cells[:-1]):
        before = row.cells[place - 1] if place else None
        if row.closed or before is None or cell.kind != "text" or before.kind != "label" or row.cells[place + 1].kind != "label":
            continue
        if len(cell.text) <= 4 and cell.block is not before.block:
            yield TableRow(cells=(*row.cells[start:place], replace(cell, kind="word")), closed=False)
            start = place + 1
    yield replace(row, cells=row.cells[start:]) if start else row


def split(row: TableRow) -> tuple[list[TableCell], list[TableCell]]:
    """The label cells of a row and the value cells after them; blanks before the last label are merged stubs."""
    cells = row.cells
    last = max((i for i, cell in enumerate(cells) if cell.kind == "label"), default=-1)
    if last < 0:  # no known label: words before the first value are an unknown one
        first = next((i for i, cell in enumerate(cells) if cell.kind != "blank"), len(cells))
        while first < len(cells) and cells[first].kind == "text":
            last = first
            first += 1
    values = list(cells[last + 1 :])
    while values and values[0].kind == "text" and (len(values) > 7 or (not row.closed and len(values) > 1)):
        last, values = last + 1, values[1:]  # an unknown label under a known one
    labels = [cell for cell in cells[: last + 1] if cell.kind in ("label", "text")]
    in_place = row.closed and any(cell.kind == "label" for cell in cells[: last + 1])  # a word in a figure's place: 若干
    return labels, values if in_place or any(cell.kind in _VALUES for cell in values) else []
