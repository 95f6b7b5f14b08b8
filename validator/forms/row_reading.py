"""A group with its row as a RowReading: each value to a column; what cannot be told apart stays unread."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Literal

from validator.forms.candidates import WIDE, RowCandidate
from validator.forms.column_heads import ColumnHeads
from validator.forms.groups import RowGroup
from validator.forms.values import by_header, figure, stand_apart, trimmed, undivided
from validator.model import Cell, Figure, FormTable, RowReading, TableCell


def value_windows(candidates: Sequence[RowCandidate]) -> dict[int, tuple[int, ...]]:
    """By source table the columns, counted along the line, that its wide rows have their values in, where most agree; last their width.

    It tells the blank cell of a figure from the blank that a merged label leaves beside it.
    """
    windows: dict[int, Counter[tuple[int, ...]]] = {}
    for candidate in candidates:
        columns = len(candidate.row.columns) if candidate.row else 0
        values = trimmed(candidate.group.values, 0)
        first = values[0].block if values else None
        if first and columns >= WIDE and len(values) == columns and first.table is not None and first.column is not None:
            window = (*(cell.block.column or 0 for cell in values), _width(candidate.group))
            windows.setdefault(first.table, Counter())[window] += 1
    return {table: counts.most_common(1)[0][0] for table, counts in windows.items() if counts.most_common(1)[0][1] * 2 > counts.total()}


def read_row(
    table: FormTable, candidate: RowCandidate, heads: ColumnHeads, missing: Sequence[str], windows: Mapping[int, tuple[int, ...]]
) -> RowReading:
    """A candidate as a row with figures. `missing`: columns that the report's table has not; `windows`: see value_windows."""
    group = candidate.group
    if candidate.row is None:
        return RowReading(key=None, label=candidate.label, figures=(), block=group.block, values=len(group.values))
    columns = [key for key in candidate.row.columns if key not in missing]
    figures = _figures(table, candidate.row.key, columns, group, heads, windows)
    return RowReading(
        key=candidate.row.key,
        label=candidate.label,
        figures=figures if figures is not None else _unreadable(table, candidate.row.key, columns, group),
        block=candidate.label.block if candidate.label else group.block,
        values=len(trimmed(group.values, len(columns))),
        readable=figures is not None,
        trouble=_trouble(group, columns, figures),
    )


def _trouble(group: RowGroup, columns: Sequence[str], figures: tuple[Figure, ...] | None) -> Literal["", "run-together", "short", "long"]:
    """Why a row could not be read in full."""
    if figures is not None:
        return "short" if len(figures) < len(columns) else ""
    if any(cell.kind == "run" for cell in group.values):
        return "run-together"
    return "short" if len(trimmed(group.values, len(columns))) < len(columns) else "long"


def _figures(
    table: FormTable, row: str, columns: Sequence[str], group: RowGroup, heads: ColumnHeads, windows: Mapping[int, tuple[int, ...]]
) -> tuple[Figure, ...] | None:
    """The row's figures; None where its cells cannot be told apart."""
    grid = heads.grids.get(group.table, {})
    if group.exact and set(columns) <= set(grid.values()):
        by_column = by_header(group.values, {column: key for column, key in grid.items() if key in columns}, columns)
        if by_column is not None:
            return _by_column(by_column, table, row, columns)
    divided = undivided(table, row, columns, group.values)
    if divided is not None:
        return divided
    values = _in_window(group, len(columns), windows) or trimmed(group.values, len(columns))
    if any(cell.kind == "run" for cell in group.values) and not stand_apart(values, len(columns)):
        return None
    if len(values) == len(columns):
        return tuple(figure(table, row, key, cell) for key, cell in zip(columns, values, strict=True))
    if group.exact and 0 < len(values) < len(columns):
        *window, _ = windows.get(values[0].block.table or 0, (0,))
        by_column = by_header(values, dict(zip(window, columns, strict=False)), columns) if len(window) == len(columns) else None
        return _by_column(by_column, table, row, columns) if by_column is not None else None
    return None


def _by_column(by_column: Mapping[str, TableCell], table: FormTable, row: str, columns: Sequence[str]) -> tuple[Figure, ...]:
    """The figures of cells whose columns are candidates. What is printed in one cell over several columns is the figure of none of them."""
    shared = Counter(map(id, by_column.values()))
    return tuple(
        figure(table, row, key, cell, reason="merged" if shared[id(cell)] > 1 and cell.kind != "blank" else "")
        for key in columns
        if (cell := by_column.get(key)) is not None
    )


def _width(group: RowGroup) -> int:
    """How many cells the source row has, as far as the group goes."""
    return max(cell.block.column or 0 for cell in group.values)


def _in_window(group: RowGroup, wanted: int, windows: Mapping[int, tuple[int, ...]]) -> list[TableCell]:
    """The values that stand where the other rows of the same source table have theirs; [] where nothing stands beside them."""
    *window, width = windows.get(group.values[0].block.table or 0, (0,))
    if width != _width(group):
        return []
    inside = [cell for cell in group.values if cell.block.column in window]
    outside = [cell for cell in group.values if cell.block.column not in window]
    return inside if len(window) == wanted and outside and all(cell.kind == "blank" for cell in outside) else []


def _unreadable(table: FormTable, row: str, columns: Sequence[str], group: RowGroup) -> tuple[Figure, ...]:
    """The row's figures without values: what is printed belongs to them, but nobody can say which to which."""
    text = " ".join(cell.text.strip() for cell in group.values if cell.text.strip())
    first = group.values[0]
    cells = [Cell(table=table.key, row=row, column=key) for key in columns]
    return tuple(Figure(cell=cell, value=None, text=text, state="unreadable", block=first.block, start=first.start) for cell in cells)
