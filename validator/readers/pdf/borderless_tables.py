"""Tables without ruled lines: rows of figures that stand in columns, with labels that wrap beside them.

Only large ones are laid out (several rows of six figures, or a row of ten), for there the second line of a label or a number would else be
taken for a row of its own. Smaller ones stay lines, which the grammar reads well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from validator.readers.pdf.lines import LinePart, PdfLine, begins_item, join_lines

_FIGURE = re.compile(r"[+＋-]?[\d０-９][\d０-９,，.．]*%?|[/／—–-]{1,3}|无")
_FIGURES, _ROWS, _MANY = 6, 4, 10
_PITCH = 1.65  # times the size of type; lines further apart are not of one cell


@dataclass(kw_only=True, slots=True)
class RowLabel:
    """A label under way: lines one below the other that begin at the same x."""

    text: str
    x0: float
    top: float
    bottom: float
    used: bool = False


@dataclass(kw_only=True, slots=True)
class BorderlessRow:
    """A row: labels, then figures with blanks where nothing stands in a column."""

    line: PdfLine
    figures: list[str]
    labels: list[RowLabel] = field(default_factory=list)
    bottom: float = 0.0


def with_rows(pages: Sequence[Sequence[PdfLine]]) -> list[list[PdfLine | BorderlessRow]]:
    """The lines of each page; those of unruled tables made into rows."""
    pieces_by_page: list[list[PdfLine | BorderlessRow]] = [list(lines) for lines in pages]
    for group in _groups(pages):
        table = _BorderlessTable(group)
        for index, pieces in enumerate(pieces_by_page):
            if any(id(piece) in table.full for piece in pieces):
                pieces_by_page[index] = table.read(pieces)
    return pieces_by_page


def cells(rows: Sequence[BorderlessRow]) -> Iterator[tuple[int, int, str, PdfLine]]:
    """Row, column (counted along the row, from 1), text and place of each cell."""
    for number, row in enumerate(rows, 1):
        texts = [label.text for label in sorted(row.labels, key=lambda label: label.x0)] + row.figures
        for column, text in enumerate(texts, 1):
            yield number, column, text, row.line


def _groups(pages: Sequence[Sequence[PdfLine]]) -> list[list[PdfLine]]:
    """Rows full of figures, those of one table together: their figures stand in the same columns."""
    groups: list[list[PdfLine]] = []
    for line in (line for lines in pages for line in lines if len(line.parts) >= _FIGURES and len(_figures(line)) >= _FIGURES):
        if groups:
            most = max(len(_figures(row)) for row in (*groups[-1], line))
            if len(_columns([*groups[-1], line])) == most and len(_figures(line)) <= len(_figures(groups[-1][0])):
                groups[-1].append(line)
                continue
        groups.append([line])
    return [group for group in groups if len(group) >= _ROWS or len(_figures(group[0])) >= _MANY]


def _figures(line: PdfLine) -> list[LinePart]:
    """The figures at the end of a line."""
    figures: list[LinePart] = []
    for part in reversed(line.parts or (LinePart(line.text, line.x0, line.x1),)):
        if not _FIGURE.fullmatch(part.text):
            break
        figures.append(part)
    return figures[::-1]


def _columns(rows: Sequence[PdfLine]) -> list[tuple[float, float]]:
    """The span of each column of figures: what overlaps is one."""
    spans: list[tuple[float, float]] = []
    for x0, x1 in sorted((part.x0, part.x1) for line in rows for part in _figures(line)):
        if spans and x0 <= spans[-1][1] + 1:
            spans[-1] = (spans[-1][0], max(spans[-1][1], x1))
        else:
            spans.append((x0, x1))
    return spans


class _BorderlessTable:
    """One unruled table: its columns of figures, and the labels left of them."""

    def __init__(self, rows: Sequence[PdfLine]) -> None:
        self.full = {id(line) for line in rows}
        self._columns = _columns(rows)
        self._zone = self._columns[0][0]  # labels end before it
        self._labels: list[RowLabel] = []  # all of a page
        self._open: list[RowLabel] = []  # the last at each x, from page to page
        self._hanging = True

    def read(self, pieces: Sequence[PdfLine | BorderlessRow]) -> list[PdfLine | BorderlessRow]:
        """The pieces of a page with the table's lines made into rows."""
        places = [place for place, piece in enumerate(pieces) if id(piece) in self.full]
        self._labels, result, row = [], [], None
        self._hanging = self._is_hanging(pieces, places[0])
        goes_on = bool(self._open)
        rows: list[BorderlessRow] = []
        for place, piece in enumerate(pieces):
            if not isinstance(piece, PdfLine) or not self._belongs(piece, place, places, row, goes_on and not rows):
                result.append(piece)
                continue
            figures = _figures(piece)
            if row and figures and self._is_rest(figures, piece, row):
                for part in figures:
                    row.figures[self._column(part)] += part.text
                row.bottom = piece.bottom
            elif figures:
                row = BorderlessRow(line=piece, figures=[""] * len(self._columns), bottom=piece.bottom)
                for part in figures:
                    row.figures[self._column(part)] = part.text
                rows.append(row)
                result.append(row)
            self._add_labels(piece, bool(row and row.line is piece))
        for row in rows:
            self._give_labels(row)
        return result

    def _belongs(self, line: PdfLine, place: int, places: Sequence[int], row: BorderlessRow | None, goes_on: bool) -> bool:
        """Whether a line is of the table: a row, or the rest of a label or number beside one."""
        if id(line) in self.full:
            return True
        figures = _figures(line)
        rest = line.parts[: len(line.parts) - len(figures)] if line.parts else () if figures else (LinePart(line.text, line.x0, line.x1),)
        if any(part.x1 > self._zone for part in rest) or not all(self._fits(part) for part in figures):
            return False
        if places[0] < place < places[-1]:
            return True
        if place > places[-1]:
            near = row is not None and line.bottom - max(row.bottom, *(label.bottom for label in self._open), 0) < _PITCH * line.size
            return near and not begins_item(line.text) and (not figures or bool(row and self._is_rest(figures, line, row)))
        return not figures and (goes_on and not begins_item(line.text) or not self._hanging)

    def _is_hanging(self, pieces: Sequence[PdfLine | BorderlessRow], first: int) -> bool:
        """Whether labels begin in the row's own line; else the row stands at the middle of them."""
        line, above = pieces[first], pieces[first - 1] if first else None
        if not isinstance(above, PdfLine) or not isinstance(line, PdfLine) or self._open:
            return self._hanging
        return line.bottom - above.bottom > _PITCH * line.size or above.x1 > self._zone

    def _is_rest(self, figures: Sequence[LinePart], line: PdfLine, row: BorderlessRow) -> bool:
        """Whether figures are the last digits of numbers in the row above that had no room."""
        if line.bottom - row.bottom > _PITCH * line.size or len(figures) * 2 > len(self._columns):
            return False
        return all(part.text.isdigit() and len(row.figures[self._column(part)]) > len(part.text) for part in figures)

    def _fits(self, part: LinePart) -> bool:
        return any(part.x0 < x1 + 2 and part.x1 > x0 - 2 for x0, x1 in self._columns)

    def _column(self, part: LinePart) -> int:
        """The column that a figure stands in."""
        middle = (part.x0 + part.x1) / 2
        return min(range(len(self._columns)), key=lambda index: abs(sum(self._columns[index]) / 2 - middle))

    def _add_labels(self, line: PdfLine, is_row: bool) -> None:
        """The parts of a line left of the figures: new labels, or more of the ones above."""
        parts = [part for part in (line.parts or (LinePart(line.text, line.x0, line.x1),)) if part.x1 <= self._zone]
        for place, part in enumerate(parts):
            above = next((label for label in self._open if abs(label.x0 - part.x0) < 0.6 * line.size), None)
            leaf = is_row and self._hanging and place == len(parts) - 1
            turned = above is not None and above not in self._labels  # over the page
            tight = above is not None and (turned or line.bottom - above.bottom < _PITCH * line.size)
            if above is not None and tight and not leaf and not begins_item(part.text):
                above.text, above.bottom = join_lines(above.text, part.text), line.bottom
                if turned:
                    above.top = line.top
                    self._labels.append(above)
                continue
            self._open = [label for label in self._open if label is not above]
            self._open.append(RowLabel(text=part.text, x0=part.x0, top=line.top, bottom=line.bottom))
            self._labels.append(self._open[-1])

    def _give_labels(self, row: BorderlessRow) -> None:
        """The labels beside a row; one over several rows goes to the first."""
        middle = (row.line.top + row.line.bottom) / 2
        for label in self._labels:
            if not label.used and label.top - 2 <= middle <= label.bottom + 2:
                label.used = True
                row.labels.append(label)
