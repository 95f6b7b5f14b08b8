"""Answers in words: whether they are written as they must be."""

from __future__ import annotations

from collections.abc import Iterable

from validator.base.records import record
from validator.messages import both
from validator.model import Hit, Skip, Spot, Subject
from validator.text.characters import Pattern, bare

_QUOTED = 20


@record
class Answers:
    """Answers of the rows of a table, without spaces: one that `wrong` finds something in, or that `right` does not fit whole, is a hit.

    Blank answers are left to other rules.
    """

    FACTS = ("printed",)

    table: str
    rows: tuple[str, ...]
    right: Pattern | None = None
    wrong: Pattern | None = None

    def run(self, subject: Subject) -> Iterable[Hit | Skip]:
        """A hit for each answer."""
        reading = subject.figures.tables.get(self.table)
        figures = [figure for key in self.rows if reading and (row := reading.row(key)) for figure in row.figures]
        if not figures:
            yield Skip(reason=both("checks.no-rows-read"))
        for figure in figures:
            text = bare(figure.text)
            if text and (self.wrong and self.wrong.search(text) or self.right and not self.right.fullmatch(text)):
                spot = Spot(block=figure.block, start=figure.start, length=len(figure.text), cell=figure.cell)
                yield Hit(spot=spot, actual=text, facts={"printed": text[:_QUOTED]}, cells=(figure.cell,))
