"""The nianbao.yaml that `nianbao init` proposes: county, years and roster as the reports show them, the rest as comments."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from validator.base.records import record
from validator.county.set.assigning import assign_units
from validator.messages import enumerated, say
from validator.model import County, FileResult, Language, Member, RosterUnit
from validator.model.unit_facts import UnitFacts
from validator.roster.roster import tidy
from validator.roster.units import core, judge_unit, tails

#: In this order kinds of unit stand on the roster.
_ORDER = ("government", "office", "department", "township", "subdistrict", "committee", "vertical", "institution")
#: From here on two names of different years may be one unit's: 青石镇 and 青石街道.
_ALIKE = 0.5
_SHOWN = 30  # files that are named in a comment


@record
class Proposal:
    """The text of the file, how many units, years and reports it covers, and the paths of files that it does not."""

    text: str
    units: int
    years: int
    reports: int
    unassigned: tuple[str, ...]
    unread: tuple[str, ...]


@record
class _ReportingUnit:
    """A unit, the years of its reports and the names that they use."""

    unit: RosterUnit
    kind: str | None
    years: tuple[int, ...]
    names: tuple[str, ...]


def proposal(files: Sequence[FileResult], folder: str, table: UnitFacts, language: Language) -> Proposal:
    """The file for these results; `folder` is where it will lie. `table`: rules/tables/units.yaml."""
    read = [file for file in files if file.reading is not None]
    county = _county([file.unit for file in read if file.unit], table)
    members = assign_units(read, County(name=county), table)
    complete = [member for member in members if member.unit is not None and member.year is not None]
    years = tuple(sorted({member.year for member in complete if member.year is not None}))
    units = _units(complete, table)
    unassigned = tuple(member.file.path for member in members if member not in complete)
    unread = tuple(file.path for file in files if file.reading is None)
    lines = [
        f"# {say('county.proposal.head', language, reports=len(complete))}",
        f"county: {county}" if county else f"# {say('county.proposal.county', language)}",
        f"reports: {_flow([_reports([member.file.path for member in complete], folder)])}",
        f"years: {list(years)}  # {say('county.proposal.years', language)}",
        f"# {say('county.proposal.deadlines', language)}",
        "# deadlines: {subdistrict: 01-31, institution: 01-31}",
        f"roster:  # {say('county.proposal.roster', language)}",
        *_roster(units, years, table, language),
        f"# {say('county.proposal.pack', language)}",
        "# rules:",
        "#   packs: [county]",
        *_listed(unassigned, say("county.proposal.unassigned", language), language),
        *_listed(unread, say("county.proposal.unread", language), language),
    ]
    return Proposal(
        text="\n".join(lines) + "\n", units=len(units), years=len(years), reports=len(complete), unassigned=unassigned, unread=unread
    )


def _county(names: Iterable[str], table: UnitFacts) -> str | None:
    """The county: the place of the one government, else the place that most bureaus belong to."""
    units = [judge_unit(name, table) for name in names]
    governments = Counter(unit.place for unit in units if unit.kind == "government" and unit.place)
    if len(governments) == 1:
        return next(iter(governments))
    places = Counter(unit.place for unit in units if unit.kind == "department" and unit.place and unit.level == "county")
    return places.most_common(1)[0][0] if places else None


def _units(complete: Sequence[Member], table: UnitFacts) -> list[_ReportingUnit]:
    """The units with the years and names of their reports, by kind, then as they first come."""
    by_name: dict[str, list[Member]] = {}
    for member in complete:
        assert member.unit is not None
        by_name.setdefault(member.unit.name, []).append(member)
    units = []
    for members in by_name.values():
        unit, names = members[0].unit, Counter(tidy(member.file.unit) for member in members if member.file.unit)
        assert unit is not None
        others = tuple(name for name in names if name != unit.name)
        years = tuple(sorted({member.year for member in members if member.year is not None}))
        kind = judge_unit(unit.name, table).kind
        units.append(_ReportingUnit(unit=replace(unit, aliases=others), kind=kind, years=years, names=(unit.name, *others)))
    return sorted(units, key=lambda one: _ORDER.index(one.kind) if one.kind in _ORDER else len(_ORDER))


def _roster(units: Sequence[_ReportingUnit], years: Sequence[int], table: UnitFacts, language: Language) -> list[str]:
    lines = []
    for reporting in units:
        entry: dict[str, object] = {"name": reporting.unit.name}
        if reporting.kind:
            entry["kind"] = reporting.kind
        if reporting.unit.aliases:
            entry["aliases"] = list(reporting.unit.aliases)
        notes = []
        if gone := [str(year) for year in years if year not in reporting.years]:
            notes.append(say("county.proposal.gone", language, years=enumerated(gone)))
        if before := _before(reporting, units, table):
            notes.append(say("county.proposal.formerly", language, name=before.unit.name))
        mark = say("marks.semicolon", language)
        lines.append(f"  - {_flow(entry)}" + (f"  # {mark.join(notes)}" if notes else ""))
    return lines or ["  []"]


def _before(later: _ReportingUnit, units: Sequence[_ReportingUnit], table: UnitFacts) -> _ReportingUnit | None:
    """The unit that this one may have been: its reports end before this one's begin, and its name is much like it."""
    stem = _stem(later.unit.name, table)
    ended = [earlier for earlier in units if earlier is not later and earlier.years[-1] < later.years[0]]
    alike = [(SequenceMatcher(None, stem, _stem(earlier.unit.name, table)).ratio(), earlier) for earlier in ended]
    near = [(ratio, earlier) for ratio, earlier in alike if ratio >= _ALIKE and _stem(earlier.unit.name, table)[:2] == stem[:2]]
    return max(near, key=lambda pair: pair[0])[1] if near else None


def _stem(name: str, table: UnitFacts) -> str:
    """A name without the places above it and without its organ."""
    return core((tails(tidy(name), table) or [tidy(name)])[-1], table)


def _reports(paths: Sequence[str], folder: str) -> str:
    """The folder that holds all the reports, from where the file will lie."""
    folders = {os.path.dirname(os.path.abspath(path)) for path in paths}
    try:
        shared = os.path.relpath(os.path.commonpath(folders), os.path.abspath(folder))
    except ValueError:
        return "."
    return "." if shared.startswith("..") else shared.replace(os.sep, "/")


def _listed(paths: Sequence[str], head: str, language: Language) -> list[str]:
    """A comment that names files; none where there are none."""
    if not paths:
        return []
    shown = [f"#   {' '.join(path.split())}" for path in paths[:_SHOWN]]
    rest = [f"#   {say('county.proposal.more', language, count=len(paths) - _SHOWN)}"] if len(paths) > _SHOWN else []
    return [f"# {head}", *shown, *rest]


def _flow(value: object) -> str:
    """A value as YAML in one line."""
    import yaml

    return yaml.safe_dump(value, allow_unicode=True, default_flow_style=True, sort_keys=False, width=10**6).strip()
