"""`waivers` of nianbao.yaml: findings accepted with a reason (已说明，不再提示), until a day. None of them hides an unread file."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from validator.base.input_paths import inputs
from validator.county.acceptance.evaluation_scope import Terms, could_find
from validator.county.acceptance.path_patterns import matches
from validator.county.config import relative
from validator.model import Config, County, FileResult, Finding, RosterUnit, Run, Waived, Waiver, WaiverUse
from validator.roster.roster import Roster, path_year, roster_for, tidy


def apply_waivers(run: Run, config: Config, terms: Terms) -> tuple[Run, tuple[WaiverUse, ...]]:
    """The run without the findings that waivers hide, which it lists apart; and what each waiver did."""
    matcher = _WaiverMatcher(run, config, terms)
    files = tuple(matcher.file(file) for file in run.files)
    remaining, hidden = matcher.divided([(finding, matcher.fits_together(finding)) for finding in run.collection])
    uses = tuple(matcher.use(number, files) for number in range(len(config.waivers)))
    reported = tuple(use for use in uses if use is not None)
    return replace(run, files=files, collection=remaining, waived=(*run.waived, *hidden)), reported


class _WaiverMatcher:
    """Finds the county's waivers that fit a finding, and counts what each did."""

    def __init__(self, run: Run, config: Config, terms: Terms) -> None:
        self.run, self.config, self.terms = run, config, terms
        self.waivers = config.waivers
        self.expired = [waiver.last_day is not None and waiver.last_day < terms.today for waiver in self.waivers]
        self.counts: Counter[int] = Counter()
        self.roster = _roster(config, terms)
        self.owners = {path: standing.unit for standing in run.standings for path in standing.paths}
        self.files: dict[str, list[FileResult]] = {}
        for file in run.files:
            self.files.setdefault(file.path, []).append(file)

    def file(self, file: FileResult) -> FileResult:
        """The report without what is waived."""
        near = [number for number, waiver in enumerate(self.waivers) if self.concerns(waiver, file)]
        if not near or not file.findings:
            return file
        remaining, hidden = self.divided([(finding, [n for n in near if _says(self.waivers[n], finding)]) for finding in file.findings])
        return replace(file, findings=remaining, waived=(*file.waived, *hidden)) if hidden else file

    def divided(self, pairs: list[tuple[Finding, list[int]]]) -> tuple[tuple[Finding, ...], tuple[Waived, ...]]:
        """The findings that stay and those that are hidden: by the first waiver that fits and has not expired; every one is counted."""
        remaining: list[Finding] = []
        hidden: list[Waived] = []
        for finding, fitting in pairs:
            self.counts.update(fitting)
            live = next((self.waivers[number] for number in fitting if not self.expired[number]), None)
            if live is None:
                remaining.append(finding)
            else:
                hidden.append(Waived(finding=finding, reason=live.reason, until=live.last_day))
        return tuple(remaining), tuple(hidden)

    def fits_together(self, finding: Finding) -> list[int]:
        """The waivers that fit a finding about the set: by its unit and year, or by one of its reports."""
        fitting = []
        for number, waiver in enumerate(self.waivers):
            if not _says(waiver, finding):
                continue
            by_path = waiver.path is None or any(matches(waiver.path, relative(self.config, path)) for path in finding.paths)
            files = [file for path in finding.paths for file in self.files.get(path, ())]
            by_unit = waiver.unit is None or self.means(waiver, finding.unit, finding.year)
            by_unit = by_unit or any(self.means(waiver, self.unit_of(file), file.year) for file in files)
            years = {finding.year} if finding.year is not None else {file.year for file in files}
            if by_path and by_unit and (waiver.year is None or waiver.year in years):
                fitting.append(number)
        return fitting

    def concerns(self, waiver: Waiver, file: FileResult) -> bool | None:
        """Whether a waiver is about this report; None where the report's unit or year is not known."""
        if waiver.path is not None and not matches(waiver.path, relative(self.config, file.path)):
            return False
        unit, year = self.unit_of(file), file.year or path_year(file.path)
        same = waiver.unit is None or (None if unit is None else self.means(waiver, unit, year))
        when = waiver.year is None or (None if year is None else waiver.year == year)
        return False if False in (same, when) else None if None in (same, when) else True

    def unit_of(self, file: FileResult) -> str | None:
        """Whose report it is, by what it says of itself, or by its path."""
        if file.path in self.owners and len(self.files[file.path]) == 1:
            return self.owners[file.path]
        units = () if file.unit else self.roster.in_path(file.path, file.year)
        return units[0].name if len(units) == 1 else file.unit

    def means(self, waiver: Waiver, unit: str | None, year: int | None) -> bool:
        """Whether a name is that of the waiver's unit, or one of its other names."""
        if unit is None or waiver.unit is None:
            return False
        if tidy(unit) == tidy(waiver.unit):
            return True
        units, others = self.roster.find(waiver.unit, waiver.year or year), self.roster.find(unit, year)
        return len(units) == 1 and units == others

    def use(self, number: int, files: tuple[FileResult, ...]) -> WaiverUse | None:
        """What a waiver did; None where it has expired and is about nothing that was checked."""
        waiver, count, expired = self.waivers[number], self.counts[number], self.expired[number]
        near = [(file, self.concerns(waiver, file)) for file in files]
        meant = [file for file, sure in near if sure or (sure is None and file.status == "unreadable")]
        judged = could_find(waiver.rule, meant, self.run, self.terms, covered=self._covered(waiver))
        if expired and not (count or judged or meant or self.terms.whole):
            return None
        return WaiverUse(waiver=waiver, count=count, judged=judged, expired=expired)

    def _covered(self, waiver: Waiver) -> bool:
        """Whether every file was checked that the waiver may be about."""
        if self.terms.whole:
            return True
        if waiver.path is None:
            return waiver.unit is not None and waiver.year is not None
        there = inputs((os.path.join(self.config.folder, waiver.path),))
        return all(item.trouble == "missing" or os.path.realpath(item.source) in self.terms.given for item in there)


def _roster(config: Config, terms: Terms) -> Roster:
    """The county's roster; without one, the units that the waivers name."""
    units = terms.tables.units
    if config.county.roster:
        return roster_for(config.county, units)
    names = dict.fromkeys(waiver.unit for waiver in config.waivers if waiver.unit)
    return Roster(County(name=config.county.name, roster=tuple(RosterUnit(name=name) for name in names)), units)


def _says(waiver: Waiver, finding: Finding) -> bool:
    """Whether the finding is of the waiver's rule, part and words."""
    if waiver.rule != finding.rule or finding.unread:
        return False
    if waiver.section is not None and waiver.section != finding.location.section:
        return False
    texts: Iterator[str | None] = iter((*finding.message.values(), finding.location.excerpt, finding.actual))
    return waiver.text is None or any(_bare(waiver.text) in _bare(text) for text in texts if text)


def _bare(text: str) -> str:
    return "".join(text.split())
