"""Faults of a set, planted in the reports of a county: each in a unit of its own, each with the rule that must find it and where.

What else such a report may be told of (a report without a name lacks its unit) is no concern here; the categories series, county and
deadline are.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import cycle
from random import Random

from benchmarks import making_reports as making
from benchmarks.making_reports import COUNTY, Report, Unit

#: Categories of findings in which nothing but the planted faults may be found.
CATEGORIES = ("series", "county", "deadline")


@dataclass(frozen=True, kw_only=True)
class Planted:
    """A fault: a finding of this rule must name one of these paths (under reports/), or the unit and year where no report is.

    `follows`: where it shows as well, truly: the county's own report adds up what its units say.
    """

    rule: str
    unit: str
    year: int
    paths: tuple[str, ...] = ()
    follows: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Planting:
    """A county's files with their faults."""

    units: list[Unit]
    files: dict[str, str]
    planted: tuple[Planted, ...]


Change = Callable[[Report], Report]


def _more(report: Report, row: str, count: int) -> Report:
    """More applications of natural persons granted, come in by that row: every sum of the report still holds."""
    figures = dict(report.applications)
    for key in (row, "granted", "total"):
        figures[key, "natural_person"] += count
    return replace(report, applications=figures)


def _carried(report: Report) -> Report:
    return _more(report, "carried_in", 2)


def _effective(report: Report) -> Report:
    made, repealed, effective = report.documents
    return replace(report, documents=(made, repealed, effective + 5))


def _nothing(report: Report) -> Report:
    """A unit that had nothing to count, so that its absence changes no sum."""
    nought = dict.fromkeys(report.applications, 0)
    return replace(report, applications=nought, review=((0,) * 5,) * 3, documents=(0, 0, 0), decisions=(0, 0, 0), fees=0)


class _Hand:
    """Who plants: a unit and a year for each fault, no unit twice."""

    def __init__(self, units: list[Unit], years: tuple[int, ...], rnd: Random) -> None:
        self.government, self._years = units[0], years
        self._free = rnd.sample(units[1:], len(units) - 1)
        self._rnd = rnd

    def unit(self, kind: str = "") -> Unit:
        """A unit that no fault has touched, of that kind where one is named."""
        found = next(unit for unit in reversed(self._free) if not kind or unit.kind == kind)
        self._free.remove(found)
        return found

    def year(self) -> int:
        """A year that has one before it."""
        return self._rnd.choice(self._years[1:])


#: Faults of figures, which are made before the county's own report adds them up: rule → what happens in the year, and in every year.
_FIGURES: dict[str, tuple[Change | None, Change | None]] = {
    "series.carried-over": (_carried, None),
    "series.effective": (_effective, None),
    "county.missing-report": (None, _nothing),
}
#: The order in which faults are planted, again from the start where more are wanted.
KINDS = (
    "series.carried-over", "county.missing-report", "county.copied", "series.copied", "county.foreign-unit", "deadline.late",
    "series.effective", "county.repeated-report", "county.unassigned-report", "county.unknown-unit", "county.aggregate",
)  # fmt: skip


def plant(count: int, years: tuple[int, ...], faults: int, seed: int = 1) -> Planting:
    """A county of `count` units over these years with so many faults."""
    rnd = Random(f"faults/{seed}/{count}")
    units, _ = making.county(count, years[:1], seed)
    hand = _Hand(units, years, rnd)
    chosen: list[tuple[str, Unit, int]] = []
    summed = set(years)
    for kind in cycle(KINDS):
        if len(chosen) == faults:
            break
        if kind != "county.aggregate":
            bound = "department" if kind == "deadline.late" else ""  # the regulation itself binds departments; towns by the county's word
            chosen.append((kind, hand.unit(bound), hand.year()))
        elif summed:
            chosen.append((kind, hand.government, summed.pop()))
    changes = {(unit.name, year): _FIGURES[kind] for kind, unit, year in chosen if kind in _FIGURES}
    always = {unit.name: _FIGURES[kind][1] for kind, unit, _ in chosen if kind in _FIGURES}

    def change(report: Report) -> Report:
        now = changes.get((report.unit.name, report.year), (None, None))[0]
        ever = always.get(report.unit.name)
        return ever(report) if ever else now(report) if now else report

    units, reports = making.county(count, years, seed, change)
    files = making.sound_files(reports)
    planted = tuple(_planted(kind, unit, year, reports, files, hand, rnd) for kind, unit, year in chosen)
    return Planting(units=units, files=files, planted=planted)


