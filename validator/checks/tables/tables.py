"""Tables that are not there, and tables that are there and cannot be read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from validator.base.records import record
from validator.model import Cell, FormTable, Hit, Skip, Spot, Subject, TableReading
from validator.text.characters import Pattern


@record
class Tables:
    """`missing` has the variants picture and attachment; `unreadable` speaks of the whole table or (rows) of some of its rows."""

    look_for: Literal["missing", "unreadable"]
    attachment: Pattern | None = None  # how a text says that the table is attached

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
        section = subject.report.section(table.section)
        if section is None:
            return None
        following = [s.block.line for s in subject.report.sections if s.block.line > section.block.line]
        end = min(following, default=10**9)
        if any(o.code == "picture" and o.line and section.block.line <= o.line < end for o in subject.report.document.observations):
            return "picture"
        return "attachment" if self.attachment and self.attachment.search(section.text) else None

    def _unreadable(self, table: FormTable, reading: TableReading) -> Iterable[Hit]:
        rows = [row for row in reading.rows if row.key and row.trouble == "run-together"]
        if reading.state == "unreadable":
            yield Hit(
                spot=Spot(block=reading.block, cell=Cell(table=table.key)), variant="lost" if reading.reason == "no-figures" else None
            )
        elif rows:
            keys = tuple(row.key for row in rows if row.key)
            yield Hit(
                spot=Spot(block=rows[0].block, cell=Cell(table=table.key, row=keys[0])),
                variant="rows",
                facts={"count": len(rows)},
                actual=rows[0].figures[0].text if rows[0].figures else None,
                rows=keys,
                cells=tuple(Cell(table=table.key, row=key) for key in keys),
            )
