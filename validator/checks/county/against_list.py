"""Figures of reports held against the list of another office: 司法局's of normative documents, of reviews and suits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from validator.base.records import record
from validator.checks.county.office_lists import ListedFigure, ListError, figures_of
from validator.checks.county.roster import kind_of, years_of
from validator.engine.locations import cell_place
from validator.messages import Text, both, enumerated
from validator.model import Cell, Hit, Member, OfficeList, ReportSet, Skip, Spot, Value
from validator.model.fact_tables import ListFacts
from validator.roster.roster import roster_for

#: So many cells, rows and units of a list are named.
_NAMED = 5


@record
class AgainstList:
    """One hit for each figure of a unit that the list states otherwise than the report's own table.

    Variants: `sum` for the kinds in `sums`, whose report may add up other units'; `twice` where the list has several figures for it,
    of which none is taken. `unknown` names the units that are not on the roster (or fit several of it), `unread` the cells that are
    no figures, `undated` the rows of which no year can be told.
    """

    lists: str = "lists"
    sums: tuple[str, ...] = ()

    SCOPES = ("county",)
    FACTS = ("unit", "year", "what", "place", "printed", "listed", "list", "where", "count", "names", "cells")

    def run(self, report_set: ReportSet) -> Iterable[Hit | Skip]:
        """List by list, in the order of its rows."""
        facts = report_set.tables.named(self.lists, ListFacts)
        if not report_set.county.lists:
            yield Skip(reason=both("checks.no-lists"))
        elif not report_set.county.roster:
            yield Skip(reason=both("checks.no-roster"))
        elif facts is None:
            yield Skip(reason=both("checks.no-list-table"))
        else:
            for office in report_set.county.lists:
                try:
                    figures = figures_of(office, facts)
                except ListError as error:
                    yield Skip(reason=error.text)
                    continue
                yield from self._list(report_set, office, figures)

    def _list(self, report_set: ReportSet, office: OfficeList, figures: Sequence[ListedFigure]) -> Iterator[Hit]:
        roster, years = roster_for(report_set.county, report_set.tables.units), years_of(report_set)
        unknown: dict[str, None] = {}
        undated: list[ListedFigure] = []
        unread = [figure for figure in figures if figure.value is None or not figure.unit]
        stated: dict[tuple[str, int, str], list[ListedFigure]] = {}
        for figure in figures:
            year = figure.year or (years[0] if len(years) == 1 else None)
            units = roster.find(figure.unit, year, offices=False) if figure.unit else ()
            if figure.unit and len(units) != 1:
                unknown.setdefault(figure.unit)
            elif year is None:
                undated.append(figure)
            elif figure.unit:
                stated.setdefault((units[0].name, year, figure.column.key), []).append(figure)
        for (unit, year, _), held in stated.items():
            yield from self._held(report_set, office, report_set.by_unit.get((unit, year), ()), held)
        if unknown:
            yield _about(office, "unknown", count=len(unknown), names=tuple(unknown)[:_NAMED])
        for variant, odd in (("unread", unread), ("undated", undated)):
            if odd:
                yield _about(office, variant, count=len(odd), cells=enumerated([_quoted(one) for one in odd[:_NAMED]], "marks.semicolon"))

    def _held(self, report_set: ReportSet, office: OfficeList, members: Sequence[Member], held: Sequence[ListedFigure]) -> Iterator[Hit]:
        """What one report and the list say of one figure."""
        if not members or any(figure.value is None for figure in held):
            return  # no report, or the cell is told of as no figure
        own, first = members[0], held[0]
        printed, cells = _printed(own, first.column.cells)
        if printed is None or (values := {figure.value for figure in held}) == {printed}:
            return
        figures = [both("checks.list-figure", value=figure.value, place=figure.place) for figure in held]
        sums = own.unit is not None and kind_of(own.unit, report_set) in self.sums
        yield Hit(
            spot=Spot(),
            paths=(own.file.path,),
            unit=own.name,
            year=own.year,
            form=own.file.form_due or "",
            variant="twice" if len(values) > 1 else "sum" if sums else None,
            cells=cells,
            facts={
                "unit": own.name or "", "year": own.year or "", "what": first.column.name, "place": _places(own, cells), "printed": printed,
                "listed": first.value or 0, "list": office.path, "where": first.place, "cells": enumerated(figures, "marks.semicolon"),
            },
        )  # fmt: skip


def _printed(own: Member, names: Sequence[str]) -> tuple[Value | None, tuple[Cell, ...]]:
    """What the report's table states, the sum of these cells; None where one is blank, unreadable or not in its form."""
    figures: Mapping[str, Value | None] = own.file.digest.figures if own.file.digest else {}
    values = [figures.get(name) for name in names]
    cells = tuple(Cell(table=table, row=row, column=column) for table, row, column in (name.split(".") for name in names))
    known = [value for value in values if value is not None]
    return (sum(known) if len(known) == len(values) else None), cells


def _places(own: Member, cells: Sequence[Cell]) -> Text | Mapping[str, str]:
    figures = own.file.figures
    assert figures is not None
    return enumerated([cell_place(figures.form, cell) for cell in cells], "marks.both-of")


def _quoted(figure: ListedFigure) -> Text:
    return both("checks.list-cell", place=figure.place, what=figure.column.name, text=figure.text)


def _about(office: OfficeList, variant: str, **facts: object) -> Hit:
    """A hit about the list itself."""
    return Hit(spot=Spot(), paths=(office.path,), variant=variant, facts={"list": office.path, **facts})
