"""Unit by year: how each stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from validator.model import FileResult, Grade, Member, ReportSet, RosterUnit, Run, Standing, State
from validator.roster.roster import due_day, owes, roster_for

#: What makes a report that is there stand so, the worst first.
_BY_GRADE = {Grade.ERROR: State.FAILED, Grade.WARNING: State.VERIFY, Grade.LATE: State.LATE}


def standings_of(seen: ReportSet) -> tuple[Standing, ...]:
    """A standing for each unit and year that is owed or there, in the roster's order, then as the reports come; states are not judged."""
    years = seen.county.years or tuple(sorted({year for _, year in seen.by_unit}))
    found = [
        _owed(unit, year, seen)
        for unit in seen.county.roster
        for year in years
        if (owes(unit, year) and seen.whole) or (unit.name, year) in seen.by_unit
    ]
    named = {unit.name for unit in seen.county.roster}
    first: dict[str, int] = {}
    for place, member in enumerate(seen.members):
        if member.unit is not None:
            first.setdefault(member.unit.name, place)
    for (name, year), members in sorted(seen.by_unit.items(), key=lambda item: (first[item[0][0]], item[0][1])):
        if name not in named:
            found.append(Standing(unit=name, kind=members[0].kind, year=year, state=State.CLEAN, paths=_paths(members)))
    return tuple(found)


def _owed(unit: RosterUnit, year: int, seen: ReportSet) -> Standing:
    members = seen.by_unit.get((unit.name, year), ())
    kind = roster_for(seen.county, seen.tables.units).kind(unit)
    due = due_day(kind, year, seen.county, seen.tables.deadlines)
    late = due is None or due < seen.today
    return Standing(unit=unit.name, kind=kind, year=year, state=State.MISSING if late else State.NOT_DUE, paths=_paths(members), due=due)


def _paths(members: tuple[Member, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(member.file.path for member in members))


def stated(run: Run) -> Run:
    """The run with the state of each unit and year, by its findings as they are now: without those that are waived."""
    if not run.standings:
        return run
    files: dict[str, list[FileResult]] = {}
    for file in run.files:
        files.setdefault(file.path, []).append(file)
    return replace(run, standings=tuple(replace(one, state=_state(one, files, run)) for one in run.standings))


def _state(one: Standing, files: Mapping[str, list[FileResult]], run: Run) -> State:
    if not one.paths:
        return one.state
    held = files.get(one.paths[0], ())
    taken = [file for file in held if file.year in (one.year, None)] or list(held)
    if any(file.status == "unreadable" for file in taken):
        return State.UNREADABLE
    found = {finding.grade for file in taken for finding in file.findings}
    found |= {finding.grade for finding in run.of_standing.get((one.unit, one.year), ())}
    return next((state for grade, state in _BY_GRADE.items() if grade in found), State.CLEAN)
