"""A report as a PDF with ruled tables, where a cell's content can be drawn by hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tests.acceptance.mutation.grids import Cell, Grid, grid
from tests.acceptance.mutation.report import Paragraph, Report, Table
from tests.readers.pdf.pdf_files import Sheet, pdf

#: Draws what stands in a cell: the sheet, the cell's left edge and baseline, its right and lower edges.
Draw = Callable[[Sheet, float, float, float, float], object]
SIZE = 8.0
_LEFT, _RIGHT, _TOP, _ROOM = 40.0, 556.0, 60.0, 506.0
_LABELS = (70.0, 60.0, 120.0)


def write(report: Report, drawn: Mapping[str, Draw]) -> bytes:
    """The file; `drawn`: cells by their text, which is then not printed."""
    sheets = [Sheet()]
    y = _TOP
    for line in report.title:
        sheets[0].text(120, y, line, 16)
        y += 30
    for text in report.preamble.paragraphs():
        y = _paragraph(sheets[-1], y, text)
    for section in report.sections:
        if y > 500 or any(isinstance(item, Table) for item in section.items):
            sheets.append(Sheet())
            y = _TOP
        sheets[-1].text(_LEFT, y, section.heading, 12)
        y += 24
        for item in section.items:
            if isinstance(item, Paragraph):
                if y > 700:
                    sheets.append(Sheet())
                    y = _TOP
                y = _paragraph(sheets[-1], y, item.text)
            else:
                y = _table(sheets[-1], y, grid(item), drawn)
        y += 8
    return pdf(sheets)


def _paragraph(sheet: Sheet, y: float, text: str) -> float:
    room, line = _ROOM - 22, ""
    lines = []
    for char in text:
        width = 11 if ord(char) > 127 else 5.5
        if room < width:
            lines.append(line)
            room, line = _ROOM, ""
        room, line = room - width, line + char
    for place, piece in enumerate([*lines, line]):
        sheet.text(_LEFT + (22 if place == 0 else 0), y, piece, 11)
        y += 17
    return y + 3


def _edges(lines: Grid) -> list[float]:
    """Where the columns of a table begin and end."""
    wide = max(sum(cell.columns for cell in line) for line in lines)
    labels = _LABELS if wide == 10 else (130.0,) if wide == 4 else ()
    room = (_RIGHT - _LEFT - sum(labels)) / (wide - len(labels))
    edges = [_LEFT]
    for width in (*labels, *([room] * (wide - len(labels)))):
        edges.append(edges[-1] + width)
    return edges


def _table(sheet: Sheet, top: float, lines: Grid, drawn: Mapping[str, Draw]) -> float:
    """Draws a table; the y under it."""
    edges = _edges(lines)
    placed: list[tuple[int, int, Cell]] = []
    taken: set[tuple[int, int]] = set()
    for row, line in enumerate(lines):
        column = 0
        for cell in line:
            while (row, column) in taken:
                column += 1
            taken |= {(row + down, column + right) for down in range(cell.rows) for right in range(cell.columns)}
            placed.append((row, column, cell))
            column += cell.columns
    heights = [14.0] * len(lines)
    for row, column, cell in placed:
        if cell.rows == 1:
            heights[row] = max(heights[row], 4 + (SIZE + 2) * len(_wrapped(cell, edges[column + cell.columns] - edges[column])))
    ys = [top]
    for height in heights:
        ys.append(ys[-1] + height)
    for row, column, cell in placed:
        x0, x1, y0, y1 = edges[column], edges[column + cell.columns], ys[row], ys[row + cell.rows]
        sheet.frame(x0, y0, x1, y1)
        if cell.text in drawn:
            drawn[cell.text](sheet, x0 + 3, y0 + 2 + SIZE, x1, y1)
            continue
        for place, piece in enumerate(_wrapped(cell, x1 - x0)):
            sheet.text(x0 + 3, y0 + 2 + SIZE + place * (SIZE + 2), piece, SIZE)
    return ys[-1] + 18


def _wrapped(cell: Cell, width: float) -> list[str]:
    room = max(1, int((width - 6) / SIZE))
    return [cell.text[at : at + room] for at in range(0, len(cell.text), room)] or [""]
