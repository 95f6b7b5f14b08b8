"""Grids of neighbouring pages → one table: columns on a common grid, cells and rows that a page break cut put together again."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from validator.model import Mark
from validator.readers.pdf.lines import PdfLine, begins_item, cell_text, join_lines, marks_of, wraps
from validator.readers.pdf.page import Box
from validator.readers.pdf.tables import Lattice, merge_close

_FIGURE = re.compile(r"[\s+-]*[\d０-９][\d０-９.,，．%\s]*|[/—–-]+|无")
_SAME = 4.0  # points; columns of two pages this near are one


@dataclass(frozen=True, kw_only=True, slots=True)
class Fragment:
    """The part of a table that stands on one page, with the lines in each of its cells."""

    page: int
    lattice: Lattice
    lines: tuple[tuple[PdfLine, ...], ...]  # [index of the cell]
    doubts: Mapping[int, str] = field(default_factory=dict)  # index of the cell → why no figure may be read in it


@dataclass(kw_only=True, slots=True)
class PdfCell:
    """A cell of the whole table: rows and columns from 0, ends not included."""

    row: int
    column: int
    row_end: int
    column_end: int
    text: str
    page: int
    box: Box
    first: PdfLine | None = field(default=None)  # its first line, which may go on from the page before
    last: PdfLine | None = field(default=None)  # its last line, which may go on over the page
    marks: tuple[Mark, ...] = ()
    doubt: str = ""

    @property
    def width(self) -> float:
        """Its width in points."""
        return self.box.x1 - self.box.x0


def follows(first: Lattice, second: Lattice) -> bool:
    """Whether the second grid, met directly after the first at a page break, can be the same table: it is as wide."""
    return abs(first.box.x0 - second.box.x0) <= 12 and abs(first.box.x1 - second.box.x1) <= 12


def cells_of(fragments: Sequence[Fragment]) -> list[PdfCell]:
    """The cells of a table in reading order."""
    xs = merge_close([x for fragment in fragments for x in fragment.lattice.xs], _SAME)
    cells: list[PdfCell] = []
    rows = 0
    for fragment in fragments:
        part = _cells(fragment, xs, rows)
        if cells:
            rows -= _mend_page_break(cells, part, rows)
        cells += part
        rows += len(fragment.lattice.ys) - 1
    return sorted(cells, key=lambda cell: (cell.row, cell.column))


def _cells(fragment: Fragment, xs: Sequence[float], first: int) -> list[PdfCell]:
    """The cells of one page, rows counted from `first`. A gap at the ragged edge of a grid is no cell."""
    lattice = fragment.lattice
    column = [min(range(len(xs)), key=lambda i: abs(xs[i] - x)) for x in lattice.xs]
    edge = [place for place in lattice.places if place.column == 0 or place.column_end == len(lattice.xs) - 1]
    ragged = sum(place.open for place in edge) * 2 < len(edge)
    cells = []
    for index, place in enumerate(lattice.places):
        lines, box = fragment.lines[index], lattice.frame(index)
        if place.open and not lines and ragged:
            continue
        text = cell_text(lines, box.x1 - box.x0)
        cells.append(
            PdfCell(
                row=first + place.row,
                column=column[place.column],
                row_end=first + place.row_end,
                column_end=max(column[place.column_end], column[place.column] + 1),
                text=text,
                page=fragment.page,
                box=box,
                first=lines[0] if lines else None,
                last=lines[-1] if lines else None,
                marks=marks_of(lines, text) if any(line.marks for line in lines) else (),
                doubt=fragment.doubts.get(index, "") or next((line.doubt for line in lines if line.doubt), ""),
            )
        )
    return cells


def _mend_page_break(before: list[PdfCell], after: list[PdfCell], edge: int) -> int:
    """Put together what the page break at row `edge` cut; cells of `after` that are used up leave it. Returns the rows saved."""
    upper = {(cell.column, cell.column_end): cell for cell in before if cell.row_end == edge}
    lower = {(cell.column, cell.column_end): cell for cell in after if cell.row == edge}
    heads = _heads(upper, lower)
    for key in sorted(upper.keys() & lower.keys()):
        if key not in heads and _is_one(upper[key], lower[key]):
            _merge(upper[key], lower[key])
            after.remove(lower.pop(key))
            del upper[key]
    rest = [key for key, cell in lower.items() if cell.row_end == edge + 1]
    if len(rest) < 2 or any(key not in upper or upper[key].row_end - upper[key].row > 1 for key in rest):
        return 0
    if not _is_row_cut(upper, lower, rest):
        return 0
    if any(cell.row_end > edge + 1 and cell.row == edge for cell in after):
        return 0
    for key in rest:
        _merge(upper[key], lower[key])
        after.remove(lower[key])
    for cell in after:
        cell.row, cell.row_end = cell.row - 1, cell.row_end - 1
    for cell in before:
        cell.row_end -= cell.row_end > edge
    return 1


def _heads(upper: Mapping[tuple[int, int], PdfCell], lower: Mapping[tuple[int, int], PdfCell]) -> set[tuple[int, int]]:
    """The cells over several rows that end at the break because they are heads of columns: the row below begins a row of its own.

    Labels that go on over the break stand left of all that is one row high. A figure under such a cell is the first of its column.
    """
    deep = {key for key in upper.keys() & lower.keys() if upper[key].row_end - upper[key].row > 1 and upper[key].text}
    flat = {key for key, cell in lower.items() if cell.row_end - cell.row == 1}
    if any(_FIGURE.fullmatch(lower[key].text) for key in deep & flat):
        return deep & flat
    labels = [key for key in flat if lower[key].text and (key not in deep or begins_item(lower[key].text))]
    return {key for key in deep & flat if any(label < key for label in labels)}


def _is_one(upper: PdfCell, lower: PdfCell) -> bool:
    """Whether two cells over several rows, one above and one below the break, are one."""
    if upper.row_end - upper.row < 2 and lower.row_end - lower.row < 2:
        return False
    return not upper.text or not lower.text or not begins_item(lower.text)


def _is_row_cut(upper: dict[tuple[int, int], PdfCell], lower: dict[tuple[int, int], PdfCell], keys: list[tuple[int, int]]) -> bool:
    """Whether the break went through a row: its labels go on, and its figures stand all on the same side."""
    both = [(upper[key], lower[key]) for key in keys if upper[key].text and lower[key].text]
    above = any(upper[key].text and not lower[key].text for key in keys)
    below = any(lower[key].text and not upper[key].text for key in keys)
    return bool(both) and not (above and below) and all(_goes_on(first, second) for first, second in both)


def _goes_on(upper: PdfCell, lower: PdfCell) -> bool:
    """Whether the text of a cell, no figure, ended because the line was full and goes on in the other."""
    if upper.last is None or begins_item(lower.text) or _FIGURE.fullmatch(lower.text) or _FIGURE.fullmatch(upper.text):
        return False
    return wraps(upper.last, upper.width, lower.first)


def _merge(upper: PdfCell, lower: PdfCell) -> None:
    """The lower cell becomes part of the upper; its box stays on the upper's page, or goes where the text is."""
    if lower.text and not upper.text:
        upper.text, upper.page, upper.box = lower.text, lower.page, lower.box
        upper.marks = lower.marks
    elif lower.text:
        upper.text = join_lines(upper.text, lower.text)
        shift = len(upper.text) - len(lower.text)
        upper.marks += tuple(Mark(text=mark.text, start=mark.start + shift) for mark in lower.marks)
    upper.doubt = upper.doubt or lower.doubt
    upper.first, upper.last = upper.first or lower.first, lower.last or upper.last
    upper.row_end = lower.row_end
