"""Figures held against last year's: all the same, or many times as large or as small."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

from validator.base.records import record
from validator.messages import both, enumerated
from validator.model import Cell, Digest, Form, Hit, Skip, Spot, Subject, Text, Value


@record
class YearOnYear:
    """`same`: every figure of `table` that is not zero is last year's, and there are `least` of them. `jump`: one of the `cells`
    (table.row.column) is more than `ratio` times last year's or less than its part, the larger being `least` or more."""

    look_for: Literal["same", "jump"]
    least: int
    table: str = ""
    cells: tuple[str, ...] = ()
    ratio: float = 5

    SCOPES = ("series",)
    FACTS = ("last_year", "count", "printed", "before", "ratio")

    def run(self, subject: Subject) -> Iterable[Hit | Skip]:
        """One hit for the table, or for each figure that jumps."""
        if subject.before is None:
            yield Skip(reason=both("checks.no-earlier-report"))
            return
        now, last = self._figures(subject), self._figures(subject.before)
        if not self._judged(now, last):
            yield Skip(reason=both("checks.few-figures"))
            return
        changes = self._changes(now, last)
        for group in [changes] * bool(changes) if self.look_for == "same" else [[cell] for cell in changes]:
            yield self._hit(subject, group, now, last)

    def mistakes(self, forms: Iterable[Form]) -> tuple[Text, ...]:
        """Nothing to look at, and cells that no form has."""
        if not (self.table if self.look_for == "same" else self.cells):
            return (both("checks.same-or-jump"),)
        tables = {table.key: table for form in forms for table in form.tables}
        known = {f"{key}.{row.key}.{column.key}" for key, table in tables.items() for row in table.rows for column in table.columns}
        names = enumerated(tables)
        return tuple(both("checks.no-cell", cell=cell, tables=names) for cell in self.cells if cell not in known)

    def clear(self, this: Digest, before: Digest) -> bool | Skip:
        """Whether nothing is to be said; why there is too little to compare."""
        now, last = (self._of_digest(digest) for digest in (this, before))
        return not self._changes(now, last) if self._judged(now, last) else Skip(reason=both("checks.few-figures"))

    def _of_digest(self, digest: Digest) -> dict[str, Value]:
        figures, start = digest.figures, f"{self.table}."
        if self.look_for == "jump":
            return {cell: value for cell in self.cells if (value := figures.get(cell)) is not None}
        return {key: value for key, value in figures.items() if value is not None and key.startswith(start)}

    def _concerns(self, address: str) -> bool:
        return address in self.cells if self.look_for == "jump" else address.startswith(f"{self.table}.")

    def _figures(self, subject: Subject) -> dict[str, Value]:
        return {address: value for address, value in subject.figures.values.items() if value is not None and self._concerns(address)}

    def _judged(self, now: Mapping[str, Value], last: Mapping[str, Value]) -> bool:
        both = now.keys() & last.keys()
        if self.look_for == "jump":
            return any(cell in both for cell in self.cells)
        return sum(bool(now[key]) for key in both) >= self.least and now.keys() == last.keys()

    def _changes(self, now: Mapping[str, Value], last: Mapping[str, Value]) -> list[str]:
        if self.look_for == "same":
            return [key for key, value in now.items() if value] if now == last else []
        return [cell for cell in self.cells if cell in now and cell in last and self._jumps(now[cell], last[cell])]

    def _jumps(self, now: Value, last: Value) -> bool:
        few, many = sorted((float(now), float(last)))
        return many >= self.least and few > 0 and many > self.ratio * few

    def _hit(self, subject: Subject, changes: list[str], now: Mapping[str, Value], last: Mapping[str, Value]) -> Hit:
        cells = tuple(_cell(key) for key in changes)
        figure = subject.figures.by_cell[cells[0]]
        whole = self.look_for == "same"
        return Hit(
            spot=Spot(cell=Cell(table=self.table)) if whole else Spot(
                block=figure.block, start=figure.start, length=len(figure.text), cell=cells[0]
            ),
            cells=cells,
            actual=None if whole else figure.text.strip(),
            facts={
                "last_year": (subject.report.year or 0) - 1, "count": len(changes), "printed": now[changes[0]], "before": last[changes[0]],
                "ratio": f"{self.ratio:g}",
            },
        )  # fmt: skip


def _cell(address: str) -> Cell:
    table, _, rest = address.partition(".")
    row, _, column = rest.rpartition(".")
    return Cell(table=table, row=row, column=column)
