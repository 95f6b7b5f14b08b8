"""Unit by year: how each stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from validator.model import FileResult, Grade, Member, ReportSet, RosterUnit, Run, Standing, State
from validator.roster.roster import due_day, owes, roster_for

#: What makes a report that is there stand so, the worst first.
_BY_GRADE = {Grade.ERROR: State.FAILED, Grade.WARNING: State.VERIFY, Grade.LATE: State.LATE}


def standings_of(report_set: ReportSet) -> tuple[Standing, ...]:
    """A standing for each unit and year that is owed or there, in the roster's order, then as the reports come; states are not judged."""
    years = report_set.county.years or tuple(sorted({year for _, year in report_set.by_unit}))
    standings = [
        _owed(unit, year, report_set)
        for unit in report_set.county.roster
        for year in years
        if (owes(unit, year) and report_set.whole) or (unit.name, year) in report_set.by_unit
    ]
    named = {unit.name for unit in report_set.county.roster}
    first: dict[str, int] = {}
    for place, member in enumerate(report_set.members):
        if member.unit is not None:
            first.setdefault(member.unit.name, place)
    for (name, year), members in sorted(report_set.by_unit.items(), key=lambda item: (first[item[0][0]], item[0][1])):
        if name not in named:
            standings.append(Standing(unit=name, kind=members[0].kind, year=year, state=State.CLEAN, paths=_paths(members)))
    return tuple(standings)


def _owed(unit: RosterUnit, year: int, report_set: ReportSet) -> Standing:
    members = report_set.by_unit.get((unit.name, year), ())
    kind = roster_for(report_set.county, report_set.tables.units).kind(unit)
    due = due_day(kind, year, report_set.county, report_set.tables.deadlines)
    late = due is None or due < report_set.today
    return Standing(unit=unit.name, kind=kind, year=year, state=State.MISSING if late else State.NOT_DUE, paths=_paths(members), due=due)


def _paths(members: tuple[Member, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(member.file.path for member in members))


def with_states(run: Run) -> Run:
    """The run with the state of each unit and year, by its findings as they are now: without those that are waived."""
    if not run.standings:
        return run
    files: dict[str, list[FileResult]] = {}
    for file in run.files:
        files.setdefault(file.path, []).append(file)
    return replace(run, standings=tuple(replace(standing, state=_state(standing, files, run)) for standing in run.standings))


def _state(standing: Standing, files: Mapping[str, list[FileResult]], run: Run) -> State:
    if not standing.paths:
        return standing.state
    files_there = files.get(standing.paths[0], ())
    files_of_year = [file for file in files_there if file.year in (standing.year, None)] or list(files_there)
    if any(file.status == "unreadable" for file in files_of_year):
        return State.UNREADABLE
    grades = {finding.grade for file in files_of_year for finding in file.findings}
    grades |= {finding.grade for finding in run.of_standing.get((standing.unit, standing.year), ())}
    return next((state for grade, state in _BY_GRADE.items() if grade in grades), State.CLEAN)
