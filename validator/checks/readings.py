"""What a table gives for a figure of the text: the readings a rule accepts, blanks resolved as the rules of sums resolve them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from validator.model import Cell, Figures, FormTable, Subject, Value

_TERM = re.compile(r"\s*([+-]?)\s*([@a-z_][\w.@]*)")


def cells(figures: Figures, reading: str) -> tuple[tuple[int, Cell], ...]:
    """The figures of a reading with their signs: 'applications.new.total + applications.carried_in.total'; '@denied' is a group of rows.

    Empty where the form used lacks one of them. ValueError for what is no reading.
    """
    found: list[tuple[int, Cell]] = []
    for sign, address in _terms(reading):
        table_key, rest = address.split(".", 1)
        row, column = rest.rsplit(".", 1)
        table = figures.form.table(table_key)
        rows = table.groups.get(row[1:], ()) if table and row.startswith("@") else (row,)
        if table is None or not rows or any((r := table.row(key)) is None or column not in r.columns for key in rows):
            return ()
        found += [(sign, Cell(table=table_key, row=key, column=column)) for key in rows]
    return tuple(found)


def _terms(reading: str) -> list[tuple[int, str]]:
    found, at = [], 0
    while at < len(reading.rstrip()):
        match = _TERM.match(reading, at)
        if match is None or "." not in match[2]:
            raise ValueError(f"not a reading: {reading}")
        found.append((-1 if match[1] == "-" else 1, match[2]))
        at = match.end()
    return found


def value(figures: Figures, terms: Sequence[tuple[int, Cell]]) -> Value | None:
    """The value of a reading; None where a figure of it is unknown."""
    total: Value = 0
    for sign, cell in terms:
        one = amount(figures, cell)
        if one is None:
            return None
        total += sign * one
    return total if terms else None


def amount(figures: Figures, cell: Cell) -> Value | None:
    """The figure of a cell. A blank total is the sum of its parts, a blank part nought; what is unreadable or not there is unknown."""
    figure = figures.by_cell.get(cell)
    if figure is None or figure.state in ("text", "unreadable"):
        return None
    if figure.value is not None:
        return figure.value
    table = figures.form.table(cell.table)
    if table is None or not _filled(figures, table):
        return None
    group = table.adds.get(cell.column or "")
    if group is None:
        return None if cell.row == "total" else 0
    parts = [figures.get(cell.table, cell.row or "", key) for key in table.groups[group]]
    if any(part is None or part.state in ("text", "unreadable") for part in parts):
        return None
    return sum(part.value or 0 for part in parts if part is not None)


def _filled(figures: Figures, table: FormTable) -> bool:
    """Whether the table has figures at all: one left blank throughout says nothing."""
    reading = figures.tables.get(table.key)
    return reading is not None and any(figure.value is not None for row in reading.rows for figure in row.figures)


def known(subject: Subject, terms: Sequence[tuple[int, Cell]]) -> Value | None:
    """The value of a reading whose figures no required rule has found at fault."""
    return None if subject.blocked(*(cell for _, cell in terms)) else value(subject.figures, terms)
