"""A docx table laid out: which cells it has, in which row and column each begins and how far it reaches."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from validator.model import UnreadableError
from validator.readers.docx.package import Element, W
from validator.readers.docx.properties import FLAT
from validator.readers.docx.styles import number, on
from validator.readers.docx.wrappers import MAX_DEPTH, WRAPPERS

#: A grid column narrower than this that no cell has to itself comes from borders dragged by hand; in twentieths of a point.
_SLIVER = 240
_MAX_SPAN = 1000
_SPAN, _DOWN, _ACROSS = W + "gridSpan", W + "vMerge", W + "hMerge"  # the last as older programs write it
_PROPERTIES = W + "tcPr"


@dataclass(slots=True)
class DocxCell:
    """A cell, 1-based, with all merged into it. `element` is the w:tc where the merge begins."""

    element: Element
    row: int
    column: int
    row_span: int
    column_span: int


class DocxGrid(NamedTuple):
    """A table's cells in reading order, and the rows that nobody sees: why, and the row."""

    cells: list[DocxCell]
    unseen: list[tuple[str, Element]]


def lay_out(table: Element, revised: bool) -> DocxGrid:
    """The table. Rows and cells that are hidden or deleted by tracked changes are left out; cells merged upwards belong to their origin."""
    cells: list[DocxCell] = []
    unseen: list[tuple[str, Element]] = []
    merging: dict[int, DocxCell] = {}  # column → the cell that a vertical merge may go on from
    row = 0
    for element in _children(table, W + "tr", 0):
        properties = element.find(W + "trPr")
        if revised and _is_deleted(properties):
            continue
        if properties is not None and (why := _why_unseen(properties)):
            unseen.append((why, element))
            continue
        row += 1
        below: dict[int, DocxCell] = {}
        for tc, column, span, merge in _row(properties, element, revised):
            origin = merging.get(column)
            if merge == "continue" and origin is not None and origin.row + origin.row_span == row:
                origin.row_span += 1
                below[column] = origin
                continue
            cell = DocxCell(tc, row, column, 1, span)
            cells.append(cell)
            if merge:
                below[column] = cell
        merging = below
    _merge_slivers(table, cells)
    return DocxGrid(cells, [(why, element) for why, element in unseen if _has_words(element)])


def _why_unseen(row: Element) -> str:
    """Why nobody sees a row: it is hidden, or too low to show anything."""
    if on(row.find(W + "hidden")):
        return "hidden"
    height = row.find(W + "trHeight")
    exact = number(height) if height is not None and height.get(W + "hRule") == "exact" else None
    return "clipped" if exact is not None and exact <= FLAT else ""


def _has_words(element: Element) -> bool:
    """Whether any words stand in a row."""
    return any(item.text and item.text.strip() for item in element.iter(W + "t"))


def _children(parent: Element, tag: str, depth: int) -> Iterator[Element]:
    """Children of that tag, content controls and the like taken off."""
    if depth > MAX_DEPTH:
        raise UnreadableError("too-deep", format="docx")
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in WRAPPERS:
            yield from _children(child, tag, depth + 1)


def _is_deleted(properties: Element | None) -> bool:
    """Whether a row or cell is deleted by a tracked change."""
    return properties is not None and any(properties.find(W + name) is not None for name in ("del", "cellDel"))


def _row(properties: Element | None, element: Element, revised: bool) -> Iterator[tuple[Element, int, int, str | None]]:
    """The cells of a row: element, first grid column, number of grid columns, vertical merge (restart, continue, None)."""
    column = 1 if properties is None else 1 + _clamp(0, number(properties.find(W + "gridBefore")), 0)
    pending: tuple[Element, int, int, str | None] | None = None
    for tc in _children(element, W + "tc", 0):
        span, down, across = 1, None, None
        look = next(tc.iterchildren(), None)
        for child in () if look is None or look.tag != _PROPERTIES else look:
            tag = child.tag
            if tag == _SPAN:
                span = _clamp(1, number(child), 1)
            elif tag == _DOWN:
                down = child.get(W + "val", "continue")
            elif tag == _ACROSS:
                across = child.get(W + "val", "continue")
        if revised and _is_deleted(look):
            continue
        if across == "continue" and pending is not None:
            pending = (pending[0], pending[1], pending[2] + span, pending[3])
        else:
            if pending is not None:
                yield pending
            pending = (tc, column, span, down)
        column += span
    if pending is not None:
        yield pending


def _clamp(low: int, value: int | None, default: int) -> int:
    """A span within reason."""
    return default if value is None else max(low, min(value, _MAX_SPAN))


def _merge_slivers(table: Element, cells: list[DocxCell]) -> None:
    """Take borders for one that lie within a sliver of each other, so that a column dragged askew stays one column."""
    grid = table.find(W + "tblGrid")
    widths = [] if grid is None else [number(item, "w") or 0 for item in grid.iterchildren(W + "gridCol")]
    if not any(0 < width < _SLIVER for width in widths):
        return
    edges = sorted({edge for cell in cells for edge in (cell.column, cell.column + cell.column_span)})
    if edges[-1] > len(widths) + 1:
        return  # the widths given belong to another grid than the table's
    places = [0]
    for width in widths:
        places.append(places[-1] + width)
    new_edges = _merge_edges(edges, places, {(cell.column, cell.column + cell.column_span) for cell in cells})
    for cell in cells:
        first, last = new_edges[cell.column], new_edges[cell.column + cell.column_span]
        cell.column, cell.column_span = first, last - first


def _merge_edges(edges: list[int], places: list[int], occupied: set[tuple[int, int]]) -> dict[int, int]:
    """Old edge → new edge: edges close together become one, unless a cell lies between them."""
    groups: list[list[int]] = []
    for edge in edges:
        group = groups[-1] if groups else []
        near = group and places[edge - 1] - places[group[0] - 1] < _SLIVER
        if near and not any((other, edge) in occupied for other in group):
            group.append(edge)
        else:
            groups.append([edge])
    lost = sorted(edge for group in groups for edge in group[1:])
    return {edge: group[0] - bisect_right(lost, group[0]) for group in groups for edge in group}


def holds_tables(table: Element) -> bool:
    """Whether a table of more than one cell stands in a cell of this one; frames of one cell are only boxes."""
    return any(len(list(zip(range(2), inner.iter(W + "tc"), strict=False))) > 1 for inner in table.iterdescendants(W + "tbl"))
