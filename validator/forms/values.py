"""Value cells → figures of a row: by the table's own columns where they are known, else in the form's order. Never guessed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from validator.model import Cell, Figure, FormTable, TableCell
from validator.parsing.report.cell_states import divided, printed


def trimmed(values: Sequence[TableCell], expected: int) -> list[TableCell]:
    """Values without the blank cells that merged stubs and spare columns leave before and after them."""
    kept = list(values)
    while len(kept) > expected and kept[-1].kind == "blank":
        kept.pop()
    while len(kept) > expected and kept[0].kind == "blank":
        kept.pop(0)
    return kept


def by_header(values: Sequence[TableCell], header: Mapping[int, str], columns: Sequence[str]) -> dict[str, TableCell] | None:
    """Values by the grid's columns; None where a value stands outside the known ones."""
    found: dict[str, TableCell] = {}
    for cell in values:
        at = cell.block.column or 0
        keys = [header[column] for column in range(at, at + cell.block.column_span) if column in header]
        keys = [key for key in keys if key in columns]
        if len(keys) != 1 or keys[0] in found:
            if cell.kind == "blank" and not keys:
                continue
            return None
        found[keys[0]] = cell
    return found


def figure(table: FormTable, row: str, column: str, cell: TableCell, text: str | None = None, start: int = 0) -> Figure:
    """One figure. `text` and `start` where it is a part of a cell whose digits ran together."""
    whole = text is None
    shown = cell.text if text is None else text
    read = printed(shown)
    state = "unreadable" if read.state == "run" else read.state
    marks = read.marks if whole else read.marks | {"divided"}
    return Figure(
        cell=Cell(table=table.key, row=row, column=column),
        value=read.value,
        text=shown,
        state=state,  # type: ignore[arg-type]
        block=cell.block,
        start=cell.start + start,
        marks=marks,
        note=read.note,
    )


def undivided(table: FormTable, row: str, columns: Sequence[str], values: Sequence[TableCell]) -> tuple[Figure, ...] | None:
    """Figures of cells that ran together, where they can be divided in one way only; else None."""
    if not any(cell.kind == "run" for cell in values):
        return None
    first = values[0]
    if any(cell.block is not first.block for cell in values):
        return None
    end = values[-1].start + len(values[-1].text)
    text = first.block.text[first.start : end]
    kinds = tuple((table.column(key) or table.columns[0]).number for key in columns)
    ways = divided(text, kinds, adds=False)
    if len(ways) != 1 and (adds := _adds(table, columns)):
        ways = divided(text, kinds, adds=adds)
    if len(ways) != 1:
        return None
    found, at = [], 0
    for key, part in zip(columns, ways[0], strict=True):
        at = text.find(part, at) if text.find(part, at) >= 0 else at
        found.append(figure(table, row, key, first, part, at))
        at += len(part)
    return tuple(found)


def _adds(table: FormTable, columns: Sequence[str]) -> bool:
    """Whether the last of these columns is the sum of all the others."""
    group = table.groups.get(table.adds.get(columns[-1], ""), ())
    return bool(group) and tuple(group) == tuple(columns[:-1])
