"""Which reports of the roster are there: missing, several for one unit and year, of nobody, of a unit that is not on the roster."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated, Literal

from validator.base.records import record
from validator.messages import both, enumerated
from validator.model import Hit, Member, ReportSet, RosterUnit, Skip, Spot
from validator.model.fact_tables import DeadlineFacts
from validator.roster.roster import due_day, owes, roster_for


@record
class Owed:
    """`missing`: owed, due and not there (variant `county` where the county's own day decides, not the table's,
    `form` for the kinds of unit in `by_notice`); a year without any
    report is one hit (variant `none`). `unassigned`: no unit or no year can be
    told. `unknown`: the unit is not on the roster, or the path had to tell which it is (variant `path`).

    `deadlines`: the table with the last day for each kind of unit, where the county lays down none.
    """

    look_for: Literal["missing", "unassigned", "unknown"]
    deadlines: Annotated[str, DeadlineFacts] = "deadlines"
    by_notice: tuple[str, ...] = ()  # kinds of unit whose day the form's notice sets, not the regulation

    SCOPES = ("county",)
    FACTS = ("unit", "year", "due", "count", "path", "lacking", "near")

    def run(self, report_set: ReportSet) -> Iterable[Hit | Skip]:
        """What the roster shows."""
        if not report_set.county.roster:
            yield Skip(reason=both("checks.no-roster"))
        elif self.look_for == "missing" and not report_set.whole:
            yield Skip(reason=both("checks.some-reports-no-roster"))
        elif self.look_for == "missing":
            yield from self._missing(report_set)
        elif self.look_for == "unassigned":
            yield from _unassigned(report_set.members)
        else:
            yield from _unknown(report_set.members)

    def _missing(self, report_set: ReportSet) -> Iterator[Hit | Skip]:
        years = years_of(report_set)
        if not years:
            yield Skip(reason=both("checks.no-years"))
        for year in years:
            owed = [unit for unit in report_set.county.roster if owes(unit, year)]
            missing = [unit for unit in owed if (unit.name, year) not in report_set.by_unit and self._due(unit, year, report_set)]
            if len(missing) > 1 and len(missing) == len(owed):
                yield Hit(spot=Spot(), variant="none", year=year, facts={"year": year, "count": len(missing)})
                continue
            for unit in missing:
                kind, laid_down = kind_of(unit, report_set), report_set.tables.named(self.deadlines, DeadlineFacts)
                due = due_day(kind, year, report_set.county, laid_down)
                by_law = laid_down is not None and laid_down.day(kind) is not None and report_set.county.deadline(kind) is None
                variant = "county" if not by_law else "form" if kind in self.by_notice else None
                yield Hit(spot=Spot(), variant=variant, unit=unit.name, year=year, form=self._form(year, report_set),
                          facts={"unit": unit.name, "year": year, "due": due or ""})  # fmt: skip

    def _form(self, year: int, report_set: ReportSet) -> str:
        """The form that the year's other reports owe, whose notice is cited."""
        return next((due for member in report_set.members if member.year == year and (due := member.file.form_due)), "")

    def _due(self, unit: RosterUnit, year: int, report_set: ReportSet) -> bool:
        """Whether the last day has passed."""
        due = due_day(kind_of(unit, report_set), year, report_set.county, report_set.tables.named(self.deadlines, DeadlineFacts))
        return due is None or due < report_set.today


def years_of(report_set: ReportSet) -> tuple[int, ...]:
    """The years that the county names, else those of which there are reports."""
    return report_set.county.years or tuple(sorted({year for _, year in report_set.by_unit}))


def kind_of(unit: RosterUnit, report_set: ReportSet) -> str | None:
    """What the roster says the unit is, else what its name says."""
    return roster_for(report_set.county, report_set.tables.units).kind(unit)


def _unassigned(members: Sequence[Member]) -> Iterator[Hit]:
    for member in members:
        named = member.unit is not None or member.name is not None
        if member.file.reading is None or (named and member.year is not None):
            continue  # of a file that cannot be read that is said, and nothing else
        lacking = [both("checks.unit")] * (not named) + [both("checks.year")] * (member.year is None)
        facts = {"lacking": enumerated(lacking, "marks.both-of"), "path": member.file.path}
        yield Hit(spot=Spot(), paths=(member.file.path,), year=member.year, facts=facts)


def _unknown(members: Sequence[Member]) -> Iterator[Hit]:
    for member in members:
        path = member.file.path
        if member.said is not None and member.unit is not None:
            yield Hit(spot=Spot(), variant="path", paths=(path,), unit=member.unit.name, year=member.year,
                      facts={"unit": member.said, "near": member.unit.name, "path": path, "year": member.year or ""})  # fmt: skip
        elif member.unit is None and member.name is not None:
            yield Hit(spot=Spot(), paths=(path,), unit=member.name, year=member.year,
                      facts={"unit": member.name, "path": path, "year": member.year or ""})  # fmt: skip
