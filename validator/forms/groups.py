"""Rows of the report's tables as groups: the labels of a row, then its values, however the source broke them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from validator.model import Block, Table, TableCell, TableRow

_VALUES = frozenset({"figure", "blank", "placeholder", "run"})


@dataclass(kw_only=True, slots=True)
class Group:
    """Labels and the values that follow them. `pending`: labels of lines before that had no value of their own."""

    table: int  # which Table of the report
    section: int | None
    labels: list[TableCell] = field(default_factory=list)
    pending: list[TableCell] = field(default_factory=list)
    values: list[TableCell] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)  # how many values there were at the end of each source row
    closed: bool = False
    gaps: int = 0  # empty lines among the values beyond the usual: cells that were blank in a one-cell-a-line text

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


def groups(tables: Sequence[Table]) -> list[Group]:
    """All groups of all tables in reading order; a group without values holds labels alone (header, band)."""
    return [group for place, table in enumerate(tables) for group in _of_table(table, place)]


def _of_table(table: Table, place: int) -> Iterator[Group]:
    pending: list[TableCell] = []
    for row in table.rows:
        labels, values = split(row)
        if not values:
            pending += labels
            yield Group(table=place, section=table.section, labels=labels, closed=row.closed)
            continue
        if labels or pending or any(cell.kind != "blank" for cell in values) or len(values) >= 5:
            yield Group(
                table=place,
                section=table.section,
                labels=labels,
                pending=pending,
                values=values,
                ends=[len(values)],
                closed=row.closed,
                gaps=0 if row.closed else _gaps(values),
            )
            pending = []


def split(row: TableRow) -> tuple[list[TableCell], list[TableCell]]:
    """The label cells of a row and the value cells after them; blanks before the last label are merged stubs."""
    cells = row.cells
    last = max((i for i, cell in enumerate(cells) if cell.kind == "label"), default=-1)
    if last < 0:
        while last + 1 < len(cells) and cells[last + 1].kind in ("text", "blank") and any(c.kind == "text" for c in cells[last + 1 :]):
            if cells[last + 1].kind == "blank" and not any(c.kind == "text" for c in cells[last + 2 : last + 3]):
                break
            last += 1
    values = list(cells[last + 1 :])
    while len(values) > 7 and values[0].kind == "text":  # an unknown label under a known band
        last, values = last + 1, values[1:]
    labels = [cell for cell in cells[: last + 1] if cell.kind in ("label", "text")]
    told = row.closed and last >= 0 and cells[last].kind == "label"  # a word in a figure's place: 若干
    return labels, values if told or any(cell.kind in _VALUES for cell in values) else []


def _gaps(values: Iterable[TableCell]) -> int:
    """Empty lines among the values beyond what usually parts two cells."""
    lines = [cell.block.line for cell in values]
    steps = [after - before for before, after in zip(lines, lines[1:], strict=False)]
    if not steps:
        return 0
    usual = min(steps)
    return sum((step - usual) // usual for step in steps) if usual > 0 else 0
