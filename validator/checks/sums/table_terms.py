"""What a table gives for a figure of the text: the readings a rule accepts, blanks resolved as the rules of sums resolve them."""

from __future__ import annotations

from collections.abc import Sequence

from validator.base.regex_cache import expression
from validator.model import Cell, Figure, Figures, FormTable, Subject, Value

_TERM = expression(r"\s*(?:([+-])\s*)?([@a-z_][\w.@]*)")


def cells(figures: Figures, reading: str) -> tuple[tuple[int, Cell], ...]:
    """The figures of a reading with their signs: 'applications.new.total + applications.carried_in.total'; '@denied' is a group of rows.

    Empty where the form used lacks one of them. ValueError for what is no reading.
    """
    figure_cells: list[tuple[int, Cell]] = []
    for sign, address in _terms(reading):
        table_key, rest = address.split(".", 1)
        row, column = rest.rsplit(".", 1)
        table = figures.form.table(table_key)
        rows = table.groups.get(row[1:], ()) if table and row.startswith("@") else (row,)
        if table is None or not rows or not all(_has_figure(figures, table, key, column) for key in rows):
            return ()
        figure_cells += [(sign, Cell(table=table_key, row=key, column=column)) for key in rows]
    return tuple(figure_cells)


def _has_figure(figures: Figures, table: FormTable, key: str, column: str) -> bool:
    """Whether the form has that figure; a row that the form only allows must be printed."""
    row = table.row(key)
    return row is not None and column in row.columns and (not row.optional or figures.get(table.key, key, column) is not None)


def _terms(reading: str) -> list[tuple[int, str]]:
    terms, at = [], 0
    while at < len(reading.rstrip()):
        match = _TERM.match(reading, at)
        if match is None or "." not in match[2]:
            raise ValueError(f"not a reading: {reading}")
        terms.append((-1 if match[1] == "-" else 1, match[2]))
        at = match.end()
    return terms


def value(figures: Figures, terms: Sequence[tuple[int, Cell]]) -> Value | None:
    """The value of a reading; None where a figure of it is unknown, or where not one of them is stated: blanks say nothing."""
    total: Value = 0
    for sign, cell in terms:
        figure = amount(figures, cell)
        if figure is None:
            return None
        total += sign * figure
    return total if any(stated(figures, cell) for _, cell in terms) else None


def stated(figures: Figures, cell: Cell) -> bool:
    """Whether a figure is printed, or is a total of which parts are printed."""
    figure = figures.by_cell.get(cell)
    return figure is not None and (figure.value is not None or any(part and part.value is not None for part in _parts(figures, cell)))


def _parts(figures: Figures, cell: Cell) -> list[Figure | None]:
    """The figures of its row that a total adds up; none for what is no total."""
    table = figures.form.table(cell.table)
    group = table.adds.get(cell.column or "") if table else None
    return [figures.get(cell.table, cell.row or "", key) for key in table.groups[group]] if table and group else []


def amount(figures: Figures, cell: Cell) -> Value | None:
    """The figure of a cell. A blank total is the sum of its parts, a blank part nought; what is unreadable or not there is unknown.

    So is the row of totals where it is blank: nothing but its own figures gives it.
    """
    figure = figures.by_cell.get(cell)
    if figure is None or figure.state in ("text", "unreadable"):
        return None
    if figure.value is not None:
        return figure.value
    table, parts = figures.form.table(cell.table), _parts(figures, cell)
    if table is None or not _has_figures(figures, table) or any(part is None or part.state in ("text", "unreadable") for part in parts):
        return None
    if cell.row == "total" and not stated(figures, cell):
        return None
    return sum(part.value or 0 for part in parts if part is not None)


def _has_figures(figures: Figures, table: FormTable) -> bool:
    """Whether the table has figures at all: one left blank throughout says nothing."""
    reading = figures.tables.get(table.key)
    return reading is not None and any(figure.value is not None for row in reading.rows for figure in row.figures)


def undisputed_value(subject: Subject, terms: Sequence[tuple[int, Cell]]) -> Value | None:
    """The value of a reading whose figures no required rule has found at fault."""
    return None if subject.blocked(*(cell for _, cell in terms)) else value(subject.figures, terms)


def undivided_row(figures: Figures, terms: Sequence[tuple[int, Cell]], stated_value: Value) -> str | None:
    """The digits of a row that ran together, where no way of dividing them gives the one figure of the reading that value."""
    figure = figures.by_cell.get(terms[0][1]) if len(terms) == 1 else None
    if figure is None or figure.state != "unreadable" or not figure.text.isdecimal() or not figure.text.isascii():
        return None
    row = [
        f.cell for f in figures.by_cell.values() if f.block is figure.block and f.start == figure.start and f.cell.row == figure.cell.row
    ]
    digits, at, stated_digits = figure.text, row.index(figure.cell), str(stated_value)
    ways = (place for place in range(len(digits)) if digits.startswith(stated_digits, place))
    after = len(row) - at - 1
    return None if any(_divides(digits[:place], at) and _divides(digits[place + len(stated_digits) :], after) for place in ways) else digits


def _divides(digits: str, parts: int) -> bool:
    """Whether the digits can be that many numbers; a number of several digits begins with none but 1 to 9."""
    if not parts or not digits:
        return not parts and not digits
    longest = 1 if digits[0] == "0" else len(digits)
    return any(_divides(digits[size:], parts - 1) for size in range(1, longest + 1))
