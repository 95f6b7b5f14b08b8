"""Tables that are not there, and tables that are there and cannot be read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from typing import Literal

from validator.base.records import record
from validator.model import Cell, Figure, FormTable, Hit, Skip, Spot, Subject, TableReading, Text
from validator.text.characters import Pattern, without_invisible

#: More unread figures in one table than this are one finding.
SINGLE = 10


@record
class Tables:
    """`missing` has the variants picture and attachment.

    `unreadable` speaks of the whole table, of rows whose digits ran together (rows), of one figure (cell; ink: one
    of which nothing can be shown), of all of a row's (row) and,
    where they are more than SINGLE, of all figures of the table that cannot be read (cells).
    """

    look_for: Literal["missing", "unreadable"]
    attachment: Pattern | None = None  # how a text says that the table is attached
    reasons: Mapping[str, Text] = field(default_factory=dict)  # why a figure cannot be read, by Figure.reason; '' for any other

    def run(self, subject: Subject) -> Iterable[Hit | Skip]:
        """A hit for each table."""
        for table in subject.figures.form.tables:
            reading = subject.figures.tables[table.key]
            if self.look_for == "missing" and reading.state == "missing":
                yield Hit(
                    spot=Spot(block=reading.block, section=table.section, cell=Cell(table=table.key)), variant=self._instead(subject, table)
                )
            elif self.look_for == "unreadable" and reading.state != "missing":
                yield from self._unreadable(table, reading)

    def _instead(self, subject: Subject, table: FormTable) -> str | None:
        """What stands in the table's place."""
        section = subject.report.section(table.section) if table.section is not None else None
        if section is None:
            return None  # that the part is missing says what stands in its place
        following = [s.block.line for s in subject.report.sections if s.block.line > section.block.line]
        end = min(following, default=10**9)
        if any(o.code == "picture" and o.line and section.block.line <= o.line < end for o in subject.report.document.observations):
            return "picture"
        return "attachment" if self.attachment and self.attachment.search(section.text) else None

    def _unreadable(self, table: FormTable, reading: TableReading) -> Iterable[Hit]:
        if reading.state == "unreadable":
            yield Hit(
                spot=Spot(block=reading.block, cell=Cell(table=table.key)), variant="lost" if reading.reason == "no-figures" else None
            )
            return
        rows = [row for row in reading.rows if row.key and row.trouble == "run-together"]
        if rows:
            keys = tuple(row.key for row in rows if row.key)
            yield Hit(
                spot=Spot(block=rows[0].block, cell=Cell(table=table.key, row=keys[0])),
                variant="rows",
                facts={"count": len(rows)},
                actual=rows[0].figures[0].text if rows[0].figures else None,
                rows=keys,
                cells=tuple(Cell(table=table.key, row=key) for key in keys),
            )
        yield from self._figures(table, reading)

    def _figures(self, table: FormTable, reading: TableReading) -> Iterable[Hit]:
        """The figures that cannot be read in rows that can."""
        rows = [[f for f in row.figures if f.state == "unreadable"] for row in reading.rows if row.key and row.readable]
        unread = [figure for row in rows for figure in row]
        if len(unread) > SINGLE and len({figure.cell.row for figure in unread}) > 1:
            yield self._hit(unread, "cells", Cell(table=table.key))
            return
        for row in rows:
            form_row = table.row(row[0].cell.row or "") if row else None
            if form_row is not None and len(row) > 2 and len(row) >= len(form_row.columns) - len(reading.missing_columns):
                yield self._hit(row, "row", Cell(table=table.key, row=form_row.key))
            else:
                for figure in row:
                    yield self._hit([figure], "cell" if without_invisible(figure.text).strip() else "ink", figure.cell)

    def _hit(self, figures: Sequence[Figure], variant: str, cell: Cell) -> Hit:
        first = figures[0]
        printed = " ".join(without_invisible(first.text).split())[:20]
        reasons = dict.fromkeys(figure.reason if figure.reason in self.reasons else "" for figure in figures)
        why = tuple(self.reasons.get(reason) or dict.fromkeys(("zh", "en"), reason) for reason in reasons)
        return Hit(
            spot=Spot(block=first.block, start=first.start, length=len(first.text), cell=cell),
            variant=variant,
            facts={"why": why, "printed": printed, "count": len(figures)},
            actual=printed or None,
            cells=tuple(figure.cell for figure in figures),
        )
