"""The tables of a report laid out for showing: by their own grid where it is known, else by the columns of the form's figures."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal

from validator.base.records import record
from validator.model import Block, Figure, Figures, FormTable, Report, Table, TableCell, TableRow
from validator.reporters.excerpts import Piece


@record
class Place:
    """A cell to be shown: pieces of blocks, side by side."""

    pieces: tuple[Piece, ...] = ()
    head: Literal["", "row", "col"] = ""
    figure: bool = False
    rows: int = 1
    columns: int = 1


@record
class Grid:
    """A table to be shown, and the blocks that are in it."""

    blocks: tuple[Block, ...]
    rows: tuple[tuple[Place, ...], ...]


def grids(report: Report, figures: Figures | None, blocks: Sequence[Block]) -> Iterator[Grid]:
    """Every table among the blocks."""
    kinds = {id(cell.block): cell.kind for table in report.tables for row in table.rows for cell in row.cells}
    tables: dict[int, list[Block]] = defaultdict(list)
    for block in blocks:
        if block.table is not None:
            tables[block.table].append(block)
    even = {number for number, members in tables.items() if members[0].exact or _even(members)}
    laid_out: set[int] = set()
    for table in report.tables:
        members = tuple({id(cell.block): cell.block for row in table.rows for cell in row.cells}.values())
        numbers = {block.table for block in members}
        if not members or (None not in numbers and numbers <= even and (len(numbers) == 1 or members[0].exact)):
            continue
        laid_out |= {number for number in numbers if number is not None}
        yield Grid(blocks=members, rows=tuple(_FormLayout(table, figures).rows()))
    for number, table_blocks in tables.items():
        if number not in laid_out:
            yield Grid(blocks=tuple(table_blocks), rows=tuple(_grid_rows(table_blocks, kinds)))


def _even(members: Sequence[Block]) -> bool:
    """Whether all rows have the same number of cells, more than one."""
    counts = set(Counter(block.row for block in members).values())
    return len(counts) == 1 and counts != {1}


def _grid_rows(members: Sequence[Block], kinds: Mapping[int, str]) -> Iterator[tuple[Place, ...]]:
    """A table on its own grid, spans and all."""
    rows: dict[int, list[Block]] = defaultdict(list)
    for block in members:
        rows[block.row or 0].append(block)
    for number in range(min(rows), max(rows) + 1):
        cells = sorted(rows.get(number, ()), key=lambda block: block.column or 0)
        counted = any(kinds.get(id(block)) in ("figure", "placeholder", "run", "unread") for block in cells)
        yield tuple(
            Place(
                pieces=((block, 0, len(block.text)),),
                head=("row" if counted else "col") if kinds.get(id(block)) == "label" else "",
                figure=kinds.get(id(block)) in ("figure", "placeholder", "run", "unread"),
                rows=min(block.row_span, 1000),
                columns=min(block.column_span, 1000),
            )
            for block in cells
        )


class _FormLayout:
    """A table whose columns the source does not tell: labels first, figures and column labels in the form's columns."""

    def __init__(self, table: Table, figures: Figures | None) -> None:
        self.table = table
        self.figures: dict[int, list[Figure]] = defaultdict(list)
        for figure in figures.by_cell.values() if figures else ():
            self.figures[id(figure.block)].append(figure)
        blocks = dict.fromkeys(id(cell.block) for row in table.rows for cell in row.cells)
        table_sizes = Counter(figure.cell.table for key in blocks for figure in self.figures.get(key, ()))
        most = max(table_sizes, key=table_sizes.__getitem__, default="")  # where a table runs on into another; the first of two as large
        form = figures.form.table(most) if figures else None
        self.form = form
        self.heads = self._heads(figures, form)
        self.width = _width(form) if form else 0

    def rows(self) -> Iterator[tuple[Place, ...]]:
        """The rows, all as wide."""
        shown = list(_merge_headers(row for source in self.table.rows for row in self._rows(source)))
        width = max([self.width, *(len(row.rest) for row in shown)])
        for row in shown:
            counted = bool(row.slots) or bool(row.rest)
            head: Literal["", "row", "col"] = ("row" if counted else "col") if row.lead else ""
            lead = Place(pieces=tuple(row.lead), head=head, columns=1 if counted else width + 1)
            if not counted:
                yield (lead,)
                continue
            slots = row.slots or {number: (piece, True) for number, piece in enumerate(row.rest)}
            yield (lead, *(_slot(slots.get(number)) for number in range(width)))

    def _rows(self, source: TableRow) -> Iterator[_Row]:
        """A row of the report in as many rows as it takes to keep its order: labels that follow figures begin another."""
        row = _Row()
        for cell in source.cells:
            placed = list(self._placed(cell))
            if row and (not placed and (row.slots or row.rest) or any(number in row.slots for number, _, _ in placed)):
                yield row
                row = _Row()
            if row.heads and placed and not any(head for _, _, head in placed):
                yield row
                row = _Row()
            for number, piece, head in placed:
                row.slots[number] = (piece, not head)
                row.heads = row.heads or head
            if not placed and (cell.kind not in ("blank",)):
                piece = (cell.block, cell.start, cell.start + len(cell.text))
                (row.lead if cell.kind in ("label", "text") else row.rest).append(piece)
        if row:
            yield row

    def _placed(self, cell: TableCell) -> Iterator[tuple[int, Piece, bool]]:
        """The columns that a cell stands in; more than one where its figures run together."""
        key, end = id(cell.block), cell.start + len(cell.text)
        if (slot := self.heads.get((key, cell.start))) is not None and cell.kind == "label":
            yield slot, (cell.block, cell.start, end), True
            return
        starts: set[int] = set()  # figures that could not be divided all stand in the same place
        for figure in self.figures.get(key, ()):
            inside = cell.start <= figure.start < end or cell.start == figure.start
            if self.form and figure.cell.table == self.form.key and inside and figure.start not in starts:
                starts.add(figure.start)
                if (slot := _column(self.form, figure.cell.row or "", figure.cell.column or "")) is not None:
                    yield slot, (cell.block, figure.start, figure.start + len(figure.text)), False

    def _heads(self, figures: Figures | None, form: FormTable | None) -> dict[tuple[int, int], int]:
        """Where column labels stand → their columns. A flat table prints each once for every row of the form."""
        reading = figures.tables.get(form.key) if figures and form else None
        if form is None or reading is None:
            return {}
        by_place: dict[tuple[int, int], int] = {}
        times: Counter[str] = Counter()
        for label in reading.columns:
            at = times[label.key] if form.flat else None
            times[label.key] += 1
            rows = form.rows[at : at + 1] if at is not None else form.rows
            slots = [_column(form, row.key, label.key) for row in rows]
            if in_form := [slot for slot in slots if slot is not None]:
                by_place[(id(label.block), label.start)] = min(in_form)
        return by_place


