"""Blank cells of a one-cell-a-line text: nothing is printed for them but an empty line more than usual."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from validator.model import Block, Kind, Table, TableCell


def empty_after(table: Table) -> dict[int, int]:
    """By identity of a block: how many cells with nothing in them may follow it. Only where rows have no marks."""
    blocks = [cell.block for row in table.rows if not row.closed for cell in row.cells]
    blocks = [block for block in blocks if block.row is None and block.page is None and block.paragraph is None]
    steps = [(before, after.line - before.line) for before, after in zip(blocks, blocks[1:], strict=False) if after.line > before.line]
    usual = min((step for _, step in steps), default=0)
    return {id(before): (step - usual) // usual for before, step in steps if step > usual and (step - usual) % usual == 0}


def blank(before: Block) -> TableCell:
    """A blank cell on the line after a block."""
    return TableCell(kind="blank", text="", block=replace(before, kind=Kind.LINE, text="", line=before.line + 1, offset=1))


def with_blanks(label: TableCell | None, values: Sequence[TableCell], empty: Mapping[int, int], wanted: int) -> list[TableCell]:
    """The values with their blank ones put in, where the empty lines are just as many as the values too few; else as they are."""
    cells: list[TableCell] = [blank(label.block)] * empty.get(id(label.block), 0) if label else []
    for cell in values:
        cells += [cell, *[blank(cell.block)] * empty.get(id(cell.block), 0)]
    return cells if len(cells) == wanted > len(values) else list(values)
