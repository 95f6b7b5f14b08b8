"""The pieces of a table → lexemes: rows as the source marks them, else a new one at each label that follows a value."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from validator.model import Block, TableCell
from validator.parsing.report.lexemes import Lexeme
from validator.parsing.report.line_cells import PieceCells

_VALUES = frozenset({"figure", "placeholder", "run", "unread", "blank"})
_WORDS = frozenset({"label", "text"})


def row_lexemes(pieces: Sequence[Block], cells: Sequence[PieceCells]) -> Iterator[Lexeme]:
    """CELL for each cell, _END behind each row, _CLOSE behind the last."""
    before: Block | None = None
    has_values = is_open = False  # of the row at hand: whether a value stands in it, whether it has cells
    for block, group in zip(pieces, cells, strict=True):
        marked = block.row is not None
        if is_open and before is not None and _is_new_row(before, block):
            yield Lexeme("_END", before)
            has_values = is_open = False
        for cell in group or (TableCell(kind="text", text=block.text, block=block),):
            is_word = cell.kind in _WORDS
            if not marked and is_word and has_values and is_open:
                yield Lexeme("_END", None)
                has_values = False
            yield Lexeme("CELL", block, cell)
            is_open, has_values = True, has_values and is_word or cell.kind in _VALUES
        before = block
    if is_open:
        yield Lexeme("_END", before)
    yield Lexeme("_CLOSE", None)


def _is_new_row(before: Block, block: Block) -> bool:
    """Whether the source marks that a row ends between two blocks."""
    return (block.row is not None or before.row is not None) and (before.table, before.row) != (block.table, block.row)