class _Row:
    """A row being laid out: labels, cells by column, cells that have no column."""

    def __init__(self) -> None:
        self.lead: list[Piece] = []
        self.slots: dict[int, tuple[Piece, bool]] = {}
        self.rest: list[Piece] = []
        self.heads = False

    def __bool__(self) -> bool:
        return bool(self.lead or self.slots or self.rest)


def _merge_headers(rows: Iterable[_Row]) -> Iterator[_Row]:
    """Header rows that follow each other and leave each other's columns free are one: 自然人 … 总计 above 商业企业 … 其他."""
    pending: _Row | None = None
    for row in rows:
        if pending and pending.heads and row.heads and not pending.slots.keys() & row.slots.keys():
            pending.lead += row.lead
            pending.slots |= row.slots
            continue
        if pending:
            yield pending
        pending = row
    if pending:
        yield pending


def _slot(content: tuple[Piece, bool] | None) -> Place:
    if content is None:
        return Place()
    piece, figure = content
    return Place(pieces=(piece,), head="" if figure else "col", figure=figure)


def _width(form: FormTable) -> int:
    return len(form.rows) * len(form.columns) if form.flat else max(len(row.columns) for row in form.rows)


def _column(form: FormTable, row: str, column: str) -> int | None:
    """The column of a figure, counted from 0 behind the labels."""
    if form.flat:
        rows, columns = [each.key for each in form.rows], [each.key for each in form.columns]
        return rows.index(row) * len(columns) + columns.index(column) if row in rows and column in columns else None
    form_row = form.row(row)
    return form_row.columns.index(column) if form_row and column in form_row.columns else None
