"""What is printed in value cells: blanks, placeholders, words, signs and decimals where counts belong, and how figures are written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Literal

from validator.base.records import record
from validator.model import Cell, Figure, FormTable, Hit, Skip, Spot, Subject
from validator.text.characters import without_invisible

#: More findings of one kind in one table than this are one finding.
SINGLE = 10


@record
class FigureStates:
    """What to look for; variants: row (a row with no figure at all), cells (several cells of a row), several (one finding for many),
    whole (a table with no figure at all), tables (several such tables), of note mark, stop and change.

    Answers in words are no figures: only `unanswered` looks at them, for blank ones.
    """

    look_for: Literal["unanswered", "blank", "placeholder", "text", "negative", "decimal", "note", "fullwidth", "thousands", "unit"]
    rows: bool = False  # the cells of a row, and several tables without any figure, are one finding; else each has one

    def run(self, subject: Subject) -> Iterable[Hit | Skip]:
        """A hit for each figure, or one for the table where there are many."""
        test = _TESTS[self.look_for]
        whole: list[tuple[FormTable, Sequence[Figure]]] = []
        for table in subject.figures.form.tables:
            figures = subject.figures.by_table.get(table.key, ())
            faults = [figure for figure in figures if test(figure, table) and self._looks_at(figure, table)]
            if not faults:
                continue
            figures = tuple(figure for figure in figures if self._looks_at(figure, table))
            if self.look_for in ("blank", "placeholder") and _empty(figures):
                if faults[0].state == next(f.state for f in figures):  # one of the two rules speaks for the table
                    whole.append((table, figures))
            elif len(faults) > SINGLE and len({figure.cell.row for figure in faults}) > 1:
                yield _many(table, faults, "several")
            else:
                yield from self._by_row(table, figures, faults)
        if len(whole) > 1 and self.rows:
            yield _tables(whole)
        else:
            yield from (_many(table, figures, "whole") for table, figures in whole)

    def _by_row(self, table: FormTable, figures: Sequence[Figure], faults: Sequence[Figure]) -> Iterable[Hit]:
        """A hit for each figure, or one for those of a row."""
        for row in dict.fromkeys(figure.cell.row for figure in faults):
            of_row = [figure for figure in faults if figure.cell.row == row]
            if self.rows and len(of_row) > 1:
                yield _row(of_row, table, "row" if len(of_row) == sum(figure.cell.row == row for figure in figures) else "cells")
            else:
                yield from (_one(figure, self.look_for) for figure in of_row)

    def _looks_at(self, figure: Figure, table: FormTable) -> bool:
        return (_number(figure, table) == "text") == (self.look_for == "unanswered")


def _empty(figures: Sequence[Figure]) -> bool:
    return all(figure.state in ("blank", "placeholder") for figure in figures)


def _broken(figure: Figure) -> bool:
    return isinstance(figure.value, Decimal) and figure.value % 1 != 0


def _number(figure: Figure, table: FormTable) -> str:
    return table.number(figure.cell.row, figure.cell.column)


_TESTS: dict[str, Callable[[Figure, FormTable], bool]] = {
    "unanswered": lambda figure, table: figure.state == "blank",
    "blank": lambda figure, table: figure.state == "blank",
    "placeholder": lambda figure, table: figure.state == "placeholder",
    "text": lambda figure, table: figure.state == "text",
    "negative": lambda figure, table: figure.value is not None and figure.value < 0 and _number(figure, table) != "signed",
    "decimal": lambda figure, table: _broken(figure) and _number(figure, table) not in ("money", "decimal"),
    "note": lambda figure, table: figure.value is not None and (bool(figure.mark) or bool(figure.marks & {"note", "stop", "change"})),
    "fullwidth": lambda figure, table: "fullwidth" in figure.marks,
    "thousands": lambda figure, table: "thousands" in figure.marks,
    "unit": lambda figure, table: "unit" in figure.marks,
}


def _beside(figure: Figure) -> str | None:
    """What stands beside the figure, if it is no note in brackets: a raised mark, a full stop, 增 or 减."""
    return "mark" if figure.mark else next((mark for mark in ("stop", "change") if mark in figure.marks), None)


def _one(figure: Figure, look_for: str) -> Hit:
    printed = _printed(figure)
    return Hit(
        spot=Spot(block=figure.block, start=figure.start, length=len(figure.text), cell=figure.cell),
        variant=_beside(figure) if look_for == "note" else None,
        actual=printed or None,
        expected=str(figure.value) if figure.value is not None and figure.marks else None,
        facts={
            "printed": printed[:20],
            "value": figure.value if figure.value is not None else "",
            "note": figure.note,
            "mark": without_invisible(figure.mark)[:10],
        },
        cells=(figure.cell,),
    )


def _printed(figure: Figure) -> str:
    """What can be seen of a cell, in one line."""
    return " ".join(without_invisible(figure.text).split())


def _row(figures: Sequence[Figure], table: FormTable, variant: Literal["row", "cells"]) -> Hit:
    first = figures[0]
    labels = {column.key: column.label for column in table.columns}
    names = "".join(f"“{labels[figure.cell.column]}”" for figure in figures if figure.cell.column in labels)
    return Hit(
        spot=Spot(block=first.block, start=first.start, length=len(first.text), cell=replace(first.cell, column=None)),
        variant=variant,
        actual=str(len(figures)),
        facts={"count": len(figures), "printed": _printed(first)[:20], "columns": names},
        cells=tuple(figure.cell for figure in figures),
    )


def _tables(whole: Sequence[tuple[FormTable, Sequence[Figure]]]) -> Hit:
    """One hit for several tables without a figure, at the first."""
    first = _many(*whole[0], "tables")
    named = tuple(table.title for table, _ in whole)
    cells = tuple(figure.cell for _, figures in whole for figure in figures)
    return replace(first, actual=str(len(cells)), facts={**first.facts, "count": len(whole), "tables": named}, cells=cells)


def _many(table: FormTable, figures: Sequence[Figure], variant: str) -> Hit:
    first = figures[0]
    return Hit(
        spot=Spot(block=first.block, start=first.start, length=len(first.text), cell=Cell(table=table.key)),
        variant=variant,
        actual=str(len(figures)),
        facts={"count": len(figures), "printed": _printed(first)[:20]},
        cells=tuple(figure.cell for figure in figures),
    )
