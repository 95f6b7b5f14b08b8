"""Value cells → figures of a row: by the table's own columns where they are known, else in the form's order. Never guessed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from validator.model import Block, Cell, Figure, FormTable, TableCell
from validator.parsing.report.cell_states import divided, printed


def trimmed(values: Sequence[TableCell], expected: int) -> list[TableCell]:
    """Values without the blank cells that merged stubs and spare columns leave before and after them."""
    cells = list(values)
    while len(cells) > expected and cells[-1].kind == "blank":
        cells.pop()
    while len(cells) > expected and cells[0].kind == "blank":
        cells.pop(0)
    return cells


def by_header(values: Sequence[TableCell], header: Mapping[int, str], columns: Sequence[str]) -> dict[str, TableCell] | None:
    """Values by the grid's columns; None where a value stands outside the known ones. A cell over several columns stands in each."""
    by_column: dict[str, TableCell] = {}
    for cell in values:
        at = cell.block.column or 0
        keys = dict.fromkeys(header[column] for column in range(at, at + cell.block.column_span) if header.get(column) in columns)
        if not keys or any(key in by_column for key in keys):
            if cell.kind == "blank" and not keys:
                continue
            return None
        by_column |= dict.fromkeys(keys, cell)
    return by_column


def figure(table: FormTable, row: str, column: str, cell: TableCell, text: str | None = None, start: int = 0, reason: str = "") -> Figure:
    """One figure. `text` and `start` where it is a part of a cell whose digits ran together; `reason`: why it cannot be read as printed."""
    whole = text is None
    shown = cell.text if text is None else text
    read = printed(shown, signed=table.number(row, column) == "signed")
    mark = read.mark + _set_aside(cell.block, cell.start + start, cell.start + start + len(shown))
    if mark and read.state == "blank":
        reason = reason or "mark"
    reason = reason or cell.block.doubt or (read.reason if read.state in ("run", "unread") else "")
    return Figure(
        cell=Cell(table=table.key, row=row, column=column),
        value=None if reason else read.value,
        text=shown,
        state="unreadable" if reason or read.state == "run" or read.state == "unread" else read.state,
        block=cell.block,
        start=cell.start + start,
        marks=read.marks if whole else read.marks | {"divided"},
        note=read.note,
        mark=mark,
        reason=reason,
    )


def _set_aside(block: Block, start: int, end: int) -> str:
    """The raised and lowered marks that a reader set aside from this stretch of a block."""
    return "".join(mark.text for mark in block.marks if start <= mark.start <= end) if block.marks else ""


def undivided(table: FormTable, row: str, columns: Sequence[str], values: Sequence[TableCell]) -> tuple[Figure, ...] | None:
    """Figures of cells that ran together, where they can be divided in one way only; else None."""
    if not any(cell.kind == "run" for cell in values):
        return None
    first = values[0]
    if first.block.doubt or any(cell.block is not first.block for cell in values):
        return None
    end = values[-1].start + len(values[-1].text)
    text = first.block.text[first.start : end]
    kinds = tuple((table.column(key) or table.columns[0]).number for key in columns)
    ways = divided(text, kinds, adds=False)
    if len(ways) != 1 and (adds := _adds(table, columns)):
        ways = divided(text, kinds, adds=adds)
    if len(ways) != 1:
        return None
    figures, at = [], 0
    for key, part in zip(columns, ways[0], strict=True):
        at = text.find(part, at) if text.find(part, at) >= 0 else at
        figures.append(figure(table, row, key, first, part, at))
        at += len(part)
    return tuple(figures)


def _adds(table: FormTable, columns: Sequence[str]) -> bool:
    """Whether the last of these columns is the sum of all the others."""
    group = table.groups.get(table.adds.get(columns[-1], ""), ())
    return bool(group) and tuple(group) == tuple(columns[:-1])


def stand_apart(values: Sequence[TableCell], wanted: int) -> bool:
    """Whether each value stands in a cell of its own, so that one that cannot be read leaves the others as they are.

    Not where digits that ran together stand beside blanks: they may be the figures of all of these cells.
    """
    if len(values) != wanted or len({id(cell.block) for cell in values}) < wanted or any(cell.block.row is None for cell in values):
        return False
    kinds = {cell.kind for cell in values}
    return not {"run", "blank"} <= kinds