def _planted(kind: str, unit: Unit, year: int, reports: making.Reports, files: dict[str, str], hand: _Hand, rnd: Random) -> Planted:
    """One fault put into the files."""
    report = reports[unit.name, year]
    path = making.place(report)
    paths: tuple[str, ...] = (path,)
    if kind == "county.missing-report":
        del files[path]
        paths = ()
    elif kind == "county.copied":
        other = reports[hand.unit().name, year]
        taken = (5,) if rnd.random() < 0.5 else (1, 5)
        sections = report.sections | {number: _renamed(other.sections[number], other.unit, unit) for number in taken}
        files[path] = making.printed(replace(report, sections=sections))
        paths = (path, making.place(other))
    elif kind == "series.copied":
        last = reports[unit.name, year - 1].sections[5]
        again = tuple(text.replace(str(year - 1), str(year)) for text in last)
        files[path] = making.printed(replace(report, sections=report.sections | {5: again}))
    elif kind == "county.foreign-unit":
        files[path] = making.printed(replace(report, announced=hand.unit().name))
    elif kind == "deadline.late":
        files[path] = making.printed(replace(report, published=f"{year + 1}-03-1{rnd.randint(0, 9)}"))
    elif kind == "county.repeated-report":
        draft = replace(report, published=f"{year + 1}-01-04", decisions=(report.decisions[0] + 5, *report.decisions[1:]))
        extra = _unnamed(year, files)
        files[extra] = making.printed(draft)
        paths = (path, extra)
    elif kind in ("county.unassigned-report", "county.unknown-unit"):
        paths = (_stray(kind, report, files),)
    elif kind == "county.aggregate":
        files[path] = making.printed(making.Writer(_more(report, "new", 7), rnd).written())
    follows = (making.place(reports[hand.government.name, year]),) if kind in _FIGURES else ()
    return Planted(rule=kind, unit=unit.name, year=year, paths=paths, follows=follows)


def _renamed(texts: tuple[str, ...], old: Unit, new: Unit) -> tuple[str, ...]:
    """A neighbour's text as it is taken over: names and self-words changed."""
    return tuple(text.replace(old.name, new.name).replace(old.short, new.short).replace(old.me, new.me) for text in texts)


def _stray(kind: str, report: Report, files: dict[str, str]) -> str:
    """A report that belongs to no unit of the roster, with other words than the report it is made of."""
    rnd = Random(f"{kind}/{report.unit.name}/{report.year}")
    path = _unnamed(report.year, files)
    name = f"鹿鸣{len(files)}坳".translate(_NUMERALS)
    stranger = replace(report.unit, name=f"{COUNTY}{name}镇人民政府", short=f"{name}镇", me="我镇", below="各村", style=rnd.randrange(6))
    written = making.Writer(replace(_nothing(report), unit=stranger), rnd).written()
    files[path] = making.printed(replace(written, nameless=kind == "county.unassigned-report"))
    return path


def _unnamed(year: int, files: dict[str, str]) -> str:
    """A place that tells nothing of the unit, and that no other report has."""
    return f"{year}/新建文档({1 + sum('新建文档' in path for path in files)}).txt"


_NUMERALS = str.maketrans("0123456789", "甲乙丙丁戊己庚辛壬癸")

# ------------------------------------------------------------------------------------------------ what was found


def held_against(result: dict, planted: tuple[Planted, ...], rules: set[str]) -> tuple[list[Planted], list[dict]]:
    """Faults of these rules that were missed, and findings of the set's categories that nobody planted."""
    found = [{**finding, "paths": [file["path"]]} for file in result["files"] for finding in file["findings"]]
    found += result["collection"]["findings"]
    found = [one for one in found if one["rule"].split(".")[0] in CATEGORIES and one["severity"] != "note"]
    missed = [fault for fault in planted if fault.rule in rules and not any(_told(fault, one) for one in found)]
    return missed, [one for one in found if not any(_told(fault, one) or _follows(fault, one) for fault in planted)]


def _follows(fault: Planted, finding: dict) -> bool:
    named = [path.replace("\\", "/").removeprefix("reports/") for path in finding.get("paths") or ()]
    return finding["rule"] == fault.rule and any(path in named for path in fault.follows)


def _told(fault: Planted, finding: dict) -> bool:
    if finding["rule"] != fault.rule:
        return False
    named = [path.replace("\\", "/").removeprefix("reports/") for path in finding.get("paths") or ()]
    if fault.paths:
        return any(path in named for path in fault.paths)
    return fault.unit in (finding.get("unit") or finding["message"]) and finding.get("year", fault.year) in (fault.year, None)
