"""What a county says of itself in nianbao.yaml: its roster, its settings, what it accepts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date
from functools import cached_property
from typing import Literal

from validator.base.limits import BUILT_IN, Limits
from validator.base.once import Once
from validator.base.records import record
from validator.messages import Language
from validator.model.demands import ITS_LINE, NO_KEY, MonthDay
from validator.model.finding import Severity
from validator.model.unit_facts import UnitKind


@record
class Unit:
    """The unit that reports: its name and kind, from the roster or from the end of its name."""

    name: str | None
    kind: str | None  # government, office, department, township, subdistrict, committee, vertical, institution
    level: str | None  # province, prefecture, county, township; None where it is not sure
    place: str | None = None  # 宝清县朝阳镇


@record
class RosterUnit:
    """A unit of the roster (应报单位名单), which owes a report for each year from `since` to `until`."""

    name: str
    kind: UnitKind | None = None  # None: told by the end of its name
    aliases: tuple[str, ...] = ()  # other names that mean it, today's
    formerly: tuple[str, ...] = ()  # names it bore before, and units merged into it
    since: int | None = None  # first and last year for which it owes a report
    until: int | None = None
    summed: bool | None = None  # whether it counts in the government's report; None: as is usual for its kind
    line: int | None = field(default=None, metadata=ITS_LINE)  # in nianbao.yaml


@record
class LastDays:
    """Two days for one kind of unit, month-day in the year after the report's: to hand it in to the county, and to publish it."""

    submit: MonthDay | None = None  # held against the ledger of what came in, never against the report's text
    publish: MonthDay | None = None


#: What a county lays down for a kind of unit: one day to publish, or two days apart.
Days = str | LastDays


@record
class Sheet:
    """One sheet of a spreadsheet: the words of its cells, row by row, without what is blank at the ends."""

    name: str = ""
    rows: tuple[tuple[str, ...], ...]


@record
class OfficeList:
    """A list of another office that reports are held against. `path`: as messages call it."""

    path: str
    sheets: tuple[Sheet, ...] = ()


@record
class County:
    """What a county says of itself in nianbao.yaml; empty where there is none."""

    name: str | None = None
    years: tuple[int, ...] = ()  # the years the roster is held against
    deadlines: Mapping[UnitKind, Days] = field(default_factory=dict)  # kind of unit → its last days in the year after the report's
    roster: tuple[RosterUnit, ...] = ()
    lists: tuple[OfficeList, ...] = ()  # as they were read: in nianbao.yaml stand their files
    once: Once = field(default_factory=Once, metadata=NO_KEY)  # what is worked out of it: the roster's names

    def deadline(self, kind: str | None) -> str | None:
        """The last day to publish that the county lays down for that kind of unit, month-day."""
        day = self._days(kind)
        return day.publish if isinstance(day, LastDays) else day

    def submission(self, kind: str | None) -> str | None:
        """The last day to hand the report in that the county lays down, month-day; only the ledger tells when it came in."""
        day = self._days(kind)
        return day.submit if isinstance(day, LastDays) else None

    def _days(self, kind: str | None) -> Days | None:
        return next((day for named, day in self.deadlines.items() if named == kind), None)


@record
class Waiver:
    """A finding accepted with a reason (已说明，不再提示); what is None is not asked for."""

    rule: str
    reason: str
    path: str | None = None  # pattern, from the folder of nianbao.yaml
    unit: str | None = None
    year: int | None = None
    section: int | None = None
    text: str | None = None  # words that the finding's message or excerpt holds
    until: str | None = None  # the last day on which it holds, as written
    line: int = field(default=1, metadata=ITS_LINE)  # in nianbao.yaml

    @cached_property
    def last_day(self) -> date | None:
        """The last day on which it holds; None where it holds for ever, or what is written is no day."""
        try:
            return date.fromisoformat(self.until) if self.until is not None else None
        except ValueError:
            return None


@record
class WaiverUse:
    """What one waiver did in a run. `judged`: all was checked that it may speak of, so that it can be called unused."""

    waiver: Waiver
    count: int = 0  # findings that it fits, hidden or, once it has expired, shown
    judged: bool = True
    expired: bool = False


@record
class StaleEntries:
    """Entries of the baseline that no longer occur, of one report (or of the set, where unit and year are not known)."""

    unit: str | None
    year: int | None
    path: str | None  # where unit or year is not known
    rules: Mapping[str, int]  # rule → entries


@record
class Acceptance:
    """What the county accepts, held against one run. `path`, `baseline`: nianbao.yaml and the baseline as messages call them."""

    path: str | None = None
    waivers: tuple[WaiverUse, ...] = ()
    baseline: str | None = None
    stale: tuple[StaleEntries, ...] = ()


@record
class PathSettings:
    """Rules and severities for the reports that a pattern matches."""

    path: str
    ignore: tuple[str, ...] = ()
    severity: Mapping[str, Severity] = field(default_factory=dict)
    line: int = field(default=1, metadata=ITS_LINE)


@record
class RuleSettings:
    """`rules` of nianbao.yaml: where packs are, what is asked, how severe it is."""

    packs: tuple[str, ...] = ()
    pack: str | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: Mapping[str, Severity] = field(default_factory=dict)
    options: Mapping[str, Mapping[str, object]] = field(default_factory=dict)


@record
class Settings:
    """What nianbao.yaml may hold: the fields are its keys."""

    county: str | None = None
    reports: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    deadlines: Mapping[UnitKind, Days] = field(default_factory=dict)
    roster: tuple[RosterUnit, ...] = ()
    lists: tuple[str, ...] = ()  # files of other offices, from the folder of nianbao.yaml
    rules: RuleSettings = field(default_factory=RuleSettings)
    paths: tuple[PathSettings, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    baseline: str | None = None
    limits: Mapping[str, int] = field(default_factory=dict)
    fail_on: Literal["error", "warning", "note", "never"] | None = None
    lang: Literal["zh", "en"] | None = None


@record
class Config:
    """nianbao.yaml, every key checked. Names of rules are held against the book by `config.check_names`."""

    path: str  # as messages call it
    folder: str  # absolute; `reports` and `packs` are relative to it
    county: County = County()
    reports: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    packs: tuple[str, ...] = ()
    pack: str | None = None  # the kind of report; None: told by the title
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: Mapping[str, Severity] = field(default_factory=dict)  # rule id or category → severity
    options: Mapping[str, object] = field(default_factory=dict)  # rule id → its options, with lines
    paths: tuple[PathSettings, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    baseline: str | None = None
    limits: Limits = BUILT_IN
    fail_on: str | None = None
    lang: Language | None = None
    lines: Mapping[str, int] = field(default_factory=dict)  # key (rules.ignore) → line

    @property
    def asked_by_path(self) -> frozenset[str]:
        """The names to which an entry of `paths` gives a severity."""
        return frozenset(name for entry in self.paths for name in entry.severity)
