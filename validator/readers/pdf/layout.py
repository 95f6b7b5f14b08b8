"""Pages → paragraphs and tables in reading order, page numbers and running heads set aside."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import TypeGuard

from validator.model import Mark
from validator.readers.pdf.borderless_tables import BorderlessRow, with_rows
from validator.readers.pdf.cells import Fragment, follows
from validator.readers.pdf.lines import PdfLine, TextEdges, goes_on, join_lines, lines_of, marks_of, text_edges
from validator.readers.pdf.page import Box, Char, PdfPage
from validator.readers.pdf.tables import Lattice, lattices
from validator.text.characters import bare, even

_MARGIN = 0.115  # of the page's height, above and below, where numbers and running heads stand
_NUMBER = re.compile(r"[-·•.|~]*+(?:第|page)?[-·•.]*+\d{1,3}[-·•.]*+页?(?:(?:[/,共]|of)*\d{1,3}页?)?[-·•.|~]*", re.IGNORECASE)
_BAND = 80.0  # points; a frame higher than this is a box around text, no band of a table
_PICTURE = 60.0  # points; smaller pictures are seals' dots and ornaments


@dataclass(frozen=True, kw_only=True, slots=True)
class PdfParagraph:
    """Lines that belong together, and where the first of them stands."""

    text: str
    first: PdfLine
    marks: tuple[Mark, ...] = ()
    doubt: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class PagePicture:
    """A picture on the page."""

    page: int
    box: Box


Item = PdfParagraph | PagePicture | list[Fragment] | list[BorderlessRow]


@dataclass(frozen=True, kw_only=True, slots=True)
class _PageLayout:
    """A page taken apart: lines outside tables, tables and pictures."""

    page: PdfPage
    lines: list[PdfLine]
    fragments: list[Fragment]


def items(pages: Sequence[PdfPage]) -> list[Item]:
    """Everything in reading order; a table that goes on over pages is one list of fragments."""
    grids = [lattices(page.rules) for page in pages]
    sheets = _without_furniture([_page_layout(page, _tables(grids, index)) for index, page in enumerate(pages)])
    edges = text_edges([line for sheet in sheets for line in sheet.lines], min((page.width for page in pages), default=0))
    result: list[Item] = []
    under_way: list[PdfLine] = []
    for sheet, lines in zip(sheets, with_rows([sheet.lines for sheet in sheets]), strict=True):
        page_edges = _page_edges(sheet, edges)
        for piece in _in_order(sheet, lines):
            if isinstance(piece, PdfLine) and under_way and goes_on(under_way[-1], piece, page_edges):
                under_way.append(piece)
                continue
            if not isinstance(piece, PagePicture):
                result += _finish_paragraph(under_way)
            if isinstance(piece, PdfLine):
                under_way = [piece]
            elif isinstance(piece, Fragment):
                _add_fragment(result, piece)
            elif isinstance(piece, BorderlessRow):
                _add_row(result, piece)
            else:
                result.append(piece)
    return result + _finish_paragraph(under_way)


def _finish_paragraph(lines: list[PdfLine]) -> list[Item]:
    """The paragraph that these lines make; the list is emptied."""
    if not lines:
        return []
    text = lines[0].text
    for line in lines[1:]:
        text = join_lines(text, line.text)
    marks = marks_of(lines, text) if any(line.marks for line in lines) else ()
    paragraph = PdfParagraph(text=text, first=lines[0], marks=marks, doubt=next((line.doubt for line in lines if line.doubt), ""))
    lines.clear()
    return [paragraph]


def _add_row(result: list[Item], piece: BorderlessRow) -> None:
    """A row of an unruled table: it belongs to the row before."""
    last = result[-1] if result else None
    if isinstance(last, list) and isinstance(last[-1], BorderlessRow):
        last.append(piece)
    else:
        result.append([piece])


def _add_fragment(result: list[Item], piece: Fragment) -> None:
    """A grid on a page: the rest of the table that ended the page before, or a new table."""
    last = result[-1] if result else None
    if _is_ruled(last) and last[-1].page == piece.page - 1 and follows(last[-1].lattice, piece.lattice):
        last.append(piece)
        return
    result.append([piece])


def _is_ruled(item: Item | None) -> TypeGuard[list[Fragment]]:
    """Whether it is a table of fragments; the lists hold things of one kind, and are never empty."""
    return isinstance(item, list) and isinstance(item[-1], Fragment)


def _tables(grids: Sequence[list[Lattice]], index: int) -> list[Lattice]:
    """The grids of a page that are tables. A lone band counts where the table that it belongs to stands on the page before or after."""
    real = [grid for grid in grids[index] if not grid.is_text]
    near = []
    if index and (above := [grid for grid in grids[index - 1] if not grid.is_text]):
        near.append(max(above, key=lambda grid: grid.box.bottom))
    if index + 1 < len(grids) and (below := [grid for grid in grids[index + 1] if not grid.is_text]):
        near.append(min(below, key=lambda grid: grid.box.top))
    bands = [
        grid
        for grid in grids[index]
        if grid.is_text
        and any(follows(grid, other) for other in near)
        and all(grid.ys[place.row_end] - grid.ys[place.row] <= _BAND for place in grid.places)
    ]
    return real + bands


def _page_layout(page: PdfPage, tables: list[Lattice]) -> _PageLayout:
    """The characters of a page given to the cells they stand in; the rest makes lines."""
    chars_of: list[list[list[Char]]] = [[[] for _ in table.places] for table in tables]
    doubts: list[dict[int, str]] = [{} for _ in tables]
    loose: list[Char] = []
    for run in _runs(page.chars) if tables else ():
        cell = next(_cells_at(tables, (run[0][1] + run[-1][3]) / 2, (run[0][2] + run[0][4]) / 2), None)
        if cell is None:
            loose += run
            continue
        number, index = cell
        chars_of[number][index] += run
        if page.doubts and (doubt := next((page.doubts[char] for char in run if char in page.doubts), "")):
            doubts[number][index] = doubt
    for char in page.struck:
        for number, index in islice(_cells_at(tables, (char[1] + char[3]) / 2, (char[2] + char[4]) / 2), 1):
            doubts[number][index] = "struck"
    for box in page.drawn:
        hits = _cells_at(tables, (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2)
        for number, index in islice(((n, i) for n, i in hits if _is_within(box, tables[n].frame(i))), 1):
            doubts[number].setdefault(index, "picture")
    fragments = []
    for table, cells, cell_doubts in zip(tables, chars_of, doubts, strict=True):
        cell_lines = tuple(tuple(lines_of(chars, page.number)) if chars else () for chars in cells)
        if any(cell_lines) or cell_doubts:
            fragments.append(Fragment(page=page.number, lattice=table, lines=cell_lines, doubts=cell_doubts))
    lines = lines_of(loose if tables else page.chars, page.number)
    if page.struck or page.doubts:
        lines = [_doubted(line, page) for line in lines]
    return _PageLayout(page=page, lines=lines, fragments=fragments)


def _cells_at(tables: Sequence[Lattice], x: float, y: float) -> Iterator[tuple[int, int]]:
    """The cells at a point (points from the page's top left): the table's place in `tables` and the cell's in it."""
    return ((number, index) for number, table in enumerate(tables) if (index := table.at(x, y)) is not None)


def _is_within(box: Box, frame: Box) -> bool:
    """Whether a box stands in a cell, or hangs out of it by a little."""
    return box.x0 > frame.x0 - 3 and box.x1 < frame.x1 + 3 and box.top > frame.top - 3 and box.bottom < frame.bottom + 3


def _doubted(line: PdfLine, page: PdfPage) -> PdfLine:
    """The line, with the doubt that what stands in it or was struck out of it casts upon its figures."""
    for char, doubt in (*((char, "struck") for char in page.struck), *page.doubts.items()):
        if line.top < (char[2] + char[4]) / 2 < line.bottom:
            return replace(line, doubt=doubt)
    return line


def _runs(chars: Sequence[Char]) -> Iterator[list[Char]]:
    """Characters one by one, but the digits of a number together: a number may stand out of its cell, it is never part of two."""
    run: list[Char] = []
    for char in chars:
        text, x0, top, _, bottom = char
        if text not in "0123456789.,":
            if run:
                yield run
                run = []
            yield [char]
        elif run and abs(top - run[-1][2]) < 1 and -0.5 <= x0 - run[-1][3] < 0.08 * (bottom - top):
            run.append(char)
        else:
            if run:
                yield run
            run = [char]
    if run:
        yield run


def _without_furniture(sheets: list[_PageLayout]) -> list[_PageLayout]:
    """The sheets without page numbers and running heads."""
    heads: dict[tuple[str, int], set[int]] = {}
    for sheet in sheets:
        for line in sheet.lines:
            if key := _head(line, sheet.page):
                for shift in (-1, 0, 1):
                    heads.setdefault((key[0], key[1] + shift), set()).add(sheet.page.number)
    often = max(2, (len(sheets) + 1) // 2)
    trimmed = []
    for sheet in sheets:
        aside = {id(line) for line in _outermost(sheet) if _NUMBER.fullmatch(bare(even(line.text)))}
        for line in sheet.lines:
            key = _head(line, sheet.page)
            if key and len(heads[key]) >= often:
                aside.add(id(line))
        trimmed.append(
            _PageLayout(page=sheet.page, lines=[line for line in sheet.lines if id(line) not in aside], fragments=sheet.fragments)
        )
    return trimmed


def _head(line: PdfLine, page: PdfPage) -> tuple[str, int] | None:
    """What makes a line in the margin the same on other pages: its words without numbers, and its height on the page."""
    if line.bottom > page.height * _MARGIN and line.top < page.height * (1 - _MARGIN):
        return None
    return re.sub(r"\d+", "#", bare(line.text)), round(line.top / 4)


def _outermost(sheet: _PageLayout) -> list[PdfLine]:
    """The first and the last line of a page where they stand in its margins, outside the tables."""
    high = sheet.page.height
    tops = [part.lattice.box.top for part in sheet.fragments]
    bottoms = [part.lattice.box.bottom for part in sheet.fragments]
    lines = []
    if sheet.lines and sheet.lines[0].bottom < high * _MARGIN and all(sheet.lines[0].top < top for top in tops):
        lines.append(sheet.lines[0])
    if sheet.lines and sheet.lines[-1].top > high * (1 - _MARGIN) and all(sheet.lines[-1].top > bottom - 2 for bottom in bottoms):
        lines.append(sheet.lines[-1])
    return lines


def _page_edges(sheet: _PageLayout, edges: TextEdges) -> TextEdges:
    """The edges of a page where it has text enough to tell: facing pages may have other margins."""
    long = [line for line in sheet.lines if line.x1 - line.x0 > 0.8 * (edges.right - edges.left)]
    if len(long) < 6:
        return edges
    page_edges = text_edges(sheet.lines, sheet.page.width)
    return TextEdges(left=page_edges.left, right=page_edges.right, indented=page_edges.indented or edges.indented)


def _in_order(sheet: _PageLayout, lines: Sequence[PdfLine | BorderlessRow]) -> list[PdfLine | BorderlessRow | Fragment | PagePicture]:
    """What stands on a page, from top to bottom."""
    placed: list[tuple[float, PdfLine | BorderlessRow | Fragment | PagePicture]] = []
    for piece in lines:
        line = piece.line if isinstance(piece, BorderlessRow) else piece
        placed.append(((line.top + line.bottom) / 2, piece))
    placed += [(part.lattice.box.top, part) for part in sheet.fragments]
    for box in sheet.page.pictures:
        if min(box.x1 - box.x0, box.bottom - box.top) >= _PICTURE:
            placed.append((box.top, PagePicture(page=sheet.page.number, box=box)))
    return [piece for _, piece in sorted(placed, key=lambda pair: pair[0])]
