"""An HTML table laid out on its grid, as HTML's own rules for rowspan and colspan lay it out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from validator.model import UnreadableError
from validator.readers.html.flow import HtmlCell

#: Columns one cell may span; more is a slip of the program that wrote the page.
MAX_SPAN = 200
_MAX_ROWS = 20_000
#: Steps that laying out one table may take.
_MAX_STEPS = 2_000_000


@dataclass(frozen=True, kw_only=True, slots=True)
class PlacedCell:
    """A cell with its place on the grid, 1-based, and its spans as they came out."""

    cell: HtmlCell
    row: int
    column: int
    row_span: int
    column_span: int


def lay_out(groups: Iterable[list[list[HtmlCell]]]) -> Iterator[PlacedCell]:
    """Every cell at its place, row by row. `groups` are the row groups (thead, tbody, tfoot): no cell reaches beyond its own.

    Raises UnreadableError: too-many-blocks.
    """
    top = steps = 0
    for rows in groups:
        occupied: dict[int, int] = {}  # column → first row of the group in which it is free again
        for number, row in enumerate(rows):
            column = 1
            for cell in row:
                while occupied.get(column, 0) > number:
                    column, steps = column + 1, steps + 1
                wide = min(max(cell.column_span, 1), MAX_SPAN)
                deep = min(cell.row_span or _MAX_ROWS, len(rows) - number)  # rowspan=0: to the end of the group
                steps += wide
                if steps > _MAX_STEPS:
                    raise UnreadableError("too-many-blocks", count=steps, limit=_MAX_STEPS)
                occupied.update(dict.fromkeys(range(column, column + wide), number + deep))
                yield PlacedCell(cell=cell, row=top + number + 1, column=column, row_span=deep, column_span=wide)
                column += wide
        top += len(rows)


def without_columns(placed: PlacedCell, hidden: frozenset[int]) -> PlacedCell | None:
    """A cell where columns of the table are not shown: narrower and further to the left; None where nothing of it is left."""
    columns = range(placed.column, placed.column + placed.column_span)
    wide = sum(column not in hidden for column in columns)
    if not wide:
        return None
    return replace(placed, column=placed.column - sum(column < placed.column for column in hidden), column_span=wide)


def span(value: str | None) -> int:
    """The number in a rowspan or colspan attribute; 1 where it is none."""
    digits = (value or "").strip().rstrip(";").strip("\"'")
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 6 else 1
