"""The nianbao.yaml that `nianbao init` proposes: county, years and roster as the reports tell them; what they do not tell as comments."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from validator.base.records import record
from validator.county.set.assigning import assigned
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
    """What was found: the text of the file, and how many units, years, reports it speaks of."""

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
    members = assigned(read, County(name=county), table)
    known = [member for member in members if member.unit is not None and member.year is not None]
    years = tuple(sorted({member.year for member in known if member.year is not None}))
    units = _units(known, table)
    left = tuple(member.file.path for member in members if member not in known)
    unread = tuple(file.path for file in files if file.reading is None)
    lines = [
        f"# {say('county.proposal.head', language, reports=len(known))}",
        f"county: {county}" if county else f"# {say('county.proposal.county', language)}",
        f"reports: {_flow([_reports([member.file.path for member in known], folder)])}",
        f"years: {list(years)}  # {say('county.proposal.years', language)}",
        f"# {say('county.proposal.deadlines', language)}",
        "# deadlines: {subdistrict: 01-31, institution: 01-31}",
        f"roster:  # {say('county.proposal.roster', language)}",
        *_roster(units, years, table, language),
        f"# {say('county.proposal.pack', language)}",
        "# rules:",
        "#   packs: [county]",
        *_listed(left, say("county.proposal.unassigned", language), language),
        *_listed(unread, say("county.proposal.unread", language), language),
    ]
    return Proposal(text="\n".join(lines) + "\n", units=len(units), years=len(years), reports=len(known), unassigned=left, unread=unread)


def _county(names: Iterable[str], table: UnitFacts) -> str | None:
    """The county: the place of the one government, else the place that most bureaus belong to."""
    units = [judge_unit(name, table) for name in names]
    own = Counter(unit.place for unit in units if unit.kind == "government" and unit.place)
    if len(own) == 1:
        return next(iter(own))
    places = Counter(unit.place for unit in units if unit.kind == "department" and unit.place and unit.level == "county")
    return places.most_common(1)[0][0] if places else None


def _units(known: Sequence[Member], table: UnitFacts) -> list[_ReportingUnit]:
    """The units with the years and names of their reports, by kind, then as they first come."""
    held: dict[str, list[Member]] = {}
    for member in known:
        assert member.unit is not None
        held.setdefault(member.unit.name, []).append(member)
    found = []
    for members in held.values():
        unit, names = members[0].unit, Counter(tidy(member.file.unit) for member in members if member.file.unit)
        assert unit is not None
        others = tuple(name for name in names if name != unit.name)
        years = tuple(sorted({member.year for member in members if member.year is not None}))
        kind = judge_unit(unit.name, table).kind
        found.append(_ReportingUnit(unit=replace(unit, aliases=others), kind=kind, years=years, names=(unit.name, *others)))
    return sorted(found, key=lambda one: _ORDER.index(one.kind) if one.kind in _ORDER else len(_ORDER))


def _roster(units: Sequence[_ReportingUnit], years: Sequence[int], table: UnitFacts, language: Language) -> list[str]:
    lines = []
    for found in units:
        entry: dict[str, object] = {"name": found.unit.name}
        if found.kind:
            entry["kind"] = found.kind
        if found.unit.aliases:
            entry["aliases"] = list(found.unit.aliases)
        notes = []
        if gone := [str(year) for year in years if year not in found.years]:
            notes.append(say("county.proposal.gone", language, years=enumerated(gone)))
        if before := _before(found, units, table):
            notes.append(say("county.proposal.formerly", language, name=before.unit.name))
        mark = say("marks.semicolon", language)
        lines.append(f"  - {_flow(entry)}" + (f"  # {mark.join(notes)}" if notes else ""))
    return lines or ["  []"]


def _before(found: _ReportingUnit, units: Sequence[_ReportingUnit], table: UnitFacts) -> _ReportingUnit | None:
    """The unit that this one may have been: its reports end before this one's begin, and its name is much like it."""
    own = _stem(found.unit.name, table)
    ended = [one for one in units if one is not found and one.years[-1] < found.years[0]]
    alike = [(SequenceMatcher(None, own, _stem(one.unit.name, table)).ratio(), one) for one in ended]
    near = [(ratio, one) for ratio, one in alike if ratio >= _ALIKE and _stem(one.unit.name, table)[:2] == own[:2]]
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
