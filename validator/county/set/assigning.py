"""Whose reports these are: unit and year by what each says of itself, helped by the roster and by its path."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from validator.model import County, FileResult, Member, RosterUnit
from validator.model.unit_facts import UnitFacts
from validator.roster.roster import Roster, path_year, roster_for, roster_of, tidy

#: Where a file's unit was taken from its path, not from its text.
_BY_PATH = ("file", "roster", "path")
_Units = tuple[RosterUnit, ...]


def assign_units(files: Sequence[FileResult], county: County, table: UnitFacts) -> tuple[Member, ...]:
    """Each file with its unit and year, in order. Without a roster the units are those that the reports name."""
    roster = roster_for(county, table) if county.roster else roster_of((file.unit for file in files if file.unit), table)
    members = [_member(file, roster) for file in files]
    read = _by_stem(members)
    members = [_as_readable_neighbour(member, read, roster) for member in members]
    counts = Counter((member.unit.name, member.year) for member in members if member.unit and member.by == "text")
    return tuple(_by_path_instead(member, counts, roster) for member in members)


def _member(file: FileResult, roster: Roster) -> Member:
    """By the text, else by the path."""
    year = file.year or path_year(file.path)
    units = roster.find(file.unit, year)
    if len(units) == 1:
        return _of(file, units[0], year, "path" if file.unit_from in _BY_PATH else "text", roster)
    if file.unit is None or units:
        by_path = _only(roster.in_path(file.path, year))
        if by_path is not None and (not units or by_path in units):
            return _of(file, by_path, year, "path", roster)
    return Member(file=file, name=file.unit, year=year)


def _of(
    file: FileResult, unit: RosterUnit, year: int | None, by: Literal["text", "path"], roster: Roster, said: str | None = None
) -> Member:
    return Member(file=file, unit=unit, name=unit.name, kind=roster.kind(unit), year=year, by=by, said=said)


def _only(units: _Units) -> RosterUnit | None:
    return units[0] if len(units) == 1 else None


def _by_stem(members: Iterable[Member]) -> Mapping[str, Member]:
    """The first report of a unit under each name without its suffix."""
    by_stem: dict[str, Member] = {}
    for member in members:
        if member.unit and member.file.reading is not None:
            by_stem.setdefault(os.path.splitext(member.file.path)[0], member)
    return by_stem


def _as_readable_neighbour(member: Member, read: Mapping[str, Member], roster: Roster) -> Member:
    """A file that could not be read, with unit and year of the one that lies beside it under the same name: a scan and its Word file."""
    if member.file.reading is not None or (member.unit and member.year):
        return member
    other = read.get(os.path.splitext(member.file.path)[0])
    return _of(member.file, other.unit, other.year, "path", roster) if other is not None and other.unit else member


def _by_path_instead(member: Member, counts: Mapping[tuple[str, int | None], int], roster: Roster) -> Member:
    """A report that gives itself another name than its path: it is the path's, where that unit has no other report and the name is
    nobody's, or that of a unit that has its own."""
    if member.file.unit is None or member.by == "path" or member.file.reading is None:
        return member
    if member.unit is not None and _is_in_file_name(member.unit, member.file.path, roster):
        return member
    by_path = _only(roster.in_path(member.file.path, member.year))
    if by_path is None or by_path is member.unit or counts[by_path.name, member.year]:
        return member
    if member.unit is None or counts[member.unit.name, member.year] > 1:
        return _of(member.file, by_path, member.year, "path", roster, said=member.file.unit)
    return member


def _is_in_file_name(unit: RosterUnit, path: str, roster: Roster) -> bool:
    """Whether the file's name holds one of the unit's: cheaper than to ask which unit it names."""
    text = tidy(os.path.basename(path))
    return any(name in text for name in roster.names(unit))
