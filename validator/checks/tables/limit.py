"""A figure too large for the unit that reports it: powers it does not have, a unit of money that was mistaken."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field
from decimal import Decimal

from validator.base.records import record
from validator.messages import both
from validator.model import Cell, Figure, Hit, Skip, Spot, Subject
from validator.text.characters import Pattern, narrow


@record
class Limit:
    """Figures of one row that must not be above a limit for this kind and level of unit.

    `above`: 'kind' or 'kind/level' → the largest value that raises no question; units not named are not judged.
    `text`: finds the same figure in the running text, with groups `number` and `scale` (scales: how many of the table's units);
    then a table value that is the text's times or divided by `ratio` is a hit, whoever the unit is.
    """

    table: str
    row: str
    columns: tuple[str, ...]
    above: Mapping[str, int] = field(default_factory=dict)
    text: Pattern | None = None
    scales: Mapping[str, str] = field(default_factory=dict)
    ratio: int = 10000

    def run(self, subject: Subject) -> Iterable[Hit | Skip]:
        """One hit for the row."""
        figures = [f for key in self.columns if (f := subject.figures.get(self.table, self.row, key)) and f.value is not None]
        if not figures:
            yield Skip(reason=both("checks.no-figures-in-row"))
            return
        mistaken = self._mistaken(subject, figures)
        limit = self._limit(subject)
        high = [f for f in figures if limit is not None and f.value is not None and f.value > limit]
        if mistaken:
            yield _hit(mistaken[0], [mistaken[0]], "text", {"text": mistaken[1]})
        elif high:
            yield _hit(high[0], high, None, {"limit": limit})
        elif limit is None and self.text is None:
            yield Skip(reason=both("checks.no-level"))

    def _limit(self, subject: Subject) -> int | None:
        unit = subject.unit
        return self.above.get(f"{unit.kind}/{unit.level}", self.above.get(unit.kind or ""))

    def _mistaken(self, subject: Subject, figures: list[Figure]) -> tuple[Figure, str] | None:
        """A table value that is a mentioned one, in the wrong unit."""
        if self.text is None:
            return None
        for passage in (p for section in subject.report.sections for p in section.passages):
            for match in self.text.finditer(narrow(passage.text)):
                scale = self.scales.get(match["scale"])
                if scale is None:
                    continue
                stated = Decimal(match["number"].replace(",", "")) * Decimal(scale)
                for figure in figures:
                    value = Decimal(figure.value or 0)
                    if stated and value and (value == stated * self.ratio or value * self.ratio == stated):
                        return figure, match["number"] + match["scale"]
        return None


def _hit(first: Figure, figures: list[Figure], variant: str | None, facts: dict[str, object]) -> Hit:
    return Hit(
        spot=Spot(
            block=first.block,
            start=first.start,
            length=len(first.text),
            cell=first.cell if len(figures) == 1 else Cell(table=first.cell.table, row=first.cell.row),
        ),
        variant=variant,
        actual="、".join(f.text.strip() for f in figures),
        facts={"printed": "、".join(f.text.strip() for f in figures), **facts},
        cells=tuple(f.cell for f in figures),
    )
