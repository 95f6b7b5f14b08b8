"""Figures held against last year's: all the same, or many times as large or as small."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal

from validator.checks.continued import NO_REPORT
from validator.model import Cell, Digest, Hit, Skip, Spot, Subject, Value
from validator.records import record

_FEW = {"zh": "可比的数字太少，不作判断", "en": "too few figures to compare"}


@record
class YearOnYear:
    """`same`: every figure of the table that is not zero is last year's, and there are `least` of them. `jump`: one of the `cells`
    (row.column) is more than `ratio` times last year's or less than its part, the larger being `least` or more."""

    look_for: Literal["same", "jump"]
    table: str
    least: int
    cells: tuple[str, ...] = ()
    ratio: float = 5

    SCOPES = ("series",)
    FACTS = ("last_year", "count", "printed", "before")

    def run(self, subject: Subject) -> Iterable[Hit | Skip]:
        """One hit for the table, or for each figure that jumps."""
        if subject.before is None:
            yield Skip(reason=NO_REPORT)
            return
        now, last = _values(subject, self.table), _values(subject.before, self.table)
        if not self._judged(now, last):
            yield Skip(reason=_FEW)
            return
        found = self._found(now, last)
        for group in [found] * bool(found) if self.look_for == "same" else [[cell] for cell in found]:
            yield self._hit(subject, group, now, last)

    def clear(self, this: Digest, before: Digest) -> bool:
        """Whether nothing is to be said, and there is enough to compare."""
        now, last = (self._of_digest(digest) for digest in (this, before))
        return bool(self._judged(now, last)) and not self._found(now, last)

    def _of_digest(self, digest: Digest) -> dict[str, Value]:
        start = f"{self.table}."
        return {key[len(start) :]: value for key, value in digest.figures.items() if value is not None and key.startswith(start)}

    def _judged(self, now: Mapping[str, Value], last: Mapping[str, Value]) -> bool:
        both = now.keys() & last.keys()
        if self.look_for == "jump":
            return any(cell in both for cell in self.cells)
        return sum(bool(now[key]) for key in both) >= self.least and now.keys() == last.keys()

    def _found(self, now: Mapping[str, Value], last: Mapping[str, Value]) -> list[str]:
        if self.look_for == "same":
            return [key for key, value in now.items() if value] if now == last else []
        return [cell for cell in self.cells if cell in now and cell in last and self._jumps(now[cell], last[cell])]

    def _jumps(self, now: Value, last: Value) -> bool:
        few, many = sorted((float(now), float(last)))
        return many >= self.least and few > 0 and many > self.ratio * few

    def _hit(self, subject: Subject, found: list[str], now: Mapping[str, Value], last: Mapping[str, Value]) -> Hit:
        cells = tuple(_cell(self.table, key) for key in found)
        figure = subject.figures.by_cell[cells[0]]
        whole = self.look_for == "same"
        return Hit(
            spot=Spot(cell=Cell(table=self.table)) if whole else Spot(
                block=figure.block, start=figure.start, length=len(figure.text), cell=cells[0]
            ),
            cells=cells,
            actual=None if whole else figure.text.strip(),
            facts={
                "last_year": (subject.report.year or 0) - 1, "count": len(found), "printed": now[found[0]], "before": last[found[0]]
            },
        )  # fmt: skip


def _values(subject: Subject, table: str) -> dict[str, Value]:
    return dict(_known(subject, table))


def _known(subject: Subject, table: str) -> Iterator[tuple[str, Value]]:
    for cell, figure in subject.figures.by_cell.items():
        if cell.table == table and figure.value is not None:
            yield f"{cell.row}.{cell.column}", figure.value


def _cell(table: str, key: str) -> Cell:
    row, _, column = key.rpartition(".")
    return Cell(table=table, row=row, column=column)
