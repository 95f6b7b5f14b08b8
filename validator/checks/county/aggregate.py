"""The government's own report against the sum of its units'."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from validator.base.records import record
from validator.checks.county.roster import kind_of, years_of
from validator.engine.locations import cell_place
from validator.messages import both, enumerated
from validator.model import Cell, Hit, Member, ReportSet, RosterUnit, Skip, Spot, Value
from validator.roster.roster import owes
from validator.roster.units import judge_unit
from validator.text.characters import Pattern, bare

#: So many cells that differ, and units that lack, are named.
_NAMED = 3
#: Levels below a prefecture's.
_LOWER = ("county", "township")


@record
class Aggregate:
    """For each year, cell by cell over `tables`. Units of the kinds in `optional` may be counted or not, kind by kind, where the
    roster does not say so: one way must fit.

    Variant `incomplete`: reports of some units are not there, so that a higher figure of the government's may be theirs. `alone`: words
    by which the report counts the government's own office alone; then nothing is compared.
    """

    tables: tuple[str, ...]
    kind: str = "government"
    optional: tuple[str, ...] = ()
    alone: tuple[Pattern, ...] = ()

    SCOPES = ("county",)
    FACTS = ("unit", "year", "count", "cells", "missing", "lacking", "units", "left_out")

    def run(self, report_set: ReportSet) -> Iterable[Hit | Skip]:
        """One hit for each year."""
        if not report_set.county.roster:
            yield Skip(reason=both("checks.no-roster"))
            return
        if not report_set.whole:
            yield Skip(reason=both("checks.some-reports-no-roster"))
            return
        judged = False
        for year in years_of(report_set):
            government, units = self._own(report_set, year), self._units(report_set, year)
            if government is None or len(units) < 2:
                continue
            judged = True
            yield from self._year(report_set, year, government, units)
        if not judged:
            yield Skip(reason=both("checks.nothing-to-add-up"))

    def _sum_unit(self, report_set: ReportSet, year: int) -> RosterUnit | None:
        """The roster's government whose report is the sum: the only one, else the one above counties, where all others are counties'."""
        governments = [unit for unit in report_set.county.roster if owes(unit, year) and kind_of(unit, report_set) == self.kind]
        # a city with counties is a prefecture's, whatever its name tells
        above = [unit for unit in governments if _level(unit, report_set) not in _LOWER]
        return governments[0] if len(governments) == 1 else above[0] if len(above) == 1 else None

    def _own(self, report_set: ReportSet, year: int) -> Member | None:
        """The report that is the sum."""
        unit = self._sum_unit(report_set, year)
        reports = report_set.by_unit.get((unit.name, year), ()) if unit else ()
        return reports[0] if reports and reports[0].file.digest else None

    def _units(self, report_set: ReportSet, year: int) -> list[Member]:
        members_of_year = [members[0] for (_, at), members in report_set.by_unit.items() if at == year]
        return [member for member in members_of_year if member.unit and member.file.digest and self._counts(member.unit, report_set, year)]

    def _counts(self, unit: RosterUnit, report_set: ReportSet, year: int) -> bool:
        """Whether the unit may be in the sum: a prefecture's holds the counties' governments and its own bodies, not the counties'."""
        governments = [other for other in report_set.county.roster if owes(other, year) and kind_of(other, report_set) == self.kind]
        if unit.summed is False:
            return False
        if len(governments) < 2:
            return kind_of(unit, report_set) != self.kind
        return (kind_of(unit, report_set) == self.kind) == (_level(unit, report_set) in _LOWER)

    def _year(self, report_set: ReportSet, year: int, government: Member, units: Sequence[Member]) -> Iterator[Hit]:
        left_out, differ = self._best(government, units)
        present = {member.unit.name for member in (government, *units) if member.unit}
        absent = [unit for unit in report_set.county.roster if owes(unit, year) and unit.name not in present]
        missing = [unit.name for unit in absent if self._counts(unit, report_set, year)]
        if not differ or self._is_alone(government):
            return
        lower = any(stated < total for stated, total in differ.values())
        yield Hit(
            spot=Spot(),
            paths=(government.file.path,),
            unit=government.name,
            year=year,
            form=government.file.form_due or "",
            variant=("incomplete" if not lower else "lacking") if missing else None,
            facts={
                "unit": government.name or "",
                "year": year,
                "count": len(differ),
                "units": len(units) - len(left_out),
                "lacking": len(missing),
                "missing": tuple(missing[:_NAMED]),
                "left_out": tuple(member.name or "" for member in left_out[:_NAMED]),
                "cells": self._named(government, differ),
            },
            cells=tuple(_cell(key) for key in differ),
        )

    def _best(self, government: Member, units: Sequence[Member]) -> tuple[list[Member], dict[str, tuple[Value, Value]]]:
        """The way to count the optional kinds by which the fewest cells differ: who is left out, and the cells (own, sum)."""
        kinds = sorted({member.kind for member in units if self._may_be_out(member)}, key=str)
        best: tuple[list[Member], dict[str, tuple[Value, Value]]] | None = None
        for size in range(len(kinds) + 1):
            for dropped in combinations(kinds, size):
                counted = [member for member in units if member.kind not in dropped or not self._may_be_out(member)]
                left_out = [member for member in units if member.kind in dropped and self._may_be_out(member)]
                differ = self._differ(government, counted)
                if best is None or len(differ) < len(best[1]):
                    best = left_out, differ
        assert best is not None
        return best

    def _may_be_out(self, member: Member) -> bool:
        """Whether nothing says that it is in the sum: neither its kind nor the roster."""
        return member.kind in self.optional and _summed(member.unit) is None

    def _differ(self, government: Member, units: Sequence[Member]) -> dict[str, tuple[Value, Value]]:
        figures: Mapping[str, Value | None] = government.file.digest.figures if government.file.digest else {}
        differences: dict[str, tuple[Value, Value]] = {}
        for key, value in figures.items():
            if value is None or key.partition(".")[0] not in self.tables:
                continue
            total = sum(member.file.digest.figures.get(key) or 0 for member in units if member.file.digest)
            if total != value:
                differences[key] = (value, total)
        return differences

    def _is_alone(self, government: Member) -> bool:
        report = government.file.report
        prose = (bare(passage.text) for section in report.sections for passage in section.passages) if report and self.alone else ()
        return any(pattern.search(text) for text in prose for pattern in self.alone)

    def _named(self, government: Member, differ: Mapping[str, tuple[Value, Value]]) -> Mapping[str, str]:
        """The first cells with both figures, totals first."""
        figures = government.file.figures
        assert figures is not None
        keys = sorted(differ, key=lambda key: not key.endswith(".total"))[:_NAMED]
        places = [(cell_place(figures.form, _cell(key)), *differ[key]) for key in keys]
        cells = [both("checks.cell-and-sum", place=place, own=mine, sum=theirs) for place, mine, theirs in places]
        return enumerated(cells, "marks.semicolon")


def _level(unit: RosterUnit, report_set: ReportSet) -> str | None:
    """What its name tells."""
    return judge_unit(unit.name, report_set.tables.units).level


def _summed(unit: RosterUnit | None) -> bool | None:
    """What the roster says of whether it counts in the government's report."""
    return unit.summed if unit is not None else None


def _cell(key: str) -> Cell:
    table, _, rest = key.partition(".")
    row, _, column = rest.rpartition(".")
    return Cell(table=table, row=row, column=column)
